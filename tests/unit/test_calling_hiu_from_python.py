"""`hiu` called from Python: its files are the owner's alone, and the caller stays as they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from openhiu.cli import main


@pytest.fixture
def open_handed() -> Iterator[int]:
    """A process whose files anybody may read."""
    before = os.umask(0o022)
    yield 0o022
    os.umask(before)


@pytest.mark.parametrize("people", ["200", "none"])
def test_files_are_the_owners_and_the_mask_is_put_back(
    tmp_path: Path, open_handed: int, people: str
) -> None:
    code = main(["synthetic", "--out", str(tmp_path / "trust"), "--people", people])
    written = [path for path in (tmp_path / "trust").rglob("*") if path.is_file()]
    assert (code == 0) == bool(written) == (people == "200")
    assert not any(path.stat().st_mode & 0o077 for path in written)
    assert os.umask(open_handed) == open_handed

"""What tests of this room share: a place ready for a list, and a list made by `hiu identify`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhiu import programme
from support.web_intake import Place, make_place


@pytest.fixture
def place(db: Any) -> Place:
    return make_place()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An activity store of a made-up trust."""
    folder = tmp_path_factory.mktemp("trust")
    programme.make_synthetic(
        folder / "files", people=400, sites=3, first=date(2025, 4, 1), last=date(2026, 4, 1),
        seed=7, dirty=False, say=lambda words: None,
    )  # fmt: skip
    wanted = [path for path in sorted((folder / "files").glob("*.csv")) if path.stem != "truth"]
    options = programme.ReadOptions(accept_held="made up")
    programme.read_files(wanted, folder / "store", options, on_progress=lambda *_: None)
    return folder / "store"


@pytest.fixture(scope="session")
def made_list(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder hiu identify writes for that trust."""
    out = tmp_path_factory.mktemp("made") / "list"
    programme.make_list(programme.ListOptions(store=store, as_of=date(2026, 4, 1)), out)
    return out

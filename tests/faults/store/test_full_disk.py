"""A disk that takes no more leaves the store as it was and says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import IO

import pytest
from writers import first, second, starved

from openhiu.errors import ConfigurationFault
from openhiu.extract.store import Store, durable
from support.store_rows import files_of, true_rows


@pytest.mark.parametrize("size", [0, 2_000, 9_000])
def test_files_that_may_not_grow_leave_the_store_as_it_was(tmp_path: Path, size: int) -> None:
    first(tmp_path / "store")
    store = Store.open(tmp_path / "store")
    digest = store.state_digest()
    # 40: the writer ended with a fault whose remedy says that the store is as it was.
    assert starved(second, store.path, size) == 40
    assert store.state_digest() == digest
    assert not [path for path in files_of(store) if path.endswith(".tmp")]
    second(store.path)
    assert len(true_rows(store)) == 3


def test_a_disk_that_fills_up_at_any_file_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first(tmp_path / "store")
    store = Store.open(tmp_path / "store")
    digest = store.state_digest()
    sync_file = durable.sync_file
    for room in range(100):
        left = room

        def full(file: IO[bytes]) -> None:
            nonlocal left
            if not left:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left -= 1
            sync_file(file)

        monkeypatch.setattr(durable, "sync_file", full)
        try:
            second(store.path)
        except ConfigurationFault as fault:
            assert "No space left" in fault.cause
            assert store.state_digest() == digest
            continue
        break
    # The rows, the manifest, two months, the gone, the persons and the commit: seven files.
    assert room == 7
    assert len(true_rows(store)) == 3

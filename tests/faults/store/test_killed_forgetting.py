"""Forgetting, killed at any step, leaves the store whole; the next one finishes it."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from writers import first, forget, killed, people, second, watched

from openhiu.extract.store import Store
from support.store_rows import files_of, holds


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("settled") / "store"
    for write in (first, second, people):
        write(path)
    return path


def test_killed_at_every_step_the_store_is_whole_and_the_next_forgetting_leaves_nothing(
    settled: Path, tmp_path: Path
) -> None:
    before = Store.open(settled).state_digest()
    whole = shutil.copytree(settled, tmp_path / "whole")
    steps = watched(forget, whole)
    after = Store.open(whole).state_digest()
    assert before != after
    # Three submissions and their manifests, two months, gone, persons and the commit are written.
    assert len(steps) >= 27
    for at in range(0, len(steps), 4):
        path = shutil.copytree(settled, tmp_path / f"killed-{at}")
        assert killed(forget, path, at) == -signal.SIGKILL
        assert Store.open(path).state_digest() in (before, after)
        forget(path)
        store = Store.open(path)
        assert store.state_digest() == after
        assert holds(store, "9990000018") == []
        assert holds(store, "9990000026")


def test_a_forgetting_killed_after_its_commit_is_finished_by_the_next(
    settled: Path, tmp_path: Path
) -> None:
    whole = shutil.copytree(settled, tmp_path / "whole")
    steps = watched(forget, whole)
    commit = max(at for at, (point, _) in enumerate(steps) if point == "rename")
    path = shutil.copytree(settled, tmp_path / "late")
    assert killed(forget, path, commit + 1) == -signal.SIGKILL
    assert holds(Store.open(path), "9990000018")  # what was there before lies there still
    forget(path)
    assert holds(Store.open(path), "9990000018") == []
    assert files_of(Store.open(path)) == files_of(Store.open(whole))

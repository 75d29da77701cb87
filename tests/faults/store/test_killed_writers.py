"""A writer killed at any step leaves the store as before or as after, and blocks nobody."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from writers import create, first, killed, people, purge, rebuild, second, watched

from openhiu.extract.store import Store
from openhiu.extract.store.commits import commit_files, newest, read_commit
from support.store_rows import files_of

Write = Callable[[Path], None]
STARTS: dict[Write, tuple[Write, ...]] = {
    second: (first,), people: (first,), rebuild: (first, second), purge: (first, people),
}  # fmt: skip


def named(store: Store) -> set[str]:
    """What the last two commits name, with the store's own small files."""
    last = commit_files(store.path)[-2:]
    paths = {path for file in last for path in read_commit(file).paths()}
    if not newest(store.path).of("people"):
        paths = {path for path in paths if not path.startswith("people/")}
    return paths | {f"commits/{file.name}" for file in last} | {"store.json", ".lock"}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Write, Path], Path]:
    """Copies of the store that a writing starts from, which is made once."""
    made: dict[Write, Path] = {}

    def start(write: Write, copy: Path) -> Path:
        if write not in made:
            made[write] = tmp_path_factory.mktemp("settled") / "store"
            for before in STARTS[write]:
                before(made[write])
        shutil.copytree(made[write], copy)
        return copy

    return start


def commit_step(steps: list[tuple[str, str]]) -> int:
    """The step that makes the commit: the last rename of all."""
    return max(number for number, (point, _) in enumerate(steps) if point == "rename")


def test_killed_at_every_step_the_store_is_as_before_or_as_after(
    settled: Callable[[Write, Path], Path], tmp_path: Path
) -> None:
    before = Store.open(settled(second, tmp_path / "before")).state_digest()
    steps = watched(second, settled(second, tmp_path / "after"))
    after = Store.open(tmp_path / "after").state_digest()
    # Rows, manifest, two months, gone, persons and commit: seven files of three steps each.
    assert len(steps) == 21
    for at in range(len(steps)):
        path = settled(second, tmp_path / f"killed-{at}")
        assert killed(second, path, at) == -signal.SIGKILL
        assert Store.open(path).state_digest() == (after if at > commit_step(steps) else before)
        if at % 4 == 0:  # the same extract again, as a person would
            second(path)
            assert Store.open(path).state_digest() == after


@pytest.mark.parametrize("write", [people, rebuild, purge])
def test_at_every_step_of_other_writings_the_store_is_as_before_or_as_after(
    write: Write, settled: Callable[[Write, Path], Path], tmp_path: Path
) -> None:
    path = settled(write, tmp_path / "store")
    before = Store.open(path).state_digest()
    steps = watched(write, path, lambda step: shutil.copytree(path, tmp_path / f"at-{step}"))
    after = Store.open(path).state_digest()
    assert len(steps) >= 4
    for at in range(len(steps)):
        found = Store.open(tmp_path / f"at-{at}").state_digest()
        assert found == (after if at > commit_step(steps) else before)
    last = tmp_path / f"at-{commit_step(steps)}"
    write(last)
    assert Store.open(last).state_digest() == after


def test_what_killed_writers_leave_goes_with_the_next_write(
    settled: Callable[[Write, Path], Path], tmp_path: Path
) -> None:
    path = settled(second, tmp_path / "store")
    # Step 17 is past everything but the commit; each writer first removes what the last one left.
    for at in (0, 1, 17):
        assert killed(second, path, at) == -signal.SIGKILL
    store = Store.open(path)
    assert len(files_of(store) - named(store)) >= 6
    people(path)
    assert files_of(store) == named(store)


def test_a_purge_killed_after_its_commit_is_finished_by_the_next_writer(
    settled: Callable[[Write, Path], Path], tmp_path: Path
) -> None:
    path = settled(purge, tmp_path / "store")
    # Steps 0 to 2 make the commit: it has its name, and the people are still there.
    assert killed(purge, path, 2) == -signal.SIGKILL
    assert list((path / "people").glob("*.parquet"))
    second(path)
    assert not [found for found in (path / "people").rglob("*") if found.is_file()]


def test_a_store_half_made_is_made_by_the_next_one(tmp_path: Path) -> None:
    for at in range(len(watched(create, tmp_path / "whole"))):
        path = tmp_path / f"store-{at}"
        assert killed(create, path, at) == -signal.SIGKILL
        first(path)
        assert len(Store.open(path).activity().files["attendances"]) == 2


def test_every_file_is_on_the_disk_before_it_is_named_and_the_commit_is_named_last(
    settled: Callable[[Write, Path], Path], tmp_path: Path
) -> None:
    steps = watched(second, settled(second, tmp_path / "store"))
    names = [(point, Path(name).name) for point, name in steps]
    renamed = [name for point, name in names if point == "rename"]
    assert renamed[-1] == "00000002.json"
    for place, (point, name) in enumerate(names):
        if point == "rename":
            synced = [known for before, known in names[:place] if before == "sync_file"]
            assert any(known.startswith(f".{name}.") for known in synced)
            assert names[place + 1][0] == "sync_folder"

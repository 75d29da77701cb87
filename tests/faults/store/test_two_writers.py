"""Two extracts at once: both end up in the store, and the one that waits says so."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from writers import context, one_row

from openhiu.extract.store import Store, lock, refusing
from support.store_rows import drawn, facts, files_of, moment, put, true_rows, typed


def test_extracts_at_once_in_several_processes_all_end_up_in_the_store(tmp_path: Path) -> None:
    path = tmp_path / "store"
    names = [f"writer-{number}" for number in range(4)]
    writers = [context().Process(target=one_row, args=(path, name)) for name in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    store = Store.open(path)
    assert [row["attendance_id"] for row in true_rows(store)] == names
    digest = store.state_digest()
    store.rebuild()
    assert store.state_digest() == digest


def test_a_store_that_another_process_made_in_this_moment_is_no_stranger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both saw that there was none; the other one was faster, and has written its first row."""
    path, look = tmp_path / "store", refusing.refuse_strangers

    def meanwhile(there: Path) -> None:
        monkeypatch.setattr(refusing, "refuse_strangers", look)
        one_row(there, "faster")
        look(there)

    monkeypatch.setattr(refusing, "refuse_strangers", meanwhile)
    one_row(path, "slower")
    assert [row["attendance_id"] for row in true_rows(Store.open(path))] == ["faster", "slower"]


def test_rows_staged_by_one_writer_survive_the_commit_of_another(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    rows = drawn("| record | site | arrived |\n| slow | S1 | 05-01 |")
    with store.stage("attendances", store.submission_id("attendances", "slow", "m")) as slow:
        slow.write(typed("attendances", rows))
        one_row(store.path, "quick")
        store.commit(slow, facts("slow", 1, moment("01-03")))
    assert [row["attendance_id"] for row in true_rows(store)] == ["quick", "slow"]
    assert not [path for path in files_of(store) if path.endswith(".tmp")]


def test_people_being_extracted_survive_a_purge_by_another(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    person = [{"person_id": "9990000018", "name": "Ada Example"}]
    put(store, "old", person, received=moment("01-03"), dataset="people")
    with store.stage("people", store.submission_id("people", "new", "m")) as stage:
        stage.write(typed("people", person))
        Store.open(store.path).purge_people()
        assert true_rows(store, "people") == []
        store.commit(stage, facts("new", 1, moment("02-03")))
    assert true_rows(store, "people") == person


def test_who_waits_for_another_extract_is_told_once_after_a_second(tmp_path: Path) -> None:
    told: list[float] = []
    store = Store.create(tmp_path / "store", on_wait=lambda: told.append(time.monotonic()))
    with lock.writing(store.path / ".lock"):
        started = time.monotonic()
        waiting = threading.Thread(target=one_row_in, args=(store,))
        waiting.start()
        time.sleep(1.4)
        assert true_rows(store) == []
    waiting.join(30)
    assert len(told) == 1
    assert 1.0 <= told[0] - started < 1.4
    assert len(true_rows(store)) == 1


def one_row_in(store: Store) -> None:
    put(store, "late", drawn("| record | site | arrived |\n| late | S1 | 05-01 |"),
        received=moment("01-03"))  # fmt: skip


def test_without_fcntl_the_lock_of_windows_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: set[int] = set()

    def locking(handle: int, mode: int, size: int) -> None:
        assert (mode, size) == (2, 1)
        if held:
            raise OSError
        held.add(handle)

    windows = SimpleNamespace(locking=locking, LK_NBLCK=2)
    modules = {"msvcrt": windows}

    def import_module(name: str) -> object:
        if name not in modules:
            raise ImportError(name)
        return modules[name]

    monkeypatch.setattr(lock.importlib, "import_module", import_module)
    with (tmp_path / "file").open("xb") as file:
        assert lock.try_lock(file.fileno())
        assert not lock.try_lock(file.fileno())
    modules.clear()
    with pytest.raises(ImportError, match="neither fcntl nor msvcrt"):
        lock.try_lock(0)

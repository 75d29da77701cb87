"""Taking one file in: what it leaves behind, whatever happens on the way."""

from __future__ import annotations

import csv
import errno
import os
from pathlib import Path
from typing import IO

import pytest

from openhiu.errors import ConfigurationFault, WrongUsage
from openhiu.extract.receive import Options, Received, receive
from openhiu.extract.rejects import RejectsWriter
from openhiu.extract.store import ControlTotal, Stage, Store, SubmissionFacts, durable
from support.store_rows import files_of

# One bad row in 60 is no more than the two in a hundred that may be.
GOOD = [f"A{day},RX,P1,S1,2024-01-{1 + day % 20:02d} 10:00" for day in range(59)]
BAD = "A99,RX,P1,S1,2024-02-30 10:00"


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "a.csv"
    head = "attendance_id,provider_code,person_id,site_code,arrival_datetime"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return path


def _rejects(store: Path) -> list[str]:
    """Everything in the store that has to do with rejects, folders too."""
    return sorted(p.relative_to(store).as_posix() for p in store.glob("rejects*/**/*"))


def _take(path: Path, store: Path, **how: str) -> Received:
    return receive(path, store, Options(**how))  # type: ignore[arg-type]


@pytest.mark.parametrize("lines", [[*GOOD, BAD], GOOD], ids=["with rejects", "without"])
def test_one_file_extracted_twice_at_once_is_taken_in_once(
    tmp_path: Path, lines: list[str]
) -> None:
    path, store = _file(tmp_path, *lines), tmp_path / "store"
    inner: list[Received] = []

    def meanwhile(*_: object) -> None:
        if not inner:
            inner.append(_take(path, store))

    outer = receive(path, store, Options(), on_progress=meanwhile)
    assert [inner[0].state, outer.state] == ["taken in", "known already"]
    assert outer.total == ControlTotal(len(lines), 0, 0, 59, len(lines) - 59)
    assert outer.rejects == inner[0].rejects
    assert (outer.rejects is not None) is (BAD in lines)
    if outer.rejects:
        with outer.rejects.open(newline="", encoding="utf-8") as rows:
            assert [row["row"] for row in csv.DictReader(rows)] == ["61"]
    assert len(_rejects(store)) == (2 if outer.rejects else 0)  # the folder and the file in it


def test_rejects_are_whole_and_have_their_name_before_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    commit = Store.commit

    def look(store: Store, stage: Stage, facts: SubmissionFacts) -> ControlTotal:
        seen.extend(path.read_bytes() for path in store.path.glob("rejects/*/rejects.csv"))
        return commit(store, stage, facts)

    monkeypatch.setattr(Store, "commit", look)
    taken = _take(_file(tmp_path, *GOOD, BAD), tmp_path / "store")
    assert taken.rejects
    assert seen == [taken.rejects.read_bytes()]
    assert seen[0].count(b"\r\n") == 2  # the header and one reject


def test_a_file_known_already_names_its_rejects(tmp_path: Path) -> None:
    path, store = _file(tmp_path, *GOOD, BAD), tmp_path / "store"
    first, again = _take(path, store), _take(path, store)
    assert again.state == "known already"
    assert again.rejects == first.rejects
    assert again.rejects


def test_a_disk_that_is_full_at_the_rejects_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_file = durable.sync_file

    def full(file: IO[bytes]) -> None:
        if "rejects" in str(file.name):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync_file(file)

    monkeypatch.setattr(durable, "sync_file", full)
    store = tmp_path / "store"
    with pytest.raises(ConfigurationFault, match="No space left"):
        _take(_file(tmp_path, *GOOD, BAD), store)
    assert files_of(Store.open(store)) == {"store.json"}
    assert not (store / "rejects").exists()


@pytest.mark.parametrize("place", [(Store, "commit"), (RejectsWriter, "add")])
def test_an_extract_that_breaks_leaves_no_rejects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: tuple[type, str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("broken")

    monkeypatch.setattr(*place, broken)
    with pytest.raises(KeyError):
        _take(_file(tmp_path, *GOOD, BAD), tmp_path / "store")
    assert not (tmp_path / "store" / "rejects").exists()


def test_a_held_file_without_rejects_leaves_nothing(tmp_path: Path) -> None:
    # Six months of ten, the seventh without any, then a day of the eighth.
    lines = [
        f"A{month}-{day},RX,P1,S1,2024-{month:02d}-{day:02d} 10:00"
        for month in (1, 2, 3, 4, 5, 6, 8)
        for day in range(1, 11)
    ]
    path, store = _file(tmp_path, *lines), tmp_path / "store"
    held = _take(path, store)
    assert (held.state, held.rejects) == ("held", None)
    assert "2024-07 has 0 rows, 100% below the 10" in held.notes[0]
    assert files_of(Store.open(store)) == {"store.json"}
    assert not (store / "rejects").exists()


def test_a_held_file_with_rejects_shows_them(tmp_path: Path) -> None:
    held = _take(_file(tmp_path, *GOOD[:9], BAD), tmp_path / "store")
    assert held.state == "held"
    assert held.rejects
    assert held.rejects.is_file()


@pytest.mark.parametrize("reason", ["", "  ", "\t"])
def test_a_held_file_is_not_accepted_without_a_reason(tmp_path: Path, reason: str) -> None:
    with pytest.raises(WrongUsage, match="a held file is accepted without a reason"):
        _take(_file(tmp_path, *GOOD[:9], BAD), tmp_path / "store", accept_held=reason)
    assert not (tmp_path / "store").exists()


def test_what_a_killed_extract_left_of_its_rejects_goes_after_an_hour(tmp_path: Path) -> None:
    path, store = _file(tmp_path, *GOOD), tmp_path / "store"
    (store / "rejects").mkdir(parents=True)
    old, young = store / "rejects/.rejects.csv.1.tmp", store / "rejects/.rejects.csv.2.tmp"
    Store.create(tmp_path / "other")
    (tmp_path / "other" / "store.json").rename(store / "store.json")
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    _take(path, store)
    assert not old.exists()
    assert young.exists()

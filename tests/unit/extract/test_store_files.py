"""What stands where in a store, what is written again and what is carried over."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from openhiu.engines.duckdb import DuckDBEngine
from openhiu.errors import HiuError, WrongUsage
from openhiu.extract.store import ControlTotal, Period, Store
from openhiu.extract.store.classify import classify, register
from openhiu.extract.store.garbage import KEPT_FOR
from openhiu.extract.store.months import write_months
from openhiu.extract.store.persons import number_persons
from openhiu.tables.activity import PEOPLE as PEOPLE_TABLE
from support.store_rows import drawn, facts, files_of, moment, put, true_rows, typed

THREE_MONTHS = """
| record | provider | person     | site | arrived | sent  |
| 1      | RX       | 9990000018 | S2   | 05-01   | 10-01 |
| 2      | RX       | 9990000026 | S1   | 06-02   | 10-02 |
| 3      | RY       | 9990000018 | S3   | 07-03   | 10-03 |
"""
HEAD = "| record | provider | person | site | arrived | sent |\n"
RECEIVED = moment("01-04")
PEOPLE = [
    {"person_id": "9990000018", "name": "Ada Example", "phone": "07700900001"},
    {"person_id": "9990000026", "name": "Bo Example"},
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path / "store")
    put(made, "first", drawn(THREE_MONTHS), received=RECEIVED)
    return made


def test_a_file_from_before_a_column_was_declared_has_it_empty(tmp_path: Path) -> None:
    pq.write_table(pa.table({"person_id": ["9990000018"], "name": ["Ada Example"]}),
                   tmp_path / "old.parquet")  # fmt: skip
    with DuckDBEngine() as engine:
        register(engine, "people", [tmp_path / "old.parquet"], PEOPLE_TABLE.arrow_schema())
        assert engine.columns("people") == PEOPLE_TABLE.names
        found = engine.run("select person_id, name, left_date from people").to_pylist()
    assert found == [{"person_id": "9990000018", "name": "Ada Example", "left_date": None}]


def test_a_new_store_is_empty_and_is_opened_again(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "deep" / "store")
    assert store.activity().files == {}
    assert store.activity().cut_off is None
    assert Store.create(store.path).state_digest() == store.state_digest()


def test_each_file_has_the_place_that_the_reference_gives(store: Store) -> None:
    put(store, "people", PEOPLE, received=RECEIVED, dataset="people")
    names = {path.rpartition("/")[0] for path in files_of(store)}
    assert names == {
        "", "submissions/attendances", "prepared", "prepared/attendances", "people",
        "people/submissions", "commits",
    }  # fmt: skip
    identifier = store.submission_id("attendances", "first", "m")
    assert {
        ".lock", "store.json", f"submissions/attendances/{identifier}.parquet",
        f"submissions/attendances/{identifier}.json", "prepared/attendances/2024-01-1.parquet",
        "prepared/persons-1.parquet", "people/people-2.parquet", "commits/00000002.json",
    } <= files_of(store)  # fmt: skip


def test_only_the_months_that_a_correction_touches_are_written_again(store: Store) -> None:
    before = dict(zip(("01", "02", "03"), store.activity().files["attendances"], strict=True))
    # Record 1 moves from January to March; nothing happens in February.
    moved = f"{HEAD}| 1 | RX | 9990000018 | S2 | 08-03 | 20-01 |"
    put(store, "second", drawn(moved), received=RECEIVED)
    after = store.activity().files["attendances"]
    assert [path.name for path in after] == ["2024-02-1.parquet", "2024-03-2.parquet"]
    assert after[0] == before["02"]


def test_the_same_submission_twice_changes_nothing(store: Store) -> None:
    digest, files = store.state_digest(), files_of(store)
    total = put(store, "first", drawn(THREE_MONTHS), received=moment("02-04"))
    assert total == ControlTotal(read=3, accepted=0, superseded=0, duplicate=3, rejected=0)
    assert store.state_digest() == digest
    assert {path for path in files_of(store) if "prepared/" in path} <= files


def test_a_submission_is_known_by_its_bytes_and_its_mapping(store: Store) -> None:
    manifest = store.knows(store.submission_id("attendances", "first", "m"))
    assert manifest is not None
    assert (manifest.facts.file, manifest.rows, manifest.owners) == ("first.csv", 3, ("RX", "RY"))
    assert manifest.total == ControlTotal(3, 3, 0, 0, 0)
    assert store.knows(store.submission_id("attendances", "first", "another mapping")) is None
    assert store.knows(store.submission_id("admissions", "first", "m")) is None


def test_rows_without_a_record_identifier_are_counted_and_told(store: Store) -> None:
    weak = f"{HEAD}| | | 9990000018 | S1 | 05-01 | |\n| 9 | | | S1 | 05-01 | |"
    put(store, "weak", drawn(weak), received=RECEIVED)
    manifest = store.knows(store.submission_id("attendances", "weak", "m"))
    assert manifest is not None
    assert manifest.weak == 1
    assert any("weak.csv: 1 row has no record identifier" in warning
               for warning in store.activity().warnings)  # fmt: skip


def test_activity_gives_months_the_cut_off_and_its_sources(store: Store) -> None:
    activity = store.activity()
    assert activity.months == (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
    assert activity.cut_off == datetime(2024, 3, 7, 12)
    assert [(source.file, source.dataset, source.rows) for source in activity.sources] == [
        ("first.csv", "attendances", 3)
    ]


def test_volumes_are_counted_by_provider_and_month(store: Store) -> None:
    assert store.monthly_volumes("attendances") == {
        "RX": {"2024-01": 1, "2024-02": 1},
        "RY": {"2024-03": 1},
    }
    assert store.monthly_volumes("admissions") == {}


def test_a_month_file_is_sorted_by_site_and_person_and_every_row_can_be_traced(
    tmp_path: Path,
) -> None:
    store = Store.create(tmp_path / "store")
    rows = """
    | record | person     | site | arrived     |
    | 1      | 9990000026 | S2   | 05-01       |
    | 2      | 9990000018 | S2   | 06-01       |
    | 3      | 9990000018 | S2   | 04-01       |
    | 4      | 9990000026 | S1   | 07-01       |
    | 5      |            | S1   | 01-01       |
    """
    put(store, "first", drawn(rows), received=RECEIVED)
    table = pq.read_table(store.activity().files["attendances"][0])
    identifier = store.submission_id("attendances", "first", "m")
    # Persons are numbered in the order of their identifiers: …18 is 1, …26 is 2.
    columns = zip(*(table[name].to_pylist() for name in ("site_code", "person_no", "_row")),
                  strict=True)  # fmt: skip
    assert list(columns) == [("S1", 2, 4), ("S1", None, 5), ("S2", 1, 3), ("S2", 1, 2),
                             ("S2", 2, 1)]  # fmt: skip
    assert set(table["_submission"].to_pylist()) == {identifier}
    assert "person_id" not in table.column_names


def test_a_persons_number_stays(store: Store) -> None:
    numbers = pq.read_table(store.activity().persons).to_pylist()
    newcomer = f"{HEAD}| 7 | | 9990000001 | S1 | 05-01 | |"
    put(store, "more", drawn(newcomer), received=RECEIVED)
    assert pq.read_table(store.activity().persons).to_pylist() == [
        *numbers, {"person_no": 3, "person_id": "9990000001"},
    ]  # fmt: skip


def test_months_too_big_to_be_read_at_once_come_out_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One row at a time instead of half a million: January has three sites in three pieces.
    monkeypatch.setitem(write_months.__globals__, "_ROWS_AT_ONCE", 1)
    more = """
    | record | provider | person     | site | arrived | sent  |
    | 4      | RX       | 9990000018 | S1   | 05-01   | 10-01 |
    | 5      | RX       |            | S3   | 05-01   | 10-01 |
    | 6      | RX       | 9990000026 | S3   | 05-01   | 10-01 |
    """
    put(store, "more", drawn(more), received=RECEIVED)
    assert [row["attendance_id"] for row in true_rows(store)] == ["1", "2", "3", "4", "5", "6"]
    january = pq.read_table(store.activity().files["attendances"][0])
    assert january["site_code"].to_pylist() == ["S1", "S2", "S3", "S3"]


def test_keys_are_compared_in_parts_when_there_are_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(classify.__globals__, "_ROWS_PER_PART", 1)
    monkeypatch.setitem(number_persons.__globals__, "_ROWS_PER_PART", 1)
    digest = store.state_digest()
    total = put(store, "again", [*drawn(THREE_MONTHS), *drawn(THREE_MONTHS)], received=RECEIVED)
    assert total == ControlTotal(6, 0, 0, 6, 0)
    store.rebuild()
    assert store.state_digest() == digest


def test_every_dataset_has_its_place(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    at = moment("05-01")
    rows = {
        "admissions": {"admission_id": "1", "site_code": "S1", "admission_datetime": at},
        "ambulance": {"call_id": "1", "provider_code": "RYE", "call_datetime": at},
        "calls_111": {"call_id": "1", "person_id": "9990000018", "call_datetime": at},
        "people": PEOPLE[0],
    }
    for dataset, row in rows.items():
        put(store, dataset, [row], received=RECEIVED, dataset=dataset)
        assert true_rows(store, dataset) == [row]
    digest = store.state_digest()
    store.rebuild()
    assert store.state_digest() == digest
    assert store.activity().cut_off == at


def test_people_are_corrected_like_any_record(store: Store) -> None:
    put(store, "people", PEOPLE, received=RECEIVED, dataset="people")
    newer = [{"person_id": "9990000018", "name": "Ada Sample"},
             {"person_id": "9990000026", "record_action": "delete"}]  # fmt: skip
    total = put(store, "newer", newer, received=moment("02-04"), dataset="people")
    assert total == ControlTotal(2, 2, 0, 0, 0)
    assert true_rows(store, "people") == [{"person_id": "9990000018", "name": "Ada Sample"}]


def test_people_are_not_replaced_by_period(store: Store) -> None:
    january = Period(date(2024, 1, 1), date(2024, 2, 1))
    with pytest.raises(WrongUsage, match="people are not replaced by period"):
        put(store, "people", PEOPLE, received=RECEIVED, dataset="people", replaces=january)


def test_a_purge_removes_every_trace_of_people_and_leaves_activity(store: Store) -> None:
    activity = true_rows(store)
    put(store, "people", PEOPLE, received=RECEIVED, dataset="people")
    put(store, "newer", PEOPLE[:1], received=moment("02-04"), dataset="people")
    store.purge_people()
    assert not (store.path / "people").exists()
    assert true_rows(store) == activity
    assert "people" not in store.activity().files
    # What was purged can be extracted again.
    put(store, "people", PEOPLE, received=RECEIVED, dataset="people")
    assert len(true_rows(store, "people")) == 2


def test_a_people_folder_taken_away_by_hand_leaves_activity(store: Store) -> None:
    put(store, "people", PEOPLE, received=RECEIVED, dataset="people")
    shutil.rmtree(store.path / "people")
    assert set(store.activity().files) == {"attendances"}
    assert true_rows(store, "people") == []
    put(store, "more", drawn("| site | arrived |\n| S1 | 05-01 |"), received=RECEIVED)
    put(store, "newer", PEOPLE[:1], received=moment("02-04"), dataset="people")
    assert len(true_rows(store, "people")) == 1


def _an_hour_passes(store: Store) -> None:
    for path in store.path.rglob("*"):
        os.utime(path, (0, time.time() - KEPT_FOR - 1))


def _corrected(store: Store, *days: str) -> None:
    for day in days:
        newer = f"{HEAD}| 1 | RX | B | S2 | 05-01 | {day} |"
        put(store, day, drawn(newer), received=RECEIVED)


def test_a_reader_goes_on_while_extract_after_extract_commits(store: Store) -> None:
    # Its files are old; what counts is how long ago the commit that names them was the newest.
    _an_hour_passes(store)
    opened = store.activity().files["attendances"]
    _corrected(store, "20-01", "21-01", "22-01", "23-01")
    assert [pq.read_table(path).num_rows for path in opened] == [1, 1, 1]


def test_files_that_no_commit_of_the_last_hour_names_go_with_the_next_write(store: Store) -> None:
    stray = store.path / "prepared" / "attendances" / "2019-01-9.parquet"
    stray.write_bytes(b"left by a writer that died")
    _corrected(store, "20-01", "21-01")
    _an_hour_passes(store)
    _corrected(store, "22-01")
    kept = {path for path in files_of(store) if "2024-01" in path}
    # Commit 4 was made last; when it began, commits 3 and 2 were the last two.
    assert kept == {f"prepared/attendances/2024-01-{number}.parquet" for number in (2, 3, 4)}
    assert not stray.exists()


def test_an_abandoned_stage_leaves_nothing(store: Store) -> None:
    files, digest = files_of(store), store.state_digest()
    with pytest.raises(KeyError), store.stage("attendances", "0123456789abcdef") as stage:
        stage.write(typed("attendances", drawn(THREE_MONTHS)))
        raise KeyError("the reader gave up")
    assert (files_of(store), store.state_digest()) == (files, digest)


def test_counts_that_do_not_add_up_are_refused(store: Store) -> None:
    files, digest = files_of(store), store.state_digest()
    with store.stage("attendances", "0123456789abcdef") as stage:
        stage.write(typed("attendances", drawn(THREE_MONTHS)))
        with pytest.raises(HiuError, match="5 rows were read, but 3 taken and 1 rejected"):
            store.commit(stage, facts("odd", 4, RECEIVED, rejected=1))
    assert (files_of(store), store.state_digest()) == (files, digest)


def test_a_row_without_its_time_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="arrival_datetime"):
        put(store, "timeless", [{"site_code": "S1"}], received=RECEIVED)

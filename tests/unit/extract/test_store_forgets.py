"""Forgetting a person in the store: their rows go, their activity leads to nobody, others stay."""

from __future__ import annotations

from pathlib import Path

from openhiu.extract.store import Forgotten, Store
from support.store_rows import drawn, files_of, holds, moment, put, true_rows

GONE, STAYS = "9990000018", "9990000026"
ATTENDED = """
| record | provider | person     | site | arrived | sent  |
| 1      | RX       | 9990000018 | S1   | 05-01   | 10-01 |
| 2      | RX       | 9990000026 | S1   | 06-01   | 10-01 |
|        | RX       | 9990000018 | S2   | 07-02   | 10-02 |
"""
PEOPLE = [
    {"person_id": GONE, "nhs_number": GONE, "name": "Ada Canary", "address": "1 Canary Row"},
    {"person_id": STAYS, "nhs_number": STAYS, "name": "Bo Linnet", "address": "2 Linnet Road"},
]


def filled(path: Path) -> Store:
    store = Store.create(path / "store")
    put(store, "attended", drawn(ATTENDED), received=moment("01-03"))
    put(store, "people", PEOPLE, received=moment("01-03"), dataset="people")
    put(store, "people again", PEOPLE[:1], received=moment("02-03"), dataset="people")
    return store


def test_nothing_of_the_person_is_in_any_file_and_the_other_is_as_before(tmp_path: Path) -> None:
    store = filled(tmp_path)
    assert store.forget({GONE}) == Forgotten(people=2, activity=2, submissions=3)
    for canary in (GONE, "Ada Canary", "1 Canary Row"):
        assert holds(store, canary) == []
    assert [row["name"] for row in true_rows(store, "people")] == ["Bo Linnet"]
    assert holds(store, STAYS) and holds(store, "2 Linnet Road")


def test_attendances_are_still_counted_and_lead_to_nobody(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.forget({GONE})
    assert [row.get("person_id") for row in true_rows(store)].count(None) == 2
    assert store.monthly_volumes("attendances") == {"RX": {"2024-01": 2, "2024-02": 1}}


def test_whoever_is_named_by_one_number_is_found_by_the_other(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    row = [{"person_id": "H77", "nhs_number": GONE, "name": "Ada Canary"}]
    put(store, "people", row, received=moment("01-03"), dataset="people")
    attended = [{**drawn(ATTENDED)[0], "person_id": "H77"}]
    put(store, "attended", attended, received=moment("01-03"))
    assert store.forget({GONE}) == Forgotten()  # without an issuer: what the store calls somebody
    assert store.forget({("nhs", GONE)}) == Forgotten(people=1, activity=1, submissions=2)
    assert holds(store, "H77") == []


def test_activity_can_keep_its_key_where_only_people_are_to_be_forgotten(tmp_path: Path) -> None:
    store = filled(tmp_path)
    assert store.forget({GONE}, activity=False) == Forgotten(people=2, submissions=2)
    assert holds(store, "Ada Canary") == []
    assert len([row for row in true_rows(store) if row["person_id"] == GONE]) == 2


def test_forgetting_twice_changes_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.forget({GONE})
    before, files = store.state_digest(), files_of(store)
    assert store.forget({GONE}) == Forgotten()
    assert (store.state_digest(), files_of(store)) == (before, files)


def test_the_same_file_again_does_not_bring_them_back_and_a_rebuild_neither(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.forget({GONE})
    put(store, "people", PEOPLE, received=moment("01-03"), dataset="people")
    store.rebuild()
    assert [row["name"] for row in true_rows(store, "people")] == ["Bo Linnet"]
    identifier = store.submission_id("people", "people", "m")
    manifest = store.knows(identifier)
    assert manifest is not None and manifest.forgotten == 1

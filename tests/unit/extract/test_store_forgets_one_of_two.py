"""Two hospitals gave the same number to two people: one is forgotten, the other is untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import InputNotUsable, RefusedByPolicy
from openhiu.extract.store import Forgotten, Store
from openhiu.programme import read_keys
from support.store_rows import drawn, files_of, holds, moment, put, true_rows

ADA, BO = "9990000018", "9990000026"
BOTH = "123456"
ATTENDED = """
| record | provider | person | site | arrived | sent  |
| 1      | RX       | 123456 | RX01 | 05-01   | 10-01 |
| 2      | RX       | 123456 | RX02 | 06-01   | 10-01 |
| 3      | RY       | 123456 | RY01 | 07-01   | 10-01 |
"""
HERS = {"person_id": BOTH, "nhs_number": ADA, "name": "Ada Canary"}
HIS = {"person_id": BOTH, "nhs_number": BO, "name": "Bo Linnet"}


def filled(path: Path, *people: dict[str, Any]) -> Store:
    store = Store.create(path / "store")
    put(store, "attended", drawn(ATTENDED), received=moment("01-03"))
    for number, row in enumerate(people):
        put(store, f"people {number}", [row], received=moment("01-03"), dataset="people")
    return store


def of_whom(store: Store) -> list[tuple[str, bool]]:
    rows = true_rows(store)
    return sorted((row["site_code"], "person_id" in row and bool(row["person_id"])) for row in rows)


def test_a_hospitals_number_is_a_key_at_that_trust_only(tmp_path: Path) -> None:
    store = filled(tmp_path, HERS, HIS)
    told = store.forget({("RX01", BOTH), ("nhs", ADA)})
    assert told == Forgotten(people=1, activity=2, submissions=2)
    assert of_whom(store) == [("RX01", False), ("RX02", False), ("RY01", True)]
    assert holds(store, "Ada Canary") == [] and holds(store, ADA) == []
    assert holds(store, "Bo Linnet") and holds(store, BO)


def test_whoever_has_no_nhs_number_here_takes_nobody_with_them(tmp_path: Path) -> None:
    store = filled(tmp_path, HIS)
    assert store.forget({("RX01", BOTH)}) == Forgotten(activity=2, submissions=1)
    assert of_whom(store) == [("RX01", False), ("RX02", False), ("RY01", True)]
    assert holds(store, "Bo Linnet")


@pytest.mark.parametrize(
    ("keys", "people"),
    [
        ({("nhs", ADA)}, [HERS, HIS]),  # the number leads to a key that two people have
        ({("nhs", ADA)}, [HERS, {**HERS, "name": "Bo Linnet"}]),
        ({("ALL", BOTH)}, [HERS, HIS]),
        ({("RX01", BOTH)}, [{**HIS, "nhs_number": None}]),  # nobody can say whose it is
    ],
)
def test_where_it_could_be_more_than_one_person_nobody_is_forgotten(
    tmp_path: Path, keys: set[tuple[str, str]], people: list[dict[str, Any]]
) -> None:
    store = filled(tmp_path, *people)
    before, files = store.state_digest(), files_of(store)
    with pytest.raises(RefusedByPolicy, match="more than one person"):
        store.forget(keys)
    assert (store.state_digest(), files_of(store)) == (before, files)


def test_it_goes_one_step_from_an_nhs_number_and_no_further(tmp_path: Path) -> None:
    hers = {**HERS, "person_id": "H77"}
    wrong = {"person_id": "H77", "nhs_number": BO, "name": "CANARY, Ada"}  # his number, her name
    store = filled(tmp_path, hers, wrong, {**HIS, "person_id": "H88"})
    store.forget({("nhs", ADA)})
    assert holds(store, "H77") == [] and holds(store, "H88")


def test_a_file_says_the_issuer_or_means_exactly_the_stores_keys(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("issuer,person_id\nnhs,999 000 0018\nRX01,123456\n")
    assert read_keys(file) == {("nhs", ADA), ("RX01", BOTH)}
    file.write_text("person_id\n123456\n")
    assert read_keys(file) == {("", BOTH)}
    store = filled(tmp_path, HERS)
    assert store.forget(read_keys(file)) == Forgotten(people=1, activity=3, submissions=2)
    file.write_text("issuer,person_id\nnhs,123\n")
    with pytest.raises(InputNotUsable, match="NHS number"):
        read_keys(file)

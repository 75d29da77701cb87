"""An NHS number that somebody else has in the store by mistake does not lead to them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import InputNotUsable, RefusedByPolicy
from openhiu.extract.store import Forgotten, Store, Whose
from openhiu.programme import forget_people, read_to_forget
from support.store_rows import holds, moment, put

ADA = "9990000018"
BORN, OTHER = date(1961, 5, 4), date(1988, 2, 3)
HERS: dict[str, Any] = {
    "person_id": "H1", "nhs_number": ADA, "name": "Ada Canary", "birth_date": BORN,
}  # fmt: skip
HIS: dict[str, Any] = {
    "person_id": "H2", "nhs_number": ADA, "name": "Bo Linnet", "birth_date": OTHER,
}  # fmt: skip
KNOWN = {ADA: Whose(frozenset({"Ada Canary"}), frozenset({BORN}))}
BY_FILE = {ADA: Whose(births=frozenset({BORN}))}  # a file for hospitals carries no names


def filled(path: Path, *people: dict[str, Any]) -> Store:
    store = Store.create(path / "store")
    for number, row in enumerate(people):
        put(store, f"people {number}", [row], received=moment("01-03"), dataset="people")
    return store


def test_after_the_exact_key_went_the_next_round_leaves_the_other_person(tmp_path: Path) -> None:
    store = filled(tmp_path, HERS, HIS)
    for known in (None, KNOWN, BY_FILE):
        with pytest.raises(RefusedByPolicy, match="more than one person"):
            store.forget({("nhs", ADA)}, known=known)
    assert store.forget({"H1"}).people == 1
    assert store.forget({("nhs", ADA)}, known=KNOWN) == Forgotten(not_followed=1)
    with pytest.raises(RefusedByPolicy):  # without a name the date alone may be a slip of the pen
        store.forget({("nhs", ADA)}, known=BY_FILE)
    assert holds(store, "Bo Linnet")


def test_with_a_hospitals_own_key_she_goes_and_who_has_her_number_stays(tmp_path: Path) -> None:
    own = {**HERS, "nhs_number": None}
    store = filled(tmp_path, own, HIS)
    told = store.forget({("ALL", "H1"), ("nhs", ADA)}, known=KNOWN)
    assert (told.people, told.not_followed) == (1, 1)
    assert holds(store, "Ada Canary") == [] and holds(store, "Bo Linnet")


@pytest.mark.parametrize(
    "people",
    [
        [HERS, {**HERS, "person_id": "H3", "name": "Ada Finch"}],  # she married
        [{**HERS, "name": "CANARY, Ada", "birth_date": None}],
        [HERS, {**HERS, "person_id": "H3", "name": None, "birth_date": None}],
    ],
)
def test_whoever_agrees_is_forgotten_under_every_key_the_number_leads_to(
    tmp_path: Path, people: list[dict[str, Any]]
) -> None:
    store = filled(tmp_path, *people)
    assert store.forget({("nhs", ADA)}, known=KNOWN).people == len(people)


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ({**HERS, "birth_date": OTHER}, KNOWN),  # the same name, born on another day
        ({**HIS, "birth_date": None}, KNOWN),
        (HIS, BY_FILE),
        (HERS, {ADA: Whose()}),  # nothing is known to compare with
    ],
)
def test_where_nobody_can_tell_nobody_is_forgotten(
    tmp_path: Path, row: dict[str, Any], known: dict[str, Whose]
) -> None:
    store = filled(tmp_path, row)
    with pytest.raises(RefusedByPolicy, match="name or date of birth is another") as refused:
        store.forget({("nhs", ADA)}, known=known)
    assert "Leave the NHS number out" in str(refused.value.remedy)
    assert holds(store, str(row["name"]))


def test_a_file_says_dates_of_birth_of_its_numbers(tmp_path: Path) -> None:
    file = tmp_path / "people-to-forget.csv"
    file.write_text(f"issuer,person_id,birth_date\nnhs,{ADA},1961-05-04\nS1,H9,\n")
    whom = read_to_forget(file)
    assert set(whom.keys) == {("nhs", ADA), ("S1", "H9")}
    assert dict(whom.known) == BY_FILE
    store = filled(tmp_path, HERS)
    assert forget_people(store.path, whom.keys, known=whom.known).people == 1
    file.write_text(f"issuer,person_id,birth_date\nnhs,{ADA},4 May 1961\n")
    with pytest.raises(InputNotUsable, match="no date"):
        read_to_forget(file)

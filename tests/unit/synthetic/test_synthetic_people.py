"""Nobody in it can be anybody: numbers, phones, codes and names that belong to no one."""

from __future__ import annotations

import re

import nhs_number
import pytest

from openhiu.synthetic import Trust, layout
from openhiu.synthetic.dice import Dice
from openhiu.synthetic.identity import nhs_numbers
from openhiu.tables.activity import TABLES
from unit.synthetic.reading import Table, read_rows

NUMBERS_STAND_IN = {
    "attendances": "NHS NUMBER", "admissions": "person_id", "ambulance": "person_id",
    "calls_111": "person_id", "people": "nhs_number",
}  # fmt: skip
# Ofcom, "Telephone numbers for use in TV and radio drama programmes": 07700 900000 to 900999 and
# 020 7946 0000 to 0999.
DRAMA = re.compile(r"07700 900\d{3}|020 7946 0\d{3}")
INVENTED = {
    "ORGANISATION IDENTIFIER (CODE OF PROVIDER)": re.compile(r"ZT[12]"),
    "ORGANISATION SITE IDENTIFIER (OF TREATMENT)": re.compile(r"ZT[12]\d\d"),
    "GENERAL MEDICAL PRACTICE CODE (PATIENT REGISTRATION)": re.compile(r"|Z9[89]0\d\d"),
    "LOWER LAYER SUPER OUTPUT AREA (RESIDENCE)": re.compile(r"E0199[89]\d{3}"),
}
# The house's words that nobody may read about themselves, and others of the kind.
JUDGEMENTS = re.compile(
    r"abus|aggress|frequent|non-?compliant|refus|addict|alcohol|drug|violen|manipul|difficult|DNA",
    re.IGNORECASE,
)


@pytest.mark.parametrize("dataset", NUMBERS_STAND_IN)
def test_every_nhs_number_is_valid_and_from_the_range_that_is_never_issued(
    dataset: str, table: Table
) -> None:
    found = {row[NUMBERS_STAND_IN[dataset]] for row in table(dataset)} - {""}
    assert found
    synthetic = nhs_number.REGION_SYNTHETIC
    assert all(number.startswith("999") for number in found)
    assert all(nhs_number.is_valid(number, for_region=synthetic) for number in found)


def test_no_two_people_share_a_number(table: Table) -> None:
    numbers = [row["nhs_number"] for row in table("people")]
    assert len(set(numbers)) == len(numbers)


def test_there_are_nine_hundred_thousand_numbers_and_none_comes_twice() -> None:
    """One in eleven of the million first nines has no check digit: about 909,091 are left."""
    numbers = list(nhs_numbers(Dice(3)))  # all of them: two seconds
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) == pytest.approx(1_000_000 * 10 / 11, abs=5)
    assert "9999999999" not in numbers  # what systems write when they mean nobody


def test_every_phone_number_is_from_the_ranges_kept_for_drama(table: Table) -> None:
    phones = [row["phone"] for row in table("people")]
    assert all(DRAMA.fullmatch(phone) for phone in phones if phone)
    assert 0.02 < phones.count("") / len(phones) < 0.06


@pytest.mark.parametrize("column", INVENTED)
def test_every_code_of_a_place_is_an_invented_one(column: str, table: Table) -> None:
    assert all(INVENTED[column].fullmatch(row[column]) for row in table("attendances"))


def test_names_come_from_many_cultures_and_hardly_repeat(table: Table) -> None:
    names = [row["name"] for row in table("people")]
    assert len({name.split(" ")[0] for name in names}) > 120
    assert len(set(names)) > 5_000
    assert any(not name.isascii() for name in names)


def test_warning_flags_are_few_and_never_judge(table: Table) -> None:
    flags = [row["warning_flags"] for row in table("people") if row["warning_flags"]]
    assert 0.02 < len(flags) / len(table("people")) < 0.10
    assert not [flag for flag in flags if JUDGEMENTS.search(flag)]


@pytest.mark.parametrize("dataset", ["admissions", "ambulance", "calls_111", "people"])
def test_columns_are_the_canonical_ones(dataset: str, made: Trust) -> None:
    header = list(read_rows(made.datasets[dataset][0])[0])
    assert set(header) <= set(TABLES[dataset].names)
    assert set(TABLES[dataset].required) <= set(header)


def test_attendances_wear_the_names_of_the_commissioning_data_set(made: Trust) -> None:
    for path in made.datasets["attendances"]:
        assert list(read_rows(path)[0]) == list(layout.ATTENDANCE_COLUMNS)

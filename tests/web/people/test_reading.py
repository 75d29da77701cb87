"""What the search box understands: a text typed, and the names, digits and dates taken from it."""

from __future__ import annotations

from datetime import date

import pytest

from openhiu.web.people.fold import date_key, digits, fold, sound, words
from openhiu.web.people.nicknames import other_forms
from openhiu.web.people.reading import read, real_date

APRIL = date(1971, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "3/4/1971", "03/04/1971", "3.4.1971", "3-4-71", "3/4/71", "1971-04-03", "3 apr 1971",
        "3rd April 1971", "3apr1971", "april 3, 1971", "3 4 1971", " 3 / 4 / 1971 ",
    ],
)  # fmt: skip
def test_a_birthday_is_understood_in_many_forms(text: str) -> None:
    assert read(text).dates == (APRIL,)
    assert read(text).names == ()


def test_days_come_before_months_unless_nothing_else_makes_a_date() -> None:
    assert real_date("4", "3", "1971") == date(1971, 3, 4)
    assert real_date("4", "23", "1971") == date(1971, 4, 23)
    assert real_date("31", "2", "1971") is None


def test_a_year_of_two_figures_is_never_in_the_future() -> None:
    found = real_date("1", "1", "99")
    assert found is not None
    assert found.year == 1999


def test_names_numbers_and_dates_are_told_apart_in_one_text() -> None:
    reading = read("O'Brien, Siân 3/4/1971 07700 900 123")
    assert reading.names == ("obrien", "sian")
    assert reading.dates == (APRIL,)
    assert reading.numbers == ("07700900123",)


@pytest.mark.parametrize("text", ["999 123 4567", "999-123-4567", "9991234567", "999 1234567"])
def test_an_nhs_number_is_read_with_any_spacing(text: str) -> None:
    assert read(text).numbers == ("9991234567",)


@pytest.mark.parametrize(
    "text", ["+44 7700 900123", "0044 7700 900123", "07700 900 123", "+44 (0)7700 900123"]
)
def test_a_telephone_number_is_one_number_however_it_is_written(text: str) -> None:
    assert digits(text) == "07700900123"
    assert read(text).numbers == ("07700900123",)


def test_eight_figures_may_be_a_birthday() -> None:
    (term,) = read("03041971").terms
    assert f"% {date_key(APRIL)} %" in term.strict


@pytest.mark.parametrize("text", ["", " ", "a", "7", "12", "- -", "'", "\x00"])
def test_too_little_is_nothing_to_look_for(text: str) -> None:
    assert read(text).empty


def test_only_a_hundred_characters_are_read() -> None:
    assert read("a" * 5000).names == ("a" * 100,)


def test_wildcards_of_the_database_are_never_passed_on() -> None:
    reading = read("100%_\\ mary%")
    assert all(set(p.strip("%")) <= set(" =abcdefghijklmnopqrstuvwxyz0123456789")
               for term in reading.terms for p in (*term.strict, *term.loose))  # fmt: skip


def test_marks_case_and_apostrophes_are_folded() -> None:
    assert fold("Siân O\u2019BRIEN-Łukasz  Øst") == "sian obrien lukasz ost"
    assert words("Anne-Marie Smith-Jones") == [
        "anne", "marie", "smith", "jones", "annemarie", "smithjones",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine", "Kathryn"), ("Smith", "Smythe"), ("Geoffrey", "Jeffery"),
        ("Philip", "Filip"), ("Knight", "Nite"), ("McDonald", "MacDonald"), ("Micheal", "Michael"),
    ],
)  # fmt: skip
def test_names_heard_alike_share_a_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


def test_different_names_do_not() -> None:
    assert sound("Mary") != sound("Martin")


def test_nicknames_go_both_ways() -> None:
    assert "margaret" in other_forms("peggy")
    assert "peggy" in other_forms("margaret")
    assert other_forms("zzz") == frozenset()

"""What people type, and what the fields make of it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from openhiu.web.design.forms import Choice, Choices, Date, LongText, NhsForm, Text, TimeOfDay
from support.design_page import GOOD, WRONG, EveryKind


def test_everything_typed_well_becomes_values() -> None:
    form = EveryKind(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"] == "9991234561"
    assert form.cleaned_data["born"] == date(1974, 11, 22)
    assert form.cleaned_data["time"] == time(14, 30)
    assert form.cleaned_data["voicemail"] is False
    assert form.cleaned_data["reasons"] == ["housing", "debt"]
    assert form.cleaned_data["version"] == 3


def test_each_mistake_gets_a_plain_sentence() -> None:
    said = {name: errors[0] for name, errors in EveryKind(WRONG).errors.items()}
    assert said == {
        "name": "Enter preferred name",
        "email": "E-mail address must look like name@example.com",
        "phone": "Telephone number must be a telephone number, like 01632 960 001",
        "visits": "Visits must be a whole number, like 15",
        "number": "NHS number must be 10 digits",
        "born": "Date of birth must be a real date, like 22 11 2026",
        "time": "Time of the call must be a time, like 14:30 or 2.30pm",
        "why": "Enter an answer: what happened?",
        "voicemail": "Select yes or no: may we leave a voicemail?",
        "reasons": "Reasons: choose either the last box or the others",
        "lead": "Select lead",
        "agreed": "Tick to say: I have read it to them",
    }


@pytest.mark.parametrize(
    ("typed", "wrong_boxes"),
    [
        (("", "", ""), "day month year"),
        (("22", "", "1974"), "month"),
        (("", "", "1974"), "day month"),
        (("22", "11", "74"), "year"),
        (("22", "11", "٢٠٢٠"), "year"),
        (("31", "2", "1974"), "day month year"),
        (("x", "2", "1974"), "day month year"),
        (("1", "1", "2999"), "day month year"),
    ],
)
def test_a_date_says_which_box_is_wrong(typed: tuple[str, str, str], wrong_boxes: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Date("Date of birth", past=True).clean(list(typed))
    assert caught.value.code == wrong_boxes


@pytest.mark.parametrize("month", ["11", "Nov", "november", "NOV"])
def test_a_month_may_be_a_word(month: str) -> None:
    assert Date("Day").clean(["2", month, "2026"]) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("9am", time(9, 0)),
        ("12am", time(0, 0)),
        ("12pm", time(12, 0)),
        ("0905", time(9, 5)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: time) -> None:
    assert TimeOfDay("Time").clean(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "13pm", "0am", "9", "14:60", "noon", "14:30:00:00"])
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValidationError):
        TimeOfDay("Time").clean(typed)


class Reveals(NhsForm):
    reached = Choice("Reached?", choices=[("yes", "Yes"), ("no", "No")], reveals={"no": "how"})
    how = Choice(
        "How?", choices=[("phone", "Phone"), ("visit", "Visit")], reveals={"visit": "where"}
    )
    where = Text("Where?")
    also = Choices("Also", choices=[("a", "A")], reveals={"a": "more"}, required=False)
    more = LongText("More")


def read(text: str) -> Any:
    form = Reveals(QueryDict(text))
    form.is_valid()
    return form


def test_what_does_not_apply_is_neither_asked_nor_kept() -> None:
    form = read("reached=yes&how=visit&where=Left+over")
    assert not form.errors
    assert form.cleaned_data["how"] == ""
    assert form.cleaned_data["where"] == ""
    assert form.cleaned_data["more"] == ""


def test_what_is_revealed_must_be_answered() -> None:
    assert list(read("reached=no").errors) == ["how"]


def test_a_question_within_a_revealed_question_is_asked_too() -> None:
    assert list(read("reached=no&how=visit").errors) == ["where"]
    assert list(read("reached=no&how=phone&also=a").errors) == ["more"]


def test_a_limit_counts_a_new_line_once_as_the_browser_does() -> None:
    assert LongText("Note", count=5).clean("ab\r\ncd") == "ab\ncd"


def test_a_draft_comes_back_unjudged() -> None:
    form = EveryKind.from_draft({"name": ["Robin"], "born_day": ["31"], "reasons": ["debt"]})
    assert form.restored
    assert not form.errors
    assert form["name"].value() == "Robin"
    assert form["born"].value() == ["31", "", ""]
    assert form["reasons"].value() == ["debt"]


def test_without_a_draft_the_form_is_fresh() -> None:
    form = EveryKind.from_draft(None, initial={"name": "Ada"})
    assert not form.is_bound
    assert form["name"].value() == "Ada"


def test_an_nhs_number_with_a_wrong_digit_is_never_repeated_back() -> None:
    form = EveryKind(QueryDict("number=9991234562"))
    assert form.errors["number"] == ["NHS number is not a valid NHS number: check each digit"]


def test_a_stored_answer_of_no_is_shown_as_no() -> None:
    assert EveryKind(initial={"voicemail": False})["voicemail"].value() == "no"
    assert EveryKind(initial={"voicemail": None})["voicemail"].value() is None

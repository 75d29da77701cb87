"""What stands in a locality file becomes a form's first value, and what is typed goes back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from openhiu.web.commissioning.area import kinds
from openhiu.web.commissioning.area.kinds import Field

COLUMNS = (("risk", "Risk", "text"), ("score", "Score", "number"))
RISKS = Field("risks", "Risks", "rows", columns=COLUMNS)


@pytest.mark.parametrize(
    ("kind", "typed", "stands", "drawn"),
    [
        ("text", "  Vale ", "Vale", "Vale"),
        ("lines", "one\n\n two ", ["one", "two"], "one\ntwo"),
        ("codes", "E1, E2;E3\nE4", ["E1", "E2", "E3", "E4"], "E1 E2 E3 E4"),
        ("number", Decimal("0.5"), 0.5, 0.5),
        ("number", Decimal("2.0"), 2, 2),
        ("pounds", Decimal(65000), 65000, 65000),
        ("percent", Decimal("3.5"), 0.035, "3.5"),
        ("percent", Decimal(100), 1.0, "100"),
        ("date", date(2027, 4, 1), "2027-04-01", date(2027, 4, 1)),
        ("yes_no", False, False, False),
        ("table", "fit | 3\ncost | 4.5", {"fit": 3, "cost": 4.5}, "fit | 3\ncost | 4.5"),
    ],
)  # fmt: skip
def test_each_kind_there_and_back(kind: str, typed: Any, stands: Any, drawn: Any) -> None:
    field = Field("key", "Label", kind)
    assert kinds.kept(field, typed) == stands
    assert kinds.drawn(field, {"key": stands}) == drawn


@pytest.mark.parametrize("kind", list(kinds.KINDS))
def test_nothing_typed_is_nothing_said(kind: str) -> None:
    field = Field("key", "Label", kind)
    assert kinds.kept(field, None) is None
    assert kinds.drawn(field, {}) is None


def test_a_choice_between_numbers_is_a_number_in_the_file() -> None:
    field = Field("top_from", "Exactly 20", "choice", choices=(("20", "Top"), ("21", "Below")))
    assert kinds.kept(field, "21") == 21
    assert kinds.in_words(field, {"top_from": 21}) == "Below"


def test_small_tables_are_written_one_to_a_line() -> None:
    stands = [{"risk": "A lead leaves", "score": 3}, {"risk": "No cover"}]
    assert kinds.kept(RISKS, "A lead leaves | 3\nNo cover") == stands
    assert kinds.drawn(RISKS, {"risks": stands}) == "A lead leaves | 3\nNo cover"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("a | 1 | too much", "line 1: write Risk | Score"), ("a | many", "score is not a number")],
)
def test_a_line_that_does_not_fit_says_which_and_how(typed: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why.replace("|", r"\|")):
        kinds.kept(RISKS, typed)


def test_a_table_within_a_table_is_found_by_both_names() -> None:
    field = Field("attendances.low", "Worse end", "number")
    assert kinds.drawn(field, {"attendances": {"low": -16}}) == -16

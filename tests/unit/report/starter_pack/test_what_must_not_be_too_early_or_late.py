"""Nothing is committed before the contract, nobody's data is touched before the assessment, names
reach nobody untrained, and what lapses is seen to before it does.
"""

from __future__ import annotations

from datetime import date

import pytest

from openhiu.paper.blocks import Bullets, Figure, Heading, PageBreak, Table
from openhiu.report.starter_pack.implementation_plan import _due
from openhiu.report.starter_pack.steps import AFTERWARDS, BY_KEY
from support.starter_pack import document, place, source, whole


def waits_for(key: str) -> set[str]:
    """Every step that comes before it, however far back."""
    found: set[str] = set()
    asked = list(BY_KEY[key].after)
    while asked:
        one = asked.pop()
        found.add(one)
        asked += BY_KEY[one].after
    return found


@pytest.mark.parametrize("key", ["applications", "interviews", "checks", "base", "supervision"])
def test_nobody_is_hired_and_nothing_bought_before_the_contract(key: str) -> None:
    assert "contract" in waits_for(key)


@pytest.mark.parametrize("key", ["data", "baseline", "first_list", "workspace", "agreement"])
def test_no_data_are_touched_before_the_privacy_assessment_is_signed(key: str) -> None:
    assert "dpia" in waits_for(key)


def test_names_reach_a_trained_lead_and_after_the_notice_is_published() -> None:
    assert {"induction", "consent", "agreement", "legal_ground"} <= waits_for("first_list")


def test_fairness_is_looked_at_before_the_contract_is_signed() -> None:
    assert "equality" in waits_for("contract")


def due(begins: str, months: int, **given: int) -> date:
    made = source(place(date=begins, **given))
    one = next(one for one in AFTERWARDS if one.months == months)
    assert made.go.date
    return _due(made, one, made.go.date)


def test_what_lapses_is_due_on_the_working_day_before() -> None:
    """Consents of Thursday 1 July 2027 run out on Saturday 1 January 2028: Friday 31 December."""
    assert due("2027-07-01", 6) == date(2027, 12, 31)
    # Of 5 July on Wednesday 5 January: the day before, though the 5th is a working day.
    assert due("2027-07-05", 6) == date(2028, 1, 4)
    # Of 1 July after a year, on Saturday 1 July 2028: Friday 30 June.
    assert due("2027-07-01", 12) == date(2028, 6, 30)


def test_what_only_follows_is_due_on_the_working_day_after() -> None:
    """A month after Thursday 1 July 2027 is Sunday 1 August: Monday the 2nd."""
    assert due("2027-07-01", 1) == date(2027, 8, 2)


def test_a_consent_is_asked_again_when_the_place_says() -> None:
    """After 3 months, on Friday 1 October 2027: Thursday 30 September."""
    assert due("2027-07-01", 6, review_months=3) == date(2027, 9, 30)


def test_the_pictures_of_the_plan_hold_every_step_on_one_scale() -> None:
    figures = [b for b in document(whole(), "implementation-plan").blocks if isinstance(b, Figure)]
    assert len(figures) == 2
    assert all("all to one scale of time" in figure.caption for figure in figures)
    assert sum(len(figure.drawing.svg.split("rule mark")) - 1 for figure in figures) >= 2


@pytest.mark.parametrize("stem", ["consent-form", "consent-form-easy-read", "advert"])
def test_the_page_for_the_team_is_a_page_worth_having(stem: str) -> None:
    blocks = document(whole(), stem).blocks
    front = blocks[: next(n for n, one in enumerate(blocks) if isinstance(one, PageBreak))]
    assert any(
        (isinstance(one, Table) and len(one.rows) >= 6)
        or (isinstance(one, Bullets) and len(one.items) >= 6)
        for one in front
    )


def test_how_days_were_worked_out_does_not_trail_on_a_page_of_its_own() -> None:
    blocks = document(whole(), "implementation-plan").blocks
    headings = [one.text for one in blocks if isinstance(one, Heading)]
    assert headings.index("How the days were worked out") < headings.index("The plan as a picture")

"""What a document asks for is told before it is made, and leads to the very field."""

from __future__ import annotations

from datetime import date

import pytest

from openhiu.web.commissioning.making import asked, composing
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.making.kinds import Gathered
from support.tiers import sample_tiers
from support.web_commissioning import SETTINGS

# The sample's tiers tell these themselves, so a document made from them lacks none of them.
TOLD_BY_TIERS = {("area", "name"), ("places", ""), ("sites", "")}


@pytest.mark.parametrize("what", list(KINDS))
def test_what_a_document_lacks_is_what_was_said_before_it_was_made(what: str) -> None:
    """The rooms of the reports say what is missing; the table here must say the same first."""
    made = composing.compose(KINDS[what], Gathered(date(2026, 11, 11), tiers=sample_tiers()))
    places = [asked.place_of(one["remedy"]) for one in made.missing]
    assert None not in places, [one for one in made.missing if not asked.place_of(one["remedy"])]
    lacking = {asked.key_of(*place) for place in places if place}
    told = {line.key for line in asked.wanted({}, what)}
    assert lacking - TOLD_BY_TIERS == told - TOLD_BY_TIERS


def test_what_was_said_is_not_asked_for_again() -> None:
    before = {line.key for line in asked.wanted({})}
    after = {line.key for line in asked.wanted(SETTINGS)}
    assert before - after == {
        ("area", "name"), ("places", ""), ("sites", ""), ("business-case", "starts"),
    }  # fmt: skip


def test_either_of_two_is_enough() -> None:
    key = ("service", "period")
    assert key in {line.key for line in asked.wanted({})}
    assert key not in {line.key for line in asked.wanted({"service": {"contract_months": 24}})}


@pytest.mark.parametrize(
    ("remedy", "where"),
    [
        ("Write starts = 2027-04-01 in [business_case] of the locality file.",
         ("business-case", "starts")),
        ('Write it as [go_live.post] salary = "…" in the locality file.', ("post", "salary")),
        ("Write out_of_hours in [service] of the locality file.", ("service", "out_of_hours")),
        ("It is taken as none: write leads = … in its [[places]] section of the locality file",
         ("places", "")),
        ('Write name = "…" at the top of the locality file.', ("area", "name")),
        ("Give LSOAs and GP practices in [footprint].", ("footprint", "")),
    ],
)  # fmt: skip
def test_a_remedy_for_the_command_line_leads_to_its_field(
    remedy: str, where: tuple[str, str]
) -> None:
    found = asked.place_of(remedy)
    assert found is not None
    assert asked.key_of(*found) == where


def test_a_remedy_that_is_about_no_setting_leads_nowhere() -> None:
    assert asked.place_of("Deliver activity with emergency admissions.") is None

"""What a contract takes from the case, and how it pastes what somebody wrote into a setting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openhiu.paper.blocks import Contents, PageBreak
from openhiu.report import printed
from openhiu.report.service_specification.make import document, make
from support.specifications import PLACE, SERVICE, place, source, words_of


def said_of(**changed: Any) -> str:
    return words_of(document(source(locality=place(**changed)), ()))


def test_the_leads_commissioned_are_those_of_the_case_and_never_those_in_post() -> None:
    case = {"leads": 2, "starts": date(2027, 4, 1)}
    said = said_of(money={"leads": 7.0}, business_case=case)
    assert "Commissioned: 2 leads, whole-time equivalent, in all hospitals and places to" in said
    assert "7 leads" not in said
    there = [{"code": "NORTH", "name": "North Vale", "leads": 4.0}]
    assert "together, besides the 4 in post." in said_of(business_case=case, places=there)


def test_without_a_number_in_the_case_nothing_is_said_and_that_is_missing() -> None:
    given = place(money={"leads": 7.0}, business_case={"starts": date(2027, 4, 1)})
    folder = make(source(locality=given))
    assert "Commissioned:" not in words_of(folder.documents[0].document)
    [lack] = folder.missing
    assert (lack.what, lack.remedy) == (
        "How many leads are commissioned", "Write leads in [business_case] of the locality file."
    )  # fmt: skip


def test_the_period_has_a_first_and_a_last_day() -> None:
    """24 months from 1 April 2027 end on 31 March 2029; a month from 31 January on 27 February."""
    assert "24 months, 1 April 2027 to 31 March 2029" in said_of(
        business_case={"leads": 2, "starts": date(2027, 4, 1)}
    )
    short = {**SERVICE, "contract_months": 1}
    assert "31 January 2027 to 27 February 2027" in said_of(
        service=short, business_case={"leads": 2, "starts": date(2027, 1, 31)}
    )


def test_a_period_without_a_first_day_is_missing() -> None:
    folder = make(source(locality=place(business_case={"leads": 2})))
    assert [one.what for one in folder.missing] == ["The first day of the contract"]
    assert "24 months; the first day is to be agreed" in words_of(folder.documents[0].document)
    spelled = {key: value for key, value in SERVICE.items() if key != "contract_months"}
    given = place(service={**spelled, "period": "Two years"}, business_case={"leads": 2})
    assert make(source(locality=given)).missing == ()


@pytest.mark.parametrize("key", ["workforce", "reporting", "standards", "outcomes"])
def test_lines_of_the_settings_are_sentences(key: str) -> None:
    said = said_of(service={**SERVICE, key: ["lived experience on each panel"]})
    assert "Lived experience on each panel.\n" in f"{said}\n"


@pytest.mark.parametrize(
    "key", ["boundaries", "safeguarding", "location", "complaints", "accessibility", "referral"]
)
def test_so_are_the_words_of_the_settings(key: str) -> None:
    said = said_of(service={**SERVICE, key: "people of no fixed address are the area's"})
    assert "People of no fixed address are the area's.\n" in f"{said}\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [("the lead", "The lead."), ("Done.", "Done."), (" Why? ", "Why?"), ("", ""), ("A:", "A:")],
)
def test_a_sentence_begins_large_and_ends_with_one_stop(given: str, said: str) -> None:
    assert printed.sentence(given) == said


def test_its_contents_do_not_fill_a_page() -> None:
    blocks = document(source(), ()).blocks
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Contents))
    assert not isinstance(blocks[at - 1], PageBreak)
    assert not isinstance(blocks[at + 1], PageBreak)
    assert PLACE["business_case"]["leads"] == 3

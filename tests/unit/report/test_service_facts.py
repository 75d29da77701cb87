"""service_facts.json is checked whole before anything of it is told; a fault names its key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openhiu.errors import ExitCode, InputNotUsable
from openhiu.report.facts import parse_facts, read_facts
from support.board_reports import facts


def test_the_facts_of_a_quarter_are_read() -> None:
    read = read_facts(facts())
    assert read.period == "October to December 2025"
    assert (read.did["opened"], read.contacts.whole, read.contacts.parts["Letter"]) == (21, 412, 3)
    assert [story.read_by_two for story in read.stories] == [True, False]
    assert not read.disclosed


def test_what_is_left_out_is_not_told_and_not_nought() -> None:
    read = read_facts({"what": "service_facts", "version": 1, "period": facts()["period"]})
    assert read.did == {}
    assert read.contacts.whole is None
    assert read.leads is None


def test_keys_nobody_knows_yet_do_no_harm() -> None:
    assert read_facts(facts(did__later_invention=5)).did["opened"] == 21


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"did__opened": -1}, "did.opened is not a whole number of 0 or more"),
        ({"did__opened": 2.5}, "did.opened is not a whole number of 0 or more"),
        ({"did__opened": True}, "did.opened is not a whole number of 0 or more"),
        ({"did__opened": "*"}, "did.opened is not a whole number of 0 or more"),
        ({"did__contacts__reached": 500}, "did.contacts.reached is more than all"),
        ({"did__contacts__by_how": {"Phone": 500}}, "did.contacts.by_how adds up to more than all"),
        ({"did": []}, "did is not an object"),
        ({"needs": {}}, "needs is not a list of objects"),
        ({"needs": [{"need": "Housing"}]}, "needs[1].people is missing"),
        ({"needs": [{"people": 9}]}, "needs[1].need is not words"),
        ({"quotes": [{"words": "  "}]}, "quotes[1].words is not words"),
        ({"stories": [{"words": "x", "reviewers": "Ann"}]},
         "stories[1].reviewers is not a list of words"),
        ({"wellbeing": [{"measure": "Happy", "people": 9, "first_mean": "5"}]},
         "wellbeing[1].first_mean is not a number"),
        ({"period__from": "yesterday"}, "period.from is not a date written YYYY-MM-DD"),
        ({"period__to_exclusive": "2025-10-01"}, "period.to_exclusive does not lie after from"),
        ({"claims": [{"words": "x", "claimed_percent": "half"}]},
         "claims[1].claimed_percent is not a number of percent"),
    ],
)  # fmt: skip
def test_a_fault_names_its_key_and_never_what_stands_there(
    changed: dict[str, Any], where: str
) -> None:
    with pytest.raises(InputNotUsable) as fault:
        read_facts(facts(**changed))
    assert fault.value.sentence == f"service_facts.json: {where}"
    assert fault.value.exit_code == ExitCode.INPUT_NOT_USABLE
    assert fault.value.remedy


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_none_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(InputNotUsable):
        parse_facts(data)


def test_another_version_is_turned_away() -> None:
    with pytest.raises(InputNotUsable, match="version is not 1"):
        read_facts(facts(version=2))


@pytest.mark.parametrize("written", ["999 000 0018", "9990000018", "999-000-0018"])
def test_an_nhs_number_in_the_words_stops_the_report_and_is_not_repeated(written: str) -> None:
    data = json.dumps(facts(quotes=[{"words": f"I am {written}."}])).encode()
    with pytest.raises(InputNotUsable) as fault:
        parse_facts(data)
    assert written not in fault.value.sentence + fault.value.remedy


def test_a_telephone_number_may_stand() -> None:
    read = read_facts(facts(quotes=[{"words": "I rang 0800 123 4567 and 01632 960000."}]))
    assert len(read.quotes) == 1


def test_two_readers_are_two_people() -> None:
    story = {"words": "x", "reviewers": ["Supervisor", "supervisor"]}
    assert not read_facts(facts(stories=[story])).stories[0].read_by_two
    story["reviewers"] = ["supervisor", "another supervisor"]
    assert read_facts(facts(stories=[story])).stories[0].read_by_two

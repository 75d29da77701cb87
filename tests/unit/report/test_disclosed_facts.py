"""Between the service's counts and the report is one door, and no small count comes through."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from openhiu.report.disclosed import as_data, disclose_facts
from openhiu.report.facts import read_facts
from support.board_reports import facts

STAFF = {"leads", "caseload_limit_per_lead", "days_to_pick_up_median", "version",
         "stories_withheld"}  # fmt: skip


def disclosed(**changed: Any) -> dict[str, Any]:
    return as_data(disclose_facts(read_facts(facts(**changed))))


def counts(found: Any, name: str = "") -> Iterator[tuple[str, int]]:
    """Every whole number in the data, with the path to it; what counts no client is left out."""
    if isinstance(found, dict):
        for key, inner in found.items():
            if key not in STAFF:
                yield from counts(inner, f"{name}.{key}")
    elif isinstance(found, list):
        for inner in found:
            yield from counts(inner, name)
    elif isinstance(found, int) and not isinstance(found, bool):
        yield name, found


def test_small_counts_are_hidden_and_others_rounded() -> None:
    did = disclosed()["did"]
    assert (did["opened"], did["stepped_back"], did["caseload_now"]) == (20, 15, 40)
    assert did["picked_up_again"] == "*"


def test_what_people_said_adds_up_to_nothing_that_could_be_worked_out() -> None:
    # 34 asked: 21 yes, 6 not now, 2 no, 3 not reached, so 2 are still being asked.
    did = disclosed()["did"]
    assert did["approached"] == 35
    assert did["said_yes"] == 20
    assert {did[key] for key in ("not_now", "said_no", "not_reached", "still_being_asked")} == {"*"}


def test_one_small_part_takes_a_second_number_with_it() -> None:
    parts = disclosed()["did"]["contacts"]
    # Only Letter (3) is small; Text (61) is hidden with it, or 410 less the rest would tell.
    assert parts["by_how"] == {"Phone": 260, "Face to face": 90, "Letter": "*", "Text": "*"}
    assert (parts["all"], parts["reached"]) == (410, 300)


def test_the_order_of_what_is_hidden_tells_nothing() -> None:
    one = [{"need": "Grief", "people": 5}, {"need": "Alcohol", "people": 2}]
    other = [{"need": "Alcohol", "people": 6}, {"need": "Grief", "people": 1}]
    assert disclosed(needs=one)["needs"] == disclosed(needs=other)["needs"]


def test_events_of_few_people_are_hidden_with_them() -> None:
    assert disclosed()["outcomes"][1] == {
        "outcome": "Less self-harm", "people": "*", "events": "*", "direction": "less",
    }  # fmt: skip


def test_a_mean_stands_from_eight_people_and_on_rounded() -> None:
    satisfied, anxious = disclosed()["wellbeing"]
    assert satisfied == {"measure": "Satisfied with life", "people": 15, "first_mean": 3.6,
                         "last_mean": 5.4}  # fmt: skip
    assert (anxious["people"], anxious["first_mean"], anxious["last_mean"]) == ("*", None, None)


def test_a_median_stands_on_at_least_eight() -> None:
    assert disclosed()["did"]["days_to_pick_up_median"] == 2
    assert disclosed(did__signals_answered=7)["did"]["days_to_pick_up_median"] is None
    few = facts()
    del few["did"]["signals_answered"]
    assert disclose_facts(read_facts(few)).days_to_pick_up is None


def test_a_story_that_one_person_read_is_gone_and_counted() -> None:
    told = disclosed()
    assert [story["title"] for story in told["stories"]] == ["The damp flat"]
    assert told["stories_withheld"] == 1
    assert "only one person" not in str(told)


def test_disclosing_twice_changes_nothing() -> None:
    once = disclosed()
    assert as_data(disclose_facts(read_facts(once))) == once


def test_facts_as_they_were_are_never_kept() -> None:
    with pytest.raises(ValueError, match="only as they were disclosed"):
        as_data(read_facts(facts()))


def test_more_parts_than_the_whole_knows_are_told_as_other() -> None:
    told = disclosed(did__contacts={"all": 100, "by_how": {"Phone": 60}})["did"]["contacts"]
    assert told == {"all": 100, "reached": None, "by_how": {"Phone": 60, "Other": 40}}


@pytest.mark.parametrize("seed", range(80))
def test_whatever_the_counts_no_small_one_stands_anywhere(seed: int) -> None:
    told = disclosed(**random_counts(random.Random(seed)))
    for path, count in counts(told):
        assert count == 0 or count >= 10, path
        assert count % 5 == 0, path
    for whole, parts in (("contacts", "by_how"), ("connections", "by_kind")):
        section = told["did"][whole]
        shown = [section["all"], *section[parts].values()]
        assert shown.count("*") != 1, f"one hidden number of {whole} could be worked out"


@pytest.mark.parametrize("seed", range(40))
def test_what_is_hidden_makes_no_difference_to_what_is_told(seed: int) -> None:
    """Take any count of 1 to 7 that belongs to no sum, make it another: nothing changes."""
    dice = random.Random(seed)
    one = random_counts(dice)
    other = dict(one)
    for key in ("did__picked_up_again", "did__opened", "did__stepped_back"):
        if 0 < one[key] < 8:
            other[key] = dice.randint(1, 7)
    for key in ("needs", "missing", "outcomes"):
        other[key] = [
            {**each, "people": dice.randint(1, 7)} if 0 < each["people"] < 8 else each
            for each in one[key]
        ]
        dice.shuffle(other[key])
    assert disclosed(**other) == disclosed(**one)


def random_counts(dice: random.Random) -> dict[str, Any]:
    def some() -> int:
        return dice.choice([0, dice.randint(1, 7), dice.randint(8, 14), dice.randint(8, 400)])

    how = {name: some() for name in ("Phone", "Face to face", "Text", "Letter", "Video")}
    kinds = {name: some() for name in ("Services around them", "People around them")}
    yes, later, no, silent = some(), some(), some(), some()
    asked = yes + later + no + silent + dice.choice([0, 1, 5, 30])
    return {
        "did__contacts": {"all": sum(how.values()) + dice.choice([0, 0, 3]), "by_how": how,
                          "reached": dice.randint(0, sum(how.values()))},
        "did__connections": {"all": sum(kinds.values()), "by_kind": kinds},
        "did__approached": asked, "did__said_yes": yes, "did__not_now": later,
        "did__said_no": no, "did__not_reached": silent, "did__opened": some(),
        "did__stepped_back": some(), "did__picked_up_again": some(), "did__caseload_now": some(),
        "did__plans_in_own_words": some(), "did__signals": some(), "did__signals_answered": some(),
        "incidents": {"clients_who_died": some()},
        "needs": [{"need": f"Need {n}", "people": some()} for n in range(5)],
        "missing": [{"service": f"Service {n}", "people": some()} for n in range(3)],
        "outcomes": [{"outcome": f"Outcome {n}", "people": some()} for n in range(3)],
    }  # fmt: skip

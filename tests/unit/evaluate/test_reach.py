"""Whom the service reached: each step against the list, groups protected, nothing crossed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from openhiu.evaluate.dimensions import DIMENSIONS, in_order
from openhiu.evaluate.reach import STEPS, reach
from openhiu.evaluate.rows import Journey

DAY = date(2025, 3, 1)


def person(number: int, came_to: str = "listed", site: str = "RXX01", **more: Any) -> Journey:
    """Somebody who came as far as a step of the journey."""
    keys = [step.key for step in STEPS]
    far = keys.index(came_to)
    dates: dict[str, Any] = {"first_listed": DAY}
    for at, field in ((1, "offered"), (3, "started"), (4, "stepped_back"), (5, "returned")):
        dates[field] = DAY if far >= at else None
    values = {"said_yes": True if far >= 2 else None, "died": None, "moved": None,
              "off_list": False, **dates, **more}  # fmt: skip
    return Journey(site=site, person=number, **values)


def people(sizes: dict[str, int], **more: Any) -> list[Journey]:
    """So many people who came just as far as each step."""
    return [person(n, step, **more) for step, size in sizes.items() for n in range(size)]


def test_each_step_holds_those_who_came_further() -> None:
    found = reach(people({"listed": 50, "offered": 20, "said_yes": 10, "started": 30,
                          "stepped_back": 12, "returned": 8}))  # fmt: skip
    # returned 8, stepped back 20, started 50, said yes 60, asked 80, listed 130
    assert found["all"]["people"] == {
        "listed": 130, "offered": 80, "said_yes": 60, "started": 50, "stepped_back": 20,
        "returned": 10,
    }  # fmt: skip
    # Of 130: 80 is 62 %, 50 is 38 %; 10 (8, rounded) is 8 %.
    assert found["all"]["of_listed"] == {
        "listed": 100, "offered": 62, "said_yes": 46, "started": 38, "stepped_back": 15,
        "returned": 8,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("recorded", "reached"),
    [
        ({"said_yes": False}, 2),  # who said no was asked, whether or not the day is known
        ({"said_yes": True}, 3),
        ({"started": DAY}, 4),
        ({"returned": DAY}, 6),
    ],
)
def test_a_later_step_says_that_the_earlier_ones_were_taken(
    recorded: dict[str, Any], reached: int
) -> None:
    found = reach([person(n, **recorded) for n in range(10)])
    counts = list(found["all"]["people"].values())
    assert counts == [10] * reached + [0] * (6 - reached)


def test_groups_are_held_against_the_list() -> None:
    found = reach([
        *people({"listed": 60, "started": 20}, imd_quintile="1"),
        *people({"listed": 60, "started": 60}, imd_quintile="5"),
    ])  # fmt: skip
    part = next(d for d in found["by"] if d["dimension"] == "Deprivation fifth")
    poor, rich = part["groups"]
    assert poor["core20"] and not rich["core20"]
    assert poor["group"] == "1 (most deprived fifth: Core20)"
    assert (poor["people"]["started"], poor["of_listed"]["started"]) == (20, 25)
    assert rich["of_listed"]["started"] == 50
    # They are 40 % of the list (80 of 200) and 25 % of those who started (20 of 80).
    assert (poor["share"]["listed"], poor["share"]["started"]) == (40, 25)
    assert "Core20" in part["core20plus5"]
    assert found["core20plus5"] == {"core20": poor["group"], "plus": []}


def test_small_groups_are_hidden_and_a_second_one_with_them() -> None:
    found = reach([
        *people({"started": 40}, sex="male"), *people({"started": 30}, sex="female"),
        *people({"started": 3}, sex="indeterminate"),
    ])  # fmt: skip
    part = next(d for d in found["by"] if d["dimension"] == "Sex")
    counts = {group["group"]: group["people"]["started"] for group in part["groups"]}
    assert counts == {"Female": "*", "Indeterminate": "*", "Male": 40}
    hidden = next(group for group in part["groups"] if group["group"] == "Female")
    assert (hidden["of_listed"]["started"], hidden["share"]["started"]) == ("*", "*")


def test_everything_told_is_the_same_whatever_the_hidden_count_is() -> None:
    # 73 and 74 people are both told as 75; shares, rates and notes must not know which.
    three, four = (
        reach([*people({"started": 40}, sex="male"), *people({"started": 30}, sex="female"),
               *people({"started": hidden}, sex="indeterminate")])
        for hidden in (3, 4)
    )  # fmt: skip
    assert three == four


def test_what_nobody_recorded_is_not_a_table() -> None:
    found = reach(people({"started": 20}, sex="male"))
    assert [part["dimension"] for part in found["by"]] == ["Sex"]
    assert "Housing" in found["not_known"]


def test_an_unknown_attribute_is_a_group_and_comes_last() -> None:
    found = reach([*people({"listed": 20}, housing="settled home"), *people({"listed": 20})])
    groups = [group["group"] for group in found["by"][0]["groups"]]
    assert groups == ["Settled home", "Not known"]
    assert in_order({"Not known", "Not stated", "Under 18", "18 to 24", "No", "Yes"}) == (
        ["Under 18", "Yes", "18 to 24", "No", "Not known", "Not stated"]
    )


def test_people_supported_without_a_list_are_told_apart() -> None:
    found = reach([*people({"started": 30}),
                   *(person(n, "started", first_listed=None) for n in range(12))])  # fmt: skip
    assert found["all"]["people"]["started"] == 30
    assert found["supported_without_being_listed"] == 10


def test_several_hospitals_are_one_more_dimension() -> None:
    found = reach([*people({"listed": 30}), *people({"listed": 40}, site="RXX02")], ("Veterans",))
    assert [part["dimension"] for part in found["by"]] == ["Hospital"]
    assert found["core20plus5"]["plus"] == ["Veterans"]


def test_nobody_is_an_answer_too() -> None:
    found = reach([])
    assert found["all"]["people"]["listed"] == 0
    assert found["all"]["of_listed"]["started"] == "*"


def test_every_attribute_of_a_journey_is_looked_at_alone() -> None:
    attributes = {field.name for field in fields(Journey)} & {
        "age_band", "sex", "ethnicity", "imd_quintile", "housing", "priority_ward", "mental_health",
    }  # fmt: skip
    assert {dimension.key for dimension in DIMENSIONS} == attributes

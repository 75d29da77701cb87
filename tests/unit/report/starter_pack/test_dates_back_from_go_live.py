"""Dates worked back from go-live, by hand over a Christmas.

Friday 25 December 2026 and Friday 1 January 2027 are bank holidays; Boxing Day falls on a Saturday,
so that Monday 28 December is one too. The working days before Monday 4 January are, backwards:
Thu 31, Wed 30, Tue 29, Thu 24, Wed 23, Tue 22, Mon 21 December.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhiu.report.starter_pack.schedule import Schedule, plan
from openhiu.report.starter_pack.steps import AFTERWARDS, BY_KEY, PHASES, STEPS, Step
from openhiu.report.starter_pack.workdays import Workdays

MONDAY = date(2027, 1, 4)
SHORTEST_DAY = date(2026, 12, 21)
FIRST = Step("first", "Decide", "First", "Provider", 3, "Seen")
SECOND = Step("second", "Decide", "Second", "Provider", 2, "Seen", ("first",))


def december(day: int) -> date:
    return date(2026, 12, day)


def over_christmas(as_of: date = SHORTEST_DAY, **more: Any) -> Schedule:
    days = Workdays(frozenset(more.pop("closed", ())))
    return plan((FIRST, SECOND), MONDAY, as_of, days, **more)


def test_the_last_step_ends_on_the_working_day_before_go_live() -> None:
    second = over_christmas().of("second")
    assert (second.begins, second.ends) == (december(30), december(31))


def test_a_step_ends_before_the_one_that_waits_for_it_begins() -> None:
    # 29 and 24 December are its last two days; 25 and 28 are bank holidays.
    first = over_christmas().of("first")
    assert (first.begins, first.ends) == (december(23), december(29))


def test_a_local_closure_moves_it_by_a_day() -> None:
    first = over_christmas(closed=[december(24)]).of("first")
    assert (first.begins, first.ends) == (december(22), december(29))


def test_a_place_says_how_long_a_step_takes_there() -> None:
    first = over_christmas(takes={"first": 1}).of("first")
    assert (first.begins, first.ends) == (december(29), december(29))


def test_the_earliest_day_is_counted_forwards() -> None:
    # First: Mon 21 to Wed 23. Second: Thu 24 and Tue 29. The service can go live on Wed 30.
    found = over_christmas()
    assert found.of("first").soonest == december(23)
    assert found.earliest == december(30)
    assert found.in_time
    # It is needed by Tue 29; Thu 24 and Tue 29 are two days to spare.
    assert found.of("first").slack == 2


def test_a_date_too_near_names_each_step_and_by_how_much() -> None:
    # From Tue 29 December: first 29, 30, 31; second 4 and 5 January; live on the 6th.
    found = over_christmas(as_of=december(29))
    assert not found.in_time
    assert found.earliest == date(2027, 1, 6)
    assert [(one.step.key, one.slack) for one in found.late] == [("first", -2), ("second", -2)]


def test_what_is_done_takes_no_time_and_is_never_late() -> None:
    # Only the second is left: Tue 29 and Wed 30.
    found = over_christmas(as_of=december(29), done={"first"})
    assert found.earliest == december(31)
    assert found.in_time
    assert not found.late
    assert found.of("first").done


def test_a_plan_made_on_a_sunday_begins_on_monday() -> None:
    assert over_christmas(as_of=december(20)).earliest == december(30)


def test_working_days_are_counted_both_ways() -> None:
    days = Workdays()
    assert days.before(MONDAY) == december(31)
    assert days.after(december(24)) == december(29)
    assert days.before(MONDAY, 0) == MONDAY
    assert days.between(december(24), MONDAY) == 5  # 24, 29, 30, 31 December and 4 January
    assert days.between(MONDAY, december(24)) == 0
    assert [day for day, _ in days.closed_between(december(24), MONDAY)] == [
        december(25), december(28), date(2027, 1, 1)]  # fmt: skip


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_a_step_is_whole_and_waits_only_for_steps_there_are(step: Step) -> None:
    assert step.phase in PHASES
    assert step.words
    assert step.owner
    assert step.evidence
    assert set(step.after) <= set(BY_KEY)
    assert step.key not in step.after


def test_every_step_is_needed_by_the_last_one() -> None:
    needed, asked = set(), ["ready"]
    while asked:
        key = asked.pop()
        needed.add(key)
        asked += [one for one in BY_KEY[key].after if one not in needed]
    assert needed == set(BY_KEY)


def test_in_the_real_plan_nothing_begins_before_what_it_waits_for() -> None:
    found = plan(STEPS, date(2027, 7, 1), date(2026, 11, 23), Workdays())
    assert found.in_time
    for one in found.steps:
        assert all(found.of(key).ends < one.begins for key in one.step.after)
        assert one.ends < found.goes_live
        assert Workdays().between(one.begins, one.ends) == one.step.takes


def test_what_follows_is_dated_by_working_days_or_months() -> None:
    assert all(bool(one.days) != bool(one.months) for one in AFTERWARDS)


def test_the_reference_names_every_step_with_its_days() -> None:
    page = (Path(__file__).parents[4] / "docs" / "reference" / "locality.md").read_text("utf-8")
    missing = [
        one.key for one in STEPS if f"| `{one.key}` | {one.words} | {one.takes} |" not in page
    ]
    assert missing == []


def test_where_all_is_done_nothing_is_left_to_begin() -> None:
    found = over_christmas(done={"first", "second"})
    assert found.in_time
    assert found.next is None
    assert found.earliest == SHORTEST_DAY


def test_a_date_that_has_passed_cannot_be_kept_unless_all_is_done() -> None:
    after = date(2027, 1, 11)
    assert not over_christmas(as_of=after).in_time
    assert over_christmas(as_of=after, done={"first", "second"}).in_time

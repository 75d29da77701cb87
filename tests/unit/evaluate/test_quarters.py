"""Cohorts as they mature: who started in a quarter and how far they have come, by hand."""

from __future__ import annotations

from datetime import date

from openhiu.evaluate.quarters import quarter_name, quarters
from openhiu.evaluate.rows import Journey, Rows
from support.made_rows import made_site

FIRST, SECOND = date(2024, 2, 15), date(2024, 5, 15)
CUT = date(2025, 3, 1)


def site(starts: list[date], cut: date = CUT, counts: float = 3.0) -> Rows:
    rows = [[counts + (-1) ** n] * 4 for n in range(len(starts))]
    return made_site({"attendances": (4.0, rows)}, starts=starts, cut=cut)


def journeys(starts: list[date]) -> list[Journey]:
    return [Journey("RXX01", 10_000 + n, day, day, True, day, None, None, None, None, False)
            for n, day in enumerate(starts)]  # fmt: skip


def test_each_quarter_has_its_starts_and_how_far_they_have_come() -> None:
    starts = [FIRST] * 20 + [SECOND] * 15
    found = quarters([site(starts)], journeys(starts))
    assert [q["name"] for q in found] == [
        "January to March 2024", "April to June 2024", "July to September 2024",
        "October to December 2024", "January to March 2025",
    ]  # fmt: skip
    # 15 February 2024 + 360 days is 9 February 2025, before the cut; 15 May + 360 is 10 May 2025.
    counts = [(q["started"], q["reached_3"], q["reached_12"]) for q in found]
    assert counts == [(20, 20, 20), (15, 15, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)]
    assert [q["complete"] for q in found] == [True] * 4 + [False]


def test_quarters_begin_with_the_service() -> None:
    starts = [date(2023, 2, 15)] * 10 + [FIRST] * 20  # the service began on 1 January 2024
    found = quarters([site(starts)], journeys(starts))
    assert found[0]["name"] == "January to March 2024"
    assert found[0]["started"] == 20


def test_the_estimate_is_of_everybody_so_far() -> None:
    starts = [FIRST] * 40 + [SECOND] * 40
    found = quarters([site(starts)], journeys(starts))
    so_far = [q["so_far"]["3"] for q in found]
    # 15 February + 90 days is 15 May, 15 May + 90 days 13 August: in the second and third quarter.
    assert [s["people"] for s in so_far] == [0, 40, 80, 80, 80]
    assert so_far[0]["standing"] == "no follow-up"
    # 4 expected, 3 seen: 25 % fewer, whoever is counted.
    assert [s["reduction"] for s in so_far] == [None, 25, 25, 25, 25]
    assert so_far[2]["reduction_high"] > 25 > so_far[2]["reduction_low"]


def test_two_quarters_cannot_be_taken_from_each_other() -> None:
    starts = [FIRST] * 40 + [SECOND] * 3
    found = quarters([site(starts)], journeys(starts))
    # 40, then 43: the difference would be about three people, so that only the later stands.
    assert [q["so_far"]["3"]["people"] for q in found][1:3] == ["*", 45]
    assert found[1]["so_far"]["3"]["standing"] == "too close to a later quarter"
    assert found[1]["so_far"]["3"]["reduction"] is None
    assert {"observed", "expected", "avoided"}.isdisjoint(found[2]["so_far"]["3"])
    # 3 of the 43 started in the second quarter: with them the first is hidden.
    assert [q["started"] for q in found][:2] == ["*", "*"]


def test_who_has_not_finished_is_waited_for() -> None:
    # Three months are over on 15 May: a cut on that day has them, one a day earlier has not.
    starts = [FIRST] * 12
    for cut, reached in ((date(2024, 5, 15), 10), (date(2024, 5, 14), 0)):
        assert quarters([site(starts, cut)], journeys(starts))[0]["reached_3"] == reached


def test_nobody_started() -> None:
    assert quarters([], []) == []
    assert quarter_name(date(2026, 7, 1)) == "July to September 2026"

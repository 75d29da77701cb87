"""Feeds that stop, halve or come twice: each drawn small, beside the same feed in health."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from openhiu.monitor.health import Count, Fault, Part, due_by, look
from openhiu.tables.handover import Delivery

ED: Part = ("attendances", "RXX01")
OTHER: Part = ("attendances", "RXX02")
TODAY = date(2026, 4, 1)  # a Wednesday
MONTHS = [date(2025, 8, 1), date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1),
          date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]  # fmt: skip
EVENING = datetime(2026, 3, 31, 23)


def months(*rows: int, again: int = 0) -> dict[date, Count]:
    """August to March, with so many rows each; the fingerprint is the count."""
    counted = {m: Count(n, n, f"{m} {n}") for m, n in zip(MONTHS, rows, strict=True) if n}
    counted[MONTHS[-1]] = counted.get(MONTHS[-1], Count(0, 0, ""))._replace(again=again)
    return counted


STEADY = months(*[300] * 8)


def told(
    given: Mapping[Part, Mapping[date, Count]],
    newest: Mapping[Part, datetime] | None = None,
    as_of: date = TODAY,
    **more: object,
) -> list[tuple[str, str, str]]:
    found = faults(given, newest, as_of, **more)
    return [(one.kind, one.dataset, one.site) for one in found]


def faults(
    given: Mapping[Part, Mapping[date, Count]],
    newest: Mapping[Part, datetime] | None = None,
    as_of: date = TODAY,
    **more: object,
) -> list[Fault]:
    ends = newest or dict.fromkeys(given, EVENING)
    return look(given, ends, as_of, **more)  # type: ignore[arg-type]


def test_a_feed_in_health_says_nothing() -> None:
    assert told({ED: STEADY, OTHER: STEADY}) == []
    assert told({ED: months(280, 330, 310, 290, 260, 300, 250, 320)}) == []


def test_a_site_that_stops_while_another_goes_on_is_told_the_next_day() -> None:
    """Ten a day: none on Tuesday the 31st is what chance gives once in 20,000 days."""
    stopped = datetime(2026, 3, 30, 22)
    found = faults({ED: STEADY, OTHER: STEADY}, {ED: stopped, OTHER: EVENING})
    [fault] = found
    assert (fault.kind, fault.site, fault.since) == ("stopped", "RXX01", date(2026, 3, 31))
    assert fault.words == (
        "No A&E attendances of RXX01 after 30 March 2026, while others go on: about 10 are "
        "missing. That does not mean that nobody came."
    )


def test_a_small_site_may_be_quiet_for_longer() -> None:
    few = months(*[30] * 8)  # one a day: 9 days and more are needed to be sure
    for day, speaks in ((25, False), (20, True)):
        ends = {ED: datetime(2026, 3, day, 12), OTHER: EVENING}
        assert bool(told({ED: few, OTHER: STEADY}, ends)) is speaks


def test_a_weekend_and_a_bank_holiday_are_no_silence() -> None:
    """Good Friday 2026 is 3 April, Easter Monday the 6th: the next working day is the 7th."""
    ends = {ED: datetime(2026, 4, 2, 23), OTHER: datetime(2026, 4, 6, 23)}
    assert told({ED: STEADY, OTHER: STEADY}, ends, date(2026, 4, 7)) == []
    ends = {ED: datetime(2026, 4, 2, 23), OTHER: datetime(2026, 4, 7, 23)}
    assert told({ED: STEADY, OTHER: STEADY}, ends, date(2026, 4, 8)) == [
        ("stopped", "attendances", "RXX01")
    ]


def test_a_dataset_that_stops_altogether_is_told_once() -> None:
    stopped = datetime(2026, 3, 20, 12)
    ends = {ED: stopped, OTHER: stopped}
    assert told({ED: STEADY, OTHER: STEADY}, ends) == [("stopped", "attendances", "")]
    assert told({ED: STEADY, OTHER: STEADY}, ends, stale_after_days=14) == []


def test_a_month_with_less_than_half_is_told() -> None:
    [fault] = faults({ED: months(*[300] * 7, 149)})
    assert (fault.kind, fault.since) == ("halved", date(2026, 3, 1))
    assert fault.words == "March 2026 holds 149 A&E attendances of RXX01; 300 are usual."
    assert told({ED: months(*[300] * 7, 150)}) == []
    assert told({ED: months(*[300] * 6, 149, 300)}) == [("halved", *ED)]
    assert told({ED: months(*[29] * 7, 5)}) == []  # too few to say


def test_a_feed_that_halves_is_told_before_its_month_is_over() -> None:
    days = {date(2025, 8, 1) + timedelta(days=n): 100 for n in range(243)}
    assert told({ED: STEADY}, days={ED: days}) == []
    [fault] = faults({ED: STEADY}, days={ED: days | {date(2026, 3, 31): 49}})
    assert (fault.kind, fault.since) == ("halved", date(2026, 3, 31))
    assert fault.words == "On 31 March 2026 there are 49 A&E attendances of RXX01; 100 are usual."
    # The last day is not looked at while it is under way.
    midday = {ED: datetime(2026, 3, 31, 12)}
    assert told({ED: STEADY}, midday, days={ED: days | {date(2026, 3, 31): 49}}) == []


def test_a_month_that_holds_the_month_before_under_new_dates_is_told() -> None:
    same = dict(STEADY)
    same[MONTHS[-1]] = same[MONTHS[-2]]
    assert told({ED: same}) == [("repeated", *ED)]
    assert told({ED: months(*[300] * 8, again=151)}) == [("repeated", *ED)]
    assert told({ED: months(*[300] * 8, again=150)}) == []


def daily(last: date, days: int = 40) -> list[Delivery]:
    """A file every working day, up to one day."""
    every = [last - timedelta(days=n) for n in range(days)]
    return [Delivery(day, 100, 100) for day in reversed(every) if day.weekday() < 5]


@pytest.mark.parametrize(
    ("last", "as_of", "late"),
    [
        # Monday's file came; Tuesday's is due, and is late when Wednesday has none either.
        (date(2026, 3, 30), date(2026, 3, 31), False),
        (date(2026, 3, 30), date(2026, 4, 1), True),
        # After Friday's the next is due on Monday.
        (date(2026, 3, 27), date(2026, 3, 30), False),
        (date(2026, 3, 27), date(2026, 3, 31), True),
        # Over Easter nothing is due before Tuesday the 7th.
        (date(2026, 4, 2), date(2026, 4, 7), False),
        (date(2026, 4, 2), date(2026, 4, 8), True),
    ],
)
def test_a_file_that_does_not_come_is_told_one_working_day_after_it_was_due(
    last: date, as_of: date, late: bool
) -> None:
    newest = {ED: datetime.combine(last, datetime.min.time()) - timedelta(hours=1)}
    found = told({ED: STEADY}, newest, as_of, deliveries={"attendances": daily(last)})
    assert (("late", "attendances", "") in found) is late


def test_a_monthly_feed_is_expected_once_a_month() -> None:
    came = [date(2025, 11, 10), date(2025, 12, 10), date(2026, 1, 12), date(2026, 2, 10),
            date(2026, 3, 10)]  # fmt: skip
    # Gaps of 30, 33, 29 and 28 days: 29.5, rounded to 30; 9 April, and one working day.
    assert due_by(came) == date(2026, 4, 10)
    assert due_by(came[:3]) is None
    february = {ED: datetime(2026, 2, 28, 23)}
    given = {"attendances": [Delivery(day, 300, 300) for day in came]}
    assert told({ED: STEADY}, february, TODAY, deliveries=given) == []
    assert told({ED: STEADY}, february, date(2026, 4, 10), deliveries=given) == [
        ("late", "attendances", "")
    ]


def test_a_file_that_holds_nothing_new_is_told() -> None:
    came = [Delivery(date(2026, 3, 1), 300, 300), Delivery(date(2026, 3, 30), 300, 0)]
    assert told({ED: STEADY}, deliveries={"attendances": came}) == [("repeated", "attendances", "")]
    rolling = [came[0], Delivery(date(2026, 3, 30), 300, 1)]
    assert told({ED: STEADY}, deliveries={"attendances": rolling}) == []

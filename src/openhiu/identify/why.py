"""Why someone is listed, as one plain sentence a lead could read aloud.

The counted facts of one row come in; a sentence without a name goes out.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, datetime

from openhiu.identify.criteria import Criteria, Kind, Rule
from openhiu.tables.handover import ALL_SITES


def times(count: int) -> str:
    """`once`, `twice`, `7 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def say_day(day: date | datetime, *, year: bool = True) -> str:
    """`3 January 2026`."""
    text = f"{day.day} {calendar.month_name[day.month]}"
    return f"{text} {day.year}" if year else text


def say_list(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def why(
    *,
    list_id: str,
    site_name: str,
    attendances: int,
    attendances_12m: int,
    max_in_month: int,
    busiest_month: int | None,
    max_in_30_days: int,
    by_ambulance: int,
    admissions: int,
    sites: int,
    first: datetime,
    last: datetime,
    rules: Sequence[Rule],
    criteria: Criteria,
) -> str:
    """The sentence. Counts are of the window unless the sentence says 12 months."""
    where = f"{sites} hospitals" if list_id == ALL_SITES and sites > 1 else site_name
    if attendances == 0:
        came = f"Came to {where} {times(attendances_12m)} in 12 months, the last time on "
        return f"{came}{say_day(last)}; listed for {_because(rules, criteria, max_in_30_days)}."
    facts = [f"Came to {where} {times(attendances)} {_between(first, last)}"]
    if busiest_month is not None and attendances > max_in_month > 1:
        facts.append(
            f"{max_in_month} of those in {calendar.month_name[(busiest_month - 1) % 12 + 1]}"
        )
    if by_ambulance:
        facts.append(f"{by_ambulance} by ambulance")
    sentence = ", ".join(facts)
    if admissions:
        sentence += f", and was admitted {times(admissions)}"
    if list_id != ALL_SITES and sites > 1:
        others = sites - 1
        sentence += f"; also came to {others} other hospital{'s' if others > 1 else ''}"
    if attendances_12m > attendances:
        sentence += f"; {attendances_12m} times in 12 months"
    return f"{sentence}; listed for {_because(rules, criteria, max_in_30_days)}."


def _between(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return f"on {say_day(first)}"
    return f"between {say_day(first, year=first.year != last.year)} and {say_day(last)}"


def _because(rules: Sequence[Rule], criteria: Criteria, max_in_30_days: int) -> str:
    reasons = []
    for rule in rules:
        if rule.kind is Kind.TOP:
            window = f"the {criteria.window_months} months"
            reasons.append(f"being among the {rule.at_least} with most attendances in {window}")
        elif rule.rolling:
            reasons.append(f"{max_in_30_days} attendances within 30 days ({rule.label})")
        elif rule.at_most is not None:
            reasons.append(f"{rule.at_least} to {rule.at_most} attendances in {rule.period}")
        else:
            reasons.append(rule.label.replace(" in ", " attendances in ", 1))
    return say_list(reasons)

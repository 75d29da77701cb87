"""Leave and cover in words: rows come in; days, marks and sentences go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership
from openhiu.web.design.words import plural, short_day, weekday
from openhiu.web.team import policies
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.presenters.hours import pattern_words
from openhiu.web.team.queries.calendar import Away
from openhiu.web.team.queries.capacity import wte_of

_COLOURS = {
    str(Cover.Answer.WAITING): "yellow",
    str(Cover.Answer.YES): "green",
    str(Cover.Answer.NO): "grey",
}


@dataclass(frozen=True)
class CoverLine:
    """One colleague who was asked: which days, what they said, and what one may do about it."""

    cover: Cover
    days: str
    tag: tuple[str, str]
    may_answer: bool


@dataclass(frozen=True)
class StaffLine:
    """One member with their working week."""

    member: Membership
    hours: str
    wte: Any


def days(leave: Leave) -> str:
    """The days of a leave, with the halves."""
    first, last = weekday(leave.from_day), weekday(leave.until_day)
    begins = f"midday on {first}" if leave.from_midday else first
    ends = f"midday on {last}" if leave.until_midday else last
    if leave.from_day == leave.until_day:
        half = " afternoon" if leave.from_midday else " morning" if leave.until_midday else ""
        return f"{first}{half}"
    return f"{begins} to {ends}"


def span(first: date, last: date) -> str:
    """Two days, or one: 3 Aug to 14 Aug."""
    return short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"


def days_named(open_days: Sequence[date]) -> str:
    """Days one after the other, runs joined: Mon 3 Aug, Thu 6 to Fri 7 Aug."""
    runs: list[list[date]] = []
    for day in open_days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [span(run[0], run[-1]) for run in runs[:5]]
    more = len(runs) - 5
    return ", ".join(said) + (f" and {plural(more, 'more time')}" if more > 0 else "")


def state(away: Away) -> tuple[str, str]:
    """Where a leave stands as a tag: words and colour."""
    leave = away.leave
    if leave.state == Leave.State.CANCELLED:
        return ("Cancelled", "grey")
    if leave.state == Leave.State.ASKED:
        late = leave.from_day <= timezone.localdate()
        return ("Not booked: not covered", "red") if late else ("Waiting for cover", "yellow")
    if away.uncovered:
        return (f"{plural(len(away.uncovered), 'day')} not covered", "red")
    return ("Booked", "green")


def cover(actor: Actor, row: Cover) -> CoverLine:
    """One colleague who was asked."""
    said = str(row.get_answer_display())
    return CoverLine(
        row,
        span(row.from_day, row.until_day),
        (said, _COLOURS.get(row.answer, "grey")),
        row.answer == Cover.Answer.WAITING and not policies.why_not_answer(actor, row),
    )


def staff(members: list[Membership]) -> list[StaffLine]:
    """Everyone of the team with their working week, in the order of their names."""
    today = timezone.localdate()
    parts = wte_of(members, today) if members else {}
    return [StaffLine(one, pattern_words(one, today), parts[one.pk].normalize()) for one in members]


def link(name: str, leave: Leave | None = None) -> str:
    """An address of a room above, or nothing while it has none."""
    try:
        return str(reverse(name, args=[leave.pk] if leave else []))
    except NoReverseMatch:
        return ""

"""How a team does: who comes, whose actions get done, how long people stay on the list.

By organisation and never by person; over the service's own rows, for whoever chairs or supervises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from openhiu.web.casework.quarter import quarter_of
from openhiu.web.mdt import lifecycle
from openhiu.web.mdt.models import Action, Attendance, Group, Listing

# Fewer people than this could be told apart: only a supervisor sees figures about them.
FEWEST: Final = 8
DAYS_A_MONTH: Final = 365.25 / 12
YEAR: Final = timedelta(days=365)
_CAME: Final = (Attendance.Answer.PRESENT, Attendance.Answer.SENT)


@dataclass
class Engagement:
    """One organisation: at how many meetings somebody of it was there, and what of its actions
    became of them.
    """

    name: str
    meetings: int = 0
    there: int = 0
    given: int = 0
    done: int = 0
    in_time: int = 0
    overdue: int = 0
    handed_back: int = 0


@dataclass(frozen=True)
class Stay:
    """How long people are on the list, in months: those who came off, and so far those still on it.

    `shortest`, `longest` and `mean` (and the same with `_on`) are None where there is nobody, or
    too few to tell; `hidden` and `hidden_on` say that it is too few.
    """

    came_off: int
    still_on: int
    shortest: float | None = None
    longest: float | None = None
    mean: float | None = None
    shortest_on: float | None = None
    longest_on: float | None = None
    mean_on: float | None = None
    hidden: bool = False
    hidden_on: bool = False


def by_organisation(group: Group, since: datetime | None = None) -> list[Engagement]:
    """Attendance and actions of the last year by organisation, by name."""
    start = since or timezone.now() - YEAR
    found: dict[Any, Engagement] = {}
    for (organisation, name), came in _came(group, start).items():
        row = found.setdefault(organisation, Engagement(name))
        row.meetings, row.there = len(came), sum(came.values())
    actions = Action.objects.filter(group=group, made_at__gte=start).select_related(
        "owner__organisation"
    )
    for action in actions:
        of = action.owner.organisation
        _count(found.setdefault(of.pk, Engagement(of.name)), action)
    return sorted(found.values(), key=lambda one: one.name)


def _came(group: Group, start: datetime) -> dict[tuple[Any, str], dict[Any, bool]]:
    """By organisation, for each meeting held while it had a seat: whether anybody of it came."""
    held = list(
        group.meetings.filter(
            state__in=(lifecycle.HELD.key, lifecycle.AGREED.key), starts_at__gte=start
        )
    )
    answers = {
        (one.meeting_id, one.member_id): one.answer
        for one in Attendance.objects.filter(meeting__in=held)
    }
    told: dict[tuple[Any, str], dict[Any, bool]] = defaultdict(dict)
    for member in group.members.select_related("membership__organisation"):
        of = member.membership.organisation
        for meeting in held:
            seated = member.joined_at <= meeting.starts_at and (
                member.left_at is None or member.left_at > meeting.starts_at
            )
            answer = answers.get((meeting.pk, member.pk))
            if seated or answer:
                now = told[of.pk, of.name].get(meeting.pk, False)
                told[of.pk, of.name][meeting.pk] = now or answer in _CAME
    return told


def _count(row: Engagement, action: Action) -> None:
    row.given += 1
    if action.ending == Action.Ending.DONE:
        row.done += 1
        row.in_time += timezone.localdate(action.ended_at) <= action.due_on
    elif action.ended_at is None:
        row.handed_back += action.handed_back_at is not None
        row.overdue += action.due_on < timezone.localdate()


def by_quarter(group: Group, quarters: int = 4) -> list[tuple[str, int, int, int]]:
    """Quarter by quarter: meetings held, seats of organisations, and how many were taken."""
    start = timezone.now() - timedelta(days=92 * quarters)
    when = {
        meeting.pk: quarter_of(timezone.localdate(meeting.starts_at))
        for meeting in group.meetings.filter(starts_at__gte=start)
    }
    seats: dict[str, list[bool]] = defaultdict(list)
    meetings: dict[str, set[Any]] = defaultdict(set)
    for came in _came(group, start).values():
        for meeting, there in came.items():
            seats[when[meeting]].append(there)
            meetings[when[meeting]].add(meeting)
    return [
        (quarter, len(meetings[quarter]), len(seats[quarter]), sum(seats[quarter]))
        for quarter in sorted(seats)
    ]


def months(since: date, until: date) -> float:
    """Months between two days, with a decimal."""
    return round((until - since).days / DAYS_A_MONTH, 1)


def stay(group: Group, *, every: bool) -> Stay:
    """Shortest, longest and mean months on the list, from the day someone was taken onto it.

    Those still on it are told apart: counting them as if they had come off today would make every
    stay look shorter. `every`: the asker may see figures about few people.
    """
    rows = Listing.objects.filter(
        group=group, state__in=(Listing.State.LISTED, Listing.State.OFF), decided_at__isnull=False
    )
    today = timezone.localdate()
    off = [months(_began(row), timezone.localdate(row.off_at)) for row in rows if row.off_at]
    on = [months(_began(row), today) for row in rows if not row.off_at]
    return _told(off, on, every)


def _began(row: Listing) -> date:
    return timezone.localdate(row.decided_at)


def _told(off: list[float], on: list[float], every: bool) -> Stay:
    few, few_on = (not every and 0 < len(some) < FEWEST for some in (off, on))
    told, told_on = [] if few else off, [] if few_on else on
    return Stay(
        len(off), len(on), hidden=few, hidden_on=few_on,
        shortest=min(told, default=None), longest=max(told, default=None), mean=mean(told),
        shortest_on=min(told_on, default=None), longest_on=max(told_on, default=None),
        mean_on=mean(told_on),
    )  # fmt: skip


def mean(values: Iterable[float]) -> float | None:
    """The mean with a decimal, or None of nothing."""
    every = list(values)
    return round(sum(every) / len(every), 1) if every else None

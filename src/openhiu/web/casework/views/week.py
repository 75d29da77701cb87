"""The week: seven columns on a desk, a list on a phone; every room's diary entries in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.views.asking import actor_of
from openhiu.web.design.words import today
from openhiu.web.team import diary, hours
from openhiu.web.team.diary import Entry

_SATURDAY: Final = 5
MOST: Final = 8  # calls and tasks of a day that show; the others fold


@dataclass(frozen=True)
class Day:
    """One day of the week: what has a time or lasts all day, and what is to be done some time."""

    day: date
    today: bool
    working: bool
    fixed: list[Entry]
    calls: list[Entry]
    tasks: list[Entry]

    @property
    def empty(self) -> bool:
        """Nothing stands on it."""
        return not (self.fixed or self.calls or self.tasks)


@allow(Permission.OWN_WORK)
@require_GET
def show_week(request: HttpRequest) -> HttpResponse:
    """One's own week: this one, at a weekend the one to come, or the one of a day in the address.

    On the week to come, what stands on the rest of this weekend is carried on top.
    """
    actor = actor_of(request)
    monday = _monday(request.GET.get("of", ""))
    found = diary.gather(actor, monday, monday + timedelta(days=6))
    own = hours.calendar_of(actor.membership)
    ahead = monday > today() and monday == _monday("")
    weekend = diary.gather(actor, today(), monday - timedelta(days=1)) if ahead else {}
    days = [_day(day, entries, working=own.is_workday(day)) for day, entries in found.items()]
    record(actor, Did.LISTED, page="week", rows=sum(len(entries) for entries in found.values()))
    told = {
        "weekend": [_day(day, rest, working=own.is_workday(day))
                    for day, rest in weekend.items() if rest],
        "days": days, "most": MOST, "monday": monday, "now": _monday(""),
        "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        "hours": hours.hours_words(actor.service),
    }  # fmt: skip
    return render(request, "casework/week.html", told)


def _monday(of: str) -> date:
    """The Monday of a day written as 2026-11-23; of today where it cannot be read.

    On Saturday and Sunday today's is the Monday that comes: the week that can still be planned.
    """
    ahead = today() + timedelta(days=2)
    usual = today() if today().weekday() < _SATURDAY else ahead
    try:
        day = date.fromisoformat(of)
    except ValueError:
        day = usual
    if not 2000 < day.year < 2100:
        day = usual
    return day - timedelta(days=day.weekday())


def _day(day: date, entries: list[Entry], *, working: bool) -> Day:
    return Day(
        day,
        day == today(),
        working,
        [one for one in entries if one.kind not in ("call", "task")],
        [one for one in entries if one.kind == "call"],
        [one for one in entries if one.kind == "task"],
    )

"""Leave and cover on the morning page: requests, whom one covers, coming back, days uncovered."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.home import COVER, NEEDS, Line, Section
from openhiu.web.casework.queries.covering import READ_BEFORE, clients_of, without_lead
from openhiu.web.design.words import plural, short_day, weekday
from openhiu.web.team import hours
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries import calendar

# For so many days after coming back the page offers what happened meanwhile.
_BACK_FOR = timedelta(days=7)
_SOON = 14


def cover_sections(actor: Actor) -> list[Section]:
    """For leads and covers their own leave and whom they cover; for supervisors what is open."""
    if actor.is_(Role.LEAD, Role.COVER):
        return [
            Section(NEEDS, (*_requests(actor), *_back(actor))),
            Section(COVER, tuple(_covering(actor))),
        ]
    if actor.is_(Role.SUPERVISOR):
        return [Section(NEEDS, (*_uncovered(actor), *_orphans(actor), *_not_booked(actor)))]
    return []


def _requests(actor: Actor) -> list[Line]:
    return [
        Line(
            f"Can you cover {cover.leave.member.user.name}?",
            reverse("team:cover", args=[cover.pk]),
            detail=_days(cover.from_day, cover.until_day),
            when=cover.from_day,
            tag=("Cover", "yellow"),
        )
        for cover in calendar.requests_waiting(actor)
    ]


def _covering(actor: Actor) -> list[Line]:
    """Whom one covers now or soon, with the note that is written from the record."""
    today = timezone.localdate()
    opens = hours.add_workdays(actor.service, today, READ_BEFORE)
    return [
        Line(
            f"You cover {cover.leave.member.user.name}{_when(cover.from_day, today)}: "
            f"{plural(len(clients_of(actor, cover.leave)), 'client')}",
            reverse("casework:cover_note", args=[cover.leave_id]),
            detail=f"{_days(cover.from_day, cover.until_day)}. What you need to know about each "
            "client is written from the record",
            when=cover.from_day,
            tag=("Cover", "blue") if cover.from_day <= today else ("Soon", "yellow"),
        )
        for cover in calendar.own_covers(actor)
        if cover.answer == Cover.Answer.YES
        and cover.leave.state == Leave.State.BOOKED
        and cover.from_day <= opens
    ]


def _when(first: date, today: date) -> str:
    return f" from {weekday(first)}" if first > today else ""


def _back(actor: Actor) -> list[Line]:
    today = timezone.localdate()
    over = Leave.objects.filter(
        service=actor.service_id,
        member__user=actor.user,
        state=Leave.State.BOOKED,
        until_day__lt=today,
        until_day__gte=today - _BACK_FOR,
    )
    return [
        Line(
            "What happened while you were away",
            reverse("casework:while_away", args=[leave.pk]),
            detail=f"{_days(leave.from_day, leave.until_day)}, from the record",
        )
        for leave in over.order_by("-until_day")[:1]
    ]


def _uncovered(actor: Actor) -> list[Line]:
    return [
        Line(
            f"{away.leave.member.user.name} is away, and nobody covers",
            reverse("team:leave", args=[away.leave.pk]),
            detail=f"{plural(len(away.uncovered), 'working day')}, from "
            f"{short_day(away.uncovered[0])}",
            when=away.uncovered[0],
            tag=("Not covered", "red"),
        )
        for away in calendar.uncovered_soon(actor)
    ]


def _orphans(actor: Actor) -> list[Line]:
    count = without_lead(actor).count()
    if not count:
        return []
    return [
        Line(
            f"{plural(count, 'client', 'clients')} without a lead",
            reverse("casework:without_lead"),
            detail="Their lead has left. Hand them to somebody",
            tag=("No lead", "red"),
        )
    ]


def _not_booked(actor: Actor) -> list[Line]:
    """Leave asked for that begins soon and is not booked yet."""
    today = timezone.localdate()
    ahead = calendar.leaves(actor, today, today + timedelta(days=_SOON))
    return [
        Line(
            f"Leave of {away.leave.member.user.name} is not booked yet",
            reverse("team:leave", args=[away.leave.pk]),
            detail=f"{_days(away.leave.from_day, away.leave.until_day)}. Somebody asked to cover "
            "has not said yes",
            when=away.leave.from_day,
            tag=("Leave", "orange"),
        )
        for away in ahead
        if away.leave.state == Leave.State.ASKED
    ]


def _days(first: date, last: date) -> str:
    begin, end = short_day(first), short_day(last)
    return begin if begin == end else f"{begin} to {end}"

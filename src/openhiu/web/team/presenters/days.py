"""This room's part of somebody's days: bank holidays, leave, cover and talks as diary entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.team.diary import Entry
from openhiu.web.team.hours import calendar, days_of
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries import care
from openhiu.web.team.queries.care import TALK
from openhiu.web.team.queries.leave import booked


def entries(actor: Actor, first: date, last: date) -> Iterable[Entry]:
    """What this room knows of the actor's days."""
    closed = calendar(actor.service)
    for day in days_of(first, last):
        why = closed.why_closed(day)
        if why:
            yield Entry("holiday", day, why)
    yield from _leave(actor, first, last)
    yield from _cover(actor, first, last)
    for due in care.due_of(actor.membership):
        if due.what == TALK and due.last_on and due.due_on and first <= due.due_on <= last:
            yield Entry("talk", due.due_on, f"{due.label} is due", reverse("team:care"))


def _leave(actor: Actor, first: date, last: date) -> Iterable[Entry]:
    for leave in booked(actor.service_id, first, last).filter(member__user=actor.user):
        for day in days_of(max(first, leave.from_day), min(last, leave.until_day)):
            half = "" if leave.share(day) == 1 else ", half the day"
            yield Entry("leave", day, f"{leave.get_kind_display()}{half}")


def _cover(actor: Actor, first: date, last: date) -> Iterable[Entry]:
    running = Cover.objects.filter(
        service=actor.service_id,
        covering__user=actor.user,
        answer=Cover.Answer.YES,
        leave__state=Leave.State.BOOKED,
        from_day__lte=last,
        until_day__gte=first,
    ).select_related("leave__member__user")
    for cover in running:
        for day in days_of(max(first, cover.from_day), min(last, cover.until_day)):
            yield Entry("cover", day, f"You answer for {cover.leave.member.user.name}")

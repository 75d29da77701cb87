"""Visits in words: lines of the morning page, alerts on every page, what to do when one is late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.home import NEEDS, VISITS, Line, Section
from openhiu.web.casework.models import Visit
from openhiu.web.casework.queries import visits as found
from openhiu.web.design.shell import Alert
from openhiu.web.design.words import clock, moment, plural, today
from openhiu.web.team.queries import care

AN_AID: Final = (
    "An aid between colleagues, and no alarm service: it knows only what somebody presses, and "
    "nobody watches it at night. In danger ring 999."
)
# What whoever looks out does, in this order. The service may add words of its own.
STEPS: Final = (
    "Ring the visitor now. Ring twice, a minute apart, and send a text.",
    "If they answer: ask whether they can speak freely. Agree when they ring again.",
    "If nobody answers: ring the manager and say where the visit is.",
    "If you believe that somebody is in danger, ring 999 first, and then the manager.",
    "When you know that they are safe, say so here, so that nobody goes on looking.",
)


def sections(actor: Actor) -> Iterable[Section]:
    """Today's visits for whoever makes one or looks out; what a visit leaves to write down."""
    if not may(actor.role, Permission.OWN_WORK):
        return
    now, day = timezone.now(), today()
    lines = [_own_line(actor, one, now) for one in found.own_of_day(actor, day)
             if not one.back_at]  # fmt: skip
    lines += [_watched_line(one, now) for one in found.watched_of_day(actor, day)
              if not one.back_at]  # fmt: skip
    yield Section(VISITS, tuple(lines))
    yield Section(NEEDS, tuple(_to_record(actor)))


def _own_line(actor: Actor, visit: Visit, now: datetime) -> Line:
    url = reverse("casework:visit", args=[visit.pk])
    return Line(
        found.told(actor, visit, now).who or "Visit",
        url,
        detail=f"{span(visit)}. {visit.buddy.user.name} looks out for you",
        when=visit.starts_at,
        tag=state(visit, now),
        act=("I am back", url) if visit.out_at or visit.overdue(now) else ("I am setting out", url),
        overdue=visit.overdue(now),
    )


def _watched_line(visit: Visit, now: datetime) -> Line:
    return Line(
        f"Look out for {visit.visitor.user.name}",
        reverse("casework:visit", args=[visit.pk]),
        detail=f"On a visit, {span(visit)}",
        when=visit.starts_at,
        tag=state(visit, now),
        overdue=visit.overdue(now),
    )


def _to_record(actor: Actor) -> Iterable[Line]:
    for visit in found.to_record(actor):
        url = reverse("casework:record_contact", args=[visit.case_id])
        yield Line(
            f"Write down your visit to {visit.case.person.called}",
            f"{url}?visit={visit.pk}",
            detail=f"Back {moment(visit.back_at)}",
            when=visit.back_at,
        )


def span(visit: Visit) -> str:
    """From when to when; with its day where that is another than today."""
    begins = clock(visit.starts_at)
    if timezone.localdate(visit.starts_at) != today():
        begins = moment(visit.starts_at)
    return f"{begins} to {clock(visit.ends_at)}"


def state(visit: Visit, now: datetime) -> tuple[str, str]:
    """How a visit stands, as words and a colour."""
    if visit.cancelled_at:
        return ("Cancelled", "grey")
    if visit.back_at:
        return ("Back", "green")
    if visit.overdue(now):
        late = int((now - visit.ends_at).total_seconds() // 60)
        return (f"{lasting(late)} late", "red")
    return ("Out now", "blue") if visit.out_at else ("Planned", "grey")


def lasting(minutes: int) -> str:
    """Minutes as one says them: 25 minutes, 3 hours, 2 days."""
    if minutes < 100:
        return plural(minutes, "minute")
    hours = minutes // 60
    return plural(hours, "hour") if hours < 48 else plural(hours // 24, "day")


def alerts(actor: Actor) -> Iterable[Alert]:
    """On every page: a visit of one's own that should have ended, and one that one looks out for.

    Does not wait for the clock to have told anybody: the page looks for itself.
    """
    if not may(actor.role, Permission.OWN_WORK):
        return
    now = timezone.now()
    late = found.late_for(actor, now)
    if not late:
        return
    wait = care.settings_of(actor.service).buddy_after_minutes
    for visit in late:
        minutes = int((now - visit.ends_at).total_seconds() // 60)
        url = reverse("casework:visit", args=[visit.pk])
        if visit.visitor.user_id == actor.user.pk:
            yield Alert("You have not said that you are back from a visit.", url, "Say so now")
        elif minutes >= wait:
            words = f"{visit.visitor.user.name} is {lasting(minutes)} late back from a visit."
            yield Alert(words, url, "What to do")

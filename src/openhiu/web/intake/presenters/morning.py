"""This room's lines on the morning page: calls due, lists that came, lists that wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.home import CALLS, NEEDS, OVERNIGHT, OWN, Line, Section
from openhiu.web.design.words import plural, short_day
from openhiu.web.intake.models import ReceivedList
from openhiu.web.intake.queries import approaches, lists

_NEW_FOR: Final = timedelta(days=3)


def morning(actor: Actor) -> list[Section]:
    """What this room hangs up for each role."""
    if actor.is_(Role.LEAD, Role.COVER):
        return [
            Section(CALLS, tuple(_calls(actor))),
            Section(NEEDS, tuple(_again(actor))),
            Section(OVERNIGHT, tuple(_new_lists(actor))),
        ]
    if actor.is_(Role.SUPERVISOR):
        return [Section(NEEDS, tuple(_waiting(actor)))]
    if actor.is_(Role.ANALYST):
        return [_own_lists(actor)]
    return []


def _calls(actor: Actor) -> list[Line]:
    today = timezone.localdate()
    return [
        Line(
            call.approach.person.full_name,
            reverse("intake:approach", args=[call.approach.pk]),
            detail="Nobody has called yet"
            if call.first
            else f"Being approached, tried {plural(call.tries, 'time')}",
            when=call.due_on,
            tag=("First call", "blue") if call.first else ("", ""),
            act=("Record a try", reverse("intake:record_attempt", args=[call.approach.pk])),
            overdue=bool(call.due_on and call.due_on < today),
        )
        for call in approaches.calls_due(actor, today)
    ]


def _again(actor: Actor) -> list[Line]:
    return [
        Line(
            f"{one.person.full_name} may be asked again",
            reverse("intake:approach", args=[one.pk]),
            detail=f"Said not now; may be asked from {short_day(one.ask_again_on)}",
            when=one.ask_again_on,
        )
        for one in approaches.ask_again_due(actor, timezone.localdate())
    ]


def _new_lists(actor: Actor) -> list[Line]:
    since = timezone.now() - _NEW_FOR
    fresh = lists.received_lists(actor).filter(decided_at__gte=since)
    return [
        Line(
            f"A hospital list up to {one.as_of:%-d %B} was released",
            reverse("intake:hospitals"),
            when=one.decided_at,
        )
        for one in fresh
    ]


def _waiting(actor: Actor) -> list[Line]:
    waiting = lists.received_lists(actor).filter(state=ReceivedList.State.PROPOSED)
    return [
        Line(
            f"A hospital list up to {one.as_of:%-d %B} waits for your review",
            reverse("intake:review", args=[one.pk]),
            detail=f"Sent by {one.uploaded_by.user.name}",
            when=one.uploaded_at,
        )
        for one in waiting
    ]


def _own_lists(actor: Actor) -> Section:
    sent = lists.received_lists(actor).order_by("-uploaded_at")[:10]
    return Section(
        OWN,
        tuple(
            Line(
                f"List up to {one.as_of:%-d %B %Y}",
                reverse("intake:review", args=[one.pk]),
                detail=one.get_state_display(),
                when=one.uploaded_at,
            )
            for one in sent
        ),
        title="Lists you sent",
        why_empty="You have not sent a list yet.",
        more=("Upload a list", reverse("intake:upload")),
    )

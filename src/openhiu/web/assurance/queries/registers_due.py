"""The dates of the registers that come: duties of entries, changes asked for, registrations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.urls import reverse

from openhiu.web.access.models import Role
from openhiu.web.assurance.models import Duty, Lesson
from openhiu.web.assurance.queries.registers import SEALED, due_day
from openhiu.web.assurance.registers.kinds import DUTIES
from openhiu.web.assurance.reminders import Due

_KEEPERS = (Role.SUPERVISOR, Role.AUDITOR)
_UNREAD = tuple(f"entry__{name}" for name in SEALED)


def due(service_id: UUID, today: date) -> Iterator[Due]:
    """Everything that is owed in the registers of one service."""
    yield from _duties(service_id, today)
    yield from _lessons(service_id)


def _duties(service_id: UUID, today: date) -> Iterator[Due]:
    rows = Duty.objects.filter(service=service_id, outcome="", entry__closed_at=None)
    rows = rows.select_related("entry__about_member", "entry__owner")
    for duty in rows.defer("words", *_UNREAD):
        entry, day = duty.entry, due_day(duty)
        # Whoever sees to it is told; everybody who keeps the registers once nobody does, or late.
        alone = entry.owner is not None and entry.owner.ended_at is None and day >= today
        yield Due(
            key=f"entry:{entry.pk}:{duty.what}",
            words=f"{entry.reference}: {DUTIES[duty.what].reminder}",
            on=day,
            at=duty.due_at,
            to=() if alone else _KEEPERS,
            members=(entry.owner_id,) if alone else (),
            not_to=_besides(entry.about_member),
            link=reverse("assurance:entry", args=[entry.pk]),
        )


def _lessons(service_id: UUID) -> Iterator[Due]:
    rows = Lesson.objects.filter(
        service=service_id, done_on=None, let_go_at=None, entry__closed_at=None
    )
    for lesson in rows.select_related("entry__about_member").defer("words", *_UNREAD):
        yield Due(
            key=f"lesson:{lesson.pk}",
            words=f"{lesson.entry.reference}: a change you were asked for",
            on=lesson.due_on,
            to=(),
            members=(lesson.member_id,),
            not_to=_besides(lesson.entry.about_member),
            link=reverse("assurance:told"),
            steps=(7, 1, 0),
        )


def _besides(about: object) -> frozenset[UUID]:
    return frozenset({about.user_id} if about is not None else ())  # type: ignore[attr-defined]

"""Dates about staff that come: registrations, training, supervision, and roles to be confirmed.

DBS checks are told of by the team's own room (team.actions.care_settings.warn_of_checks).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.models import Membership, Role
from openhiu.web.assurance.queries.staff_register import registrations
from openhiu.web.assurance.reminders import Due
from openhiu.web.design.words import as_day
from openhiu.web.team.queries import care
from openhiu.web.team.queries.staff import CARED_FOR

_SEE_STAFF = (Role.SUPERVISOR, Role.AUDITOR)
_CONFIRM = (Role.SUPERVISOR, Role.AUDITOR)
_STEPS = {care.TRAINING: (30, 7, 0), care.TALK: (7, 0)}


def due(service_id: UUID, today: date) -> Iterator[Due]:  # noqa: ARG001 - the shape of a source
    """Everything about staff that comes in one service."""
    held = list(
        Membership.objects.filter(service=service_id, ended_at=None, user__is_active=True)
        .select_related("user", "service")
        .order_by("granted_at", "pk")
    )
    yield from _registrations(service_id, held)
    yield from _care(service_id, held)
    yield from _to_confirm(service_id, held)


def _registrations(service_id: UUID, held: list[Membership]) -> Iterator[Due]:
    newest = registrations(service_id)
    first = {member.user_id: member for member in reversed(held)}
    for user_id, row in newest.items():
        member = first.get(user_id)
        if member is None:
            continue
        key = f"registration:{row.pk}"
        yield Due(f"{key}:own", "Your professional registration runs out", row.expires_on, (),
                  reverse("team:care") if member.role in CARED_FOR else "/",
                  members=(member.pk,))  # fmt: skip
        yield Due(f"{key}:team", "A professional registration in the team runs out",
                  row.expires_on, _SEE_STAFF, reverse("assurance:staff_register"),
                  not_to=frozenset({user_id}))  # fmt: skip


def _care(service_id: UUID, held: list[Membership]) -> Iterator[Due]:
    """Training and supervision: the worker, and whoever sees the register of staff."""
    workers = [member for member in held if member.role in CARED_FOR]
    found = care.due_for(workers, care.settings_of(service_id)) if workers else {}
    for member in workers:
        for one in found[member.pk]:
            steps = _STEPS.get(one.what)
            if steps is None or one.due_on is None:
                continue
            key, label = f"care:{member.user_id}:{one.what}:{one.kind}", one.label.lower()
            yield Due(f"{key}:own", f"Your {label} is due", one.due_on, (), reverse("team:care"),
                      members=(member.pk,), steps=steps, elsewhere=True)  # fmt: skip
            if one.what == care.TRAINING:
                yield Due(f"{key}:team", "Training of somebody in the team is due", one.due_on,
                          _SEE_STAFF, reverse("assurance:staff_register"), steps=(7, 0),
                          not_to=frozenset({member.user_id}))  # fmt: skip


def _to_confirm(service_id: UUID, held: list[Membership]) -> Iterator[Due]:
    """Who confirms roles is told before one is due; its holder before it rests."""
    kept = resting.kept_awake(service_id)
    for member in held:
        by, rests = resting.confirm_by(member), resting.rests_from(member)
        yield Due(f"confirm:{member.pk}", "A role has to be confirmed", as_day(by), _CONFIRM,
                  reverse("access:attestations"), not_to=frozenset({member.user_id}),
                  steps=(14, 7, 0))  # fmt: skip
        if member.pk in kept:
            continue
        if rests <= timezone.now():
            yield Due(f"resting:{member.pk}", "A role rests because nobody confirmed it",
                      as_day(rests), _CONFIRM, reverse("access:attestations"),
                      not_to=frozenset({member.user_id}), steps=(0,))  # fmt: skip
            continue
        yield Due(f"rests:{member.pk}", "Your role rests unless it is confirmed", as_day(rests), (),
                  reverse("access:account"), members=(member.pk,), steps=(7, 1, 0))  # fmt: skip

"""What of the registers an actor may see: entries, what waits for them, who can be asked."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import ROLE_MAY, Permission, may
from openhiu.web.assurance.models import Duty, Entry, Lesson, RegisterSettings, Step
from openhiu.web.casework.queries.cases import cases
from openhiu.web.design.words import as_day
from openhiu.web.people.models import Person
from openhiu.web.people.queries import people

SEALED: Final = ("what", "at_once", "from_words", "learning")


def settings_of(service: Any) -> RegisterSettings:
    """What a service settled; fresh proposals, not saved, where it has not."""
    found: RegisterSettings | None = RegisterSettings.objects.filter(service=service).first()
    return found or RegisterSettings(service_id=getattr(service, "pk", service))


def entries(actor: Actor) -> QuerySet[Entry]:
    """Every entry for who keeps the registers, else those the actor noted; newest first.

    What is about the actor is never among them.
    """
    found = Entry.objects.filter(service=actor.service_id)
    if not may(actor.role, Permission.KEEP_REGISTERS):
        found = found.filter(told_by__user=actor.user)
    found = found.exclude(about_member__user=actor.user)
    related = ("told_by__user", "owner__user", "about_member__user")
    return found.select_related(*related).prefetch_related("duties").order_by("-aware_at", "pk")


def lines(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same for lists and counts: what was written stays sealed, since nobody reads it there."""
    return found.defer(*SEALED)


def narrowed(
    found: QuerySet[Entry], *, register: str = "", kind: str = "", standing: str = ""
) -> QuerySet[Entry]:
    """By register, kind and whether still open."""
    wanted = Q()
    if register:
        wanted &= Q(register=register)
    if kind:
        wanted &= Q(kind=kind)
    if standing in ("open", "closed"):
        wanted &= Q(closed_at__isnull=standing == "open")
    return found.filter(wanted)


def entry_or_missing(actor: Actor, entry_id: UUID) -> Entry:
    """One of them."""
    found = entries(actor).filter(pk=entry_id).first()
    if found is None:
        raise Missing
    return found


def duties_of(entry: Entry) -> list[Duty]:
    """What it asks for, the nearest clock first; what is answered last."""
    rows = entry.duties.select_related("answered_by__user")
    return sorted(rows, key=lambda row: (bool(row.outcome), due_day(row), row.what))


def due_day(duty: Duty) -> date:
    """The day of a duty's clock."""
    if duty.due_at is not None:
        return as_day(duty.due_at)
    return date.max if duty.due_on is None else duty.due_on


def duty_or_missing(entry: Entry, duty_id: UUID) -> Duty:
    """One duty of an entry the caller has found."""
    found: Duty | None = entry.duties.filter(pk=duty_id).first()
    if found is None:
        raise Missing
    return found


def lessons_of(entry: Entry) -> list[Lesson]:
    """What is changed because of it, the nearest first."""
    return list(
        entry.lessons.select_related("member__user", "ended_by__user").order_by("due_on", "pk")
    )


def lesson_or_missing(actor: Actor, lesson_id: UUID) -> Lesson:
    """One that is asked of the actor, or of an entry they keep."""
    found: Lesson | None = (
        Lesson.objects.filter(service=actor.service_id, pk=lesson_id)
        .select_related("entry__about_member", "member__user")
        .first()
    )
    if found is None:
        raise Missing
    if found.member.user_id != actor.user.pk:
        keeps = may(actor.role, Permission.KEEP_REGISTERS)
        if not keeps or not entries(actor).filter(pk=found.entry_id).exists():
            raise Missing
    return found


def asked_of(actor: Actor) -> list[Lesson]:
    """What the actor is asked to change, still open."""
    found = Lesson.objects.filter(
        service=actor.service_id, member__user=actor.user, done_on=None, let_go_at=None
    )
    return list(found.select_related("entry").order_by("due_on"))


def steps_of(entry: Entry) -> list[Step]:
    """Its history, newest first."""
    return list(entry.steps.select_related("by__user").order_by("-at", "-pk"))


def visible_person(actor: Actor, entry: Entry) -> Person | None:
    """Whom it is about, if the actor may open them."""
    if entry.person_id is None:
        return None
    found: Person | None = people(actor).filter(pk=entry.person_id).first()
    return found


def keepers(service: Any, *, besides: UUID | None = None) -> list[Membership]:
    """Who keeps the registers of a service, without the user an entry is about."""
    return _members(service, Permission.KEEP_REGISTERS, besides)


def askable(entry: Entry) -> list[Membership]:
    """Who can be asked to change something because of an entry."""
    about = entry.about_member
    return _members(entry.service_id, Permission.TELL_EVENT, about.user_id if about else None)


def choosable(actor: Actor, entry: Entry | None = None) -> QuerySet[Person]:
    """The clients an entry can be tied to; none where it is tied to somebody not among them."""
    found = Person.objects.filter(
        service=actor.service_id, pk__in=cases(actor).order_by().values("person")
    ).order_by("given_name", "family_name", "pk")
    if entry and entry.person_id and not found.filter(pk=entry.person_id).exists():
        return found.none()
    return found


def colleagues(actor: Actor, entry: Entry | None = None) -> QuerySet[Membership]:
    """Whom something can be about; whom an entry is about stays, though they have left."""
    roles = [role for role, held in ROLE_MAY.items() if Permission.TELL_EVENT in held]
    wanted = Q(ended_at=None, role__in=roles)
    if entry and entry.about_member_id:
        wanted |= Q(pk=entry.about_member_id)
    found = Membership.objects.filter(wanted, service=actor.service_id)
    return found.select_related("user").order_by("user__name", "role")


def _members(service: Any, permission: Permission, besides: UUID | None) -> list[Membership]:
    roles = [role for role, held in ROLE_MAY.items() if permission in held]
    found = Membership.objects.filter(
        service=service, ended_at=None, user__is_active=True, role__in=roles
    ).exclude(user=besides)
    return list(found.select_related("user", "service").order_by("user__name", "pk"))


def rows_of(members: list[Membership]) -> QuerySet[Membership]:
    """The same as a queryset, for a form."""
    found = Membership.objects.filter(pk__in=[member.pk for member in members])
    return found.select_related("user").order_by("user__name", "pk")

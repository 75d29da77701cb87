"""Who may be seen: an actor comes in, only their people go out.

Supervisors see their service's people. Others see those whom a room's rows give them sight of (a
case, an open approach, a released list), whom they added within a day or opened with a reason.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import BreakGlass, Role
from openhiu.web.people import doors
from openhiu.web.people.models import IdentityCheck, IdentityQuestion, Merge, Notice, Person

_SEES_SOME: Final = (Role.LEAD, Role.COVER, Role.SAFEGUARDING, Role.SUPERVISOR)
_JUST_ADDED: Final = timedelta(days=1)


def sees_everyone(actor: Actor) -> bool:
    """Whether the whole service is theirs to see: a supervisor's who supervises every team."""
    return actor.is_(Role.SUPERVISOR) and actor.team is None


def people(actor: Actor) -> QuerySet[Person]:
    """Everyone this actor may see, without records joined to another."""
    return _seen(actor).filter(merged_into__isnull=True)


def _seen(actor: Actor) -> QuerySet[Person]:
    ours = Person.objects.filter(service=actor.service_id, forgotten_at=None)
    if sees_everyone(actor):
        return ours
    if not actor.is_(*_SEES_SOME):
        return ours.none()
    first, *others = (sight(actor).order_by() for sight in (*doors.SIGHTS, _opened, _added))
    # A union, not "or": the database then starts from the few, not from everyone.
    return ours.filter(pk__in=first.union(*others))


def _opened(actor: Actor) -> Any:
    """Whom they opened with a reason, until that runs out or is found to be unjustified."""
    live = BreakGlass.objects.filter(
        service=actor.service_id, membership=actor.membership, expires_at__gt=timezone.now()
    ).exclude(justified=False)
    return live.values_list("person_id")


def only_opened(actor: Actor, person: Person) -> bool:
    """Whether nothing but a reason given lately lets them see someone: they read, and no more."""
    if sees_everyone(actor) or not _opened(actor).filter(person_id=person.pk).exists():
        return False
    first, *others = (sight(actor).order_by() for sight in (*doors.SIGHTS, _added))
    return not Person.objects.filter(pk=person.pk, pk__in=first.union(*others)).exists()


def _added(actor: Actor) -> Any:
    since = timezone.now() - _JUST_ADDED
    return Person.objects.filter(
        service=actor.service_id, made_by=actor.membership, made_at__gt=since
    ).values_list("pk")


def person_or_missing(actor: Actor, person_id: UUID) -> Person:
    """One person they may see; a joined record leads to the one that holds it.

    Raises:
        Missing: there is nobody such, or nobody they may know of.
    """
    row = Person.objects.filter(service=actor.service_id, pk=person_id).first()
    while row is not None and row.merged_into_id:
        row = row.merged_into
    found = people(actor).filter(pk=row.pk).first() if row else None
    if found is None:
        raise Missing
    return found


def identities(person: Person) -> list[UUID]:
    """The keys under which this person's record was ever kept: theirs and those joined to it."""
    found, fresh = [person.pk], [person.pk]
    while fresh:
        fresh = list(Person.objects.filter(merged_into__in=fresh).values_list("pk", flat=True))
        found += fresh
    return found


def notices_now(person: Person) -> QuerySet[Notice]:
    """Agreed notices that have neither ended nor run out, the nearest to review first."""
    return notices_about([person.pk])


def notices_about(people_ids: Collection[UUID]) -> QuerySet[Notice]:
    """The same for several people whom the caller has made sure may be read about."""
    return (
        Notice.objects.filter(
            person__in=people_ids, agreed_at__isnull=False, ended_at__isnull=True,
            ends_on__gte=timezone.localdate(),
        )
        .select_related("agreed_by__user", "proposed_by__user")
        .order_by("review_on", "pk")
    )  # fmt: skip


def notices_waiting(actor: Actor) -> QuerySet[Notice]:
    """Notices about people the actor may see that nobody has agreed or put aside yet."""
    return (
        Notice.objects.filter(
            service=actor.service_id, agreed_at__isnull=True, ended_at__isnull=True,
            person__in=people(actor),
        )
        .select_related("person", "proposed_by__user")
        .order_by("proposed_at")
    )  # fmt: skip


def notice_or_missing(actor: Actor, notice_id: UUID) -> Notice:
    """One notice about someone they may see."""
    notice = Notice.objects.filter(service=actor.service_id, pk=notice_id).first()
    if notice is None:
        raise Missing
    person_or_missing(actor, notice.person_id)
    return notice


def merges(actor: Actor) -> QuerySet[Merge]:
    """Proposals to join two records, newest first: a supervisor's whole service, others' own."""
    found = Merge.objects.filter(service=actor.service_id).select_related(
        "kept", "absorbed", "proposed_by__user", "decided_by__user", "undone_by__user"
    )
    if not sees_everyone(actor):
        found = found.filter(proposed_by=actor.membership)
    return found.order_by("-proposed_at")


def merge_or_missing(actor: Actor, merge_id: UUID) -> Merge:
    """One proposal they may see."""
    found = merges(actor).filter(pk=merge_id).first()
    if found is None:
        raise Missing
    return found


def last_checks(people_ids: Collection[UUID]) -> dict[UUID, IdentityCheck]:
    """The newest trace of each of these people; whoever is not in it was never checked."""
    rows = IdentityCheck.objects.filter(person__in=people_ids)
    return {row.person_id: row for row in rows.order_by("checked_on", "at")}


def identity_questions(actor: Actor) -> QuerySet[IdentityQuestion]:
    """What a trace left for a person to look at, the oldest first."""
    rows = IdentityQuestion.objects.filter(service=actor.service_id, settled_at=None)
    return rows.select_related("person", "opened_by__user").order_by("opened_at", "pk")

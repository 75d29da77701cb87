"""Openings outside one's own: which wait for review and until when, and what patterns they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, BreakGlass, Role
from openhiu.web.access.queries import SEEING
from openhiu.web.assurance.clocks import working_days_after
from openhiu.web.assurance.reminders import Due
from openhiu.web.people.fold import fold
from openhiu.web.people.models import Person
from openhiu.web.team.hours import is_workday

REVIEW_DAYS: Final = 3  # working days
LOOKED_BACK: Final = timedelta(days=90)
_DAY_BEGINS, _DAY_ENDS = 7, 19


@dataclass(frozen=True)
class Waiting:
    """An opening nobody has reviewed, and the day by which somebody should."""

    opening: BreakGlass
    review_by: date

    @property
    def overdue(self) -> bool:
        """Whether that day has passed."""
        return self.review_by < timezone.localdate()


@dataclass
class Pattern:
    """What one member opened in ninety days. Nobody who was looked at is named."""

    name: str
    role: str
    openings: int = 0
    people: set[UUID] = field(default_factory=set)
    out_of_hours: int = 0
    know_them: int = 0
    not_right: int = 0
    waiting: int = 0
    same_name: set[UUID] = field(default_factory=set)

    @property
    def again(self) -> int:
        """Openings of somebody they had opened before."""
        return self.openings - len(self.people)


def review_by(opening: BreakGlass) -> date:
    """Three working days after it was opened."""
    return working_days_after(timezone.localdate(opening.began_at), REVIEW_DAYS)


def waiting(actor: Actor) -> list[Waiting]:
    """Openings to review, the oldest first."""
    rows = BreakGlass.objects.filter(service=actor.service, reviewed_at=None)
    rows = rows.select_related("membership__user").order_by("began_at")
    return [Waiting(one, review_by(one)) for one in rows[:200]]


def patterns(actor: Actor) -> list[Pattern]:
    """Who opened how much in ninety days, and looks at people of their own family name."""
    since = timezone.now() - LOOKED_BACK
    found: dict[UUID, Pattern] = {}
    rows = BreakGlass.objects.filter(service=actor.service, began_at__gte=since)
    for one in rows.select_related("membership__user"):
        user = one.membership.user
        kept = found.setdefault(user.pk, Pattern(user.name, str(one.membership.get_role_display())))
        kept.openings += 1
        kept.people.add(one.person_id)
        kept.out_of_hours += _out_of_hours(actor, one.began_at)
        kept.know_them += one.tie in ("family", "known")
        kept.not_right += one.justified is False
        kept.waiting += one.reviewed_at is None
    for user, people in _own_family_name(actor, since).items():
        kept = found.setdefault(user.pk, Pattern(user.name, ""))
        kept.same_name |= people
    return sorted(found.values(), key=lambda one: (-len(one.same_name), -one.openings, one.name))


def _own_family_name(actor: Actor, since: Any) -> dict[Any, set[UUID]]:
    """Of everyone who looked at a record, the people whose family name is their own."""
    looks = AuditEntry.objects.filter(
        service=actor.service, did__in=SEEING, result="done", at__gte=since
    ).exclude(person_id=None).exclude(user=None)  # fmt: skip
    pairs = looks.values_list("user", "person_id").distinct()
    seen: dict[UUID, set[UUID]] = defaultdict(set)
    for user, person in pairs:
        seen[user].add(person)
    names = {
        pk: fold(name)
        for pk, name in Person.objects.filter(
            service=actor.service, pk__in=set().union(*seen.values()) if seen else []
        ).values_list("pk", "family_name")
    }
    from openhiu.web.access.models import User

    found = {}
    for user in User.objects.filter(pk__in=seen):
        own = fold(user.name.split()[-1]) if user.name.split() else ""
        same = {person for person in seen[user.pk] if own and names.get(person) == own}
        if same:
            found[user] = same
    return found


def _out_of_hours(actor: Actor, at: Any) -> bool:
    local = timezone.localtime(at)
    at_work = is_workday(actor.service, local.date())
    return not (at_work and _DAY_BEGINS <= local.hour < _DAY_ENDS)


def due(service_id: UUID, _today: date) -> Iterable[Due]:
    """Reviews of openings that are still to be made."""
    rows = BreakGlass.objects.filter(service=service_id, reviewed_at=None)
    for one in rows.select_related("membership"):
        yield Due(
            key=f"opening:{one.pk}",
            words="A record that was opened with a reason is to be reviewed",
            on=review_by(one),
            to=(Role.SUPERVISOR, Role.AUDITOR),
            link=reverse("access:opening", args=[one.pk]),
            not_to=frozenset({one.membership.user_id}),
            steps=(1, 0),
        )

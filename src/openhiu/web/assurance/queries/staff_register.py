"""The register of staff: checks, registrations, training, supervision, and the right to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.factors import factors_of
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Role
from openhiu.web.assurance.models import Registration
from openhiu.web.design.words import as_day
from openhiu.web.team.queries import care
from openhiu.web.team.queries.care import Due
from openhiu.web.team.queries.staff import CARED_FOR

REGISTRATION_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Line:
    """One member in one role: what comes round for them, and their right to see."""

    member: Membership
    due: list[Due]  # empty for roles that have no clients
    registration: Registration | None
    factors: list[str]
    last_in: datetime | None
    confirmed_on: date
    rests_on: date
    rests: bool

    def of(self, what: str) -> list[Due]:
        """What comes round of one sort: "dbs", "training", "talk"."""
        return [one for one in self.due if one.what == what]


def members(actor: Actor) -> QuerySet[Membership]:
    """Whom the register shows: a supervisor's own team and those of none, else everybody."""
    found = Membership.objects.filter(service=actor.service_id, ended_at=None, user__is_active=True)
    team = actor.membership.team_id
    if actor.is_(Role.SUPERVISOR) and team:
        found = found.filter(Q(team=team) | Q(team=None))
    related = ("user", "service", "organisation", "team")
    return found.select_related(*related).order_by("team__name", "user__name", "role")


def member_or_missing(actor: Actor, membership_id: UUID) -> Membership:
    """One of them."""
    found = members(actor).filter(pk=membership_id).first()
    if found is None:
        raise Missing
    return found


def lines(actor: Actor) -> list[Line]:
    """The register, team by team."""
    found = list(members(actor))
    due = care.due_for(
        [one for one in found if one.role in CARED_FOR], care.settings_of(actor.service)
    )
    seen = registrations(actor.service_id)
    factors = factors_of(one.user_id for one in found)
    kept = resting.kept_awake(actor.service_id)
    return [
        Line(
            member, due.get(member.pk, []), seen.get(member.user_id),
            factors.get(member.user_id, []), member.user.last_login,
            as_day(member.attested_at), as_day(resting.rests_from(member)),
            resting.rests_from(member) <= timezone.now() and member.pk not in kept,
        )
        for member in found
    ]  # fmt: skip


def registrations(service_id: Any) -> dict[UUID, Registration]:
    """The newest registration of each user of a service."""
    rows = Registration.objects.filter(service=service_id, error_at=None)
    ordered = rows.select_related("member__user", "noted_by__user").order_by(
        "checked_on", "noted_at"
    )
    return {row.member.user_id: row for row in ordered}


def registration_or_missing(actor: Actor, registration_id: UUID) -> Registration:
    """One, of somebody the register shows."""
    shown = members(actor).values("user")
    found: Registration | None = Registration.objects.filter(
        service=actor.service_id, pk=registration_id, member__user__in=shown
    ).select_related("member__user").first()  # fmt: skip
    if found is None:
        raise Missing
    return found

"""What a supervisor looks at: each lead's standing, silent cases, limits waiting for her word.

Leads come in the order of their names: never a ranking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership
from openhiu.web.casework.caseload import LOAD, NEW, Standing, standings
from openhiu.web.casework.lifecycle import AT_A_DISTANCE
from openhiu.web.casework.models import Case, Handover, LimitPassed, SupervisionNote
from openhiu.web.casework.quarter import days_of
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing
from openhiu.web.casework.queries.team import workers
from openhiu.web.casework.weights import Load
from openhiu.web.design.words import as_day

SILENT_DAYS: Final = 14


@dataclass(frozen=True)
class LeadStanding:
    """One lead as a supervisor sees them: how full their hands are, and how many are silent."""

    standing: Standing
    silent: int
    load: Load


def team(actor: Actor) -> list[LeadStanding]:
    """Every lead and cover with clients, in the order of their names; nine queries."""
    people = list(workers(actor))
    quiet: dict[Any, int] = {}
    for case in silent(actor):
        quiet[case.lead_id] = quiet.get(case.lead_id, 0) + 1
    return [
        LeadStanding(found, quiet.get(found.lead.pk, 0), found.load) for found in standings(people)
    ]


def over_unnoticed(actor: Actor, found: list[LeadStanding]) -> list[Membership]:
    """Whose hands are too full without anybody having passed that limit, in the order given.

    Hours were cut, clients grew heavier: nobody pressed anything, so nobody was told. What was
    passed on purpose, with as many or more, is not said again.
    """
    rows = LimitPassed.objects.filter(
        service=actor.service_id, lead__in=[one.standing.lead for one in found]
    ).values_list("lead", "limit", "value", "at")
    passed = [(lead, limit, value, as_day(at)) for lead, limit, value, at in rows]

    def known(standing: Standing, limit: str, value: int) -> bool:
        since = days_of(standing.quarter)[0] if limit == NEW else date.min
        return any(
            (lead, said) == (standing.lead.pk, limit) and most >= value and day >= since
            for lead, said, most, day in passed
        )

    return [
        one.standing.lead
        for one in found
        if any(not known(one.standing, limit, value) for limit, value in _over(one.standing))
    ]


def _over(standing: Standing) -> list[tuple[str, int]]:
    over = [(meter.limit, meter.value) for meter in standing.over]
    return [*over, (LOAD, ceil(standing.load.value))] if standing.load.over else over


def lead_or_missing(actor: Actor, membership_id: Any) -> Membership:
    """A lead or cover of the team one supervises."""
    found = workers(actor).filter(pk=membership_id).first()
    if found is None:
        raise Missing
    return found


def silent(actor: Actor) -> QuerySet[Case]:
    """Clients supported now with no contact or try for 14 days, the longest silence first.

    Not those open at a distance, whose rhythm is longer, unless their day has passed.
    """
    today = timezone.localdate()
    since = timezone.now() - timedelta(days=SILENT_DAYS)
    quiet = with_standing(cases(actor)).filter(stands=SUPPORTED)
    begun = quiet.annotate(heard=Coalesce("last_contact_at", "opened_at")).filter(heard__lt=since)
    return begun.filter(
        ~Q(phase=AT_A_DISTANCE.key) | Q(next_contact_on__lt=today) | Q(next_contact_on=None)
    ).order_by("heard", "pk")


def limits_waiting(actor: Actor) -> QuerySet[LimitPassed]:
    """Limits passed that nobody has answered yet, oldest first."""
    people = workers(actor).values("pk")
    return (
        LimitPassed.objects.filter(service=actor.service_id, lead__in=people, seen_at=None)
        .select_related("lead__user", "by__user")
        .order_by("at")
    )


def limits_of(actor: Actor, lead: Membership, most: int = 20) -> list[LimitPassed]:
    """Limits passed for one lead, newest first, with the answers."""
    found = LimitPassed.objects.filter(service=actor.service_id, lead=lead)
    return list(found.select_related("by__user", "seen_by__user").order_by("-at")[:most])


def limit_or_missing(actor: Actor, passed_id: Any) -> LimitPassed:
    """One limit that waits or was answered, of the team one supervises."""
    found = LimitPassed.objects.filter(
        service=actor.service_id, lead__in=workers(actor).values("pk"), pk=passed_id
    )
    passed: LimitPassed | None = found.select_related("lead__user", "by__user").first()
    if passed is None:
        raise Missing
    return passed


def notes_of(case: Case) -> QuerySet[SupervisionNote]:
    """What supervision wrote about a case that was already found readable, newest first."""
    return (
        SupervisionNote.objects.filter(service=case.service_id, case=case)
        .select_related("by__user", "contact")
        .order_by("-at")
    )


def last_looked(found: list[Case]) -> dict[Any, Any]:
    """When each of these cases was last looked at together; one query."""
    rows = SupervisionNote.objects.filter(
        case__in=found, kind=SupervisionNote.Kind.REVIEW
    ).values_list("case")
    return dict(rows.annotate(last=Max("at")).order_by())


def handed_over(actor: Actor) -> QuerySet[Handover]:
    """What one gave away or took on until a day and has not gone back; no names come with it."""
    return (
        Handover.objects.filter(
            Q(from_lead=actor.membership) | Q(to_lead=actor.membership),
            service=actor.service_id,
            returned_at=None,
            until__isnull=False,
        )
        .select_related("from_lead__user", "to_lead__user")
        .order_by("until", "at")
    )


def taken_on(actor: Actor) -> QuerySet[Handover]:
    """Handovers to this member of clients who are with them now, newest first."""
    return (
        Handover.objects.filter(
            service=actor.service_id,
            to_lead=actor.membership,
            returned_at=None,
            case__lead=actor.membership,
        )
        .select_related("case__person", "from_lead__user")
        .order_by("-at")
    )

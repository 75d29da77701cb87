"""What one client's pages show: a case comes in, its rows go out in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.casework import policies
from openhiu.web.casework.models import (
    Case,
    Concern,
    Consent,
    Contact,
    Goal,
    Need,
    NetworkMember,
    PhaseChange,
    Plan,
    SharedWithoutConsent,
    Step,
    Task,
)
from openhiu.web.casework.queries import cases as scope
from openhiu.web.casework.queries import consent as answers

LATEST = 3


@dataclass(frozen=True)
class Overview:
    """Everything the first page of a client shows."""

    case: Case
    plan: Plan
    needs: list[Need]
    goals: list[Goal]
    contacts: list[Contact]
    tasks: list[Task]
    concerns: list[Concern]
    due: list[Consent]
    why_not_contact: str
    worries: list[str] = field(default_factory=list)


def overview(actor: Actor, case: Case) -> Overview:
    """The first page of a client, whatever the number of contacts."""
    return Overview(
        case=case,
        plan=case.plan,
        needs=list(
            case.needs.filter(met_on=None, taken_away_on=None).order_by("-certain", "noted_at")
        ),
        goals=goals(case, going=True),
        contacts=list(
            Contact.objects.filter(case=case, error_at=None)
            .select_related("by__user")
            .order_by("-at")[:LATEST]
        ),
        tasks=list(
            Task.objects.filter(case=case, done_at=None)
            .select_related("owner__user")
            .order_by("due_on", "made_at")[:10]
        ),
        concerns=list(
            Concern.objects.filter(
                service=actor.service_id, person=case.person_id, answered_at=None
            ).order_by("-urgent", "at")
        ),
        due=answers.due(actor, [case.person_id]),
        why_not_contact=policies.why_not_contact(case),
    )


def goals(case: Case, *, going: bool = False) -> list[Goal]:
    """Goals with their steps; two queries."""
    steps = Prefetch("steps", Step.objects.order_by("done_on", "due_on", "pk"))
    found = Goal.objects.filter(case=case).prefetch_related(steps).order_by("state", "set_on", "pk")
    return list(found.filter(state=Goal.State.GOING) if going else found)


def network(case: Case, *, now: bool = True) -> list[NetworkMember]:
    """People and services around a client; `now`: only those still there."""
    found = NetworkMember.objects.filter(case=case).order_by("kind", "name", "pk")
    return list(found.filter(ended_on=None) if now else found)


def phase_changes(case: Case) -> list[PhaseChange]:
    """Every move, newest first."""
    return list(
        PhaseChange.objects.filter(case=case).select_related("by__user").order_by("-at", "pk")
    )


def row_of(actor: Actor, model: Any, key: Any, *, through: str = "case") -> Any:
    """A row of one of the actor's own cases, found through its `case` (or "goal__case")."""
    mine = scope.cases(actor).values("pk")
    found = model.objects.filter(pk=key, service=actor.service_id, **{f"{through}__in": mine})
    row = found.select_related(f"{through}__person", f"{through}__lead__user").first()
    if row is None:
        raise Missing
    return row


def safety_records(actor: Actor) -> Any:
    """Sharing without consent that the actor may read: their own, or all when they review."""
    every = SharedWithoutConsent.objects.filter(service=actor.service_id)
    if not policies.may_review(actor):
        every = every.filter(by__user=actor.user)
    return every.select_related("person", "by__user", "reviewed_by__user").order_by("-at")


def concerns(actor: Actor) -> Any:
    """Worries the actor may read: raised by them, about their clients, or all when they review."""
    every = Concern.objects.filter(service=actor.service_id)
    if not policies.may_review(actor):
        mine = scope.cases(actor).values("person")
        every = every.filter(Q(by__user=actor.user) | Q(person__in=mine))
    return every.select_related("person", "by__user", "by__organisation").order_by("-at")

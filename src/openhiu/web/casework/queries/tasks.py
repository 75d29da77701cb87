"""Tasks: one's own and those about a client; scoped reads."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.casework.models import Case, Task
from openhiu.web.casework.queries.cases import cases
from openhiu.web.team.queries import covered_by


def visible(actor: Actor) -> QuerySet[Task]:
    """Tasks one owns, and those about clients one works with; about clients of others: none."""
    theirs = cases(actor).values("pk")
    return (
        Task.objects.filter(
            Q(case=None, owner=actor.membership) | Q(case__in=theirs), service=actor.service_id
        )
        .select_related("case__person", "owner__user", "made_by__user")
        .order_by(F("due_on").asc(nulls_last=True), "made_at", "pk")
    )


def mine(actor: Actor) -> QuerySet[Task]:
    """What one still has to do, the soonest first; about clients one covers too."""
    covered = covered_by(actor.membership).values("pk")
    mine = Q(owner=actor.membership) | Q(owner__in=covered, case__isnull=False)
    return visible(actor).filter(mine, done_at=None)


def mine_ended(actor: Actor, most: int = 20) -> list[Task]:
    """What one has lately done or let go, the newest first."""
    ended = visible(actor).filter(owner=actor.membership, done_at__isnull=False)
    return list(ended.order_by("-done_at")[:most])


def about(case: Case) -> QuerySet[Task]:
    """The tasks of a case that was already found readable: open ones first, by day."""
    return (
        Task.objects.filter(service=case.service_id, case=case)
        .select_related("owner__user", "made_by__user")
        .order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "made_at")
    )


def task_or_missing(actor: Actor, task_id: Any) -> Task:
    """One task that one may see."""
    found = visible(actor).filter(pk=task_id).first()
    if found is None:
        raise Missing
    return found

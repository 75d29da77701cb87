"""Approaches the actor may see: their own, their team's for cover, all for a supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Role
from openhiu.web.intake.models import Approach, Attempt
from openhiu.web.team.queries import covered_by


@dataclass(frozen=True)
class Call:
    """A call planned for a day or before: whom, which approach, since when it is due."""

    approach: Approach
    due_on: date | None
    tries: int

    @property
    def first(self) -> bool:
        """Nobody has tried yet."""
        return self.tries == 0


def scope(actor: Actor) -> Q:
    """Which approaches are the actor's to see: of colleagues they cover, too."""
    mine = Q(lead=actor.membership) | Q(lead__in=covered_by(actor.membership).values("pk"))
    if actor.role == Role.LEAD:
        return mine
    team = actor.membership.team_id
    if actor.role == Role.SUPERVISOR:
        return Q(team=team) if team else Q()
    if actor.role == Role.COVER:
        return mine | (Q(team=team) if team else Q(pk__in=[]))
    return Q(pk__in=[])


def approaches(actor: Actor) -> QuerySet[Approach]:
    """All of them, with the person and how often and when they were last tried."""
    return (
        Approach.objects.filter(scope(actor), service=actor.service, person__forgotten_at=None)
        .select_related(
            "person", "lead__user", "listed__received__gateway", "listed__received__uploaded_by"
        )
        .annotate(tries=Count("attempts"), last_try=Max("attempts__at"))
    )


def open_approaches(actor: Actor) -> QuerySet[Approach]:
    """Those that have not ended, whose turn it is first."""
    return (
        approaches(actor)
        .filter(ended_at=None)
        .order_by(F("next_try_on").asc(nulls_first=True), "chosen_at")
    )


def approach_or_missing(actor: Actor, approach_id: Any) -> Approach:
    """One of them, or Missing."""
    found = approaches(actor).filter(pk=approach_id).first()
    if found is None:
        raise Missing
    return found


def attempts(approach: Approach) -> QuerySet[Attempt]:
    """The tries of an approach, newest first."""
    return Attempt.objects.filter(approach=approach).select_related("by__user").order_by("-at")


def calls_due(actor: Actor, day: date) -> list[Call]:
    """Today's calls to people being approached: those due on a day or before, and never tried.

    People who have died are not among them, nor those whose record became another one.
    """
    due = open_approaches(actor).filter(
        Q(next_try_on__lte=day) | Q(next_try_on=None),
        person__died="",
        person__died_on=None,
        person__merged_into=None,
    )
    return [Call(found, found.next_try_on, found.tries) for found in due]


def ask_again_due(actor: Actor, day: date) -> QuerySet[Approach]:
    """People who said "not now" and may be asked again from that day, unless it began anew."""
    again = Approach.objects.filter(service=actor.service, source=Approach.Source.AGAIN)
    return (
        approaches(actor)
        .filter(
            outcome=Approach.Outcome.NOT_NOW,
            ask_again_on__lte=day,
            person__died="",
            person__died_on=None,
        )
        .exclude(person__in=again.filter(ended_at=None).values("person"))
    )


def chosen_but_no_yes(leads: list[Membership], quarter: str) -> dict[object, int]:
    """How many people chosen this quarter each lead is still reaching: for the caseload meter.

    Someone who said yes is counted as a client; someone who said no has freed a place.
    """
    found = (
        Approach.objects.filter(lead__in=leads, quarter=quarter, ended_at=None)
        .exclude(~Q(person__died=""))
        .values_list("lead")
        .annotate(people=Count("pk"))
        .order_by()
    )
    return dict(found)

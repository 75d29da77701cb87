"""Disclosures and openings to read: an actor comes in, rows, months and patterns go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Role
from openhiu.web.assurance.models import Disclosure
from openhiu.web.assurance.reminders import Due
from openhiu.web.casework.receiving import Received
from openhiu.web.people.models import Person

MONTHS_SHOWN: Final = 12


def disclosures(actor: Actor) -> QuerySet[Disclosure]:
    """Every disclosure of the service, what waits for review first."""
    rows = Disclosure.objects.filter(service=actor.service)
    return rows.select_related("person", "decided_by__user", "reviewed_by__user").order_by(
        "-reviewed_at", "review_by", "-noted_at"
    )


def disclosure_or_missing(actor: Actor, key: UUID) -> Disclosure:
    """One of them."""
    found: Disclosure | None = disclosures(actor).filter(pk=key).first()
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class Month:
    """One month for the Caldicott Guardian: how many asked, on what basis, what was decided."""

    first: date
    asked: int
    bodies: list[tuple[str, int]]
    bases: list[tuple[str, int]]
    answers: list[tuple[str, int]]
    not_told: int
    waiting: int
    overdue: int
    not_right: int


def month_of(actor: Actor, first: date) -> Month:
    """The disclosures written down in the month that begins then."""
    after = (first + timedelta(days=32)).replace(day=1)
    rows = list(
        Disclosure.objects.filter(
            service=actor.service, noted_at__date__gte=first, noted_at__date__lt=after
        )
    )
    waiting = [one for one in rows if one.reviewed_at is None]
    return Month(
        first=first,
        asked=len(rows),
        bodies=_counted(one.get_body_display() for one in rows),
        bases=_counted(one.get_basis_display() for one in rows),
        answers=_counted(one.get_answer_display() for one in rows),
        not_told=sum(not one.told and one.answer != Disclosure.Answer.NOT_GIVEN for one in rows),
        waiting=len(waiting),
        overdue=sum(one.review_by < timezone.localdate() for one in waiting),
        not_right=sum(one.found_right is False for one in rows),
    )


def months(actor: Actor) -> list[date]:
    """The months in which something was written down, newest first; this month always."""
    found = Disclosure.objects.filter(service=actor.service).dates("noted_at", "month", "DESC")
    this = timezone.localdate().replace(day=1)
    return sorted({this, *found[:MONTHS_SHOWN]}, reverse=True)


def _counted(words: Iterable[Any]) -> list[tuple[str, int]]:
    return sorted(Counter(map(str, words)).items(), key=lambda pair: (-pair[1], pair[0]))


def given_about(actor: Actor, person: Person) -> list[Received]:
    """What was given to others about one person the actor may see: for the client's own page."""
    rows = Disclosure.objects.filter(service=actor.service_id, person=person)
    return [
        Received(one.given_at, f"{one.organisation}, {one.asker}", str(one.get_basis_display()),
                 one.told)
        for one in rows.exclude(given_at=None)
    ]  # fmt: skip


def due(service_id: UUID, _today: date) -> Iterable[Due]:
    """Reviews that are still to be made."""
    for one in Disclosure.objects.filter(service=service_id, reviewed_at=None).select_related(
        "decided_by"
    ):
        yield Due(
            key=f"disclosure:{one.pk}:review",
            words="A decision on a request from police or a court is to be reviewed",
            on=one.review_by,
            to=(Role.AUDITOR,),
            link=reverse("assurance:disclosure", args=[one.pk]),
            not_to=frozenset({one.decided_by.user_id}),
            steps=(3, 1, 0),
        )

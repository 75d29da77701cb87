"""What people agreed to: a person comes in, the answers in force and those due for review go out.

The newest answer to a question counts; a withdrawn or negative one ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework import policies
from openhiu.web.casework.models import Consent
from openhiu.web.people.models import Person

TAKE_PART, SHARE, STORY = Consent.Kind.TAKE_PART, Consent.Kind.SHARE, Consent.Kind.STORY


def answers(person: Person) -> QuerySet[Consent]:
    """Every answer a person ever gave, newest first."""
    return (
        Consent.objects.filter(service=person.service_id, person=person)
        .select_related("organisation", "recorded_by__user", "withdrawn_by__user")
        .order_by("-recorded_at", "-answered_on")
    )


def question(answer: Consent) -> tuple[str, UUID | None, str]:
    """Which question an answer answers: kind, organisation and purpose."""
    return (answer.kind, answer.organisation_id, answer.purpose)


def newest(every: Iterable[Consent]) -> list[Consent]:
    """The latest answer to each question, from answers sorted newest first."""
    seen: dict[Any, Consent] = {}
    for answer in every:
        seen.setdefault((answer.person_id, *question(answer)), answer)
    return list(seen.values())


def not_taking_part(service_id: UUID, people: Iterable[UUID]) -> set[UUID]:
    """Which of these people asked us to stop; one query however many there are."""
    wanted = set(people)
    rows = Consent.objects.filter(service=service_id, kind=TAKE_PART, person__in=wanted)
    latest = newest(rows.order_by("-recorded_at", "-answered_on"))
    return wanted - {answer.person_id for answer in latest if policies.holds(answer)}


def due(actor: Actor, people: Iterable[UUID], within_days: int = 28) -> list[Consent]:
    """Answers in force whose review is overdue or near, soonest first, among these people."""
    rows = (
        Consent.objects.filter(service=actor.service_id, person__in=set(people))
        .select_related("person", "organisation")
        .order_by("-recorded_at", "-answered_on")
    )
    until = timezone.localdate() + timedelta(days=within_days)
    found = [
        answer for answer in newest(rows) if policies.holds(answer) and answer.review_on <= until
    ]
    return sorted(found, key=lambda answer: (answer.review_on, str(answer.pk)))

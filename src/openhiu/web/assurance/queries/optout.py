"""Lists under section 251 and what they say of opt-outs; trace answers taken in; open questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.tables.opt_out import ENTRY, why_not_applied
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.intake.models import ReceivedList
from openhiu.web.people import queries as people
from openhiu.web.people.models import IdentityCheck, IdentityQuestion, Person, TraceReply


@dataclass(frozen=True)
class ListStanding:
    """A list and its opt-outs: the entry of its manifest, and why it does not hold today."""

    received: ReceivedList
    entry: dict[str, Any] | None
    why_not: str


def lists_and_opt_outs(actor: Actor) -> list[ListStanding]:
    """Lists that wait or are released under section 251, newest first, at most twenty."""
    rows = ReceivedList.objects.filter(service=actor.service).exclude(
        state=ReceivedList.State.RETURNED
    )
    rows = rows.filter(legal_mode__in=["", ReceivedList.LegalMode.SECTION_251])
    now = timezone.now()
    return [
        ListStanding(one, _entry(one), why_not_applied(one.manifest.get(ENTRY), _judged(one, now)))
        for one in rows.order_by("-uploaded_at")[:20]
    ]


def _entry(received: ReceivedList) -> dict[str, Any] | None:
    found = received.manifest.get(ENTRY)
    return found if isinstance(found, dict) else None


def _judged(received: ReceivedList, now: Any) -> Any:
    """A released list is judged by the moment of its release, a waiting one by now."""
    return received.decided_at or now


def replies(actor: Actor) -> QuerySet[TraceReply]:
    """Trace answers taken in, newest first."""
    return TraceReply.objects.filter(service=actor.service).order_by("-received_at")


def never_traced(actor: Actor) -> int:
    """How many people with a number have never been checked."""
    return int(
        Person.objects.filter(service=actor.service, merged_into=None)
        .exclude(nhs_number="")
        .exclude(pk__in=IdentityCheck.objects.filter(service=actor.service).values("person"))
        .count()
    )


def known_to(actor: Actor, keys: list[UUID]) -> set[UUID]:
    """Which of these people the actor may see by name."""
    return set(people.people(actor).filter(pk__in=keys).values_list("pk", flat=True))


def question_or_missing(actor: Actor, key: UUID) -> IdentityQuestion:
    """One question, settled or not."""
    found: IdentityQuestion | None = (
        IdentityQuestion.objects.filter(service=actor.service_id, pk=key)
        .select_related("person", "merge", "opened_by__user", "settled_by__user")
        .first()
    )
    if found is None:
        raise Missing
    return found

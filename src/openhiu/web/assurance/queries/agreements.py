"""The registers of what is lawful: agreements, gateways, assessments of the actor's service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.lawful import last_day
from openhiu.web.access.models import Agreement, AgreementParty, Gateway, Organisation, Role
from openhiu.web.access.models.lawful import State
from openhiu.web.assurance.models import Assessment
from openhiu.web.assurance.reminders import Due

_TOLD: tuple[Any, ...] = (Role.SUPERVISOR, Role.AUDITOR)
_LIVE = (State.DRAFTED, State.AGREED, State.STANDING)
_PEOPLE = ("drafted_by__user", "agreed_by__user", "ended_by__user")


def agreements(actor: Actor) -> QuerySet[Agreement]:
    """Every version of every agreement, by organisation, the newest first."""
    rows = Agreement.objects.filter(service=actor.service)
    rows = rows.select_related("organisation", "replaces", *_PEOPLE)
    return rows.prefetch_related("parties__organisation").order_by(
        "organisation__name", "-number", "-starts_on"
    )


def agreement_or_missing(actor: Actor, agreement_id: UUID) -> Agreement:
    """One of them."""
    return _one(agreements(actor).filter(pk=agreement_id))


def party_or_missing(actor: Actor, party_id: UUID) -> AgreementParty:
    """One party of one of them."""
    rows = AgreementParty.objects.filter(service=actor.service, pk=party_id)
    return _one(rows.select_related("agreement__organisation", "organisation"))


def next_of(agreement: Agreement) -> Agreement | None:
    """The version that was begun to take its place."""
    return Agreement.objects.filter(replaces=agreement).exclude(state=State.ENDED).first()


def gateways(actor: Actor) -> QuerySet[Gateway]:
    """Every legal gateway, by organisation, the last to expire first."""
    rows = Gateway.objects.filter(service=actor.service).select_related("organisation", *_PEOPLE)
    return rows.order_by("organisation__name", "-expires_on")


def gateway_or_missing(actor: Actor, gateway_id: UUID) -> Gateway:
    """One of them."""
    return _one(gateways(actor).filter(pk=gateway_id))


def assessments(actor: Actor) -> QuerySet[Assessment]:
    """Every impact assessment, those that hold or wait first."""
    rows = Assessment.objects.filter(service=actor.service)
    return rows.select_related("drafted_by__user", "recorded_by__user").order_by(
        "kind", "reference", "-drafted_at"
    )


def assessment_or_missing(actor: Actor, assessment_id: UUID) -> Assessment:
    """One of them."""
    return _one(assessments(actor).filter(pk=assessment_id))


def assessed(service_id: UUID, reference: str) -> bool:
    """Whether a data protection assessment of this reference is signed and in date today."""
    rows = Assessment.objects.filter(
        service=service_id, kind="dpia", reference__iexact=reference.strip()
    )
    return any(not one.why_not_hold() for one in rows)


def others(actor: Actor) -> QuerySet[Organisation]:
    """Organisations one can have an agreement with: every one but the provider."""
    return Organisation.objects.exclude(pk=actor.service.provider_id).order_by("name")


def due(service_id: UUID, _today: date) -> Iterable[Due]:
    """Reviews and ends that come, for who drafts and who agrees."""
    for one in Agreement.objects.filter(service=service_id, state__in=_LIVE):
        yield from _dates(one, "agreement", one.review_on)
    for gateway in Gateway.objects.filter(service=service_id, state=State.AGREED):
        yield from _dates(gateway, "gateway", None)
    for paper in Assessment.objects.filter(service=service_id, state="signed"):
        if paper.review_on:
            link = reverse("assurance:assessment", args=[paper.pk])
            words = f"The impact assessment {paper.reference} is to be looked at again"
            yield Due(f"assessment:{paper.pk}", words, paper.review_on, _TOLD, link)


def _dates(one: Agreement | Gateway, kind: str, review_on: date | None) -> Iterable[Due]:
    """Neither tells of what is over: ended and replaced ones, or those with a next version."""
    link = reverse(f"assurance:{kind}", args=[one.pk])
    name = "A sharing agreement" if kind == "agreement" else f"The legal gateway {one}"
    if isinstance(one, Agreement) and one.state == State.DRAFTED:
        return
    if review_on:
        words = f"{name} is to be looked at again"
        yield Due(f"{kind}:{one.pk}:review", words, review_on, _TOLD, link)
    yield Due(f"{kind}:{one.pk}:end", f"{name} ends", last_day(one), _TOLD, link)


def _one(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Missing
    return found

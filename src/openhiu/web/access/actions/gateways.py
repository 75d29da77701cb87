"""Legal gateways: registered by one, agreed by another, ended when they no longer hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access import policies
from openhiu.web.access import policies_lawful as lawful
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Gateway, Organisation
from openhiu.web.access.models.lawful import State
from openhiu.web.access.permissions import Permission

_STATE: Any = State


@transaction.atomic
def draft_gateway(
    *, by: Actor, kind: str, reference: str, organisation: Organisation, data_sets: list[str],
    starts_on: date, expires_on: date, **told: Any,
) -> Gateway:  # fmt: skip
    """Register a legal ground with its scope and its end; it lets nothing through yet.

    `told`: purpose, evidence, article_6, article_9, schedule_1.

    Raises:
        NotAllowed: no data sets, a kind that a list cannot come under, an end before the start,
            or more than one case for a body that enforces.
    """
    lawful.may_draft_gateway(by, data_sets, kind, organisation)
    if not reference.strip() or not str(told.get("evidence", "")).strip():
        raise NotAllowed("Give the reference, and say where the evidence is kept.")
    lawful.must_end_after_start(starts_on, expires_on)
    gateway: Gateway = Gateway.objects.create(
        service=by.service, kind=kind, reference=reference.strip(), organisation=organisation,
        data_sets=list(data_sets), starts_on=starts_on, expires_on=expires_on,
        drafted_by=by.membership, **told,
    )  # fmt: skip
    record(by, Did.ADDED, about=gateway, kind=kind, data_sets=list(data_sets))
    return gateway


@transaction.atomic
def agree_gateway(*, by: Actor, gateway: Gateway) -> Gateway:
    """A second person agrees it: within its scope and dates data sets may cross.

    Raises:
        NotAllowed: they registered it themselves, or its last day has passed.
    """
    policies.needs(by, Permission.AGREE_AGREEMENT)
    held = _held(by, gateway)
    lawful.may_agree(by, held, [])
    held.state, held.agreed_by, held.agreed_at = _STATE.AGREED, by.membership, timezone.now()
    _saved(held)
    record(by, Did.AGREED, about=held, kind=held.kind, data_sets=list(held.data_sets))
    return held


@transaction.atomic
def end_gateway(*, by: Actor, gateway: Gateway, because: str = "") -> Gateway:
    """End it now: nothing crosses under it from this moment, and lists under it are closed."""
    policies.needs_one_of(by, Permission.MANAGE_AGREEMENTS, Permission.AGREE_AGREEMENT)
    held = _held(by, gateway)
    if held.state in (_STATE.ENDED, _STATE.SUPERSEDED):
        raise NotAllowed("It is over already.")
    held.state, held.ended_by, held.ended_at = _STATE.ENDED, by.membership, timezone.now()
    held.ended_because = because.strip()[:300]
    _saved(held)
    record(by, Did.ENDED_AGREEMENT, about=held)
    return held


def _held(by: Actor, gateway: Gateway) -> Gateway:
    rows = Gateway.objects.select_for_update(of=("self",)).select_related("organisation")
    found: Gateway | None = rows.filter(service=by.service, pk=gateway.pk).first()
    if found is None:
        raise Missing
    return found


def _saved(held: Gateway) -> None:
    held.version += 1
    held.save()

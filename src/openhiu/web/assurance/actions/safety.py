"""The only writers of safety concerns and of officers' decisions."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Membership, Role, Service
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models import SafetyConcern, SafetyDecision
from openhiu.web.assurance.policies import safety as policies

_SAID: Final = {
    "severity": "How grave", "hazard": "Hazard", "meanwhile": "Until it is mended",
    "makers_told_on": "Makers told", "outcome": "What was wrong, and what was changed",
}  # fmt: skip


@transaction.atomic
def tell(*, by: Actor, words: str, harm: str, page: str = "") -> SafetyConcern:
    """Keep a concern and tell those who answer; at once by every way where somebody was harmed."""
    # One at a time: the number is the next one of the service.
    Service.objects.select_for_update(no_key=True).get(pk=by.service_id)
    rows = SafetyConcern.objects.filter(service=by.service_id)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    kept = SafetyConcern.objects.create(
        service=by.service, number=number, page=page, openhiu=metadata.version("openhiu"),
        words=words, harm=harm, by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, about=kept, purpose=Purpose.SERVICE_MANAGEMENT, harm=harm)
    urgent = harm != str(SafetyConcern.Harm.COULD)
    for one in _answering(by.service_id):
        announce(
            to=one, words=f"A safety concern about the software: {kept.reference}",
            link=_address(kept), urgent=urgent,
        )  # fmt: skip
    return kept


@transaction.atomic
def rate(*, by: Actor, concern: SafetyConcern, version: int, **said: Any) -> SafetyConcern:
    """Say how grave it is, which hazard it belongs to and what is done until it is mended.

    `said` holds severity, hazard, meanwhile and makers_told_on.

    Raises:
        NotAllowed: the role answers no concerns, or it is closed.
        Stale: somebody else wrote first.
    """
    row = _locked(by, concern, version, said)
    policies.may_rate(by, row)
    for name, value in said.items():
        setattr(row, name, value)
    row.rated_by, row.rated_at = by.membership, timezone.now()
    return _keep(by, row, severity=row.severity, hazard=row.hazard)


@transaction.atomic
def close(*, by: Actor, concern: SafetyConcern, version: int, outcome: str) -> SafetyConcern:
    """Write what was wrong and what was changed; only what was rated is closed.

    Raises:
        NotAllowed, Stale: as for rating.
    """
    row = _locked(by, concern, version, {"outcome": outcome})
    policies.may_close(by, row)
    row.outcome, row.closed_by, row.closed_at = outcome, by.membership, timezone.now()
    settle(by, _address(row))
    return _keep(by, row, closed=True)


@transaction.atomic
def record_decision(*, by: Actor, **said: Any) -> SafetyDecision:
    """Keep what an officer signed about the version that runs; a later decision is a new row."""
    if not may(by.role, Permission.ANSWER_SAFETY):
        raise NotAllowed(policies.NOT_YOURS)
    kept = SafetyDecision.objects.create(
        service=by.service, openhiu=metadata.version("openhiu"), recorded_by=by.membership, **said
    )
    record(
        by, Did.ADDED, about=kept, purpose=Purpose.SERVICE_MANAGEMENT,
        accepted=kept.accepted, openhiu=kept.openhiu,
    )  # fmt: skip
    return kept


def _locked(by: Actor, concern: SafetyConcern, version: int, yours: Mapping[str, Any]) -> Any:
    row = SafetyConcern.objects.select_for_update().get(pk=concern.pk, service=by.service_id)
    if row.version != version:
        raise Stale(_both(row, yours))
    return row


def _both(row: SafetyConcern, yours: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(label, str(getattr(row, name) or ""), str(yours[name] or ""))
            for name, label in _SAID.items() if name in yours]  # fmt: skip


def _keep(by: Actor, row: SafetyConcern, **detail: Any) -> SafetyConcern:
    row.version += 1
    row.save()
    record(by, Did.CHANGED, about=row, purpose=Purpose.SERVICE_MANAGEMENT, **detail)
    return row


def _answering(service_id: Any) -> list[Membership]:
    roles = [role for role in list(Role) if may(role, Permission.ANSWER_SAFETY)]
    found = Membership.objects.filter(
        service=service_id, role__in=roles, ended_at=None, user__is_active=True
    )
    return list(resting.to_tell(found))


def _address(concern: SafetyConcern) -> str:
    return reverse("assurance:safety_concern", args=[concern.pk])

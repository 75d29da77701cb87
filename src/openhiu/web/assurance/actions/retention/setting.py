"""Schedules: written by the service manager, in force once information governance agrees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.assurance.models.retention import RecordClass, RetentionRules
from openhiu.web.assurance.policies import retention as policies
from openhiu.web.assurance.retention.classes import (
    LEAST_COOLING,
    MOST_COOLING,
    OF_CLIENTS,
    settable,
)
from openhiu.web.people.actions.holding import held as locked
from openhiu.web.people.models import Person


@transaction.atomic
def write_rules(
    *, by: Actor, periods: Mapping[str, int], usual: str, cooling_days: int, reason: str
) -> RetentionRules:
    """Propose the next version of the schedules; nothing changes until it is agreed.

    Raises:
        NotAllowed: not theirs to write, or one is waiting.
        ValidationError: an unknown class, a number that is none, or no reason.
    """
    policies.must(policies.why_not_write_rules(by))
    known = {one.key for one in settable()}
    if set(periods) - known or any(number < 1 for number in periods.values()):
        raise ValidationError("Enter for each class a number of at least 1.")
    if usual not in OF_CLIENTS or not LEAST_COOLING <= cooling_days <= MOST_COOLING:
        raise ValidationError(f"Enter between {LEAST_COOLING} and {MOST_COOLING} days.")
    if not reason.strip():
        raise ValidationError("Enter why it is changed.")
    newest: dict[str, Any] = RetentionRules.objects.filter(service=by.service_id).aggregate(
        newest=Max("version")
    )
    rules = RetentionRules.objects.create(
        service=by.service, version=(newest["newest"] or 0) + 1, periods=dict(periods),
        usual=usual, cooling_days=cooling_days, reason=reason.strip(), made_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, about=rules, version=rules.version)
    return rules


@transaction.atomic
def agree_rules(*, by: Actor, rules: RetentionRules, agreed: bool) -> RetentionRules:
    """Put a version in force, or put it aside. Raises NotAllowed: not theirs to decide."""
    row = locked(RetentionRules, by, rules.pk)
    policies.must(policies.why_not_decide_rules(by, row))
    row.decided_by, row.decided_at, row.agreed = by.membership, timezone.now(), agreed
    row.save()
    record(by, Did.REVIEWED, about=row, version=row.version, agreed=agreed)
    return row


@transaction.atomic
def put_in_class(*, by: Actor, person: Person, record_class: str, reason: str) -> RecordClass:
    """Say which class one client's record is in, and why.

    Raises:
        NotAllowed: not theirs to appraise.
        ValidationError: no such class, or no reason.
    """
    policies.must(policies.why_not_appraise(by))
    if person.forgotten_at:
        raise NotAllowed("The record has been removed already.")
    if record_class not in OF_CLIENTS or not reason.strip():
        raise ValidationError("Choose a class and enter why.")
    said = RecordClass.objects.create(
        service=by.service, person=person, record_class=record_class, reason=reason.strip(),
        by=by.membership,
    )  # fmt: skip
    record(by, Did.CHANGED, person=person, about=said, record_class=record_class)
    return said

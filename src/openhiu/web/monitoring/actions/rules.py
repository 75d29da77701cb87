"""Setting a service's early-warning rules: each change is a new version, and none is lost."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.monitoring.locking import one_at_a_time
from openhiu.web.monitoring.models import EarlyWarningRules
from openhiu.web.monitoring.queries.rules import rules_in_force

FIELDS: Final = (
    "individual", "amber", "red", "least", "at_a_distance", "quiet_weeks", "self_harm",
    "left_before_seen", "ambulance_in_week", "silence_days", "expires_after_days",
    "feed_every_days",
)  # fmt: skip


@transaction.atomic
def set_rules(*, by: Actor, reason: str, version: int, **changes: Any) -> EarlyWarningRules:
    """Put a new version in force from the next look on; signals told before stay as they are.

    Args:
        by: who supervises.
        reason: why, in a few words.
        version: the one the form was drawn from; 0 where the defaults held.
        changes: fields of EarlyWarningRules; others stay as they are.

    Raises:
        NotAllowed: the role does not supervise, no reason, red above amber, or somebody else
            changed the rules meanwhile.
    """
    if not may(by.role, Permission.SUPERVISE):
        raise NotAllowed(f"Your role here cannot {Permission.SUPERVISE}.")
    one_at_a_time(by.service_id)
    now = rules_in_force(by)
    values = {name: getattr(now or EarlyWarningRules(), name) for name in FIELDS} | changes
    why = _why_not(values, reason, (now.version if now else 0) != version)
    if why:
        raise NotAllowed(why)
    made: EarlyWarningRules = EarlyWarningRules.objects.create(
        service=by.service, version=version + 1, made_by=by.membership, reason=reason.strip()[:300],
        **{name: values[name] for name in FIELDS},
    )  # fmt: skip
    named = sorted(name for name in changes if changes[name] != _before(now, name))
    record(by, Did.CHANGED, about=made, what="early-warning rules", fields=named)
    return made


def _before(now: EarlyWarningRules | None, name: str) -> Any:
    return getattr(now or EarlyWarningRules(), name)


def _why_not(values: dict[str, Any], reason: str, changed_meanwhile: bool) -> str:
    if changed_meanwhile:
        return "Somebody else changed the rules meanwhile. Look at them again."
    if not reason.strip():
        return "Say why, in a few words."
    if values["red"] > values["amber"]:
        return "Red must be rarer than amber: its number cannot be the larger one."
    return ""

"""Which early-warning rules a service follows: who asks comes in, the rules in force go out."""

from __future__ import annotations

from dataclasses import fields

from openhiu.monitor.signals import Rules
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import EarlyWarningRules


def rules_in_force(by: By) -> EarlyWarningRules | None:
    """The newest version; None where nobody set any and the defaults hold."""
    rows = EarlyWarningRules.objects.filter(service=by.service_id)
    found: EarlyWarningRules | None = rows.order_by("-version").first()
    return found


def history(by: By) -> list[EarlyWarningRules]:
    """Every version, the newest first."""
    rows = EarlyWarningRules.objects.filter(service=by.service_id).select_related("made_by__user")
    return list(rows.order_by("-version"))


def as_rules(kept: EarlyWarningRules | None) -> Rules:
    """A kept version as the rules that openhiu.monitor follows; None: its defaults."""
    if kept is None:
        return Rules()
    named = [field.name for field in fields(Rules) if hasattr(kept, field.name)]
    return Rules(**{name: getattr(kept, name) for name in named})

"""What a supervisor types for the reports: risks, the logic model, whom to ask."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Stale
from openhiu.web.access.permissions import Permission
from openhiu.web.reporting import policies
from openhiu.web.reporting.models import ReportWords

_NAMES = {"logic_model": "Logic model", "risks": "Risks", "contact": "Whom to ask"}


@transaction.atomic
def change_words(
    *,
    by: Actor,
    version: int,
    logic_model: dict[str, Any],
    risks: list[dict[str, str]],
    contact: str,
) -> ReportWords:
    """Keep what the service says of itself. `version` is 0 where nothing was typed before.

    Raises:
        NotAllowed: the role sets nothing for the service.
        Stale: someone else saved since `version` was read.
    """
    policies.must_hold(by, Permission.SETTINGS)
    found = ReportWords.objects.select_for_update().filter(service=by.service).first()
    said = {"logic_model": logic_model, "risks": risks, "contact": contact.strip()}
    if found is None:
        found = ReportWords(service=by.service, version=0)
    changed = [name for name, value in said.items() if getattr(found, name) != value]
    if found.version != version:
        raise Stale([(_NAMES[name], _as_text(getattr(found, name)), _as_text(said[name]))
                     for name in changed])  # fmt: skip
    for name in changed:
        setattr(found, name, said[name])
    found.version += 1
    found.changed_at, found.changed_by = timezone.now(), by.membership
    found.save()
    record(by, Did.CHANGED, about=found, purpose=Purpose.SERVICE_MANAGEMENT, fields=changed)
    return found


def _as_text(value: Any) -> str:
    """Lists and tables of words as lines."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_as_text(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "\n".join(_as_text(each) for each in value)
    return str(value)

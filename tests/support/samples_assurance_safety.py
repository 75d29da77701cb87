"""Samples of clinical safety for the matrix."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.models import Role
from openhiu.web.assurance.actions import safety
from openhiu.web.assurance.safety.log import hazards
from support.samples import OWN, Situation, sample
from support.web import make_member


@sample("assurance:safety_concern", "assurance:rate_safety", "assurance:close_safety")
def concern(situation: Situation) -> dict[str, Any]:
    """Reported by who asks, or by somebody of another service."""
    own = situation.name == OWN
    by = situation.actor if own else make_member(situation.service, Role.LEAD)
    made = safety.tell(by=by, words="The button saved nothing", harm="could")
    return {"concern_id": made.pk}


@sample("assurance:hazard")
def hazard(situation: Situation) -> dict[str, Any] | None:
    """The log is the same for every service: there is none of another."""
    return {"number": hazards()[0].id} if situation.name == OWN else None

"""For whom somebody acts: an actor and a client come in, the colleague on leave goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.models import Case
from openhiu.web.team.queries import covered_by

_WHO = (Role.LEAD, Role.COVER)


def in_the_audit(by: Actor, person: Any) -> Mapping[str, str | int | bool]:
    """`covering_for`: the membership whose client this is, where one acts because they are away."""
    if by.role not in _WHO:
        return {}
    found = Case.objects.filter(
        service=by.service_id, person=person, lead__in=covered_by(by.membership).values("pk")
    )
    lead = found.values_list("lead", flat=True).first()
    return {"covering_for": str(lead)} if lead else {}


def covering_words(actor: Actor, case: Case) -> str:
    """Whose client this is where one covers: "Covering for Ada Lead"; nothing at other times."""
    if actor.role not in _WHO or case.lead_id == actor.membership.pk:
        return ""
    if not covered_by(actor.membership).filter(pk=case.lead_id).exists():
        return ""
    return f"Covering for {case.lead.user.name}"

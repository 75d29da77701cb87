"""Risks the service can see in its own records: what, what is done about it, whose, and how it is.

Counts of people are told in words that give nobody away: nobody, fewer than 8, or about a number.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework.caseload import standings
from openhiu.web.casework.facts.did import caseload_at, leads_at
from openhiu.web.casework.facts.period import Period
from openhiu.web.casework.models import Case, Consent, SharedWithoutConsent
from openhiu.web.casework.policies import holds
from openhiu.web.casework.queries.consent import newest

SMALLEST: Final = 8
_STEP: Final = 5


def risks(actor: Actor, period: Period) -> list[dict[str, str]]:
    """Every risk with how it stands; those that need nobody now say so."""
    leads = list(leads_at(actor, timezone.now()).select_related("user", "service", "team"))
    return [_caseload(leads), _cover(actor, leads), _consent(actor, period), _reasons(actor)]


def people(number: int) -> str:
    """How many clients, so that small numbers cannot be read."""
    if number == 0:
        return "no client"
    if number < SMALLEST:
        return f"fewer than {SMALLEST} clients"
    return f"about {_STEP * round(number / _STEP)} clients"


def _risk(risk: str, mitigation: str, owner: str, standing: str) -> dict[str, str]:
    return {"risk": risk, "mitigation": mitigation, "owner": owner, "standing": standing}


def _caseload(leads: list[Membership]) -> dict[str, str]:
    over = sum(bool(one.over) for one in standings(leads)) if leads else 0
    return _risk(
        "More clients than a lead can carry well",
        "Limits are shown live; passing one needs a reason and tells the supervisor",
        "Supervisor",
        f"{over} of {len(leads)} leads are over a caseload limit today",
    )


def _cover(actor: Actor, leads: list[Membership]) -> dict[str, str]:
    """A lead is covered by somebody else of their team, or of the service without teams."""
    others = Membership.objects.filter(
        service=actor.service_id, role__in=(Role.LEAD, Role.COVER), ended_at=None,
        user__is_active=True,
    ).values_list("user", "team")  # fmt: skip
    found = list(others)
    alone = [
        lead
        for lead in leads
        if not any(user != lead.user_id and team == lead.team_id for user, team in found)
    ]
    return _risk(
        "A lead is away and nobody knows their clients",
        "Cover in the same team, a handover card, and out-of-hours cards for clients",
        "Service manager",
        f"{len(alone)} of {len(leads)} leads have nobody in their team to cover for them",
    )


def _consent(actor: Actor, period: Period) -> dict[str, str]:
    """Clients supported now whose yes has passed its review date."""
    cases = Case.objects.filter(pk__in=caseload_at(actor, period.ends))
    answers = Consent.objects.filter(
        service=actor.service_id, kind=Consent.Kind.TAKE_PART, person__in=cases.values("person")
    ).order_by("-recorded_at", "-answered_on")  # fmt: skip
    today = timezone.localdate()
    late = sum(holds(one) and one.review_on <= today for one in newest(answers))
    return _risk(
        "Agreement to take part is not asked for again in time",
        "A reminder four weeks before; sharing stops by itself on the day",
        "Leads",
        f"Asking again is overdue for {people(late)}",
    )


def _reasons(actor: Actor) -> dict[str, str]:
    late = SharedWithoutConsent.objects.filter(
        service=actor.service_id, reasons_at=None, reviewed_at=None,
        reasons_due_at__lt=timezone.now(),
    ).exists()  # fmt: skip
    standing: Any = "Some reasons are overdue" if late else "No reasons are overdue"
    return _risk(
        "Sharing to keep someone safe is not reviewed",
        "Reasons within 24 hours, review by somebody else, reminders to supervisors",
        "Safeguarding lead",
        standing,
    )

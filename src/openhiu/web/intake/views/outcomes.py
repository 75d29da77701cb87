"""How an approach ended: yes, not now, no, could not reach, not right; each with what follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import caseload
from openhiu.web.intake import actions
from openhiu.web.intake.forms import OUTCOME_FORMS, OverLimitForm, YesForm
from openhiu.web.intake.models import Approach
from openhiu.web.intake.presenters import calling
from openhiu.web.intake.queries import approaches as reaching
from openhiu.web.intake.views.asking_page import actor_of, ask

Outcome: Any = Approach.Outcome


class YesOverLimitForm(YesForm):
    """A yes while the caseload is full: with the reason for going over it."""

    over_limit_reason = OverLimitForm.base_fields["over_limit_reason"]


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def record_outcome(request: HttpRequest, approach_id: UUID, outcome: str) -> HttpResponse:
    """End an approach. A yes records the consent and opens the case in one step."""
    actor = actor_of(request)
    found = reaching.approach_or_missing(actor, approach_id)
    there = reverse("intake:approach", args=[found.pk])
    standing = caseload.standing(found.lead)
    full = standing.full((caseload.TOGETHER, caseload.OPEN)) if outcome == Outcome.YES else []

    def save(form: Any) -> str:
        said = form.cleaned_data
        case = actions.record_outcome(
            by=actor,
            approach=found,
            outcome=outcome,
            note=said.get("note", ""),
            consent=form.consent if isinstance(form, YesForm) else None,
            ask_again_on=said.get("ask_again_on"),
            signposted_to=said.get("signposted_to", ""),
            over_limit_reason=said.get("over_limit_reason", ""),
        )
        return reverse("casework:client", args=[case.pk]) if case else there

    return ask(
        request,
        "intake/outcome.html",
        YesOverLimitForm if full else OUTCOME_FORMS[outcome],
        save,
        context={
            "approach": found,
            "person": found.person,
            "outcome": calling.OUTCOMES[outcome],
            "meters": [standing.together, standing.open] if outcome == Outcome.YES else [],
            "why_not": calling.why_not_outcome(found, outcome),
            "back_url": there,
        },
        draft=f"outcome:{found.pk}:{outcome}",
        done=calling.OUTCOMES[outcome].done,
        initial={"answered_on": timezone.localdate(), "capacity": "presumed"},
    )

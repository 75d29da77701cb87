"""Someone being asked, or who said no, does not want to be counted in the evaluation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import actions as casework
from openhiu.web.intake.forms import ObjectionForm
from openhiu.web.intake.queries import approaches as reaching
from openhiu.web.intake.views.asking_page import actor_of, ask


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def object_to_counting(request: HttpRequest, approach_id: UUID) -> HttpResponse:
    """Record it; they are left out of the roster from now on."""
    actor = actor_of(request)
    found = reaching.approach_or_missing(actor, approach_id)
    there = reverse("intake:approach", args=[found.pk])

    def save(form: Any) -> str:
        casework.object_to_counting(by=actor, person=found.person, **form.cleaned_data)
        return there

    return ask(
        request,
        "intake/reason.html",
        ObjectionForm,
        save,
        context={
            "title": "They do not want to be counted",
            "note": "That they were asked, and what they said, is then left out of the evaluation.",
            "back_url": there,
        },
        draft=f"counting:{found.pk}",
        done="Recorded. They are left out from now.",
        initial={"heard_on": timezone.localdate()},
    )

"""The quarter week by week: one's own, and each lead's for the supervisor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import caseload
from openhiu.web.intake.presenters import pacing as words
from openhiu.web.intake.queries import pace
from openhiu.web.intake.views.asking_page import actor_of


@allow(Permission.CHOOSE)
@require_GET
def own_quarter(request: HttpRequest) -> HttpResponse:
    """One's own weeks: how many were chosen, how many are offered, when choosing pauses."""
    plan = pace.plan_of(caseload.standing(actor_of(request)))
    told = {
        "quarter": caseload.quarter_words(),
        "plan": plan,
        "pause": pace.pause_words(plan),
        "heavy": pace.HEAVY,
        "weeks": words.weeks(plan),
    }
    return render(request, "intake/own_quarter.html", told)


@allow(Permission.MANAGE_TEAM)
@require_GET
def quarter_plan(request: HttpRequest) -> HttpResponse:
    """Every lead's weeks side by side, in the order of their names."""
    found = pace.plans(actor_of(request))
    told = {
        "quarter": caseload.quarter_words(),
        "leads": [(lead, plan, words.weeks(plan)) for lead, plan in found],
    }
    return render(request, "intake/quarter_plan.html", told)

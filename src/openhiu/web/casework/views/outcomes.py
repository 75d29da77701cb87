"""What changed for a client: outcomes as events, and the four ONS questions when they want."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions import outcomes as noting
from openhiu.web.casework.forms import work as forms
from openhiu.web.casework.models import Case
from openhiu.web.casework.outcomes import ONS4, ONS4_ENDS
from openhiu.web.casework.queries import outcomes as found
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask
from openhiu.web.casework.views.client import frame, read


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_outcomes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything that changed, newest first, and what they said of how they feel."""
    reading = read(request, case_id, "outcomes")
    told = {
        "outcomes": found.outcomes_of(reading.case),
        "wellbeing": found.wellbeing_of(reading.case),
        "questions": ONS4,
        "ends": ONS4_ENDS,
    }
    framed = frame(request, reading, "outcomes")
    return render(request, "casework/outcomes.html", framed | told)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def record_outcome(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One thing that changed."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    page = _page(case, "What changed?", "outcome", "The outcome is saved.")
    return ask(
        request,
        forms.OutcomeForm,
        page,
        lambda said: noting.record_outcome(by=actor, case=case, **said),
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def record_wellbeing(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The four questions; each may be skipped."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    page = _page(
        case,
        "How they feel, if they want to say",
        "wellbeing",
        "The answers are saved.",
        note="Ask only when they want to be asked. Every question may be skipped, and so may all "
        "of this. Read each question out as it stands.",
        template="casework/wellbeing_form.html",
        extra={"earlier": found.wellbeing_of(case)[:3], "questions": ONS4},
    )
    return ask(
        request,
        forms.WellbeingForm,
        page,
        lambda said: noting.record_wellbeing(
            by=actor,
            case=case,
            asked_on=said["asked_on"],
            answers={name: said.get(name) for name in ONS4},
        ),
    )


def _page(case: Case, title: str, draft: str, done: str, **more: object) -> Page:
    return Page(
        title=title,
        caption=case.person.full_name,
        back=reverse("casework:outcomes", args=[case.pk]),
        draft=f"{draft}:{case.pk}",
        done=done,
        **more,  # type: ignore[arg-type]
    )

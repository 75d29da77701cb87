"""Clinical safety in the workspace: report a concern, answer it, the hazard log, the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions import safety as actions
from openhiu.web.assurance.forms import safety as forms
from openhiu.web.assurance.models import SafetyConcern
from openhiu.web.assurance.presenters import safety as presenters
from openhiu.web.assurance.queries import safety as queries
from openhiu.web.assurance.safety.log import hazards

DANGER = (
    "This is about the software. If somebody is in danger now, call 999; for a worry about a "
    'person use "Worried about someone?".'
)


@allow(Permission.TELL_SAFETY)
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """From the foot of any page: what happened, and whether somebody was harmed."""
    actor = actor_of(request)
    page_name = presenters.known_page(request.GET.get("page", ""))

    def save(said: dict[str, Any]) -> str:
        kept = actions.tell(by=actor, page=page_name, **said)
        return str(reverse("assurance:safety_concern", args=[kept.pk]))

    page = Page(
        title="Report a safety concern", note=DANGER, back="/", draft="safety:new",
        submit="Send it", done="Thank you. Those who answer for safety have been told.",
    )  # fmt: skip
    return ask(request, forms.TellForm, page, save)


@allow(Permission.TELL_SAFETY)
@require_GET
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One concern and what came of it."""
    actor = actor_of(request)
    row = queries.concern_or_missing(actor, concern_id)
    record(actor, Did.LOOKED, about=row, purpose=Purpose.SERVICE_MANAGEMENT)
    told = {"concern": row, "hazard": presenters.hazard_of(row),
            "answers": may(actor.role, Permission.ANSWER_SAFETY)}  # fmt: skip
    return render(request, "assurance/safety/concern.html", told)


@allow(Permission.ANSWER_SAFETY)
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """How grave it is and what is done meanwhile."""
    actor = actor_of(request)
    row = queries.concern_or_missing(actor, concern_id)
    typed = {"severity": row.severity, "hazard": row.hazard, "meanwhile": row.meanwhile,
             "makers_told_on": row.makers_told_on, "version": row.version}  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        actions.rate(by=actor, concern=row, version=said.pop("version") or 0, **said)

    return ask(request, forms.RateForm, _page("How grave is it?", row), save, initial=typed)


@allow(Permission.ANSWER_SAFETY)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """What was wrong and what was changed; then it is closed."""
    actor = actor_of(request)
    row = queries.concern_or_missing(actor, concern_id)

    def save(said: dict[str, Any]) -> None:
        actions.close(by=actor, concern=row, version=said.pop("version") or 0, **said)

    page = _page("What came of it", row, submit="Close it")
    return ask(request, forms.CloseForm, page, save, initial={"version": row.version})


@allow(Permission.SEE_ASSURANCE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Concerns, the hazard log by rating, and whether an officer has decided on this version."""
    actor = actor_of(request)
    rows = list(queries.concerns(actor)[:200])
    record(actor, Did.LISTED, page="safety concerns", rows=len(rows))
    told = {
        "open": [row for row in rows if not row.closed_at],
        "closed": [row for row in rows if row.closed_at],
        "decision": queries.decision_now(actor.service_id),
        "earlier": list(queries.decisions(actor.service_id)[:20]),
        **presenters.log_in_short(),
        "answers": may(actor.role, Permission.ANSWER_SAFETY),
    }
    return render(request, "assurance/safety/overview.html", told)


@allow(Permission.SEE_ASSURANCE)
@require_GET
def hazard(request: HttpRequest, number: str) -> HttpResponse:
    """One hazard with its controls and the tests that prove them."""
    found = next((one for one in hazards() if one.id.lower() == number.lower()), None)
    if found is None:
        raise Missing
    return render(request, "assurance/safety/hazard.html", {"hazard": found})


@allow(Permission.ANSWER_SAFETY)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """What a clinical safety officer signed on paper about the version that runs."""
    actor = actor_of(request)
    page = Page(
        title="Record the officer\u2019s decision", back=reverse("assurance:safety"),
        note="The officer signs on paper, outside this software. Record what you have seen.",
        draft="safety:decision", done="Recorded.",
    )  # fmt: skip
    return ask(
        request, forms.DecisionForm, page,
        lambda said: actions.record_decision(by=actor, **said) and None,
    )  # fmt: skip


def _page(title: str, row: SafetyConcern, **more: Any) -> Page:
    return Page(
        title=title, caption=row.reference, draft=f"safety:{title}:{row.pk}:{row.version}",
        back=reverse("assurance:safety_concern", args=[row.pk]),
        version=lambda: SafetyConcern.objects.get(pk=row.pk).version, **more,
    )  # fmt: skip

"""The registers of legal gateways and of impact assessments."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access import actions, policies_lawful
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Organisation
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions import agreements as assessing
from openhiu.web.assurance.forms import agreements as forms
from openhiu.web.assurance.presenters import agreements as words
from openhiu.web.assurance.queries import agreements as queries
from openhiu.web.assurance.views.agreements import AGREE, DRAFT, SEE


@allow(SEE)
@require_GET
def show_gateways(request: HttpRequest) -> HttpResponse:
    """Every legal gateway: on which ground, what for, until when."""
    actor = actor_of(request)
    told = {
        "rows": [(words.gateway(one), words.data_sets(one)) for one in queries.gateways(actor)],
        "may_draft": may(actor.role, DRAFT),
        "may_home": may(actor.role, Permission.SEE_ASSURANCE),
    }
    return render(request, "assurance/agreements/gateways.html", told)


@allow(SEE)
@require_GET
def show_gateway(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """One gateway with its scope."""
    actor = actor_of(request)
    found = queries.gateway_or_missing(actor, gateway_id)
    record(actor, Did.LOOKED, about=found)
    told = {
        "shown": words.gateway(found), "gateway": found, "data_sets": words.data_sets(found),
        "may_draft": may(actor.role, DRAFT), "may_agree": may(actor.role, AGREE),
        "why_not_agree": policies_lawful.why_not_agree(actor, found, []),
    }  # fmt: skip
    return render(request, "assurance/agreements/gateway.html", told)


@allow(DRAFT)
@require_http_methods(["GET", "POST"])
def new_gateway(request: HttpRequest) -> HttpResponse:
    """Register a legal gateway; a second person agrees it."""
    actor = actor_of(request)
    page = Page(title="Register a legal gateway", back=reverse("assurance:gateways"),
                draft="gateway:new", submit="Save it", done="It is registered. Nothing crosses "
                "under it until a second person agrees it.",
                note="OpenHIU does not say which ground is right. Your information governance "
                "does; here it is written down, and nothing crosses without it.")  # fmt: skip
    return ask(
        request, forms.GatewayForm, page,
        lambda said: reverse(
            "assurance:gateway", args=[actions.draft_gateway(by=actor, **said).pk]
        ),
        organisations=Organisation.objects.order_by("name"),
    )  # fmt: skip


@allow(AGREE)
@require_POST
def agree_gateway(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """A second person agrees it."""
    actor = actor_of(request)
    found = queries.gateway_or_missing(actor, gateway_id)
    there = reverse("assurance:gateway", args=[found.pk])
    return press(request, lambda: actions.agree_gateway(by=actor, gateway=found), there, "Agreed.")


@allow(SEE)
@require_http_methods(["GET", "POST"])
def end_gateway(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """End a gateway now: lists under it close."""
    actor = actor_of(request)
    found = queries.gateway_or_missing(actor, gateway_id)
    page = Page(title="End this gateway now?", caption=str(found), submit="End it",
                back=reverse("assurance:gateway", args=[found.pk]), variant="warning",
                done="It is ended.", note="Lists released under it close at once, and no data "
                "cross under it. People who were chosen stay with their lead.")  # fmt: skip
    return ask(
        request, forms.EndForm, page,
        lambda said: actions.end_gateway(by=actor, gateway=found, **said) and None,
    )  # fmt: skip


@allow(SEE)
@require_GET
def show_assessments(request: HttpRequest) -> HttpResponse:
    """Every impact assessment and how it stands."""
    actor = actor_of(request)
    told = {
        "rows": [words.assessment(one) for one in queries.assessments(actor)],
        "may_draft": may(actor.role, DRAFT),
        "may_home": may(actor.role, Permission.SEE_ASSURANCE),
    }
    return render(request, "assurance/agreements/assessments.html", told)


@allow(SEE)
@require_GET
def show_assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """One assessment."""
    actor = actor_of(request)
    found = queries.assessment_or_missing(actor, assessment_id)
    told = {
        "shown": words.assessment(found), "assessment": found,
        "may_draft": may(actor.role, DRAFT), "may_agree": may(actor.role, AGREE),
        "why_not_sign": assessing.why_not_sign(actor, found),
    }  # fmt: skip
    return render(request, "assurance/agreements/assessment.html", told)


@allow(DRAFT)
@require_http_methods(["GET", "POST"])
def new_assessment(request: HttpRequest) -> HttpResponse:
    """Register an assessment."""
    actor = actor_of(request)
    page = Page(title="Register an impact assessment", back=reverse("assurance:assessments"),
                draft="assessment:new", done="It is registered. A second person notes that it "
                "was signed.", note="The starter pack makes a first draft of both papers from "
                "your settings. No names of people who are supported.")  # fmt: skip
    return ask(
        request, forms.AssessmentForm, page,
        lambda said: assessing.draft_assessment(by=actor, **said) and None,
    )  # fmt: skip


@allow(AGREE)
@require_http_methods(["GET", "POST"])
def note_signed(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Note that an assessment was signed."""
    actor = actor_of(request)
    found = queries.assessment_or_missing(actor, assessment_id)
    page = Page(title="Who signed, and what was decided?", caption=found.reference,
                back=reverse("assurance:assessment", args=[found.pk]), done="Noted.")  # fmt: skip
    return ask(
        request, forms.SignedForm, page,
        lambda said: assessing.note_signed(by=actor, assessment=found, **said) and None,
    )  # fmt: skip


@allow(SEE)
@require_POST
def end_assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """It was replaced: nothing rests on it any more."""
    actor = actor_of(request)
    found = queries.assessment_or_missing(actor, assessment_id)
    return press(request, lambda: assessing.end_assessment(by=actor, assessment=found),
                 reverse("assurance:assessments"), "It is ended.")  # fmt: skip

"""The page of readiness: every line with its evidence, confirming, officers, and beginning."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.paper import pdf
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions import ready as actions
from openhiu.web.assurance.forms import ready as forms
from openhiu.web.assurance.models import Officer
from openhiu.web.assurance.policies import ready as policies
from openhiu.web.assurance.queries import ready as queries
from openhiu.web.assurance.ready import paper
from openhiu.web.assurance.ready.lines import LINES
from openhiu.web.assurance.ready.standing import readiness

SEE: Final = Permission.SEE_READINESS
CONFIRM: Final = Permission.CONFIRM_READINESS


@allow(SEE)
@require_GET
def show_ready(request: HttpRequest) -> HttpResponse:
    """Every line, how many are green, what to see to next, and whether the service has begun."""
    actor = actor_of(request)
    found, begun = readiness(actor.service), queries.beginning(actor.service)
    record(actor, Did.LOOKED, page="readiness", good=found.good, lines=len(found.lines))
    told = {
        "found": found,
        "groups": found.groups(),
        "begun": begun,
        "may_confirm": may(actor.role, CONFIRM),
        "may_open": may(actor.role, Permission.SEE_ASSURANCE),
        "why_not_agree": policies.why_not_agree(actor, begun) if begun else "",
    }
    return render(request, "assurance/ready/ready.html", told)


@allow(SEE)
@require_GET
def take_paper(request: HttpRequest) -> HttpResponse:
    """The same on paper, for a board."""
    actor = actor_of(request)
    found = readiness(actor.service)
    made = paper.document(
        actor.service.name, found, queries.beginning(actor.service), timezone.localdate()
    )
    record(actor, Did.EXPORTED, what="readiness", lines=len(found.lines))
    answer = HttpResponse(pdf.make(made), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="readiness.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@allow(CONFIRM)
@require_http_methods(["GET", "POST"])
def confirm_line(request: HttpRequest, line: str) -> HttpResponse:
    """Confirm one line with evidence, until a day."""
    actor = actor_of(request)
    found = queries.line_or_missing(line)
    page = Page(title=found.words, caption=found.group, back=reverse("assurance:ready"),
                note=f"What shows it: {found.asks}. Confirm only what you have seen yourself.",
                submit="Confirm it", draft=f"ready:{line}", done="It is confirmed.",
                template="assurance/ready/confirm.html",
                extra={"history": queries.history(actor, found)})  # fmt: skip
    return ask(
        request, forms.ConfirmForm, page,
        lambda said: actions.confirm_line(by=actor, line=line, **said) and None,
    )  # fmt: skip


@allow(CONFIRM)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, confirmation_id: UUID) -> HttpResponse:
    """Say that what was confirmed does not hold."""
    actor = actor_of(request)
    found = queries.confirmation_or_missing(actor, confirmation_id)
    page = Page(title="Take this back?", caption=LINES[found.line].words,
                back=reverse("assurance:ready"), submit="Take it back", variant="warning",
                done="It asks to be confirmed again.")  # fmt: skip
    return ask(
        request, forms.TakeBackForm, page,
        lambda said: actions.take_back(by=actor, confirmation=found, **said) and None,
    )  # fmt: skip


@allow(SEE)
@require_GET
def officers(request: HttpRequest) -> HttpResponse:
    """Who answers for what."""
    actor = actor_of(request)
    held = queries.officers(actor.service)
    told = {
        "rows": [(label, held.get(post)) for post, label in Officer.Post.choices],
        "may_confirm": may(actor.role, CONFIRM),
    }
    return render(request, "assurance/ready/officers.html", told)


@allow(CONFIRM)
@require_http_methods(["GET", "POST"])
def name_officer(request: HttpRequest) -> HttpResponse:
    """Name somebody for a post."""
    actor = actor_of(request)
    page = Page(title="Name who answers", back=reverse("assurance:officers"), done="Noted.",
                note="Ask them first. Who answered before is kept, with the day.")  # fmt: skip
    return ask(
        request, forms.OfficerForm, page,
        lambda said: actions.name_officer(by=actor, **said) and None,
    )  # fmt: skip


@allow(CONFIRM)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Record the day the service begins."""
    actor = actor_of(request)
    found = readiness(actor.service)
    note = "Every line is in place. A second person has to agree." if found.ready else (
        f"{len(found.open)} of {len(found.lines)} lines are open. They are named in the record, "
        "and a second person has to agree."
    )  # fmt: skip
    page = Page(title="Begin", back=reverse("assurance:ready"), note=note,
                done="Proposed. A second person agrees.", submit="Propose it")  # fmt: skip
    return ask(
        request, forms.BeginForm, page, lambda said: actions.begin(by=actor, **said) and None,
        ready=found.ready,
    )  # fmt: skip


@allow(CONFIRM)
@require_POST
def agree_to_begin(request: HttpRequest, beginning_id: UUID) -> HttpResponse:
    """A second person agrees to begin."""
    actor = actor_of(request)
    found = queries.beginning_or_missing(actor, beginning_id)
    return press(request, lambda: actions.agree_to_begin(by=actor, begun=found),
                 reverse("assurance:ready"), "Agreed and recorded.")  # fmt: skip


@allow(CONFIRM)
@require_POST
def drop_beginning(request: HttpRequest, beginning_id: UUID) -> HttpResponse:
    """Take back a proposal to begin."""
    actor = actor_of(request)
    found = queries.beginning_or_missing(actor, beginning_id)
    return press(request, lambda: actions.drop_beginning(by=actor, begun=found),
                 reverse("assurance:ready"), "Taken back.")  # fmt: skip

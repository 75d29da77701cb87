"""What a trace left for a person to look at: the queue, and each question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.forms.optout import SettleForm
from openhiu.web.assurance.presenters import optout as words
from openhiu.web.assurance.queries import optout as queries
from openhiu.web.people import actions
from openhiu.web.people import queries as people


@allow(Permission.SEE_IDENTITY)
@require_GET
def list_questions(request: HttpRequest) -> HttpResponse:
    """Numbers, deaths and restrictions that need a person, the oldest first."""
    actor = actor_of(request)
    found = list(people.identity_questions(actor)[:200])
    seen = queries.known_to(actor, [one.person_id for one in found])
    record(actor, Did.LISTED, page="identity", rows=len(found), purpose=Purpose.DIRECT_CARE)
    told = {
        "rows": [(one, words.who(one, one.person_id in seen)) for one in found],
        "never": queries.never_traced(actor),
        "newest": queries.replies(actor).first(),
    }
    return render(request, "assurance/optout/identity.html", told)


@allow(Permission.SEE_IDENTITY)
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question: what happened, what it stops, and what somebody found."""
    actor = actor_of(request)
    question = queries.question_or_missing(actor, question_id)
    visible = question.person_id in queries.known_to(actor, [question.person_id])
    record(actor, Did.LOOKED, person=question.person_id, about=question)
    page = Page(
        title=question.get_kind_display(),
        back=reverse("assurance:identity"),
        caption=words.who(question, visible),
        draft=f"identity:{question.pk}:{question.version}",
        submit="Save what you found",
        done="Saved.",
        template="assurance/optout/question.html",
        version=lambda: queries.question_or_missing(actor, question_id).version,
        extra={
            "question": question,
            "visible": visible,
            "advice": words.ADVICE[question.kind],
            "sees_merges": may(actor.role, Permission.APPROVE_MERGE),
        },
    )

    def save(said: dict[str, Any]) -> None:
        said["version"] = said["version"] or 0
        try:
            actions.settle_question(by=actor, question=question, **said)
        except ValidationError as wrong:
            raise NotAllowed(" ".join(wrong.messages)) from None

    return ask(
        request, SettleForm, page, save,
        initial={"version": question.version}, kind=question.kind,
    )  # fmt: skip

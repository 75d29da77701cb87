"""The consent and sharing tab: what they agreed to, with whom it is shared, taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.gate import Missing, NotAllowed, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies, story_lifecycle
from openhiu.web.casework.actions import consent as answering
from openhiu.web.casework.actions.objecting import standing_objections
from openhiu.web.casework.forms import consent as forms
from openhiu.web.casework.forms.stories import StoryAnswerForm
from openhiu.web.casework.models import Case, Consent
from openhiu.web.casework.presenters.sharing import answer_words, standing_words
from openhiu.web.casework.presenters.stories import named
from openhiu.web.casework.queries import consent as answers
from openhiu.web.casework.queries import sharing as shared
from openhiu.web.casework.queries import stories
from openhiu.web.casework.queries.cases import case_or_missing, cases
from openhiu.web.casework.sharing import ITEMS, visible_items
from openhiu.web.casework.story_details import REPORTS
from openhiu.web.casework.views.asking import Page, actor_of, ask
from openhiu.web.casework.views.client import frame, read

RECORD = Permission.RECORD_CONSENT
TOLD = {
    "take_part": "Who we are, what we do together, that it is their choice, that they can stop "
    "whenever they like and their care stays the same, and how we keep what they tell us.",
    "story": "Which story, who would read it, that no name is used, and that they can change "
    "their mind until it is printed.",
}


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What they agreed to, and how sharing stands with every organisation."""
    reading = read(request, case_id, "consent")
    person, actor = reading.case.person, actor_of(request)
    every = list(answers.answers(person))
    newest = answers.newest(every)
    latest = {one.kind: one for one in newest if one.kind != Consent.Kind.SHARE}
    told_for = {one.purpose: one for one in newest if one.kind == Consent.Kind.STORY}
    told = {
        "take_part": answer_words(latest.get("take_part")),
        "story": answer_words(told_for.get(REPORTS)),
        "also_story": [
            answer_words(one) for purpose, one in told_for.items() if purpose != REPORTS
        ],
        "stories": [
            (one, named(one), story_lifecycle.STATES[one.state])
            for one in stories.of_case(reading.case)
        ],
        "can_write_story": not reading.read_only and may(actor.role, Permission.WRITE_CLIENT),
        "objections": list(standing_objections(person)),
        "standings": [
            (row, standing_words(row), sorted(visible_items(row.organisation, person)))
            for row in shared.standings(person)
        ],
        "items": ITEMS,
        "earlier": [answer_words(one) for one in every],
        "can_record": not reading.read_only and may(actor.role, RECORD),
        "can_share": not reading.read_only and may(actor.role, Permission.SHARE),
    }
    return render(request, "casework/consent.html", frame(request, reading, "consent") | told)


def _page(case: Case, title: str, draft: str, **more: Any) -> Page:
    return Page(
        title=title,
        caption=case.person.full_name,
        back=reverse("casework:consent", args=[case.pk]),
        draft=draft,
        **more,
    )


def _fresh(kind: str) -> dict[str, Any]:
    """What an answer form starts with."""
    return {"told": TOLD.get(kind, ""), "answered_on": timezone.localdate(), "capacity": "presumed"}


@allow(RECORD)
@require_http_methods(["GET", "POST"])
def answer_take_part(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask again whether they take part."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return ask(
        request,
        forms.AnswerForm,
        _page(case, "Taking part", f"take_part:{case.pk}"),
        lambda said: answering.answer_take_part(by=actor, person=case.person, **said),
        initial=_fresh("take_part"),
    )


@allow(RECORD)
@require_http_methods(["GET", "POST"])
def answer_story(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask whether their story may be used."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return ask(
        request,
        StoryAnswerForm,
        _page(case, "Using their story", f"story:{case.pk}"),
        lambda said: answering.answer_story(by=actor, person=case.person, **said),
        initial=_fresh("story"),
    )


@allow(RECORD)
@require_http_methods(["GET", "POST"])
def answer_share(request: HttpRequest, case_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Ask whether one organisation may receive something."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    agreement = shared.agreement_or_missing(actor, agreement_id)
    last = shared.standing_answer(case.person, agreement)
    page = _page(
        case,
        f"Sharing with {agreement.organisation.name}",
        f"share:{case.pk}:{agreement.pk}",
        note=f"What for: {agreement.purpose}.",
    )
    return ask(
        request,
        forms.ShareAnswerForm,
        page,
        lambda said: answering.answer_share(
            by=actor, person=case.person, agreement=agreement, **_items(said)
        ),
        initial=_fresh("share") | {"items": last.items if last else []},
        allowed=list(agreement.items),
    )


def _items(said: dict[str, Any]) -> dict[str, Any]:
    """A no shares nothing."""
    return said | {"items": said["items"] if said["given"] else []}


@allow(RECORD)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take an answer back: this page is the first press, its button the second."""
    actor = actor_of(request)
    consent = Consent.objects.filter(pk=consent_id, service=actor.service_id).first()
    case = cases(actor).filter(person=consent.person_id).first() if consent else None
    if consent is None or case is None:
        raise Missing
    if not policies.holds(consent):
        raise NotAllowed("This was withdrawn already.")
    page = _page(
        case,
        answer_words(consent)["take_back"],
        "",
        note=answer_words(consent)["then"],
        submit="Yes, they take it back",
        variant="warning",
        done="Taken back. It counts from now.",
    )
    return ask(
        request,
        forms.WithdrawForm,
        page,
        lambda said: answering.withdraw(by=actor, consent=consent, **said),
    )

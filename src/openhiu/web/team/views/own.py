"""What is for one's own eyes: the strain check and private notes. Nothing here is audited.

No draft of it is kept either: a draft would lie unsealed.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.team.actions import own as writing
from openhiu.web.team.forms import care as forms
from openhiu.web.team.presenters.care import picture
from openhiu.web.team.queries import care, own
from openhiu.web.team.views.care import help_for


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def check_strain(request: HttpRequest) -> HttpResponse:
    """Three questions, and how one answered them before."""
    actor = actor_of(request)
    checks = own.strain_of(actor)
    page = Page(
        title="A private check", back=reverse("team:strain"), submit="Keep it for myself",
        done="Kept. Only you can read it.", template="team/strain.html",
        extra={
            "checks": checks, "picture": picture(checks), "questions": own.QUESTIONS,
            "answers": own.ANSWERS, "most": own.MOST, "high_twice": own.high_twice(checks),
            "wish": care.own_wish(actor), **help_for(actor),
        },
    )  # fmt: skip
    return ask(request, forms.StrainForm, page, lambda said: _keep(actor, said))


@allow(Permission.OWN_WORK)
@require_POST
def delete_strain(request: HttpRequest) -> HttpResponse:
    """One of them, named in what is sent, or all."""
    actor = actor_of(request)
    which = _uuid(request.POST.get("check", ""))
    return press(
        request, lambda: writing.delete_strain(by=actor, check_id=which),
        reverse("team:strain"), "Deleted for good.",
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def write_note(request: HttpRequest) -> HttpResponse:
    """One's own notes, and one more."""
    actor = actor_of(request)
    page = Page(
        title="Private notes", back=reverse("team:notes"), submit="Keep it for myself",
        done="Kept. Only you can read it.", template="team/notes.html",
        extra={"notes": own.notes_of(actor)},
    )  # fmt: skip
    return ask(request, forms.NoteForm, page, lambda said: writing.write_note(by=actor, **said))


@allow(Permission.OWN_WORK)
@require_POST
def delete_note(request: HttpRequest) -> HttpResponse:
    """One note, for good."""
    actor = actor_of(request)
    which = _uuid(request.POST.get("note", ""))
    return press(
        request, lambda: which and writing.delete_note(by=actor, note_id=which),
        reverse("team:notes"), "Deleted for good.",
    )  # fmt: skip


def _keep(actor: Actor, said: dict[str, Any]) -> None:
    answers = {key: said[key] for key in own.QUESTIONS}
    writing.check_strain(by=actor, answers=answers, words=said["words"])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

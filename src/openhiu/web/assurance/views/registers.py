"""Noting an incident, a complaint or a compliment; the registers; one entry."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions import lessons, registers
from openhiu.web.assurance.forms import registers as forms
from openhiu.web.assurance.models import Entry
from openhiu.web.assurance.policies import registers as policies
from openhiu.web.assurance.presenters import registers as words
from openhiu.web.assurance.queries import registers as queries
from openhiu.web.assurance.registers.kinds import KINDS

_A_PAGE: Final = 50
NOBODY_ELSE: Final = (
    "Nobody here keeps the registers besides the colleague it is about. Tell the organisation that "
    "runs the service yourself."
)


@allow(Permission.TELL_EVENT)
@require_http_methods(["GET", "POST"])
def note_event(request: HttpRequest) -> HttpResponse:
    """Note something in a minute; who keeps the registers sees to the rest."""
    actor = actor_of(request)
    page = Page(
        title="Note an incident, a complaint or a compliment", back=reverse("assurance:told"),
        submit="Note it", draft="event", done="Noted. Whoever keeps the registers was told.",
        note="In danger? Ring 999. Worried about somebody? Use “Worried about someone?” first.",
    )  # fmt: skip
    return ask(
        request, forms.NoteForm, page, lambda said: _note(request, actor, said),
        people=queries.choosable(actor), colleagues=queries.colleagues(actor),
    )  # fmt: skip


def _note(request: HttpRequest, actor: Actor, said: dict[str, Any]) -> None:
    entry = registers.note_entry(by=actor, **said)
    about = entry.about_member
    if not queries.keepers(actor.service, besides=about.user_id if about else None):
        messages.warning(request, NOBODY_ELSE)


@allow(Permission.TELL_EVENT)
@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """What the actor noted, and what they are asked to change."""
    actor = actor_of(request)
    mine = queries.lines(queries.entries(actor)).filter(told_by__user=actor.user)[:_A_PAGE]
    told = {
        "entries": [words.shown_entry(entry) for entry in mine],
        "asked": [(one, words.lesson_tag(one)) for one in queries.asked_of(actor)],
        "keeps": may(actor.role, Permission.KEEP_REGISTERS),
    }
    return render(request, "assurance/registers/told.html", told)


@allow(Permission.TELL_EVENT)
@require_http_methods(["GET", "POST"])
def end_change(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    """Say what was done about a change one was asked for."""
    actor = actor_of(request)
    lesson = queries.lesson_or_missing(actor, lesson_id)
    keeps = may(actor.role, Permission.KEEP_REGISTERS) and not policies.is_about(
        actor, lesson.entry
    )
    back = registers.page_of(lesson.entry) if keeps else reverse("assurance:told")
    page = Page(title="A change", caption=lesson.entry.reference, back=back, note=lesson.words,
                done="Noted.")  # fmt: skip
    return ask(
        request, forms.EndForm, page,
        lambda said: lessons.end_change(by=actor, lesson=lesson, **said) and None,
        may_let_go=keeps,
    )  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_GET
def show_registers(request: HttpRequest) -> HttpResponse:
    """The registers: references, kinds and clocks."""
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "") for name in ("register", "kind", "standing")}
    chosen = asked if request.GET else {**asked, "standing": "open"}
    found = queries.lines(queries.narrowed(queries.entries(actor), **chosen))
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    record(actor, Did.LISTED, page="registers", rows=len(page.object_list))
    told = {
        "page": page,
        "entries": [words.shown_entry(entry) for entry in page.object_list],
        "chosen": chosen,
        "narrowed": sum(map(bool, asked.values())),
        "registers": Entry.Register.choices,
        "kinds": KINDS.items(),
    }
    return render(request, "assurance/registers/list.html", told)


@allow(Permission.TELL_EVENT)
@require_GET
def show_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry: all of it for who keeps the registers, what they noted for who noted it."""
    actor = actor_of(request)
    entry = queries.entry_or_missing(actor, entry_id)
    record(actor, Did.LOOKED, about=entry)
    keeps = may(actor.role, Permission.KEEP_REGISTERS)
    told = {
        "entry": entry, "keeps": keeps, "kind": KINDS[entry.kind],
        "standing": words.standing(entry), **(_kept(actor, entry) if keeps else {}),
    }  # fmt: skip
    return render(request, "assurance/registers/entry.html", told)


def _kept(actor: Actor, entry: Entry) -> dict[str, Any]:
    return {
        "person": queries.visible_person(actor, entry),
        "duties": [words.shown_duty(duty) for duty in queries.duties_of(entry)],
        "lessons": [(one, words.lesson_tag(one)) for one in queries.lessons_of(entry)],
        "steps": queries.steps_of(entry),
        "why_not": policies.why_not_close(entry),
    }

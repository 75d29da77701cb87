"""A client's letters, and beginning a new one: which kind, to whom, what the record lacks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.casework.views.client import frame, read
from openhiu.web.letters import actions, presenters, queries
from openhiu.web.letters.actions.practices import practice_asked
from openhiu.web.letters.actions.writing import usual_number
from openhiu.web.letters.forms import KindForm, StartForm
from openhiu.web.letters.kinds import KINDS, For
from openhiu.web.letters.permitted import recipients


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every letter about a client: being written, on its way, and what became of each."""
    reading = read(request, case_id, "letters")
    actor = actor_of(request)
    told = {
        "drafts": [(one, KINDS[one.kind].label, presenters.to_whom(one))
                   for one in queries.drafts_of(reading.case)],
        "rows": [presenters.row(item) for item in queries.left_of(reading.case)],
        "can_write_letter": not reading.read_only and may(actor.role, Permission.WRITE_LETTER),
        "can_open": not reading.read_only and may(actor.role, Permission.SEE_OUTBOX),
    }  # fmt: skip
    return render(request, "letters/client.html", frame(request, reading, "letters") | told)


@allow(Permission.WRITE_LETTER)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Which letter."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    form = KindForm(request.POST) if request.method == "POST" else KindForm()
    if form.is_bound and form.is_valid():
        return redirect("letters:start", case_id=case.pk, kind=form.cleaned_data["kind"])
    groups = [
        (label, [kind for kind in KINDS.values() if kind.reader in readers])
        for label, readers in (
            ("To them", (For.CLIENT,)), ("To their GP practice", (For.PRACTICE,)),
            ("To an organisation", (For.PARTNER,)),
        )
    ]  # fmt: skip
    told = {"case": case, "person": case.person, "groups": groups, "form": form,
            "back": reverse("letters:client", args=[case.pk])}  # fmt: skip
    return render(request, "letters/choose.html", told, status=422 if form.errors else 200)


@allow(Permission.WRITE_LETTER)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """To whom, and what the record does not know; then the letter is drawn up."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    chosen = KINDS.get(kind)
    if chosen is None:
        raise Missing
    to = [] if chosen.to_client else recipients(actor.service_id, chosen)
    page = Page(
        title=chosen.label, caption=case.person.full_name, submit="Draw it up",
        note=chosen.about, back=reverse("letters:choose", args=[case.pk]),
        draft=f"letter:{case.pk}:{kind}", template="letters/start.html",
        done="The letter is drawn up. Read it, change it, then check it.",
        extra={"nobody": not chosen.to_client and not to,
               "practice": chosen.reader is For.PRACTICE, "case": case,
               "asked": practice_asked(actor)},
    )  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        letter = actions.write_letter(
            by=actor, case=case, kind=kind, to=said.get("to"), ring=said["ring"],
            asked={one.name: said[one.name] for one in chosen.asks},
        )  # fmt: skip
        return reverse("letters:write", args=[letter.pk])

    return ask(request, StartForm, page, save, initial={"ring": usual_number(actor)},
               kind=chosen, to=to)  # fmt: skip


@allow(Permission.WRITE_LETTER)
@require_POST
def ask_practice(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask whoever supervises for a GP practice that may receive letters; nobody is named."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return press(request, lambda: actions.ask_for_a_practice(by=actor),
                 reverse("letters:choose", args=[case.pk]),
                 "Your supervisor reads it under what is new.")  # fmt: skip

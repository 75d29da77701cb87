"""Deciding about people on a list: choose, set aside, bring back; each with a page to confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.gate import allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.design.forms import NhsForm
from openhiu.web.design.words import plural
from openhiu.web.intake import actions
from openhiu.web.intake.actions.joining import LikelyRow, likely_rows, link_from
from openhiu.web.intake.forms import OverLimitForm, SetAsideForm, around_leave
from openhiu.web.intake.models import Listed
from openhiu.web.intake.presenters import rows as row_words
from openhiu.web.intake.queries import lists, pace
from openhiu.web.intake.views.asking_page import actor_of, ask, picked_ids


class PlainForm(OverLimitForm):
    """No question: there is room for everyone ticked."""

    over_limit_reason = None  # type: ignore[assignment]


@allow(Permission.CHOOSE)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Confirm who is chosen, against the caseload; then each becomes an approach."""
    actor = actor_of(request)
    rows = _picked(request)
    if not rows:
        return _nobody_ticked(request)
    shown = row_words.shown(actor, rows)
    found = pace.room(actor, len(rows))
    asked = found.needs_reason(steady=actor.service.steady_weeks)
    likely = likely_rows(actor, [one.row for one in shown if not one.why_not and not one.known])

    def save(form: Any) -> str:
        links = {row_id: link_from(request.POST, row_id, found)
                 for row_id, found in likely.items()}  # fmt: skip
        actions.choose(
            by=actor,
            rows=rows,
            links={key: link for key, link in links.items() if link is not None},
            over_limit_reason=form.cleaned_data.get("over_limit_reason", ""),
        )
        return reverse("intake:approaches")

    return ask(
        request,
        "intake/choose.html",
        form_for(found) if asked else PlainForm,
        save,
        context=_choosing(request, rows, shown, likely)
        | {"new": found.new, "room": found, "known_line": row_words.known_line, "actor": actor},
        done=f"{plural(len(rows), 'person', 'people')} chosen.",
    )


def form_for(found: pace.Room) -> type[NhsForm]:
    """The form that asks for the reason: for too many, or around the lead's own leave."""
    return around_leave(OverLimitForm) if found.only_paused else OverLimitForm


def _choosing(
    request: HttpRequest,
    rows: list[Listed],
    shown: list[row_words.Shown],
    likely: dict[UUID, list[LikelyRow]],
) -> dict[str, Any]:
    return {
        "rows": shown,
        "likely": likely,
        "blocked": [one for one in shown if one.why_not],
        "back_url": _back(request, rows),
        "people": len(rows),
    }


@allow(Permission.CHOOSE)
@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest) -> HttpResponse:
    """Set one or several people aside, with a reason."""
    actor = actor_of(request)
    rows = _picked(request)
    if not rows:
        return _nobody_ticked(request)
    back = _back(request, rows)

    def save(form: Any) -> str:
        kind = form.cleaned_data["set_aside_as"]
        actions.set_aside(by=actor, rows=rows, set_aside_as=kind, reason=form.words)
        return back

    return ask(
        request,
        "intake/set_aside.html",
        SetAsideForm,
        save,
        context={"rows": row_words.shown(actor, rows), "back_url": back, "people": len(rows)},
        done=f"{plural(len(rows), 'person', 'people')} set aside. You can bring them back.",
    )


@allow(Permission.CHOOSE)
@require_POST
def bring_back(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Someone set aside waits for a decision again."""
    if first := repeated(request):
        return first
    row = lists.listed_or_missing(actor_of(request), row_id)
    actions.bring_back(by=actor_of(request), row=row)
    return led_to(request, reverse("intake:listed", args=[row.pk]))


def _nobody_ticked(request: HttpRequest) -> HttpResponse:
    """Say so, back on the list the button was pressed on."""
    messages.info(request, "Nobody was ticked. Tick at least one person first.")
    back = request.GET.get("from", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else reverse("intake:hospitals"))


def _picked(request: HttpRequest) -> list[Listed]:
    return lists.picked(actor_of(request), picked_ids(request))


def _back(request: HttpRequest, rows: list[Listed]) -> str:
    """The list the rows were ticked on."""
    names = lists.hospitals(actor_of(request))
    hospital = names.get(rows[0].list_id)
    if hospital is None:
        return str(reverse("intake:everywhere"))
    return str(reverse("intake:hospital_list", args=[hospital.pk]))

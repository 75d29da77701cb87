"""Adding someone for their vulnerability: from a suggestion, or typed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.design.forms import NhsForm
from openhiu.web.intake import actions
from openhiu.web.intake.actions.joining import LikelyRow, likely_rows, likely_typed, link_from
from openhiu.web.intake.forms import (
    OverLimitForm,
    TypedPersonForm,
    VulnerabilityForm,
    around_leave,
)
from openhiu.web.intake.presenters import rows as row_words
from openhiu.web.intake.queries import lists, pace
from openhiu.web.intake.views.asking_page import actor_of, ask

_OVER: Any = OverLimitForm.base_fields["over_limit_reason"]


class VulnerabilityOverLimitForm(VulnerabilityForm):
    """The same, with the reason for passing the limit."""

    over_limit_reason = _OVER


class TypedOverLimitForm(TypedPersonForm):
    """The same, with the reason for passing the limit."""

    over_limit_reason = _OVER

    @property
    def person(self) -> dict[str, Any]:
        """Who was typed in, without the reasons."""
        return {name: value for name, value in super().person.items()
                if name != "over_limit_reason"}  # fmt: skip


def _with_reason(form: type[NhsForm], found: pace.Room) -> type[NhsForm]:
    return around_leave(form) if found.only_paused else form


@allow(Permission.CHOOSE)
@require_http_methods(["GET", "POST"])
def add_suggested(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Add someone on a list or suggested, for their vulnerability."""
    actor = actor_of(request)
    row = lists.listed_or_missing(actor, row_id)
    (one,) = row_words.shown(actor, [row])
    found = pace.room(actor, 1)
    asked = found.needs_reason(steady=actor.service.steady_weeks)
    likely = likely_rows(actor, [] if one.why_not else [row]).get(row.pk, [])

    def save(form: Any) -> str:
        approach = actions.add_for_vulnerability(
            by=actor,
            reason=form.cleaned_data["reason"],
            row=row,
            link=link_from(request.POST, row.pk, likely),
            over_limit_reason=form.cleaned_data.get("over_limit_reason", ""),
        )
        return reverse("intake:approach", args=[approach.pk])

    return ask(
        request,
        "intake/add_suggested.html",
        _with_reason(VulnerabilityOverLimitForm, found) if asked else VulnerabilityForm,
        save,
        context={"one": one, "row": row, "new": found.new, "room": found, "likely": likely,
                 "back_url": reverse("intake:listed", args=[row.pk])},
        draft=f"add-vulnerable:{row.pk}",
        done="Added for vulnerability.",
    )  # fmt: skip


@allow(Permission.CHOOSE)
@require_http_methods(["GET", "POST"])
def add_typed(request: HttpRequest) -> HttpResponse:
    """Add someone who is on no list; people like them are shown before anyone is entered twice."""
    actor = actor_of(request)
    found = pace.room(actor, 1)
    asked = found.needs_reason(steady=actor.service.steady_weeks)
    make: Any = _with_reason(TypedOverLimitForm, found) if asked else TypedPersonForm
    likely: list[LikelyRow] = []
    if request.method == "POST":
        typed = make(request.POST)
        likely = likely_typed(actor, typed.person) if typed.is_valid() else []

    def save(form: Any) -> str:
        approach = actions.add_for_vulnerability(
            by=actor,
            reason=form.cleaned_data["reason"],
            typed=form.person,
            link=link_from(request.POST, "typed", likely),
            over_limit_reason=form.cleaned_data.get("over_limit_reason", ""),
        )
        return reverse("intake:approach", args=[approach.pk])

    return ask(
        request,
        "intake/add_typed.html",
        make,
        save,
        context={"new": found.new, "room": found, "likely": likely},
        draft="add-vulnerable:typed",
        done="Added for vulnerability.",
    )

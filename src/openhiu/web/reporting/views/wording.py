"""The logic model as the reports show it, and the page to put the service's own words in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Stale, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission, may
from openhiu.web.reporting import actions, presenters
from openhiu.web.reporting.forms import WordsForm
from openhiu.web.reporting.place import PARTS, Place, place_of
from openhiu.web.reporting.views.serving import actor_of


@allow(Permission.SEE_OUTCOMES)
@require_GET
def logic_model(request: HttpRequest) -> HttpResponse:
    """What goes in, what is done, what changes: as the place says it, defaults marked."""
    actor = actor_of(request)
    place = place_of(actor.service)
    record(actor, Did.LOOKED, purpose=Purpose.SERVICE_MANAGEMENT, page="logic model")
    told = {
        "place": place,
        "model": presenters.logic_model(place.locality.logic_model),
        "settings": presenters.settings(place),
        "may_change": may(actor.role, Permission.SETTINGS),
    }
    return render(request, "reporting/logic_model.html", told)


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Type the service's own words."""
    actor = actor_of(request)
    place = place_of(actor.service)
    if first := repeated(request):
        return first
    sent = request.method == "POST"
    form = WordsForm(request.POST) if sent else WordsForm(initial=presenters.typed(place))
    back = reverse("reporting:logic_model")
    if sent and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_words(
                by=actor, version=said["version"] or 0, logic_model=form.logic_model,
                risks=said["risks"], contact=said["contact"],
            )  # fmt: skip
        except Stale as why:
            return _stale(request, why, form, place)
        messages.success(request, "Saved. The next report says it like this.")
        return led_to(request, back)
    told = {"form": form, "parts": PARTS}
    return render(request, "reporting/words.html", told, status=422 if form.errors else 200)


def _stale(request: HttpRequest, why: Stale, form: WordsForm, place: Place) -> HttpResponse:
    """Both texts side by side; the form holds what was typed and saves over the newer one."""
    form.data = form.data.copy()
    form.data["version"] = place.words.version if place.words else 0
    fields = [{"label": a, "theirs": b, "yours": c} for a, b, c in why.fields]
    told = {"fields": fields, "form": form, "cancel": reverse("reporting:logic_model")}
    return render(request, "design/stale.html", told, status=409)

"""The page on which a service is set."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openhiu.web.access import actions
from openhiu.web.access.actions.service import MAY_SET
from openhiu.web.access.forms import Settings
from openhiu.web.access.gate import Stale, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Limits and times of the service."""
    actor = request.actor
    if again := repeated(request):
        return again
    now = {name: getattr(actor.service, name) for name in (*MAY_SET, "version")}
    form = Settings(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_settings(by=actor, **form.cleaned_data)
        except Stale as stale:
            return _stale(request, stale, form, now["version"])
        messages.success(request, "The settings were saved")
        return led_to(request, reverse("access:settings"))
    return render(request, "access/settings.html", {"form": form})


def _stale(request: HttpRequest, stale: Stale, form: Settings, version: int) -> HttpResponse:
    form.data = form.data.copy()
    form.data["version"] = version
    fields = [{"label": a, "theirs": b, "yours": c} for a, b, c in stale.fields]
    told = {"fields": fields, "form": form, "title": "Service settings"}
    return render(
        request,
        "design/stale.html",
        {**told, "cancel": reverse("access:settings")},
        status=409,
    )


@allow(Permission.SEE_AGREEMENTS)
@require_safe
def agreements(_request: HttpRequest) -> HttpResponse:
    """Where sharing agreements were kept before they had a register of their own."""
    return redirect("assurance:agreements")

"""The copy a lead takes along for when the service cannot be reached."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.access.proof import proved_again
from openhiu.web.casework.actions.handing_out import take_downtime_copy
from openhiu.web.casework.downtime import HOURS
from openhiu.web.casework.forms.downtime import CopyForm
from openhiu.web.casework.presenters.downtime import taken_along
from openhiu.web.casework.views.asking import actor_of


@allow(Permission.EXPORT_CLIENT)
@proved_again
@require_http_methods(["GET", "POST"])
def take_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a password, then hand over the caseload sealed with it; proved again before."""
    actor = actor_of(request)
    form = CopyForm(request.POST or None, user=actor.user)
    if request.method == "POST" and form.is_valid():
        return _file(take_downtime_copy(by=actor, password=form.cleaned_data["password"]))
    told = {"form": form, "people": len(taken_along(actor)), "hours": HOURS}
    wrong = request.method == "POST"
    return render(request, "casework/downtime.html", told, status=422 if wrong else 200)


def _file(text: str) -> HttpResponse:
    """An attachment: shown in the page it would be closed to its own script, and kept nowhere."""
    answer = HttpResponse(text, content_type="text/html; charset=utf-8")
    name = f"when-it-is-down-{timezone.localdate().isoformat()}.html"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer

"""How the application is running: a look comes in; signs in words go out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.asking import actor_of
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.presenters.running import running_page


@allow(Permission.SEE_RUNNING)
@require_GET
def show_running(request: HttpRequest) -> HttpResponse:
    """Whether the application is well, what was saved, and what ran by the clock."""
    return render(request, "assurance/running/running.html", running_page(actor_of(request)))

"""The first page of assurance: what can be looked at, and what is due."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.asking import actor_of
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.reminders import due_for
from openhiu.web.assurance.topics import topics_for


@allow(Permission.SEE_ASSURANCE)
@require_GET
def show_home(request: HttpRequest) -> HttpResponse:
    """Every topic this role may open."""
    actor = actor_of(request)
    return render(
        request, "assurance/home.html", {"topics": topics_for(actor), "due": due_for(actor)}
    )

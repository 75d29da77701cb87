"""Pages for when something is not there, not allowed, or went wrong. They name nothing personal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhiu.web.access import middleware, session
from openhiu.web.access.gate import csrf_failure

__all__ = ["csrf_failure", "forbidden", "not_found"]


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """There is no such page: for those signed in the same page as for a record not theirs."""
    _know(request)
    return render(request, "design/404.html", {"why": ""}, status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Not allowed."""
    _know(request)
    return render(request, "design/403.html", {"why": ""}, status=403)


def _know(request: HttpRequest) -> None:
    """Draw the frame of those signed in, as on every page of theirs."""
    known = getattr(request, "user", None) is not None and request.user.is_authenticated
    if known and session.proved(request) and not session.over(request):
        request.actor = middleware.actor_of(request)

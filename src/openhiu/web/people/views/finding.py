"""The search page: what was typed comes in by POST, so that no name stands in an address or log.

The last text is remembered in the session, on the server: going back draws the results again.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.people import queries
from openhiu.web.people.pace import A_MINUTE, too_fast
from openhiu.web.people.reading import LONGEST, SHORTEST, read
from openhiu.web.people.search import SHOWN, outside, search
from openhiu.web.people.views.asking import actor_of

_REMEMBERED: Final = "people.search"
_COUNTED: Final = "people.search.counted"


@allow(Permission.SEARCH)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The one box. POST remembers the text and leads to GET; as one types, a part of the page."""
    live = bool(getattr(request, "htmx", False))
    if request.method == "POST":
        request.session[_REMEMBERED] = _typed(request)
        if not live:
            return HttpResponseRedirect(reverse("people:search"))
    text = str(request.session.get(_REMEMBERED, ""))
    told = _looked(request, actor_of(request), text)
    template = "people/results.html" if live else "people/search.html"
    # htmx draws only what was answered well; the sentence about waiting has to be drawn too.
    return render(request, template, told, status=429 if told["too_fast"] and not live else 200)


def _typed(request: HttpRequest) -> str:
    """The text, cut to what is looked for; PostgreSQL cannot keep the character nought."""
    return " ".join(request.POST.get("q", "").replace("\x00", " ").split())[:LONGEST]


def _looked(request: HttpRequest, actor: Actor, text: str) -> dict[str, Any]:
    empty = read(text).empty
    told: dict[str, Any] = {
        "q": text,
        "empty": empty,
        "too_fast": not empty and _counts(request, text) and too_fast(actor),
        "a_minute": A_MINUTE,
        "shortest": SHORTEST,
        "hits": [],
        "everyone": queries.sees_everyone(actor),
        "most": SHOWN,
        "can_add": may(actor.role, Permission.CHOOSE),
    }
    if empty or told["too_fast"]:
        return told
    request.session[_COUNTED] = text
    told["hits"] = search(actor, text)
    if not told["hits"] and may(actor.role, Permission.BREAK_GLASS):
        told["outside"] = outside(actor, text)
    record(actor, Did.SEARCHED, found=len(told["hits"]), outside=bool(told.get("outside")))
    return told


def _counts(request: HttpRequest, text: str) -> bool:
    """The same text again (going back, a press after typing) is not another search."""
    return bool(request.session.get(_COUNTED) != text)

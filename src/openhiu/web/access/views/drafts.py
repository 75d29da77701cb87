"""Drafts: what drafts.js sends as someone types is kept, and thrown away when they say so."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from openhiu.web.access import drafts, session
from openhiu.web.access.gate import allow, even_resting
from openhiu.web.access.permissions import Permission


@even_resting
@allow(Permission.USE_ACCOUNT)
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep a form as it is now: JSON {"key", "fields": {name: [texts]}}.

    Answers {"saved_at", "remaining"}: when it was kept, and how long the session lasts.
    """
    actor = request.actor
    try:
        key, fields = _read(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"why": "not a draft"}, status=400)
    if drafts.too_long(key, fields):
        return JsonResponse({"why": "too long"}, status=413)
    drafts.keep_draft(actor.membership, key, fields)
    return JsonResponse(
        {"saved_at": timezone.now().isoformat(), "remaining": session.remaining(request)}
    )


@allow(Permission.USE_ACCOUNT)
@require_POST
def drop_draft(request: HttpRequest) -> HttpResponse:
    """Throw a draft away: `draft`, its key."""
    actor = request.actor
    drafts.forget_draft(actor, drafts.storable(request.POST.get("draft", "")))
    return HttpResponse(status=204)


def _read(request: HttpRequest) -> tuple[str, drafts.Fields]:
    sent = json.loads(request.body)
    return drafts.storable(str(sent["key"])), drafts.only_kept(sent["fields"])

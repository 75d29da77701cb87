"""How many early warnings there were and how soon they were answered, so that they can be tuned."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.monitoring.presenters.signals import ANSWERED_AS
from openhiu.web.monitoring.queries.measures import measures as measured
from openhiu.web.monitoring.rule_words import rule_label

SPANS = (28, 91, 182)


@allow(Permission.ANSWER_SIGNAL)
@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """A lead's own numbers, or a team's together; never one worker beside another."""
    actor = actor_of(request)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else SPANS[0]
    found = measured(actor, days)
    record(actor, Did.LISTED, page="early warnings measured", rows=found.raised)
    told = {
        "found": found,
        "rules": [(rule_label(one.rule), one) for one in found.rules],
        "answered_as": ANSWERED_AS,
        "spans": SPANS,
        "days": days,
    }
    return render(request, "monitoring/measures.html", told)

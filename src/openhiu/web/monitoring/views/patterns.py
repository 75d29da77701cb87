"""What goes before a return, over everybody supported: sentences, charts and tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.monitoring.bars import draw
from openhiu.web.monitoring.queries.patterns import before_a_return


@allow(Permission.SEE_PATTERNS)
@require_GET
def patterns(request: HttpRequest) -> HttpResponse:
    """Protected numbers of the whole service; nobody can be picked out."""
    actor = actor_of(request)
    found = before_a_return(actor)
    record(actor, Did.LISTED, page="patterns", rows=len(found["tables"]))
    told = {"found": found, "drawn": [(table, draw(table["rows"])) for table in found["tables"]]}
    return render(request, "monitoring/patterns.html", told)

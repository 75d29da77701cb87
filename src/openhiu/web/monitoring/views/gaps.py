"""The services we needed and could not find: a page for those who commission, and a download."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.monitor.gaps import Ledger
from openhiu.tables.delivery import write_csv
from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.monitoring.queries.gaps import counted_until, gap_ledger, own_gaps

_MOST = 200


@allow(Permission.SEE_GAPS)
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """Protected numbers for everybody; the words for those who support the clients."""
    actor = actor_of(request)
    found = gap_ledger(actor)
    lines = own_gaps(actor)[:_MOST] if may(actor.role, Permission.SEE_CASELOAD) else []
    record(actor, Did.LISTED, page="services not found", rows=len(lines),
           purpose=None if lines else Purpose.COMMISSIONING)  # fmt: skip
    told = {"ledger": found, "lines": lines, "until": counted_until(actor)}
    return render(request, "monitoring/gaps.html", told)


@allow(Permission.SEE_GAPS)
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The same protected numbers as a file; never the words."""
    actor = actor_of(request)
    found = gap_ledger(actor)
    record(actor, Did.EXPORTED, what="services not found", rows=len(found.by_need))
    answer = HttpResponse(_as_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="services-not-found.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _as_csv(found: Ledger) -> bytes:
    with tempfile.TemporaryDirectory(prefix="openhiu-gaps-") as folder:
        path = Path(folder) / "gaps.csv"
        rows = [
            *(["Need", need, clients] for need, clients in found.by_need.items()),
            *(["Place", place, clients] for place, clients in found.by_place.items()),
        ]
        total = ["All", "All needs and places", found.total]
        write_csv(path, ["By", "Name", "Clients"], [*rows, total] if rows else [])
        return path.read_bytes()

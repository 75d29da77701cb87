"""A client's activity: the picture, the sentence and the table."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.models import Case
from openhiu.web.casework.views.client import frame, read
from openhiu.web.design import words
from openhiu.web.monitoring import picture, presenters, queries
from openhiu.web.monitoring.forms import KindForm

ROWS = 25


@allow(Permission.OPEN_CLIENT)
@require_GET
def activity(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Two years of a client's activity; `kind` filters the table, never the picture."""
    actor: Actor = request.actor
    reading = read(request, case_id, "activity")
    told = of_client(actor, reading.case)
    form = KindForm(request.GET or None)
    chosen = set(form.cleaned_data["kind"]) if form.is_bound and form.is_valid() else set()
    rows = [line for line in told["lines"] if not chosen or line.kind in chosen]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    more = {"page": page, "form": form, "chosen": chosen}
    return render(request, "monitoring/activity.html", frame(request, reading, "activity") | told
                  | more)  # fmt: skip


def of_client(actor: Actor, case: Case) -> dict[str, Any]:
    """Everything the page says, in a fixed number of queries."""
    today = words.today()
    since = datetime.combine(presenters.first_day(today), time(), words.LONDON)
    sites = queries.hospitals(actor)
    fresh = queries.freshness(actor, sites)
    covered = queries.coverage(actor, case)
    events, contacts = queries.events(actor, case, since), queries.contacts(actor, case, since)
    phases = queries.phases(actor, case)
    started = words.as_day(case.opened_at)
    story = presenters.story(events, contacts, phases, fresh, today, started)
    lines = presenters.lines(events, contacts, phases, sites, restricted=case.person.restricted)
    nothing = presenters.why_nothing(covered, fresh)
    return {
        "summary": "" if nothing else presenters.summary(events, fresh, started),
        "nothing": nothing,
        "late": presenters.late(covered, fresh),
        "fresh": fresh,
        "up_to_when": presenters.up_to_when(fresh),
        "warnings": presenters.warnings(fresh),
        "drawings": [picture.draw(story, sheet) for sheet in (picture.PHONE, picture.DESKTOP)],
        "phase_list": story.phases,
        "lines": lines,
        "counts": presenters.counts(lines),
    }

"""Evidence: each framework's questions with what shows the answers, and all of it as one file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openhiu.report.folder import contents
from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.evidence import live, make
from openhiu.web.assurance.evidence.reading import frameworks
from openhiu.web.assurance.presenters import evidence as presenters
from openhiu.web.commissioning.area.files import zipped
from openhiu.web.reporting.views.serving import download


@allow(Permission.SEE_EVIDENCE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The frameworks, and how this service stands today."""
    actor = actor_of(request)
    told: dict[str, Any] = {
        "frameworks": [presenters.in_short(one) for one in frameworks()],
        "live": live.tables(actor.service_id, timezone.localdate()),
    }
    return render(request, "assurance/evidence/overview.html", told)


@allow(Permission.SEE_EVIDENCE)
@require_GET
def framework(request: HttpRequest, key: str) -> HttpResponse:
    """Every question of one framework."""
    found = next((one for one in frameworks() if one.key == key), None)
    if found is None:
        raise Missing
    told = {"framework": found, "areas": presenters.areas(found)}
    return render(request, "assurance/evidence/framework.html", told)


@allow(Permission.SEE_EVIDENCE)
@require_GET
def pack(request: HttpRequest) -> HttpResponse:
    """All packs with the live facts, as one zip."""
    actor, today = actor_of(request), timezone.localdate()
    made = make.folder(today, actor.service.name, live=live.tables(actor.service_id, today))
    record(actor, Did.EXPORTED, purpose=Purpose.IG_AUDIT, what="evidence")
    return download(zipped(contents(made)), f"evidence-{today:%Y-%m-%d}.zip")

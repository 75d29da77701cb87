"""The inventory of what is kept, the record of processing, and the privacy notice by version."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.paper import workbook
from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions.inventory import drawn, publish
from openhiu.web.assurance.forms.inventory import PublishForm
from openhiu.web.assurance.inventory import entries, make, notice, shown
from openhiu.web.assurance.inventory import record as processing
from openhiu.web.assurance.models import PublishedText
from openhiu.web.assurance.queries import inventory as queries

SEE: Final = Permission.SEE_INVENTORY
TEXTS: Final = {"notice": notice.TITLE, "record": processing.TITLE}
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(SEE)
@require_GET
def show_inventory(request: HttpRequest) -> HttpResponse:
    """What is kept, by holding; the texts made from it and whether they are agreed."""
    actor = actor_of(request)
    record(actor, Did.LOOKED, purpose=Purpose.IG_AUDIT, page="inventory")
    told = {
        "holdings": [
            {"key": key, "title": shown.title(rows[0]), "first": rows[0], "fields": len(rows),
             "sealed": sum(one.sealed for one in rows)}
            for key, found in groupby(entries.entries(), key=lambda one: one.holding)
            for rows in [list(found)]
        ],
        "texts": [
            {"kind": kind, "title": title, "last": queries.published(actor.service, kind).first()}
            for kind, title in TEXTS.items()
        ],
        "may_publish": may(actor.role, Permission.DECIDE_RIGHT),
        "fields": len(entries.entries()),
    }  # fmt: skip
    return render(request, "assurance/inventory/inventory.html", told)


@allow(SEE)
@require_GET
def show_holding(request: HttpRequest, holding: str) -> HttpResponse:
    """Every field of one holding."""
    actor = actor_of(request)
    found = [one for one in shown.by_holding() if one[0].holding == holding]
    if not found:
        raise Missing
    record(actor, Did.LOOKED, purpose=Purpose.IG_AUDIT, page="inventory")
    first, table = found[0]
    told = {"first": first, "title": shown.title(first), "table": table}
    return render(request, "assurance/inventory/holding.html", told)


@allow(SEE)
@require_GET
def take_inventory(request: HttpRequest, form: str) -> HttpResponse:
    """The inventory as a file: every field a row. It holds nobody's data."""
    if form not in ("csv", "xlsx"):
        raise Missing
    record(actor_of(request), Did.EXPORTED, purpose=Purpose.IG_AUDIT, page="inventory", form=form)
    if form == "csv":
        answer = HttpResponse(make.as_csv(), content_type="text/csv; charset=utf-8")
    else:
        table = shown.all_fields()
        made = workbook.make(table.caption, [], [table], timezone.localdate())
        answer = HttpResponse(made, content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="inventory.{form}"'
    return answer


@allow(SEE)
@require_GET
def show_text(request: HttpRequest, kind: str) -> HttpResponse:
    """A text as the inventory says it now, beside the versions that were published."""
    actor = actor_of(request)
    if kind not in TEXTS:
        raise Missing
    versions = list(queries.published(actor.service, kind))
    signed = versions[0].signed_by if versions else ""
    now = drawn(actor.service, kind, signed)
    record(actor, Did.LOOKED, purpose=Purpose.IG_AUDIT, page=kind)
    told = {
        "kind": kind,
        "title": TEXTS[kind],
        "blocks": now,
        "versions": versions,
        "changed": bool(versions) and versions[0].blocks != now,
        "may_publish": may(actor.role, Permission.DECIDE_RIGHT),
    }
    return render(request, "assurance/inventory/text.html", told)


@allow(SEE)
@require_GET
def show_version(request: HttpRequest, kind: str, version_id: UUID) -> HttpResponse:
    """A version as it was published."""
    actor = actor_of(request)
    if kind not in TEXTS:
        raise Missing
    found: PublishedText = queries.published_or_missing(actor.service, kind, version_id)
    record(actor, Did.LOOKED, purpose=Purpose.IG_AUDIT, page=kind, number=found.number)
    told = {"kind": kind, "title": TEXTS[kind], "blocks": found.blocks, "version": found}
    return render(request, "assurance/inventory/version.html", told)


@allow(Permission.DECIDE_RIGHT)
@require_http_methods(["GET", "POST"])
def publish_text(request: HttpRequest, kind: str) -> HttpResponse:
    """Publish a text as it is now."""
    actor = actor_of(request)
    if kind not in TEXTS:
        raise Missing
    page = Page(
        title=f"Publish: {TEXTS[kind].lower()}", back=reverse("assurance:text", args=[kind]),
        submit="Publish it", done="Published. It is kept as it is now.",
        note="Without the data protection officer it says that it is a proposal.",
    )  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        publish(by=actor, kind=kind, changes=said["changes"], signed_by=said["signed_by"])

    return ask(request, PublishForm, page, save, initial={})

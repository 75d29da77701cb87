"""Whole pages of this room: who looks comes in; everything a page shows goes out."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.commissioning import policies, queries
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.making.kinds import Kind
from openhiu.web.commissioning.models import AreaVersion, Document
from openhiu.web.commissioning.presenters.documents import changed_since, offered, shelf
from openhiu.web.commissioning.presenters.setting import (
    document_missing,
    missing_of,
)
from openhiu.web.reporting.queries import latest_evaluation

_RECENT = 3


def overview(actor: Actor) -> dict[str, Any]:
    """The area on one page: what is there, what is missing, what to do next."""
    area = queries.latest_area(actor)
    missing = _missing(area, list(queries.kept_documents(actor)))
    return {
        "area": area,
        "name": queries.settings_of(area).get("name", ""),
        "tiers": queries.latest_tiers(actor),
        "evaluation": latest_evaluation(actor),
        "missing": [(KINDS[key], number) for key, number in missing.items() if number],
        "recent": shelf(queries.kept_documents(actor)[:_RECENT]),
        "running": queries.running(actor) if may(actor.role, Permission.MAKE_DOCUMENT) else None,
        "may_change": may(actor.role, Permission.CHANGE_AREA),
        "may_make": may(actor.role, Permission.MAKE_DOCUMENT),
        "may_deliver": may(actor.role, Permission.DELIVER_TIERS),
    }


def library(actor: Actor) -> dict[str, Any]:
    """Documents that can be made and those that were."""
    area, running = queries.latest_area(actor), queries.running(actor)
    documents = list(queries.documents(actor))
    kept = [one for one in documents if one.state == Document.State.KEPT]
    missing = _missing(area, kept)
    return {
        "offered": offered(actor, missing, running),
        "kept": shelf(kept),
        "aside": shelf(one for one in documents if one.state == Document.State.SET_ASIDE),
        "running": running if may(actor.role, Permission.MAKE_DOCUMENT) else None,
        "may_make": may(actor.role, Permission.MAKE_DOCUMENT),
    }


def before_making(actor: Actor, kind: Kind) -> dict[str, Any]:
    """What would go into a document, and what it would ask for in vain."""
    area, tiers, running = (
        queries.latest_area(actor), queries.latest_tiers(actor), queries.running(actor)
    )  # fmt: skip
    newest = queries.kept_documents(actor, kind.key).first()
    return {
        "kind": kind, "area": area, "tiers": tiers, "running": running, "newest": newest,
        "evaluation": latest_evaluation(actor),
        "missing": missing_of(kind.key, area, newest),
        "why_not": policies.why_not_make(actor, kind.needs_tiers, tiers, running),
    }  # fmt: skip


def worked_out(actor: Actor, kind: Kind, document: Document | None) -> dict[str, Any]:
    """What stands around staffing and reach: how new they are, and whether they can be made now."""
    area, tiers, running = (
        queries.latest_area(actor), queries.latest_tiers(actor), queries.running(actor)
    )  # fmt: skip
    return {
        "kind": kind, "document": document, "running": running,
        "missing": document_missing(document) if document else [],
        "changed": changed_since(document, area, tiers),
        "why_not": policies.why_not_make(actor, kind.needs_tiers, tiers, running),
        "may_make": may(actor.role, Permission.MAKE_DOCUMENT),
    }  # fmt: skip


def _missing(area: AreaVersion | None, kept: list[Document]) -> dict[str, int]:
    """How many things each document lacks, as its own page counts them."""
    return {key: len(missing_of(key, area, _newest(kept, key))) for key in KINDS}


def _newest(documents: list[Document], what: str) -> Document | None:
    return next((one for one in documents if one.what == what), None)

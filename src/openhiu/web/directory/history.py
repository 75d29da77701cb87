"""Every version kept of a service: a row comes in, what changed when and by whom goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openhiu.web.access.models import Membership
from openhiu.web.directory import hours, needs
from openhiu.web.directory.models import Listing
from openhiu.web.directory.words import LABELS, OFFERS, ROUTES, labels


@dataclass(frozen=True)
class Version:
    """One version: when, by whom, and for each column that changed the words before and after."""

    at: datetime
    who: str
    first: bool
    changes: tuple[tuple[str, str, str], ...]


def versions(row: Listing) -> list[Version]:
    """Newest first; a version in which nothing changed that people see is left out."""
    model: Any = Listing.pgh_event_model
    kept = list(
        model.objects.filter(service_id=row.service_id, pgh_obj=row.pk)
        .order_by("pgh_created_at", "pgh_id")
    )  # fmt: skip
    members = Membership.objects.filter(pk__in={event.changed_by_id for event in kept})
    names = {member.pk: member.user.name for member in members.select_related("user")}
    told = [
        Version(after.pgh_created_at, names.get(after.changed_by_id, ""), before is None,
                _changes(before, after))
        for before, after in zip([None, *kept], kept, strict=False)
    ]  # fmt: skip
    return [one for one in told if one.first or one.changes][::-1]


def _changes(before: Any, after: Any) -> tuple[tuple[str, str, str], ...]:
    if before is None:
        return ()
    columns = [name for name in LABELS if name != "partner"]
    return tuple(
        (LABELS[name], said(name, getattr(before, name)), said(name, getattr(after, name)))
        for name in columns
        if getattr(before, name) != getattr(after, name)
    )


def said(name: str, value: Any) -> str:
    """A column as people read it."""
    if name == "hours":
        return hours.one_line(value or {})
    if name == "needs":
        return ", ".join(needs.labels(value or []))
    tables = {"offers": OFFERS, "routes": ROUTES}
    if isinstance(value, list):
        return ", ".join(labels(value, tables[name]) if name in tables else value)
    choices = dict(Listing._meta.get_field(name).choices or ())
    return "" if value in (None, "") else str(choices.get(value, value))

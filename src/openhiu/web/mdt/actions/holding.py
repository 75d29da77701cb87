"""A row as it is now, held until the change is saved; a save upon an older one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, Stale


def held(by: Actor, row: Any) -> Any:
    """The row locked, of the actor's service.

    Raises:
        Missing: it is another service's, or gone.
    """
    model = type(row)
    now = model.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if now is None or now.service_id != by.service_id:
        raise Missing
    return now


def apply(row: Any, version: int, said: Mapping[str, Any], labels: Mapping[str, str]) -> list[str]:
    """Put what was said into a row; gives the names of what changed. The caller saves.

    Raises:
        Stale: someone saved since `version` and says otherwise; carries both texts.
    """
    changed = [name for name in labels if name in said and getattr(row, name) != said[name]]
    if changed and row.version != version:
        raise Stale([(labels[name], str(getattr(row, name)), str(said[name])) for name in changed])
    for name in changed:
        setattr(row, name, said[name])
    if changed:
        row.version += 1
    return changed

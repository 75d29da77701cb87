"""Removals that are agreed and do not come about: noted when they first waited and why, so that
the queue's page says it and the clock's command fails once it has been so for days.

What waits as it should (it is held, somebody waits for an answer) is noted and fails nothing. The
notes stand with those of the running installation: references made by us, and sentences of ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from openhiu.web.assurance.notebook import Notebook
from openhiu.web.assurance.queries.running import moment

TOO_LONG: Final = timedelta(days=3)
_NOTE: Final = "removals"


def note(service_id: UUID, waiting: Iterable[str], lawful: Collection[str] = ()) -> list[str]:
    """Keep what waits now, each "reference: why"; the references that have waited too long.

    Args:
        lawful: references that wait as they should, however long.
    """
    before = of(service_id)
    now = timezone.now().isoformat()
    kept: dict[str, dict[str, Any]] = {}
    for line in waiting:
        reference, _, words = line.partition(": ")
        known, rightly = before.get(reference, {}), reference in lawful
        # A fault after a hold is new: its days are counted from when the hold was over.
        since = known.get("since") if bool(known.get("lawful")) == rightly else None
        # What somebody typed (a court's reference) comes after a colon: it is on the record's page.
        said = words.partition(":")[0].rstrip(".") + "."
        kept[reference] = {"since": since or now, "why": said, "lawful": rightly}
    if kept or before:
        Notebook(settings.HOME).add(_NOTE, **{str(service_id): kept})
    return [reference for reference, one in kept.items() if _too_long(one)]


def _too_long(one: dict[str, Any]) -> bool:
    since = None if one["lawful"] else moment(one["since"])
    return since is not None and timezone.now() - since >= TOO_LONG


def of(service_id: UUID) -> dict[str, dict[str, Any]]:
    """By reference: since when it waits, and why."""
    found = Notebook(settings.HOME).read(_NOTE).get(str(service_id))
    return found if isinstance(found, dict) else {}


def why(service_id: UUID) -> dict[str, str]:
    """By reference: the sentence for the queue."""
    return {reference: str(one.get("why", "")) for reference, one in of(service_id).items()}

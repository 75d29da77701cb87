"""What was noted about somebody in words, with no record meant: it is in no copy and is not removed
with a record, until information governance ties it to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.assurance.models import Disclosure, RightsRequest
from openhiu.web.casework.models import Concern, SharedWithoutConsent

# By the word in its address: the model, what it is, and when it was noted.
KINDS: Final[dict[str, tuple[Any, str, str]]] = {
    "request": (RightsRequest, "Asked about their own record", "noted_at"),
    "disclosure": (Disclosure, "Asked by police or a court", "noted_at"),
    "sharing": (SharedWithoutConsent, "Shared to keep someone safe", "at"),
    "concern": (Concern, "A worry", "at"),
}


@dataclass(frozen=True)
class Untied:
    """One of them. After its review the database lets nobody change it."""

    kind: str
    words: str
    row: Any
    at: datetime

    @property
    def fixed(self) -> bool:
        """Whether it was reviewed and stays as it is."""
        return getattr(self.row, "reviewed_at", None) is not None

    @property
    def closed(self) -> bool:
        """Whether it is a request that was closed."""
        return getattr(self.row, "closed_at", None) is not None


def untied(actor: Actor) -> list[Untied]:
    """All of them in the actor's service, the newest first."""
    found = [
        Untied(kind, words, row, getattr(row, when))
        for kind, (model, words, when) in KINDS.items()
        for row in model.objects.filter(service=actor.service_id, person=None)
        if row.about_whom
    ]
    return sorted(found, key=lambda one: (one.at, str(one.row.pk)), reverse=True)


def untied_or_missing(actor: Actor, kind: str, row_id: UUID) -> Untied:
    """One of them."""
    found = next((one for one in untied(actor) if (one.kind, one.row.pk) == (kind, row_id)), None)
    if found is None:
        raise Missing
    return found

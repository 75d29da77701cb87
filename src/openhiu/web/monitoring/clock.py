"""The timetable as somebody who acts for a service: no name, no role, and only what it must do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Service


@dataclass(frozen=True)
class Clock:
    """What happens by itself: data that arrive, an answer that is late, a signal that is too old.

    Stands where an Actor would, in this room alone. Nothing that a person decides is done by it.
    """

    service: Service
    membership: None = None
    user: None = None

    @property
    def service_id(self) -> UUID:
        """The key of the service."""
        return UUID(str(self.service.pk))


By = Actor | Clock


def note(by: By, did: Did, **detail: Any) -> None:
    """Append to the audit, whoever acts: see access.audit.record."""
    if isinstance(by, Clock):
        record(None, did, service_id=by.service_id, **detail)
    else:
        record(by, did, **detail)

"""Who may answer a safety concern, and when one may be closed; else the sentence why not."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models import SafetyConcern

NOT_YOURS: Final = "Your role does not answer safety concerns."
CLOSED: Final = "This concern is closed. If it happens again, report it again."
NOT_RATED: Final = "Say first how grave it is and what is done meanwhile."


def may_rate(by: Actor, concern: SafetyConcern) -> None:
    """Raise NotAllowed where a concern cannot be rated by this actor."""
    if not may(by.role, Permission.ANSWER_SAFETY):
        raise NotAllowed(NOT_YOURS)
    if concern.closed_at:
        raise NotAllowed(CLOSED)


def may_close(by: Actor, concern: SafetyConcern) -> None:
    """Raise NotAllowed where it cannot be closed: what nobody rated is not answered."""
    may_rate(by, concern)
    if not concern.rated_at:
        raise NotAllowed(NOT_RATED)

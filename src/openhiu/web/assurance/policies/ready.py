"""Who may confirm, name and begin, as sentences."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.assurance.models import Beginning
from openhiu.web.assurance.ready.lines import LINES, Line

SHORTEST: Final = 10
LONGEST_DAYS: Final = 366


def why_not_confirm(by: Actor, line: Line | None, evidence: str, review_on: date) -> str:
    """Why a line cannot be confirmed so, or nothing."""
    if line is None or not line.asks:
        return "This line is looked at by software. Put it in place; nobody can confirm it."
    noted = line.noted(by.service) if line.noted else None
    if noted is not None and noted.by == by.user.pk:
        return "You noted what this rests on. A second person confirms it."
    if len(evidence.strip()) < SHORTEST:
        return "Say in a sentence what you have seen, and where it is kept."
    left = (review_on - timezone.localdate()).days
    if left < 1:
        return "Give a day to look at it again that is still to come."
    if left > LONGEST_DAYS:
        return "It is looked at again within a year."
    return ""


def why_not_begin(open_lines: list[str], reason: str, already: bool) -> str:
    """Why the beginning cannot be recorded so, or nothing."""
    if already:
        return "The beginning is recorded already."
    if open_lines and len(reason.strip()) < SHORTEST:
        return "Say why the service begins although these lines are open, and until when."
    return ""


def why_not_agree(by: Actor, begun: Beginning) -> str:
    """Why this actor cannot agree to begin, or nothing."""
    if begun.agreed_by_id or begun.dropped_at:
        return "There is nothing to agree."
    if begun.proposed_by.user_id == by.user.pk:
        return "You proposed this. A second person agrees."
    return ""


def line_of(key: str) -> Line | None:
    """The line of this key."""
    return LINES.get(key)

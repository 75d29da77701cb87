"""What the morning page hangs up from here: the dates of assurance that come soon."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.reminders import Due, due_for, sentence
from openhiu.web.casework.home import OWN, Line, Section

WITHIN_DAYS: Final = 30


def sections(actor: Actor) -> list[Section]:
    """What is due or overdue, for whoever sees to assurance; nothing where nothing comes."""
    if not may(actor.role, Permission.SEE_ASSURANCE):
        return []
    lines = tuple(_line(due) for due in due_for(actor, within_days=WITHIN_DAYS))
    if not lines:
        return []
    more = ("Assurance", reverse("assurance:home"))
    return [Section(OWN, lines, title="Soon due in assurance", order=80, more=more)]


def _line(due: Due) -> Line:
    soon = ("Overdue", "red") if due.overdue else ("Soon", "yellow") if due.left < 8 else ("", "")
    return Line(
        due.words if due.overdue else sentence(due).rstrip("."),
        due.link,
        tag=soon,
        overdue=due.overdue,
    )

"""What the morning page hangs up from here: letters to post, to ask about, that did not leave."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.home import NEEDS, Line, Section
from openhiu.web.letters import queries
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.models import Outgoing

State = Outgoing.State
_MOST = 10
_TAGS = {
    State.TO_POST: ("To post", "yellow"),
    State.TO_HAND: ("To give", "yellow"),
    State.UNSURE: ("To ask", "orange"),
    State.FAILED: ("Did not leave", "red"),
    State.CANCELLED: ("Stopped", "red"),
}


def sections(actor: Actor) -> Iterable[Section]:
    """For whoever tends an outbox, what waits for their hand in it."""
    if not may(actor.role, Permission.SEE_OUTBOX):
        return []
    rows = [row for row in queries.waiting(actor)[:_MOST] if row.state in _TAGS]
    rows += queries.failed_unseen(actor)[:_MOST]
    return [Section(NEEDS, tuple(map(_line, rows)))] if rows else []


def _line(item: Outgoing) -> Line:
    kind = KINDS[item.letter.kind]
    whom = item.letter.case.person.full_name
    return Line(
        f"{kind.label}, {whom}",
        reverse("letters:item", args=[item.pk]),
        item.get_way_display(),
        tag=_TAGS[State(item.state)],
    )

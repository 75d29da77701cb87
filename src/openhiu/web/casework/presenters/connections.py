"""Connections on the morning page: those somebody should ask about come in, lines go out."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.connecting import STATES
from openhiu.web.casework.home import NEEDS, Line, Section
from openhiu.web.casework.models import Connection
from openhiu.web.casework.queries.connections import to_ask_about
from openhiu.web.design.words import days_away, initial_lower


def to_ask(actor: Actor) -> list[Section]:
    """Open connections that are due or of which nobody heard for long, for those who walk along."""
    if not actor.is_(Role.LEAD, Role.COVER):
        return []
    return [Section(NEEDS, tuple(_line(one) for one in to_ask_about(actor)))]


def _line(one: Connection) -> Line:
    due = one.check_on and one.check_on < timezone.localdate()
    state = initial_lower(STATES[one.state].label)
    return Line(
        f"Ask how it goes: {one.case.person.full_name} and {one.name}",
        reverse("casework:connection_news", args=[one.pk]),
        detail=f"{state.capitalize()} since {days_away(one.state_since)}. "
        f"Last news {days_away(one.news_at)}.",
        when=one.check_on,
        tag=(f"Due {days_away(one.check_on)}", "red") if due else ("Today", "blue"),
        overdue=bool(due),
    )

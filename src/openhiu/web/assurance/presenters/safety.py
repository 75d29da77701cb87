"""Clinical safety in words: the log in short, the page a concern came from, its hazard."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import NoReverseMatch, get_resolver

from openhiu.web.assurance.models import SafetyConcern
from openhiu.web.assurance.safety.log import Hazard, hazards
from openhiu.web.assurance.safety.matrix import ASKS_FOR


def log_in_short() -> dict[str, Any]:
    """Hazards, and how many stand at each rating before and with their controls."""
    log = hazards()
    before = Counter(one.initial.rating for one in log)
    after = Counter(one.residual.rating for one in log)
    rows = [(number, ASKS_FOR[number], before[number], after[number]) for number in range(5, 0, -1)]
    return {"hazards": log, "ratings": rows}


def known_page(name: str) -> str:
    """The name of a view, as "casework:client"; anything else is not kept."""
    room, _, view = name.partition(":")
    try:
        found = get_resolver().namespace_dict[room][1].reverse_dict if view else {}
    except (KeyError, NoReverseMatch):
        return ""
    return name if view in found else ""


def hazard_of(concern: SafetyConcern) -> Hazard | None:
    """The hazard a concern was put to."""
    return next((one for one in hazards() if one.id == concern.hazard), None)

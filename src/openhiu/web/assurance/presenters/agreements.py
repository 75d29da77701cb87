"""How an agreement, a gateway or an assessment stands, in a word with a colour and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.lawful import CROSSINGS, last_day, why_not_in_force
from openhiu.web.access.models import Agreement, Gateway
from openhiu.web.access.models.lawful import State
from openhiu.web.assurance.models import Assessment
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.design.words import day

_STATE: Any = State
_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Shown:
    """One row: the thing, its tag, and why nothing crosses under it, where nothing does."""

    row: Any
    tag: tuple[str, str]
    why: str


def agreement(one: Agreement) -> Shown:
    """An agreement; its parties are prefetched."""
    waits = [party for party in one.parties.all() if party.signed_on is None]
    if one.state == _STATE.AGREED and waits:
        signed = one.parties.count() - len(waits) if waits else 0
        return Shown(one, (f"{signed} of {signed + len(waits)} signed", "yellow"), _why(one))
    return Shown(one, _tag(one), _why(one))


def gateway(one: Gateway) -> Shown:
    """A gateway."""
    return Shown(one, _tag(one), _why(one))


def assessment(one: Assessment) -> Shown:
    """An assessment."""
    why = one.why_not_hold()
    if one.state == Assessment.State.ENDED:
        return Shown(one, ("Ended", "grey"), "")
    if one.state == Assessment.State.DRAFTED:
        return Shown(one, ("Draft", "yellow"), why)
    return Shown(one, ("Does not hold", "red") if why else ("Signed", "green"), why)


def data_sets(one: Agreement | Gateway) -> list[str]:
    """The data sets it covers, by name."""
    return [CROSSINGS[name].label for name in one.data_sets if name in CROSSINGS]


def items(one: Agreement) -> list[str]:
    """What it lets somebody see of one client, by name."""
    return [item.label for name, item in ITEMS.items() if name in one.items]


def _why(one: Agreement | Gateway) -> str:
    return why_not_in_force(one)


def _tag(one: Agreement | Gateway) -> tuple[str, str]:
    today = timezone.localdate()
    if one.state == _STATE.DRAFTED:
        return "Draft", "yellow"
    if one.state in (_STATE.ENDED, _STATE.SUPERSEDED):
        return ("Ended" if one.state == _STATE.ENDED else "Replaced"), "grey"
    if last_day(one) < today:
        return "Past its end", "red"
    if one.starts_on > today:
        return f"From {day(one.starts_on)}", "blue"
    if last_day(one) - today < _SOON:
        return "Ends soon", "orange"
    return "In force", "green"

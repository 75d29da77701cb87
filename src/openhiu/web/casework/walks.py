"""What followed each yes: offers come in; when support began, eased and was picked up go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol
from uuid import UUID

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework import lifecycle
from openhiu.web.casework.models import Case, Need, PhaseChange

_EASED: Final = (lifecycle.WALKING_BACKWARDS.key, lifecycle.AT_A_DISTANCE.key)
_HOUSING: Final = frozenset({"housing", "homelessness"})
_MIND: Final = frozenset({"mental_health", "self_harm"})


class Asked(Protocol):
    """What is needed of an offer: who was asked, what they said and when."""

    @property
    def person(self) -> UUID: ...  # noqa: D102

    @property
    def said(self) -> str: ...  # noqa: D102

    @property
    def said_on(self) -> date | None: ...  # noqa: D102


@dataclass(frozen=True)
class Walk:
    """One time of support: its days, and what is known of the person ("yes", "no" or "")."""

    started_on: date | None = None
    stepped_back_on: date | None = None
    returned_on: date | None = None
    housing: str = ""
    mental_health: str = ""


def walks(actor: Actor, offers: Sequence[Asked], stands: Mapping[UUID, UUID]) -> list[Walk]:
    """For each offer what followed it; without a yes nothing did.

    Args:
        actor: whose service.
        offers: in any order.
        stands: for each person of an offer the record that stands for them now.
    """
    cases = {
        case.person_id: case
        for case in Case.objects.filter(service=actor.service_id, person__in=set(stands.values()))
    }
    moves, needs = _moves(actor), _needs(actor)
    begun = _begun(offers, stands, cases)
    found = []
    for offer in offers:
        who = stands[offer.person]
        case = cases.get(who)
        if case is None or offer.said != "yes":
            found.append(Walk())
            continue
        start, until = _times(begun[who], offer, case)
        stepped, returned = _turns(moves.get(case.pk, []), start, until)
        reasons = needs.get(case.pk, set())
        flags = (_flag(reasons, _HOUSING), _flag(reasons, _MIND))
        found.append(Walk(start, stepped, returned, *flags))
    return found


def _begun(
    offers: Sequence[Asked], stands: Mapping[UUID, UUID], cases: Mapping[UUID, Case]
) -> dict[UUID, list[date]]:
    """The days on which each person said yes, in order."""
    begun: dict[UUID, list[date]] = {}
    for offer in offers:
        who = stands[offer.person]
        if offer.said == "yes" and offer.said_on and who in cases:
            begun.setdefault(who, []).append(offer.said_on)
    return {who: sorted(days) for who, days in begun.items()}


def _times(begun: list[date], offer: Asked, case: Case) -> tuple[date, date]:
    """From when to when this yes counts: the first begins with the case, the next ends it."""
    said = offer.said_on or begun[0]
    later = [day for day in begun if day > said]
    start = timezone.localdate(case.opened_at) if said == begun[0] else said
    return start, later[0] if later else date.max


def _turns(
    moves: list[tuple[str, date]], start: date, until: date
) -> tuple[date | None, date | None]:
    """When support first eased in this time, and when it was first picked up again after that."""
    within = [(to, day) for to, day in moves if start <= day < until]
    stepped = next((day for to, day in within if to in _EASED), None)
    again = lifecycle.PICKED_UP_AGAIN.key
    seen = False
    for to, day in within:
        if to == again and seen:
            return stepped, day
        seen = seen or to in _EASED
    return stepped, None


def _moves(actor: Actor) -> dict[Any, list[tuple[str, date]]]:
    rows = PhaseChange.objects.filter(service=actor.service_id).order_by("at")
    found: dict[Any, list[tuple[str, date]]] = {}
    for case, to, at in rows.values_list("case", "to_phase", "at"):
        found.setdefault(case, []).append((to, timezone.localdate(at)))
    return found


def _needs(actor: Actor) -> dict[Any, set[str]]:
    """The reasons noted for each case, those that are sure and were not taken away."""
    rows = Need.objects.filter(service=actor.service_id, taken_away_on=None)
    found: dict[Any, set[str]] = {}
    for case, category, certain in rows.values_list("case", "category", "certain"):
        found.setdefault(case, set()).update({category} if certain else set())
    return found


def _flag(reasons: set[str], of: frozenset[str]) -> str:
    """Nothing noted is not a no."""
    return ("yes" if reasons & of else "no") if reasons else ""

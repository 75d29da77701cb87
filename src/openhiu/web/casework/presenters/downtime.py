"""What a lead takes along for when the service cannot be reached: an actor in, a page out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import Case
from openhiu.web.casework.presenters import covering
from openhiu.web.casework.presenters.visits import AN_AID, span
from openhiu.web.casework.queries import visits
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.covering import noted_of
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing
from openhiu.web.design.words import short_day
from openhiu.web.directory import night
from openhiu.web.team.hours import hours_words
from openhiu.web.team.queries.care import settings_of
from openhiu.web.team.queries.staff import managers_of


@dataclass(frozen=True)
class Copy:
    """The page as a fragment of HTML, and everybody who stands in it, once, in one order."""

    page: str
    people: tuple[UUID, ...]


def taken_along(actor: Actor) -> tuple[Case, ...]:
    """Whom a copy is about: everybody one answers for today who is supported."""
    mine = with_standing(cases(actor)).filter(stands=SUPPORTED)
    return tuple(mine.select_related("person", "plan", "lead__user").order_by("pk"))


def copy_for(actor: Actor, *, made: datetime, until: datetime) -> Copy:
    """Everybody one answers for, one's visits, and whom to ring, from `made` to `until`."""
    found = taken_along(actor)
    first, last = timezone.localdate(made), timezone.localdate(until)
    noted = noted_of(actor, list(found), first, last)
    # It is read on another day than it was made: no "yesterday" in it.
    lines = [covering.noted(one, short_day) for one in noted if not one.rules.blocked]
    going = _visits(actor, made)
    settings = settings_of(actor.service)
    told: dict[str, Any] = {
        "actor": actor,
        "made": made,
        "until": until,
        "first": [one for one in lines if one.why],
        "others": [one for one in lines if not one.why],
        # Nobody may be in touch with them now: that is all there is to know on such a day.
        "stopped": [
            (one.case.person.full_name, one.rules.blocked) for one in noted if one.rules.blocked
        ],
        "visits": [(span(one.visit), one) for one in going],
        "settings": settings,
        "managers": managers_of(actor.membership),
        "night": night.suggested(actor.service) or [night.own_words(actor.service)],
        "hours": hours_words(actor.service),
        "aid": AN_AID,
    }
    people = {case.person_id for case in found}
    people |= {one.visit.case.person_id for one in going if one.visit.case}
    return Copy(render_to_string("casework/downtime_copy.html", told), tuple(sorted(people)))


def _visits(actor: Actor, now: datetime) -> list[visits.Told]:
    """One's visits of that day that have not ended, as their maker may read them."""
    rows = visits.own_of_day(actor, timezone.localdate(now))
    return [visits.told(actor, one, now) for one in rows if not one.back_at]

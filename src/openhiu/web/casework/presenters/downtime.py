"""What a lead takes along for when the service cannot be reached: an actor in, a page out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework.covering import covering_words
from openhiu.web.casework.models import Case, Visit
from openhiu.web.casework.presenters import covering
from openhiu.web.casework.presenters.visits import AN_AID
from openhiu.web.casework.queries import visits
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.covering import noted_of
from openhiu.web.casework.queries.noted import Noted
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing
from openhiu.web.design.words import clock, moment, short_day
from openhiu.web.directory import night
from openhiu.web.people.presenters import location
from openhiu.web.people.safety import contact_rules
from openhiu.web.team.hours import hours_words
from openhiu.web.team.queries.care import settings_of
from openhiu.web.team.queries.staff import managers_of


@dataclass(frozen=True)
class Copy:
    """The page as a fragment of HTML, and everybody who stands in it, once, in one order."""

    page: str
    people: tuple[UUID, ...]


@dataclass(frozen=True)
class Along:
    """One client in a copy: the note, where they are, and what a page would have led to.

    `where` is empty for somebody whose details are restricted. `worried` are the unanswered worries
    in their own words; `night` is who answers them by night beside those who answer everybody.
    """

    note: covering.NoteLines
    cover: str
    where: tuple[str, ...]
    worried: tuple[str, ...]
    night: str


@dataclass(frozen=True)
class Going:
    """A visit of one's own: `why_not` in place of where it goes, where nobody may be in touch."""

    when: str
    who: str
    where: str
    buddy: str
    why_not: str


def taken_along(actor: Actor) -> tuple[Case, ...]:
    """Whom a copy is about: everybody one answers for today who is supported."""
    mine = with_standing(cases(actor)).filter(stands=SUPPORTED)
    return tuple(mine.select_related("person", "plan", "lead__user").order_by("pk"))


def copy_for(actor: Actor, *, made: datetime, until: datetime) -> Copy:
    """Everybody one answers for, one's visits, and whom to ring, from `made` to `until`."""
    found = taken_along(actor)
    first, last = timezone.localdate(made), timezone.localdate(until)
    noted = noted_of(actor, list(found), first, last)
    along = [_along(actor, one) for one in noted if not one.rules.blocked]
    rows = [row for row in visits.between(actor, first, last) if not row.back_at]
    settings = settings_of(actor.service)
    told: dict[str, Any] = {
        "actor": actor,
        "made": made,
        "until": until,
        "first": [one for one in along if one.note.why],
        "others": [one for one in along if not one.note.why],
        # Nobody may be in touch with them now: that is all there is to know on such a day.
        "stopped": [(one.case.person.full_name, one.rules.blocked) for one in noted
                    if one.rules.blocked],
        "visits": [_going(row) for row in rows],
        "settings": settings,
        "managers": managers_of(actor.membership),
        "night": _everywhere(actor),
        "hours": hours_words(actor.service),
        "aid": AN_AID,
    }  # fmt: skip
    people = {case.person_id for case in found}
    people |= {row.case.person_id for row in rows if row.case}
    return Copy(render_to_string("casework/downtime_copy.html", told), tuple(sorted(people)))


def _along(actor: Actor, one: Noted) -> Along:
    case, person, place = one.case, one.case.person, location(one.case.person)
    where = () if person.restricted else tuple(filter(None, (place.address, place.postcode)))
    area = "" if person.restricted else str(person.postcode)
    worried = tuple(
        f"{worry.words}{f' (ring back: {worry.call_back})' if worry.call_back else ''}"
        for worry in one.worries
    )
    near = set(night.suggested(actor.service, area)) - set(_everywhere(actor))
    by_night = case.plan.out_of_hours or "\n".join(sorted(near))
    # It is read on another day than it was made: no "yesterday" in it.
    note = covering.noted(one, short_day)
    return Along(
        note=note, cover=covering_words(actor, case), where=where, worried=worried,
        night=by_night,
    )  # fmt: skip


def _going(visit: Visit) -> Going:
    why_not = contact_rules(visit.case.person).blocked if visit.case else ""
    where = "" if why_not else visits.where_of(visit)
    # Always with its day: tomorrow "10:40" would be taken for that day's.
    when = f"{moment(visit.starts_at)} to {clock(visit.ends_at)}"
    return Going(when, visits.who_of(visit), where, visit.buddy.user.name, why_not)


def _everywhere(actor: Actor) -> list[str]:
    """The service's own words, then the national lines: whoever rings may live in any area."""
    own = night.own_words(actor.service)
    national = [one.line for one in night.out_of_hours(actor.service)
                if one.national and one.by_night and not one.stale]  # fmt: skip
    return [*([own] if own else []), *national]

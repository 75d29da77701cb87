"""Meetings, who is there, and the agenda as one person may read it: scoped reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Organisation, Role
from openhiu.web.mdt import lifecycle, policies
from openhiu.web.mdt.models import Attendance, GroupMember, Meeting, Slot
from openhiu.web.mdt.queries.groups import groups, members
from openhiu.web.mdt.seeing import in_the_room, of_organisation, seen

THERE = (Attendance.Answer.PRESENT, Attendance.Answer.SENT)
NOT_COMING = (Attendance.Answer.APOLOGIES, Attendance.Answer.ABSENT)


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """Meetings of the actor's teams."""
    every = Meeting.objects.filter(service=actor.service_id, group__in=groups(actor))
    return every.select_related("group__chair__user", "group__coordinator__user")


def ahead(actor: Actor) -> QuerySet[Meeting]:
    """Those still to come or going on, the next first."""
    return meetings(actor).filter(state__in=lifecycle.AHEAD).order_by("starts_at")


def past(actor: Actor) -> QuerySet[Meeting]:
    """Those that were held, the latest first."""
    return meetings(actor).exclude(state__in=lifecycle.AHEAD).order_by("-starts_at")


def meeting_or_missing(actor: Actor, meeting_id: Any) -> Meeting:
    """One of them."""
    found = meetings(actor).filter(pk=meeting_id).first()
    if found is None:
        raise Missing
    return found


def meetings_of(membership: Membership, first: datetime, last: datetime) -> list[Meeting]:
    """Meetings that someone's teams have between two moments: for their week and calendar."""
    if not policies.sits(membership):
        return []
    mine = GroupMember.objects.filter(membership=membership, left_at=None).values("group")
    rows = Meeting.objects.filter(
        service=membership.service_id, group__in=mine, starts_at__gte=first, starts_at__lt=last
    ).exclude(state=lifecycle.CALLED_OFF.key)
    return list(rows.select_related("group").order_by("starts_at"))


@dataclass(frozen=True)
class Seat:
    """One member of a meeting's team and what they answered, if anything."""

    member: GroupMember
    answer: Attendance | None

    @property
    def there(self) -> bool:
        """In the room, themselves or somebody they sent."""
        return self.answer is not None and self.answer.answer in THERE

    @property
    def expected(self) -> bool:
        """Not known to stay away."""
        return self.answer is None or self.answer.answer not in NOT_COMING


def seats(meeting: Meeting) -> list[Seat]:
    """Every member of the team, and whoever answered while they were one."""
    answers = {
        one.member_id: one
        for one in Attendance.objects.filter(meeting=meeting).select_related(
            "member__membership__user", "member__membership__organisation"
        )
    }
    now = {row.pk: row for row in members(meeting.group)}
    left = {key: one.member for key, one in answers.items() if key not in now}
    return [Seat(row, answers.get(key)) for key, row in (now | left).items()]


def anybody_marked(meeting: Meeting) -> bool:
    """Whether somebody is marked as there; until then everybody who is expected counts."""
    return any(seat.there for seat in seats(meeting))


def organisations_in(meeting: Meeting) -> list[Organisation]:
    """Partner organisations whose people hear what is said: those there, or who are expected.

    Once one member is marked as there, those who are not marked do not count any more.
    """
    every = seats(meeting)
    marked = any(seat.there for seat in every)
    hear = [seat for seat in every if (seat.there if marked else seat.expected)]
    found = {
        seat.member.membership.organisation_id: seat.member.membership.organisation
        for seat in hear
        if seat.member.membership.role == Role.PARTNER
    }
    return sorted(found.values(), key=lambda one: one.name)


@dataclass(frozen=True)
class Place:
    """One person's place on an agenda: when, and what of them the asker may see."""

    slot: Slot
    begins: datetime
    ends: datetime
    items: frozenset[str]
    number: int


@dataclass(frozen=True)
class Agenda:
    """An agenda as one asker may read it; `hidden`: how many people they may not know of."""

    places: list[Place]
    hidden: int
    ends: datetime


def slots(meeting: Meeting) -> list[Slot]:
    """Every place of an agenda in order."""
    rows = Slot.objects.filter(meeting=meeting).select_related(
        "case__person", "case__lead__user", "listing", "meeting__group"
    )
    return list(rows.order_by("position", "pk"))


def agenda(actor: Actor, meeting: Meeting) -> Agenda:
    """The agenda for one actor: people not shared with them are not named, only counted."""
    every = slots(meeting)
    sight = seen(actor, [slot.case for slot in every])
    return _agenda(every, meeting, sight)


def room_agenda(actor: Actor, meeting: Meeting) -> Agenda:
    """The agenda as everybody in the room may see it, and whoever opens the wall, there or not."""
    every = slots(meeting)
    cases = [slot.case for slot in every]
    sight = in_the_room(organisations_in(meeting), cases, seen(actor, cases))
    return _agenda(every, meeting, sight)


def hearing(actor: Actor, meeting: Meeting) -> list[Organisation]:
    """The partner organisations in the room, and the one of a partner who reads the wall."""
    own = {actor.organisation} if actor.role == Role.PARTNER else set()
    return sorted({*organisations_in(meeting), *own}, key=lambda one: one.name)


def _agenda(every: list[Slot], meeting: Meeting, sight: dict[UUID, frozenset[str]]) -> Agenda:
    places, begins, hidden = [], meeting.starts_at, 0
    for number, slot in enumerate(every, 1):
        ends = begins + timedelta(minutes=slot.minutes)
        items = sight.get(slot.case_id, frozenset())
        if items:
            places.append(Place(slot, begins, ends, items, number))
        else:
            hidden += 1
        begins = ends
    return Agenda(places, hidden, begins)


def slot_or_missing(actor: Actor, slot_id: Any) -> Slot:
    """One place of an agenda, of a person the actor may know of."""
    found = (
        Slot.objects.filter(pk=slot_id, service=actor.service_id, meeting__in=meetings(actor))
        .select_related("case__person", "case__lead__user", "meeting__group", "listing")
        .first()
    )
    if found is None:
        raise Missing
    policies.must_know(actor, found.case)
    return found


def sights_of_the_room(meeting: Meeting, slot: Slot) -> dict[Organisation, dict[UUID, Any]]:
    """What each partner organisation in the room may hear about one person."""
    return {one: of_organisation(one, [slot.case]) for one in organisations_in(meeting)}


def next_meeting(group_id: Any) -> Meeting | None:
    """A team's next meeting."""
    rows = Meeting.objects.filter(group=group_id, state__in=lifecycle.AHEAD)
    since = timezone.now() - timedelta(hours=12)
    return rows.filter(starts_at__gte=since).order_by("starts_at").first()

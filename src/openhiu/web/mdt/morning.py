"""What this room hangs up on the morning page and in the week: meetings near, actions due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.home import ACTIONS, NEEDS, OWN, Line, Section
from openhiu.web.casework.presenters.shared import NO_NAME
from openhiu.web.design.words import LONDON, days_away, moment, plural
from openhiu.web.mdt.models import Action, Meeting
from openhiu.web.mdt.presenters.sheet import state_of
from openhiu.web.mdt.queries import minutes, plans
from openhiu.web.mdt.queries.groups import without_chair
from openhiu.web.mdt.queries.meetings import ahead, meetings_of
from openhiu.web.team.diary import Entry, carried, timed

_NEAR = timedelta(days=8)
_DUE_SOON = timedelta(days=3)


def sections(actor: Actor) -> list[Section]:
    """Meetings of the week, one's own actions, copies that have to come back."""
    if not may(actor.role, Permission.ATTEND_MDT):
        return []
    actions = _actions(actor)
    lines = [*_meetings(actor), *_copies(actor), *_handed_back(actor)]
    lines += _chairs(actor)
    if actor.role == Role.PARTNER:
        return [
            Section(OWN, (*actions, *lines), title="Team meetings",
                    why_empty="Nothing is asked of you, and no meeting is near.",
                    more=("Team meetings", reverse("mdt:meetings")), order=20)
        ]  # fmt: skip
    return [Section(ACTIONS, tuple(actions)), Section(NEEDS, tuple(lines))]


def _actions(actor: Actor) -> list[Line]:
    """Own actions due within three days; a partner's all, as they have no other list."""
    mine, today = minutes.mine(actor), timezone.localdate()
    every = actor.role == Role.PARTNER
    return [
        Line(
            one.words,
            reverse("mdt:actions"),
            detail=f"For {_name(mine, one)}",
            when=one.due_on,
            tag=state_of(one),
            act=("Done", reverse("mdt:finish_action", args=[one.pk])),
            overdue=one.due_on < today,
        )
        for one in mine.open
        if every or one.due_on <= today + _DUE_SOON
    ]


def _name(mine: minutes.Mine, action: Action) -> str:
    known = "name" in mine.sight[action.case_id]
    return str(action.case.person.full_name) if known else NO_NAME


def _meetings(actor: Actor) -> list[Line]:
    until = timezone.now() + _NEAR
    return [
        Line(f"{one.group.name}, {moment(one.starts_at)}", reverse("mdt:meeting", args=[one.pk]),
             detail=one.place, when=one.starts_at, tag=(days_away(one.starts_at).capitalize(), ""))
        for one in ahead(actor).filter(starts_at__lte=until)
    ]  # fmt: skip


def _copies(actor: Actor) -> list[Line]:
    many = len(plans.copies_back(actor))
    if not many:
        return []
    said = f"{plural(many, 'copy', 'copies')} of agreed plans to destroy or replace"
    return [Line(said, reverse("mdt:copies"), tag=("Asked back", "orange"))]


def _handed_back(actor: Actor) -> list[Line]:
    """For coordinators: what nobody has now."""
    rows = Action.objects.filter(
        service=actor.service_id, group__coordinator=actor.membership, ended_at=None,
        handed_back_at__isnull=False,
    )  # fmt: skip
    many = rows.count()
    if not many:
        return []
    said = f"{plural(many, 'action')} handed back: who does it now?"
    return [Line(said, reverse("mdt:actions"), tag=("Handed back", "orange"))]


def _chairs(actor: Actor) -> list[Line]:
    """For coordinators: teams that need another chair."""
    return [
        Line(f"{group.name}: name another chair", reverse("mdt:change_group", args=[group.pk]),
             detail=why, tag=("No chair", "orange"))
        for group, why in without_chair(actor)
    ]  # fmt: skip


def entries(actor: Actor, first: date, last: date) -> Iterable[Entry]:
    """Meetings of one's teams and one's own actions between two days: the week and a calendar."""
    begins = datetime.combine(first, time(), LONDON)
    ends = datetime.combine(last + timedelta(days=1), time(), LONDON)
    for one in meetings_of(actor.membership, begins, ends):
        yield timed("meeting", one.starts_at, _end(one), one.group.name,
                    reverse("mdt:meeting", args=[one.pk]))  # fmt: skip
    mine = minutes.mine(actor)
    for action in mine.open:
        day = carried(action.due_on)
        if first <= day <= last:
            yield Entry("task", day, action.words, reverse("mdt:actions"),
                        detail=_name(mine, action), overdue=action.due_on < day)  # fmt: skip


def _end(meeting: Meeting) -> datetime:
    """When the agenda ends; an hour after the beginning while it is empty."""
    minutes_in_all = sum(meeting.slots.values_list("minutes", flat=True))
    end: datetime = meeting.starts_at + timedelta(minutes=minutes_in_all or 60)
    return end

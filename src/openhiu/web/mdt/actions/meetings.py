"""Planning meetings, moving them along their lifecycle, and saying who comes and who came."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.mdt import lifecycle, policies
from openhiu.web.mdt.actions.holding import apply, held
from openhiu.web.mdt.actions.telling import tell
from openhiu.web.mdt.models import Attendance, Group, GroupMember, Meeting, Slot
from openhiu.web.mdt.queries.groups import members

LABELS: Final = {
    "starts_at": "When",
    "place": "Where",
    "minutes_each": "Minutes for each person",
}
Answer: Any = Attendance.Answer
_BEFORE: Final = (Answer.COMING, Answer.SENT, Answer.APOLOGIES)


@transaction.atomic
def plan_meeting(
    *, by: Actor, group: Group, starts_at: datetime, place: str, minutes_each: int | None = None
) -> Meeting:
    """Plan a meeting; every member is told that there is one."""
    policies.must_arrange(by, group)
    if group.ended_at:
        raise NotAllowed("This team has ended.")
    if not place.strip():
        raise NotAllowed("Say where: a room, or how to join.")
    meeting: Meeting = Meeting.objects.create(
        service=by.service, group=group, starts_at=starts_at, place=place.strip(),
        minutes_each=minutes_each or group.minutes_each, state_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, about=meeting)
    _tell(by, meeting, "A team meeting is planned.")
    return meeting


@transaction.atomic
def change_meeting(*, by: Actor, meeting: Meeting, version: int, **said: Any) -> Meeting:
    """Another time or place (keys of LABELS); members are told."""
    policies.must_arrange(by, meeting)
    row: Meeting = held(by, meeting)
    if row.state not in lifecycle.AHEAD:
        raise NotAllowed(lifecycle.why_not(row.state, lifecycle.PLANNED.key))
    changed = apply(row, version, said, LABELS)
    if changed:
        row.save()
        if "minutes_each" in changed:
            Slot.objects.filter(meeting=row).update(minutes=row.minutes_each)
        record(by, Did.CHANGED, about=row, fields=changed)
        _tell(by, row, "A team meeting has another time or place.")
    return row


@transaction.atomic
def move(*, by: Actor, meeting: Meeting, to: str, reason: str = "") -> Meeting:
    """Move a meeting along its lifecycle. The chair may too; minutes need someone who was there.

    Raises:
        NotAllowed: it cannot go there from where it is, as a sentence.
    """
    policies.must_run(by, meeting.group)
    row: Meeting = held(by, meeting)
    policies.must(_why_not(row, to, reason))
    row.state, row.state_at, row.state_by = to, timezone.now(), by.membership
    row.called_off_reason = reason.strip() if to == lifecycle.CALLED_OFF.key else ""
    row.version += 1
    row.save()
    record(by, Did.MOVED, about=row, to=to)
    if to == lifecycle.CALLED_OFF.key:
        _tell(by, row, "A team meeting was called off.")
    if to == lifecycle.CLOSED.key:
        _tell(by, row, "The agenda of a team meeting is ready.")
    if to == lifecycle.AGREED.key:
        _tell(by, row, "The minutes of a team meeting are agreed.")
    return row


def _why_not(meeting: Meeting, to: str, reason: str) -> str:
    why = lifecycle.why_not(meeting.state, to)
    if why:
        return why
    if to == lifecycle.CALLED_OFF.key and not reason.strip():
        return "Say why it is called off, in a few words."
    came = Attendance.objects.filter(meeting=meeting, answer__in=(Answer.PRESENT, Answer.SENT))
    if to == lifecycle.AGREED.key and not came.exists():
        return "Say who was there first."
    return ""


@transaction.atomic
def answer_for(
    *, by: Actor, meeting: Meeting, member: GroupMember, answer: str, instead: str = ""
) -> Attendance:
    """Say whether a member comes or came: themselves before it, the chair or coordinator always.

    Raises:
        NotAllowed: for someone else, after the minutes, or a stand-in without a name.
    """
    policies.ours(by, meeting)
    own = member.membership_id == by.membership.pk
    if not own:
        policies.must_run(by, meeting.group)
    if member.group_id != meeting.group_id:
        raise NotAllowed("They are not a member of this team.")
    policies.must(_why_not_answer(meeting, answer, instead))
    if own and answer not in _BEFORE and not policies.arranges(by):
        policies.must_run(by, meeting.group)
    row, _new = Attendance.objects.update_or_create(
        meeting=meeting,
        member=member,
        defaults={
            "service": by.service,
            "answer": answer,
            "instead": instead.strip() if answer == Answer.SENT else "",
            "by": by.membership,
            "at": timezone.now(),
        },
    )
    record(by, Did.CHANGED, about=meeting, attendance=answer)
    return row


def _why_not_answer(meeting: Meeting, answer: str, instead: str) -> str:
    if answer not in Answer.values:
        return "Choose an answer from those shown."
    if meeting.state in (lifecycle.AGREED.key, lifecycle.CALLED_OFF.key):
        return lifecycle.why_not(meeting.state, lifecycle.HELD.key)
    if answer == Answer.SENT and not instead.strip():
        return "Say who comes instead, and which post they hold."
    return ""


def _tell(by: Actor, meeting: Meeting, words: str) -> None:
    link = reverse("mdt:meeting", args=[meeting.pk])
    for member in members(meeting.group):
        if member.membership_id != by.membership.pk and not member.membership.ended_at:
            tell(to=member.membership, words=words, link=link)

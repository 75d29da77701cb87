"""Who may do what with hours, leave and cover, as sentences: also the reason on the page.

Each `why_not_…` gives an empty text when it may be done.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.design.words import plural, short_day
from openhiu.web.team import hours
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.leave import (
    WORKERS,
    covering_days,
    manages,
    may_hold_clients,
    uncovered,
)

# Somebody ill may be written down a while later; a whole year is no leave but a change of hours.
SICK_BACK_DAYS: Final = 28
LONGEST_DAYS: Final = 366
_ASKED: Final = (Cover.Answer.WAITING, Cover.Answer.YES)


def must(why_not: str) -> None:
    """Refuse with the sentence, when there is one."""
    if why_not:
        raise NotAllowed(why_not)


def must_concern(by: Actor, member: Membership) -> None:
    """Refuse who is neither the member themselves nor a supervisor of the service.

    Raises:
        Missing: the member is of another service.
        NotAllowed: they are a colleague.
    """
    if member.service_id != by.service_id:
        raise Missing
    if by.user.pk != member.user_id and not manages(by, member):
        raise NotAllowed("You can change your own hours and leave only.")


def is_sudden(leave: Leave) -> bool:
    """Whether it is an illness that has begun: it stands at once, covered or not."""
    return leave.kind == Leave.Kind.SICK and leave.from_day <= timezone.localdate()


def why_not_leave(leave: Leave) -> str:
    """Why these days cannot be leave of this member."""
    return _why_not_days(leave) or _why_not_beside(leave)


def _why_not_days(leave: Leave) -> str:
    today = timezone.localdate()
    if leave.until_day < leave.from_day:
        return "The last day away cannot be before the first."
    if (leave.until_day - leave.from_day).days > LONGEST_DAYS:
        return "This is longer than a year. Talk with your supervisor about another working week."
    if leave.from_midday and leave.until_midday and leave.from_day == leave.until_day:
        return "Away from midday and back at midday on the same day is no time away."
    if leave.kind == Leave.Kind.SICK:
        if (today - leave.from_day).days > SICK_BACK_DAYS:
            return f"An illness can be noted for the last {SICK_BACK_DAYS} days."
    elif leave.from_day < today:
        return "Leave is asked for before it begins. Choose a day from today on."
    if not hours.calendar_of(leave.member).days(leave.from_day, leave.until_day):
        return "None of these days is a working day. No leave is needed."
    return ""


def _why_not_beside(leave: Leave) -> str:
    """Other leave, and colleagues one has promised to cover, on the same days."""
    other = (
        Leave.objects.filter(
            service=leave.service_id,
            member__user=leave.member.user_id,
            from_day__lte=leave.until_day,
            until_day__gte=leave.from_day,
        )
        .exclude(state=Leave.State.CANCELLED)
        .exclude(pk=leave.pk)
        .first()
    )
    if other:
        return (
            f"There is leave already from {short_day(other.from_day)} to "
            f"{short_day(other.until_day)}. Change that one."
        )
    if leave.kind == Leave.Kind.SICK:
        return ""
    promised = covering_days(leave.member, leave.from_day, leave.until_day)
    if promised:
        return (
            f"You cover {promised.leave.member.user.name} from {short_day(promised.from_day)} to "
            f"{short_day(promised.until_day)}. Somebody else has to take that over first."
        )
    return ""


def why_not_book(leave: Leave) -> str:
    """Why leave that was asked for is not booked yet: days that nobody covers."""
    if not may_hold_clients(leave.member):
        return ""
    days = uncovered(leave)
    return f"Not booked yet: {_days_words(days)} not covered." if days else ""


def why_not_ask(leave: Leave, asked: list[Cover]) -> str:
    """Why leave cannot even be asked for: a working day for which nobody was named."""
    if is_sudden(leave) or not may_hold_clients(leave.member):
        return ""
    days = uncovered(leave, covers=asked)
    if not days:
        return ""
    return (
        f"Leave needs somebody who covers every working day of it. {_days_words(days)} not "
        "covered by those you chose, or they do not work then. Choose somebody as well."
    )


def why_not_cover(cover: Cover) -> str:
    """Why a colleague cannot cover these days of a leave."""
    leave, covering = cover.leave, cover.covering
    if covering.service_id != leave.service_id or covering.ended_at or covering.role not in WORKERS:
        return "Choose a lead or cover of this service."
    if covering.user_id == leave.member.user_id:
        return "Nobody covers for themselves."
    if cover.from_day < leave.from_day or cover.until_day > leave.until_day:
        return "Cover has to lie within the leave."
    away = _leave_of(covering, cover.from_day, cover.until_day)
    if away:
        return (
            f"{covering.user.name} is away from {short_day(away.from_day)} to "
            f"{short_day(away.until_day)}. Choose somebody else for those days."
        )
    if _covers_back(cover):
        return f"You would cover each other on the same days. {covering.user.name} is away then."
    return ""


def why_not_answer(by: Actor, cover: Cover) -> str:
    """Why this member cannot answer for a request to cover."""
    if cover.answer == Cover.Answer.ENDED or cover.leave.state == Leave.State.CANCELLED:
        return "This cover is not needed any more."
    if cover.until_day < timezone.localdate():
        return "These days are over."
    if by.user.pk == cover.covering.user_id:
        return ""
    theirs = manages(by, cover.leave.member)
    if theirs and cover.leave.kind == Leave.Kind.SICK:
        return ""
    if theirs:
        return "Only they can say yes to planned leave. For an illness you can say it for them."
    return "Only the colleague who was asked can answer."


def why_not_change(leave: Leave, first: date, last: date) -> str:
    """Why leave cannot get other days."""
    today = timezone.localdate()
    if leave.state == Leave.State.CANCELLED:
        return "This leave was cancelled. Ask anew."
    if leave.until_day < today:
        return "This leave is over."
    if leave.kind == Leave.Kind.SICK:
        return ""
    begun = leave.from_day <= today and leave.state == Leave.State.BOOKED
    if begun and (first != leave.from_day or last > leave.until_day):
        return "This leave has begun. For more days away, ask for leave from the day after it."
    return ""


def _leave_of(member: Membership, first: date, last: date) -> Leave | None:
    """Leave they are on, or have asked for, on any of these days."""
    found = Leave.objects.filter(
        service=member.service_id, member__user=member.user_id,
        from_day__lte=last, until_day__gte=first,
    ).exclude(state=Leave.State.CANCELLED)  # fmt: skip
    return found.order_by("from_day").first()


def _covers_back(cover: Cover) -> bool:
    """Whether the one who goes is to cover the one who covers, on any of the same days."""
    return (
        Cover.objects.filter(
            Q(answer__in=_ASKED),
            service=cover.service_id,
            covering__user=cover.leave.member.user_id,
            leave__member__user=cover.covering.user_id,
            from_day__lte=cover.until_day,
            until_day__gte=cover.from_day,
        )
        .exclude(leave__state=Leave.State.CANCELLED)
        .exists()
    )


def _days_words(days: list[date]) -> str:
    """The first few days in words, and whether one or several are meant: "3 Aug and 4 Aug are"."""
    named = [short_day(day) for day in days[:3]]
    if len(days) > 3:
        return f"{', '.join(named)} and {plural(len(days) - 3, 'more day')} are"
    if len(named) == 1:
        return f"{named[0]} is"
    return f"{', '.join(named[:-1])} and {named[-1]} are"

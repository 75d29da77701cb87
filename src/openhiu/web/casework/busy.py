"""Signs of overload in what a lead wrote down: a member comes in, sentences with dates go out.

Only their owner reads them (team.overload); they look at when somebody works, never at how well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from openhiu.web.access.models import Membership
from openhiu.web.casework.caseload import standing
from openhiu.web.casework.models import Contact
from openhiu.web.casework.queries.visits import bounds
from openhiu.web.design.words import plural, weekday
from openhiu.web.team.hours import Calendar, calendar_of
from openhiu.web.team.overload import LOOK_BACK_DAYS, Sign

# Writing up after the last call of the day is no sign of anything.
_GRACE: Final = timedelta(minutes=30)


def signs(member: Membership, today: date, thresholds: Mapping[str, int]) -> Iterable[Sign]:
    """What the contacts of the last two weeks and the caseload of today show of one member."""
    since = bounds(today - timedelta(days=LOOK_BACK_DAYS - 1))[0]
    written = list(
        Contact.objects.filter(
            service=member.service_id, by__user=member.user_id, recorded_at__gte=since
        )
        .order_by("recorded_at")
        .values_list("recorded_at", "at", "error_at")
    )
    moments = [timezone.localtime(recorded) for recorded, _, _ in written]
    yield from _outside_hours(member, moments, thresholds["outside_hours"])
    made = [timezone.localdate(at) for _, at, error in written if error is None]
    yield from _on_one_day(made, thresholds["contacts_a_day"])
    yield from _running({moment.date() for moment in moments}, thresholds["days_running"])
    yield from _load(member, thresholds["load"])


def _outside_hours(member: Membership, moments: list[datetime], least: int) -> Iterable[Sign]:
    days = calendar_of(member)
    late = tuple(sorted({moment.date() for moment in moments if _is_outside(days, moment)}))
    if least and len(late) >= least:
        yield Sign(
            "outside_hours",
            f"You wrote entries outside your hours on {plural(len(late), 'day')} "
            f"in the last {LOOK_BACK_DAYS}.",
            late,
        )


def _is_outside(days: Calendar, moment: datetime) -> bool:
    hours = days.hours(moment.date())
    if hours is None:
        return True
    begins = datetime.combine(moment.date(), hours[0], moment.tzinfo) - _GRACE
    ends = datetime.combine(moment.date(), hours[1], moment.tzinfo) + _GRACE
    return not begins <= moment <= ends


def _on_one_day(made: list[date], least: int) -> Iterable[Sign]:
    counts = {day: made.count(day) for day in sorted(set(made))}
    full = {day: count for day, count in counts.items() if least and count >= least}
    if full:
        said = ", ".join(f"{count} on {weekday(day)}" for day, count in full.items())
        yield Sign("contacts_a_day", f"Many contacts on one day: {said}.", tuple(full))


def _running(days: set[date], least: int) -> Iterable[Sign]:
    longest: list[date] = []
    run: list[date] = []
    for day in sorted(days):
        run = [*run, day] if run and day - run[-1] == timedelta(days=1) else [day]
        longest = max(longest, run, key=len)
    if least and len(longest) >= least:
        yield Sign(
            "days_running",
            f"You wrote entries on {len(longest)} days running, without one between.",
            (longest[0], longest[-1]),
        )


def _load(member: Membership, least: int) -> Iterable[Sign]:
    if not least:
        return
    load = standing(member).load
    if load.room and load.value * 100 >= load.room * least:
        yield Sign(
            "load",
            f"Your clients together weigh {load.value:.1f}; your post has room for "
            f"{load.room:.1f}. See My caseload.",
        )

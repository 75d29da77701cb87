"""Working days and opening hours: a service or a member and a day come in; days and words go out.

Bank holidays of England, the service's own week and its local closed days count everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

import holidays
from django.utils import timezone

from openhiu.web.access.models import Membership, Service
from openhiu.web.access.models.belonging import weekdays_nine_to_five
from openhiu.web.team.models import WorkingPattern

DAY_NAMES: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_ONE: Final = timedelta(days=1)
# A week has a day at work (see `week_of`), and a year is not closed throughout.
_LOOK_AHEAD: Final = 800
Hours = tuple[time, time]
Week = tuple[Hours | None, ...]


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of England in a year, with their names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


@dataclass(frozen=True)
class Calendar:
    """Days somebody is at work: a week of hours and the days a service is closed anyway.

    Pure: no database behind it, so that many days can be asked at no cost.
    """

    week: Week
    closed: Mapping[date, str] = field(default_factory=dict)
    later: tuple[tuple[date, Week], ...] = ()  # other weeks and the days they begin, in order

    def why_closed(self, day: date) -> str:
        """The name of a bank holiday or a local reason; nothing on other days."""
        return self.closed.get(day, "") or bank_holidays(day.year).get(day, "")

    def hours(self, day: date) -> Hours | None:
        """From when to when on that day, in London time; None when closed."""
        if self.why_closed(day):
            return None
        begun = [week for from_day, week in self.later if from_day <= day]
        return (begun[-1] if begun else self.week)[day.weekday()]

    def is_workday(self, day: date) -> bool:
        """Whether anyone is at work that day at all."""
        return self.hours(day) is not None

    def next(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return next(self._from(day))

    def add(self, day: date, count: int) -> date:
        """The working day that many working days later (count 0: as `next`) or earlier."""
        if count < 0:
            return self._before(day, -count)
        days = self._from(day + _ONE if count else day)
        return next(found for n, found in enumerate(days, start=1) if n >= count)

    def between(self, first: date, last: date) -> int:
        """How many working days come after the first day, up to and with the last; 0 or more."""
        return sum(self.is_workday(day) for day in days_of(first + _ONE, last))

    def days(self, first: date, last: date) -> list[date]:
        """The working days from the first to the last, both included."""
        return [day for day in days_of(first, last) if self.is_workday(day)]

    def _from(self, day: date) -> Iterator[date]:
        return (found for found in days_of(day, day + _LOOK_AHEAD * _ONE) if self.is_workday(found))

    def _before(self, day: date, count: int) -> date:
        back = (day - n * _ONE for n in range(1, _LOOK_AHEAD))
        working = (found for found in back if self.is_workday(found))
        return next(found for n, found in enumerate(working, start=1) if n >= count)


def days_of(first: date, last: date) -> list[date]:
    """Every day from the first to the last; none when the last comes earlier."""
    return [first + n * _ONE for n in range((last - first).days + 1)]


def week_of(kept: list[list[str] | None]) -> Week:
    """A week as it is kept; Monday to Friday, 9 to 5, where no day of it is worked."""
    if not any(kept):
        kept = weekdays_nine_to_five()
    return tuple(
        (time.fromisoformat(day[0]), time.fromisoformat(day[1])) if day else None for day in kept
    )


def calendar(service: Service) -> Calendar:
    """The service's own days; asks nothing of the database."""
    local = {date.fromisoformat(day): words for day, words in service.closed_days}
    return Calendar(week_of(service.opening), local)


def is_workday(service: Service, day: date) -> bool:
    """Whether the service is open that day."""
    return calendar(service).is_workday(day)


def next_workday(service: Service, day: date) -> date:
    """The day itself, or the next on which the service is open."""
    return calendar(service).next(day)


def add_workdays(service: Service, day: date, count: int) -> date:
    """So many working days after a day (0: the day itself or the next one; negative: before)."""
    return calendar(service).add(day, count)


def workdays_between(service: Service, first: date, last: date) -> int:
    """Working days after the first day, up to and with the last; 0 when it comes no later."""
    return calendar(service).between(first, last)


def open_now(service: Service, at: datetime | None = None) -> bool:
    """Whether the service is open at a moment (now where none is given), by London time."""
    local = timezone.localtime(at)
    hours = calendar(service).hours(local.date())
    return hours is not None and hours[0] <= local.time() < hours[1]


def opens_next(service: Service, at: datetime | None = None) -> datetime:
    """The next moment the service opens, in London time: later today or on a later day."""
    local, days = timezone.localtime(at), calendar(service)
    day = local.date()
    hours = days.hours(day)
    if hours and local.time() < hours[0]:
        return timezone.make_aware(datetime.combine(day, hours[0]))
    day = days.next(day + _ONE)
    opening = (days.hours(day) or (time(9), time(17)))[0]
    return timezone.make_aware(datetime.combine(day, opening))


def hours_words(service: Service) -> str:
    """The service's week in words: "Monday to Friday, 9am to 5pm"."""
    return words_of(week_of(service.opening))


def words_of(week: Week) -> str:
    """A week in words; runs of like days are joined."""
    runs: list[tuple[int, int, Hours]] = []
    for number, hours in enumerate(week):
        if hours is None:
            continue
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], number, hours)
        else:
            runs.append((number, number, hours))
    return "; ".join(f"{_days_words(a, b)}, {span_words(hours)}" for a, b, hours in runs)


def _days_words(first: int, last: int) -> str:
    if first == last:
        return DAY_NAMES[first]
    joined = "to" if last - first > 1 else "and"
    return f"{DAY_NAMES[first]} {joined} {DAY_NAMES[last]}"


def span_words(hours: Hours) -> str:
    """Hours as the NHS writes them: 9am to 5pm."""
    return f"{clock_words(hours[0])} to {clock_words(hours[1])}"


def clock_words(at: time) -> str:
    """A time as the NHS writes it: 9am, 9:30am, midday."""
    if (at.hour, at.minute) == (12, 0):
        return "midday"
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    return f"{hour}:{at.minute:02d}{half}" if at.minute else f"{hour}{half}"


# One member's own days


def patterns(member: Membership) -> list[WorkingPattern]:
    """Every working pattern noted for a member in any role, the earliest first; one query."""
    rows = WorkingPattern.objects.filter(service=member.service_id, member__user=member.user_id)
    return list(rows.order_by("from_day", "noted_at"))


def pattern(member: Membership, day: date) -> WorkingPattern | None:
    """The one of a day; None where none was noted: the service's week, a whole post."""
    begun = [one for one in patterns(member) if one.from_day <= day]
    return begun[-1] if begun else None


def calendar_of(member: Membership) -> Calendar:
    """The days a member works, by their patterns; one query. Leave is asked elsewhere."""
    return calendar_with(member.service, patterns(member))


def calendar_with(service: Service, noted: Iterable[WorkingPattern]) -> Calendar:
    """The same for patterns read before, the earliest first."""
    own = calendar(service)
    return replace(own, later=tuple((one.from_day, week_of(one.week)) for one in noted))


def next_day_at_work(member: Membership, day: date) -> date:
    """The day itself, or the first day after it that this member works."""
    return calendar_of(member).next(day)


def works_on(member: Membership, day: date) -> bool:
    """Whether a member works that day by their pattern; leave is asked elsewhere."""
    return calendar_of(member).is_workday(day)

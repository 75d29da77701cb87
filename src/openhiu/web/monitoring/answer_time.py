"""Time as it counts for an answer: moments come in; the deadline and hours at work go out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from openhiu.web.access.models import Service
from openhiu.web.team.hours import calendar, opens_next

ANSWER_WITHIN: Final = 2  # working days, before the supervisor is told too
_MANY: Final = timedelta(days=366)


def answer_by(service: Service, raised: datetime) -> datetime:
    """Two whole working days after a moment: from the next opening where it came at night."""
    return _after(service, raised, ANSWER_WITHIN)


def one_working_day_after(service: Service, moment: datetime) -> datetime:
    """One whole working day after a moment, counted in the same way."""
    return _after(service, moment, 1)


def _after(service: Service, moment: datetime, working_days: int) -> datetime:
    begins = _begins(service, moment)
    day = calendar(service).add(begins.date(), working_days)
    return timezone.make_aware(datetime.combine(day, begins.time().replace(tzinfo=None)))


def hours_at_work(service: Service, first: datetime, last: datetime) -> float:
    """Hours between two moments in which the service was open; 0 when the last is no later."""
    days = calendar(service)
    begin, end = timezone.localtime(first), timezone.localtime(min(last, first + _MANY))
    total = timedelta()
    for day in days.days(begin.date(), end.date()) if begin < end else ():
        hours = days.hours(day)
        if hours is None:
            continue
        opens, closes = (timezone.make_aware(datetime.combine(day, hour)) for hour in hours)
        total += max(min(end, closes) - max(begin, opens), timedelta())
    return total / timedelta(hours=1)


def _begins(service: Service, moment: datetime) -> datetime:
    """The moment itself while the service is open; else when it opens next."""
    at = timezone.localtime(moment)
    hours = calendar(service).hours(at.date())
    if hours is not None and hours[0] <= at.time() < hours[1]:
        return at
    return opens_next(service, moment)

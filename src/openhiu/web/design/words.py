"""Dates, numbers and counts as people read them, for templates: a value in, plain words out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
NARROW = "\u00a0"  # a space at which a number is not broken over two lines


def local(value: date | datetime) -> date | datetime:
    """The same moment on a clock in London; a plain date stays as it is."""
    return value.astimezone(LONDON) if isinstance(value, datetime) else value


def as_day(value: date | datetime) -> date:
    """The calendar day in London."""
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value


def today() -> date:
    """The calendar day in London now."""
    return as_day(timezone.now())


def day(value: date | datetime | None) -> str:
    """22 November 2026."""
    return "" if value is None else f"{as_day(value).day} {as_day(value):%B %Y}"


def short_day(value: date | datetime | None) -> str:
    """22 Nov, with the year when it is another year than this one."""
    if value is None:
        return ""
    when = as_day(value)
    return f"{when.day} {when:%b}" if when.year == today().year else f"{when.day} {when:%b %Y}"


def weekday(value: date | datetime | None) -> str:
    """Sunday 22 November."""
    return "" if value is None else f"{as_day(value):%A} {as_day(value).day} {as_day(value):%B}"


def clock(value: datetime | None) -> str:
    """14:05 in London."""
    return "" if value is None else f"{local(value):%H:%M}"


def moment(value: datetime | None) -> str:
    """22 Nov, 14:05 in London, with the year when it is another year."""
    return "" if value is None else f"{short_day(value)}, {clock(value)}"


def days_away(value: date | datetime | None) -> str:
    """Today, yesterday, tomorrow, in 3 days, 12 days ago; months from 60 days on."""
    if value is None:
        return ""
    days = (as_day(value) - today()).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in named:
        return named[days]
    span = plural(abs(days), "day") if abs(days) < 60 else plural(abs(days) // 30, "month")
    return f"in {span}" if days > 0 else f"{span} ago"


def plural(count: int, one: str, many: str = "") -> str:
    """1 person, 3 people: the number with the right word."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def number(value: Any) -> str:
    """1,234: whole numbers with thousands apart; nothing for nothing."""
    return "" if value is None else f"{value:,}"


def nhs_number(value: str | None) -> str:
    """999 123 4567, kept on one line; anything that has not ten digits stays as it is."""
    digits = (value or "").replace(" ", "").replace("-", "")
    if len(digits) != 10 or not digits.isdigit():
        return value or ""
    return NARROW.join((digits[:3], digits[3:6], digits[6:]))


def age(born: date | None, on: date | None = None) -> int | None:
    """Whole years lived on a day (today unless told)."""
    if born is None:
        return None
    when = on or today()
    return when.year - born.year - ((when.month, when.day) < (born.month, born.day))


def initial_lower(text: str) -> str:
    """The text as it stands within a sentence: NHS number stays, Preferred name does not."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() or first[1:2].isupper() else text[:1].lower() + text[1:]


FILTERS = {
    "day": day,
    "short_day": short_day,
    "weekday": weekday,
    "clock": clock,
    "moment": moment,
    "days_away": days_away,
    "plural": plural,
    "number": number,
    "nhs_number": nhs_number,
    "age": age,
    "initial_lower": initial_lower,
}

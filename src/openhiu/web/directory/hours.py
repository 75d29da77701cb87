"""Regular hours of a service: typed or imported texts come in; spells, words and "open now" go out.

Hours are {"MO": [["09:00", "17:00"]], ...} on a clock in London. A spell that ends before it begins
goes over midnight; "24:00" is the end of a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final

import holidays
from django.core.exceptions import ValidationError

from openhiu.web.design.fields import TimeOfDay
from openhiu.web.design.words import LONDON
from openhiu.web.directory.words import DAYS

Spell = list[str]
Hours = Mapping[str, list[Spell]]
ALL_DAY: Final = ["00:00", "24:00"]
_NAMES: Final = tuple(DAYS)
_BETWEEN: Final = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\buntil\b)\s*")
_CLOCK: Final = TimeOfDay("Time")


@lru_cache(maxsize=32)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a bank holiday in England."""
    return day in _bank_holidays(day.year)


def read_spells(text: str) -> list[Spell]:
    """What somebody typed for one day: "9am to 12:30, 2pm-5pm", "24 hours", "closed" or nothing.

    Raises:
        ValueError: it cannot be read as times.
    """
    said = text.strip().lower()
    if said in ("", "closed", "shut"):
        return []
    if said in ("24 hours", "24h", "24/7", "all day", "always"):
        return [list(ALL_DAY)]
    return [_spell(part) for part in re.split(r"\s*(?:,|;|\band\b)\s*", said)]


def _spell(text: str) -> Spell:
    ends = _BETWEEN.split(text)
    if len(ends) != 2:
        raise ValueError(text)
    opens, closes = (_time(end) for end in ends)
    return tidy(opens, closes)


def _time(text: str) -> str:
    plain = {"midnight": "24:00", "noon": "12:00", "midday": "12:00", "24:00": "24:00"}
    if text in plain:
        return plain[text]
    try:
        found = _CLOCK.to_python(text)
    except ValidationError:
        found = None
    if found is None:
        raise ValueError(text)
    return f"{found:%H:%M}"


def tidy(opens: str, closes: str) -> Spell:
    """A spell in one form: a whole day is from 00:00 to 24:00, whichever way it was said."""
    opens = "00:00" if opens == "24:00" else opens
    closes = "24:00" if closes in ("00:00", "23:59") else closes
    return list(ALL_DAY) if opens == closes else [opens, closes]


def spells_words(spells: list[Spell]) -> str:
    """9am to 5pm; closed when there are none."""
    if not spells:
        return "closed"
    return " and ".join(
        "24 hours" if spell == ALL_DAY else f"{said(spell[0])} to {said(spell[1])}"
        for spell in spells
    )


def said(clock: str) -> str:
    """09:00 as 9am, 17:30 as 5:30pm, 24:00 as midnight."""
    if clock in ("00:00", "24:00"):
        return "midnight"
    if clock == "12:00":
        return "noon"
    hour, minute = int(clock[:2]), clock[3:]
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{'' if minute == '00' else ':' + minute}{half}"


def week_words(hours: Hours) -> list[tuple[str, str]]:
    """The week in few lines: ("Monday to Friday", "9am to 5pm"); nothing where none are known."""
    if not any(hours.values()):
        return []
    if all(hours.get(day) == [ALL_DAY] for day in _NAMES):
        return [("Every day", "24 hours")]
    same: dict[str, list[str]] = {}
    for day in _NAMES:
        same.setdefault(spells_words(hours.get(day) or []), []).append(day)
    closed = same.pop("closed", [])
    lines = [(_days_words(days), spells) for spells, days in same.items()]
    return lines + ([("Other days", "closed")] if closed else [])


def _days_words(days: list[str]) -> str:
    """Monday to Wednesday and Friday: runs of three days and more as from and to."""
    if len(days) == 7:
        return "Every day"
    at = [_NAMES.index(day) for day in days]
    runs = [[n for _, n in run] for _, run in groupby(enumerate(at), key=lambda p: p[1] - p[0])]
    named: list[str] = []
    for run in runs:
        names = [DAYS[_NAMES[n]] for n in run]
        named += [f"{names[0]} to {names[-1]}"] if len(names) > 2 else names
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def one_line(hours: Hours) -> str:
    """The week in one line, days without hours left out."""
    lines = [f"{days} {spells}" for days, spells in week_words(hours) if spells != "closed"]
    return "; ".join(lines)


def open_at(hours: Hours, at: datetime, bank_holidays: str) -> bool | None:
    """Whether a service is open at a moment; None when that is not known.

    Args:
        hours: of a usual week.
        at: an aware moment.
        bank_holidays: "closed", "usual", or "ask" when nobody knows.
    """
    if not any(hours.values()):
        return None
    here = at.astimezone(LONDON)
    answers = [
        _of_day(hours, day, here, bank_holidays)
        for day in (here.date(), here.date() - timedelta(days=1))
    ]
    if True in answers:
        return True
    return None if None in answers else False


def _of_day(hours: Hours, day: date, here: datetime, bank_holidays: str) -> bool | None:
    """Whether what began on `day` is going on: None on a bank holiday nobody knows about."""
    covers = any(_covers(spell, day, here) for spell in hours.get(_NAMES[day.weekday()]) or [])
    if not covers or bank_holidays == "usual" or not is_bank_holiday(day):
        return covers
    return False if bank_holidays == "closed" else None


def _covers(spell: Spell, day: date, here: datetime) -> bool:
    opens, closes = spell
    begins = datetime.combine(day, time.fromisoformat(opens))
    over_midnight = closes == "24:00" or closes <= opens
    ends_on = day + timedelta(days=1) if over_midnight else day
    ends = datetime.combine(ends_on, time.fromisoformat("00:00" if closes == "24:00" else closes))
    return begins <= here.replace(tzinfo=None) < ends


def into_the_evening(hours: Hours) -> bool:
    """Whether anybody is there after six in the evening, or at night, on any day."""
    spells = [spell for day in hours.values() for spell in day or []]
    return any(closes > "18:00" or closes <= opens for opens, closes in spells)


def answers_outside(hours: Hours) -> bool:
    """Whether the hours reach beyond 9 to 5 on weekdays."""
    if hours.get("SA") or hours.get("SU"):
        return True
    spells = [spell for day in _NAMES[:5] for spell in hours.get(day) or []]
    return any(opens < "07:00" or closes > "18:00" or closes <= opens for opens, closes in spells)

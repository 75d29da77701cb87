"""Somebody's days as a calendar file: entries come in, kinds and times go out, and nothing else.

No name, no place, no key of a client: a phone's calendar may be seen by anyone, and is copied to
servers that are not ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event

from openhiu.web.team.diary import KINDS, Entry

BACK_DAYS: Final = 14
AHEAD_DAYS: Final = 62
_REFRESH: Final = "PT1H"


def as_calendar(days: Mapping[date, list[Entry]], *, salt: str) -> bytes:
    """An iCalendar file of these days. The same days give the same bytes.

    `salt` is something of the owner's that is not in the address, so that a line's identifier tells
    nothing and two people's lines never meet.
    """
    made = Calendar()
    made.add("prodid", "-//OpenHIU//Days//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Work")
    made.add("x-published-ttl", _REFRESH)
    for day, entries in days.items():
        for event in _events(day, entries, salt):
            made.add_component(event)
    return bytes(made.to_ical())


def _events(day: date, entries: Iterable[Entry], salt: str) -> Iterable[Event]:
    counts: dict[str, int] = {}
    for number, entry in enumerate(entries):
        kind = KINDS[entry.kind]
        if kind.counted:
            counts[entry.kind] = counts.get(entry.kind, 0) + 1
        else:
            yield _event(day, entry, kind.outside, f"{salt}:{entry.kind}:{day}:{number}")
    for key, count in counts.items():
        words = KINDS[key].outside if count == 1 else f"{KINDS[key].counted} ({count})"
        yield _event(day, Entry(key, day, ""), words, f"{salt}:{key}:{day}")


def _event(day: date, entry: Entry, words: str, key: str) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@openhiu")
    event.add("summary", words)
    # Stamped by its own day and not by the moment of asking, so that nothing new looks new.
    event.add("dtstamp", datetime.combine(day, time(), UTC))
    if entry.begins is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT" if KINDS[entry.kind].counted else "OPAQUE")
    else:
        event.add("dtstart", entry.begins.astimezone(UTC))
        event.add("dtend", (entry.ends or entry.begins + timedelta(hours=1)).astimezone(UTC))
    event.add("class", "PRIVATE")
    return event

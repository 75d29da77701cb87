"""One client as the early-warning rules see them: what happened and when we last spoke come in; the
days and keys that every rule reads go out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

ATTENDANCE: Final = "attendance"
ADMISSION: Final = "admission"
AMBULANCE: Final = "ambulance"
AT_A_DISTANCE: Final = "at_a_distance"
SELF_HARM: Final = "self_harm"
# What a chief complaint says in `Event.complaint` where nobody gave its group. An overdose is meant
# more often than not; the sentence says what was recorded and no more.
_SELF_HARM_WORDS: Final = ("self-harm", "overdose", "thoughts of suicide")
_LONDON: Final = ZoneInfo("Europe/London")


class Event(NamedTuple):
    """Something that happened to a client, as in `client_activity`.

    Times without a zone are local time as recorded; those with one are read as London shows them.
    `source_ref` is what the event keeps for life: without it a corrected time is another event.
    """

    kind: str
    began_at: datetime
    ended_at: datetime | None = None
    site_code: str | None = None
    by_ambulance: bool | None = None
    admitted: bool | None = None
    complaint: str | None = None
    outcome: str | None = None
    complaint_group: str | None = None
    source_ref: str | None = None


@dataclass(frozen=True)
class Watched:
    """One client. `known` is False where the data cannot tell of them: then no rule says anything
    of attendances, and silence says that there are no data.

    `phase_since` and `rhythm_days` (days agreed between contacts) make two rules more exact:
    without the first, everything in the time told counts as attended in the phase of today; without
    the second, silence is not looked for while somebody is open at a distance.
    """

    ref: str
    phase: str | None = None
    supported_since: date | None = None
    last_contact_on: date | None = None
    events: tuple[Event, ...] = ()
    known: bool = True
    phase_since: date | None = None
    rhythm_days: int | None = None


@dataclass(frozen=True)
class Signal:
    """Something to look at. `day` is of the event that raised it, `why` one sentence of counted
    facts without a name, `key` the same whenever the same event raises it. `latest` is the last day
    that it speaks of, where that is not the same: it got worse since.
    """

    ref: str
    rule: str
    level: str
    day: date
    why: str
    key: str
    latest: date | None = None


class Happened(NamedTuple):
    """An event on its local day, with the key that it keeps for life."""

    day: date
    at: datetime
    key: str
    event: Event


@dataclass(frozen=True)
class Seen:
    """A client whose events are in order, once each, none on or after the as-of date."""

    client: Watched
    happened: tuple[Happened, ...]

    def of(self, *kinds: str) -> list[Happened]:
        """Their events of these kinds, oldest first."""
        return [one for one in self.happened if one.event.kind in kinds]

    @property
    def attended(self) -> list[Happened]:
        """Their A&E attendances since they are supported, oldest first."""
        return [one for one in self.of(ATTENDANCE) if self.counts(one)]

    def counts(self, one: Happened) -> bool:
        """Whether it happened since support began; what was before is no warning."""
        since = self.client.supported_since
        return since is None or one.day >= since


def see(client: Watched, as_of: date) -> Seen:
    """Put a client's events in order; an event given twice is one."""
    once: dict[tuple[str, str], Happened] = {}
    for event in sorted(client.events, key=repr):
        at = _local(event.began_at)
        if at.date() < as_of:
            key = event_key(event)
            once[event.kind, key] = Happened(at.date(), at, key, event)
    return Seen(client, tuple(sorted(once.values(), key=lambda one: (one.at, one.key))))


def event_key(event: Event) -> str:
    """What tells one event from every other of the same client, and says nothing by itself."""
    if event.source_ref:
        return event.source_ref
    parts = (event.kind, _local(event.began_at).isoformat(), event.site_code or "")
    return sha256("|".join(parts).encode()).hexdigest()[:32]


def has_died(events: Collection[Event]) -> bool:
    """Whether the data say that they died."""
    return any("died" in (event.outcome or "").split(", ")[-1].split() for event in events)


def is_self_harm(event: Event) -> bool:
    """Whether self-harm, an overdose or thoughts of suicide were recorded."""
    if event.complaint_group:
        return event.complaint_group == SELF_HARM
    return any(words in (event.complaint or "") for words in _SELF_HARM_WORDS)


def local_day(moment: datetime) -> date:
    """The day of a moment on a clock in England."""
    return _local(moment).date()


def in_words(day: date) -> str:
    """A day as in "5 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(_LONDON).replace(tzinfo=None)

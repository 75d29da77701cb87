"""The plain rules that a place sets: a client's events and the last contact come in; signals, each
with the facts that raised it, go out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from openhiu.locality import EarlyWarning
from openhiu.monitor.watched import (
    ADMISSION,
    AMBULANCE,
    AT_A_DISTANCE,
    ATTENDANCE,
    Happened,
    Seen,
    Signal,
    in_words,
    is_self_harm,
    local_day,
)
from openhiu.tables.handover import ACTIVITY_KINDS

WEEK: Final = 7
LEFT: Final = ("left before being seen", "left before treatment")
_OTHER_DATASETS: Final = frozenset(ACTIVITY_KINDS.values()) - {"attendances"}
# An ambulance call and the attendance it ends in are one journey; queues at the door are long.
_ONE_JOURNEY: Final = timedelta(hours=12)


@dataclass(frozen=True)
class Known:
    """What the data can say: from when, up to when, and which parts of them are unwell."""

    as_of: date
    since: date | None
    until: Mapping[str, datetime | None]
    unhealthy: Collection[str] = ()


Rule = Callable[[Seen, EarlyWarning, Known], Iterator[Signal]]


def at_a_distance(seen: Seen, rules: EarlyWarning, _: Known) -> Iterator[Signal]:
    """Any attendance while open at a distance."""
    if not rules.at_a_distance or seen.client.phase != AT_A_DISTANCE:
        return
    for one in seen.attended:
        if seen.client.phase_since is None or one.day >= seen.client.phase_since:
            why = f"Came to A&E on {in_words(one.day)} while open at a distance."
            yield _signal(seen, "at_a_distance", "amber", one, why)


def first_after_quiet(seen: Seen, rules: EarlyWarning, known: Known) -> Iterator[Signal]:
    """The first attendance after so many weeks of which the data know that they were quiet."""
    if rules.quiet_weeks is None:
        return
    before, begins = known.since, "since the data begin, "
    for one in seen.of(ATTENDANCE):
        quiet = (one.day - before).days if before else 0
        if quiet >= rules.quiet_weeks * WEEK and seen.counts(one):
            why = (f"Came to A&E on {in_words(one.day)}, for the first time {begins}"
                   f"in {quiet // WEEK} weeks.")  # fmt: skip
            yield _signal(seen, "first_after_quiet", "look", one, why)
        before, begins = one.day, ""


def self_harm(seen: Seen, rules: EarlyWarning, _: Known) -> Iterator[Signal]:
    """An attendance recorded as self-harm, an overdose or thoughts of suicide."""
    for one in seen.attended if rules.self_harm else ():
        if is_self_harm(one.event):
            recorded = one.event.complaint or "self-harm"
            why = f"Came to A&E on {in_words(one.day)}; recorded: {recorded}."
            yield _signal(seen, "self_harm", "red", one, why)


def left_before_seen(seen: Seen, rules: EarlyWarning, _: Known) -> Iterator[Signal]:
    """Somebody came and went again before anybody had seen or treated them."""
    for one in seen.attended if rules.left_before_seen else ():
        if one.event.outcome in LEFT:
            why = f"Came to A&E on {in_words(one.day)} and {one.event.outcome}."
            yield _signal(seen, "left_before_seen", "look", one, why)


def ambulance_twice(seen: Seen, rules: EarlyWarning, _: Known) -> Iterator[Signal]:
    """So many ambulances within seven days; then a week's quiet."""
    if rules.ambulance_in_week is None:
        return
    rode = [one for one in _journeys(seen) if seen.counts(one)]
    quiet_until = date.min
    for place, one in enumerate(rode):
        week = [other for other in rode[: place + 1] if (one.day - other.day).days < WEEK]
        if len(week) < rules.ambulance_in_week or one.day < quiet_until:
            continue
        quiet_until = one.day + timedelta(days=WEEK)
        why = f"{_count(len(week), 'ambulance')} in the seven days to {in_words(one.day)}."
        yield _signal(seen, "ambulance_twice", "amber", one, why)


def silence(seen: Seen, rules: EarlyWarning, known: Known) -> Iterator[Signal]:
    """No contact and no attendance for so long; again after as long once more.

    Where the data do not reach, it says so instead of saying that nobody came.
    """
    limit = _longest_silence(seen, rules)
    heard = _last_heard(seen, known)
    if limit is None or heard is None:
        return
    times = (known.as_of - timedelta(days=1) - heard).days // limit
    if times < 1:
        return
    day = heard + timedelta(days=times * limit)
    why = f"{_last_contact(seen, heard, known)} {_what_is_known(seen, day, known)}"
    yield Signal(seen.client.ref, "silence", "look", day, why, f"silence:{heard}:{times}")


PLAIN: Final[Mapping[str, Rule]] = {
    "at_a_distance": at_a_distance,
    "first_after_quiet": first_after_quiet,
    "self_harm": self_harm,
    "left_before_seen": left_before_seen,
    "ambulance_twice": ambulance_twice,
    "silence": silence,
}


def _signal(seen: Seen, rule: str, level: str, one: Happened, why: str) -> Signal:
    return Signal(seen.client.ref, rule, level, one.day, why, f"{rule}:{one.key}")


def _journeys(seen: Seen) -> list[Happened]:
    """Each ambulance once: a call and the attendance it ended in are the same journey."""
    calls = seen.of(AMBULANCE)
    left = list(calls)
    alone = []
    for one in seen.of(ATTENDANCE):
        if not one.event.by_ambulance:
            continue
        its_own = [c for c in left if timedelta() <= one.at - c.at <= _ONE_JOURNEY]
        if its_own:
            left.remove(its_own[-1])
        else:
            alone.append(one)
    return sorted([*calls, *alone], key=lambda one: (one.at, one.key))


def _longest_silence(seen: Seen, rules: EarlyWarning) -> int | None:
    """How long it may be quiet around a client; None where the rule does not look at them."""
    agreed = seen.client.rhythm_days
    if rules.silence_days is None or (seen.client.phase == AT_A_DISTANCE and agreed is None):
        return None
    return max(rules.silence_days, agreed or 0)


def _last_heard(seen: Seen, known: Known) -> date | None:
    """The day of the last contact, attendance or stay; the start of support where there is none."""
    spoken = seen.client.last_contact_on or seen.client.supported_since
    if spoken is None:
        return None
    days = [spoken, *(one.day for one in seen.of(ATTENDANCE))]
    for one in seen.of(ADMISSION):
        ended = one.event.ended_at
        days.append(known.as_of if ended is None else local_day(ended))
    return max(days)


def _last_contact(seen: Seen, heard: date, known: Known) -> str:
    days = (known.as_of - timedelta(days=1) - heard).days
    last = seen.client.last_contact_on
    contact = f"the last contact was on {in_words(last)}" if last else "no contact is recorded yet"
    return f"Nothing heard for {days} days: {contact}."


def _what_is_known(seen: Seen, day: date, known: Known) -> str:
    until = known.until.get("attendances")
    if not seen.client.known or until is None:
        return "There are no A&E data about them: that is not the same as no attendance."
    if local_day(until) < day:
        return (f"A&E is known up to {in_words(local_day(until))} only: no data after that, which "
                "is not the same as no attendance.")  # fmt: skip
    if not _OTHER_DATASETS.issuperset(known.unhealthy):
        return ("No attendance in the data, but part of the data is missing or wrong at present, "
                "so this is not certain.")  # fmt: skip
    return "No A&E attendance in that time either."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"

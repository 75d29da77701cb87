"""Raising signals: what the data and the record know now comes in; each warning is kept once, and
whoever answers is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from openhiu.monitor.signals import Kept, Watched, raise_signals, settle, stands
from openhiu.monitor.signals import Signal as Found
from openhiu.web.access.audit import Did
from openhiu.web.access.models import Service
from openhiu.web.casework.models import Case
from openhiu.web.design import words
from openhiu.web.design.words import LONDON
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.actions.passing_on import nobody_answers, pass_on
from openhiu.web.monitoring.actions.signals import end_with_support, move, wait_again
from openhiu.web.monitoring.actions.spoken import answered_already, came_after, told_nobody
from openhiu.web.monitoring.answer_time import answer_by
from openhiu.web.monitoring.clock import Clock, note
from openhiu.web.monitoring.locking import one_at_a_time
from openhiu.web.monitoring.models import EarlyWarningRules, Feed, Signal, SignalStep
from openhiu.web.monitoring.queries.rules import as_rules, rules_in_force
from openhiu.web.monitoring.telling import tell_of, who_answers
from openhiu.web.monitoring.watched import Picture, picture, tomorrow

SILENCE: Final = "silence"
_TOLD_AGAIN: Final = (lifecycle.TAKEN_BACK.key, lifecycle.STOPPED.key)


@dataclass(frozen=True)
class Raised:
    """What one look came to, as numbers."""

    new: int = 0
    taken_back: int = 0
    stopped: int = 0
    again: int = 0


@transaction.atomic
def raise_for(service: Service, *, feed: Feed | None = None) -> Raised:
    """Look at everybody a service supports; safe to do as often as one likes.

    In the transaction of a delivery (`feed`) and by the clock. What was told before is not told
    again; what stands on data that are gone is taken back and kept.
    """
    by = Clock(service)
    one_at_a_time(by.service_id)
    seen, kept = picture(by), _kept(by)
    stopped = _end_without_support(by, seen, kept.values())
    taken_back = _take_back(by, seen, kept.values())
    rules_kept, today = rules_in_force(by), words.today()
    rules = as_rules(rules_kept)
    found = raise_signals(seen.watched, rules, tomorrow(today), **seen.asked_with)
    settled = settle(found, _told(kept, found), rules)
    look = _Look(by, seen, rules_kept, feed, today)
    new = [look.keep(one) for one in settled.new]
    same = [(kept[one.ref, one.key], one) for one in settled.same]
    again = [signal for signal, one in same if look.say_again(signal, one)]
    answered_already(by, new, {ref: client for ref, (_, client) in seen.clients.items()})
    waits = [signal for signal in (*new, *again) if signal.state in lifecycle.WAITING]
    tell_of(waits)
    pass_on(by, [signal for signal in waits if nobody_answers(signal.case)])
    return Raised(len(new), taken_back, stopped, len(again))


@dataclass(frozen=True)
class _Look:
    """One look at a service: what stands the same for every signal found in it."""

    by: Clock
    seen: Picture
    rules: EarlyWarningRules | None
    feed: Feed | None
    today: date

    def keep(self, found: Found) -> Signal:
        case, client = self.seen.clients[found.ref]
        now = timezone.now()
        signal: Signal = Signal.objects.create(
            service=self.by.service, case=case, key=found.key, rule=found.rule, level=found.level,
            day=found.day, happened_at=_moment(found, client), why=found.why,
            phase=case.phase, rules=self.rules, feed=self.feed,
            raised_at=now, answer_by=answer_by(self.by.service, now),
            told_to=who_answers(case, self.today),
        )  # fmt: skip
        SignalStep.objects.create(
            service=self.by.service, signal=signal, to_state=signal.state, at=now
        )
        note(self.by, Did.ADDED, person=case.person_id, about=signal, rule=found.rule,
             level=found.level)  # fmt: skip
        return signal

    def say_again(self, signal: Signal, found: Found) -> bool:
        """Words and level follow the data; what ended for lack of them, or got worse, waits again.

        Returns whether it waits again.
        """
        red = str(Signal.Level.RED)
        worse = signal.level != red and found.level == red
        if (signal.level, signal.why) != (found.level, found.why):
            signal.level, signal.why, signal.day = found.level, found.why, found.day
            signal.save(update_fields=["level", "why", "day"])
        answered = signal.state == lifecycle.ACKNOWLEDGED.key
        _, client = self.seen.clients[found.ref]
        unheard = told_nobody(signal) and came_after(client, signal.contact)
        if not (signal.state in _TOLD_AGAIN or (answered and worse) or unheard):
            return False
        reason = "It got worse." if answered else "The data tell of it again."
        if unheard:
            reason = "They came again after that conversation."
        now = timezone.now()
        signal.answer_by, signal.raised_at = answer_by(self.by.service, now), now
        signal.told_to = who_answers(signal.case, self.today)
        wait_again(self.by, signal, reason)
        return True


def _kept(by: Clock) -> dict[tuple[str, str], Signal]:
    """Everything told before about anybody, by case and key."""
    rows = Signal.objects.filter(service=by.service_id).select_for_update(of=("self",))
    return {
        (str(one.case_id), one.key): one
        for one in rows.select_related("case__person", "case__lead__user", "contact").order_by("pk")
    }


def _told(kept: Mapping[tuple[str, str], Signal], found: Iterable[Found]) -> list[Kept]:
    """What counts as told: what was taken back counts only where it is told of again.

    Otherwise a warning that was never true would keep a true one of the same weeks quiet.
    """
    now = {(one.ref, one.key) for one in found}
    return [
        Kept(ref, one.rule, one.day, key)
        for (ref, key), one in kept.items()
        if one.state not in _TOLD_AGAIN or (ref, key) in now
    ]


def _take_back(by: Clock, seen: Picture, kept: Iterable[Signal]) -> int:
    """End what waits and stands on something the data no longer have."""
    gone = [
        signal
        for signal in kept
        if signal.state in lifecycle.WAITING
        and str(signal.case_id) in seen.clients
        and not _still_so(signal, seen.clients[str(signal.case_id)][1])
    ]
    for signal in gone:
        move(by, signal, lifecycle.TAKEN_BACK.key, "What it stood on was corrected or withdrawn.")
    return len(gone)


def _still_so(signal: Signal, client: Watched) -> bool:
    """Whether it was so on its day, by what is known now."""
    if signal.rule != SILENCE:
        return stands(signal.key, client)
    heard = _heard(signal.key)
    if heard is None:
        return True
    days = [words.as_day(event.began_at) for event in client.events if event.kind != "call_111"]
    spoke = client.last_contact_on
    return not any(heard < day <= signal.day for day in [*days, *([spoke] if spoke else [])])


def _heard(key: str) -> date | None:
    """The day since when it was quiet, from the key of a silence."""
    try:
        return date.fromisoformat(key.split(":")[1])
    except (IndexError, ValueError):
        return None


def _end_without_support(by: Clock, seen: Picture, kept: Iterable[Signal]) -> int:
    waits = [one for one in kept if one.state in lifecycle.WAITING]
    ended = {one.case_id for one in waits if str(one.case_id) not in seen.clients}
    return end_with_support(by, Case.objects.filter(pk__in=ended)) if ended else 0


def _moment(found: Found, client: Watched) -> datetime | None:
    """When the event began that raised it; the day's beginning where it has no key of its own."""
    if found.rule == SILENCE:
        return None
    ref = found.key.partition(":")[2]
    own = [event.began_at for event in client.events if event.source_ref == ref]
    return own[0] if own else datetime.combine(found.day, datetime.min.time(), LONDON)

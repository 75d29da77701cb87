"""Early warning: clients with their events, and the rules of the place, come in; signals go out.

No engine and no Django: `hiu monitor` and the workspace call the same functions (docs/adr/0017).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from openhiu.locality import EarlyWarning as Rules
from openhiu.monitor.baseline import unusual
from openhiu.monitor.plain import PLAIN, WEEK, Known
from openhiu.monitor.watched import (
    Event,
    Seen,
    Signal,
    Watched,
    event_key,
    has_died,
    local_day,
    see,
)

__all__ = [
    "LEVELS",
    "RULES",
    "Event",
    "Kept",
    "RuleWords",
    "Rules",
    "Settled",
    "Signal",
    "Watched",
    "raise_signals",
    "settle",
    "stands",
]
LEVELS: Final = ("red", "amber", "look")


class RuleWords(NamedTuple):
    """A rule in the words of a lead."""

    label: str
    meaning: str
    what_to_do: str


RULES: Final[Mapping[str, RuleWords]] = {
    "individual": RuleWords(
        "More than usual for them",
        "They came to A&E more often in the last four weeks than is usual for them.",
        "Ring them, ask how things are, and look at what helped last time.",
    ),
    "at_a_distance": RuleWords(
        "Came while open at a distance",
        "They were steady, and came to A&E.",
        "Ring them. Picking up again takes one tap and no form.",
    ),
    "first_after_quiet": RuleWords(
        "First visit after quiet weeks",
        "They had not come to A&E for weeks, and came.",
        "Ask what happened; one visit may mean nothing.",
    ),
    "self_harm": RuleWords(
        "Self-harm or thoughts of suicide",
        "Self-harm, an overdose or thoughts of suicide were recorded at A&E.",
        "Contact them today, and check the plan for keeping safe with them.",
    ),
    "left_before_seen": RuleWords(
        "Left before being seen",
        "They came to A&E and left before anybody had seen or treated them.",
        "Ring them: what they came for has not been looked at.",
    ),
    "ambulance_twice": RuleWords(
        "Ambulances within a week",
        "Several ambulances were called within seven days.",
        "Ring them, and let the ambulance service know who their lead is.",
    ),
    "silence": RuleWords(
        "Silence",
        "Nobody has spoken with them for weeks, and no attendance is known.",
        "Try another way to reach them. Quiet is not always good.",
    ),
}


def raise_signals(
    watched: Sequence[Watched],
    rules: Rules,
    as_of: date,
    *,
    data_until: Mapping[str, datetime | None],
    unhealthy: Collection[str] = (),
    data_since: date | None = None,
) -> list[Signal]:
    """Every signal that stands: newest first, then by client and rule.

    `as_of` is the first day that no longer counts: tomorrow, for all that is known by now.
    `data_until` and `data_since` say up to and from when the data know each dataset (`attendances`
    is read); `unhealthy` names datasets or sites whose data stopped, halved or came twice. The
    order of clients and events, and giving an event twice, make no difference. Somebody of whom
    the data say that they died raises nothing.
    """
    known = Known(as_of, data_since, data_until, unhealthy)
    living = [see(client, as_of) for client in watched if not has_died(client.events)]
    heard_of = sorted((seen for seen in living if seen.client.known), key=lambda s: s.client.ref)
    last = _last_known_day(heard_of, known)
    found = unusual(heard_of, rules, data_since, last) if rules.individual else []
    for name, rule in PLAIN.items():
        for seen in living if name == "silence" else heard_of:
            found += rule(seen, rules, known)
    since = as_of - timedelta(days=rules.late_days)
    told = [signal for signal in found if (signal.latest or signal.day) >= since]
    return sorted(told, key=lambda s: (-s.day.toordinal(), s.ref, list(RULES).index(s.rule), s.key))


def _last_known_day(everyone: Sequence[Seen], known: Known) -> date:
    """The last day of which attendances are known: later ones are not judged."""
    until = known.until.get("attendances")
    days = [one.day for seen in everyone for one in seen.happened]
    days += [local_day(until)] if until else []
    return min(max(days, default=date.min), known.as_of - timedelta(days=1))


class Kept(NamedTuple):
    """A signal that was told before, in whatever state it is now."""

    ref: str
    rule: str
    day: date
    key: str


class Settled(NamedTuple):
    """What the present signals mean for those told before: `new` are to be told, `same` replace the
    words and level of a kept one with their key.
    """

    new: list[Signal]
    same: list[Signal]


def settle(raised: Iterable[Signal], kept: Iterable[Kept], rules: Rules) -> Settled:
    """Tell nothing twice: also not where a late event moved the day of a warning a little.

    A rule that is quiet for a while after it spoke stays quiet about a client for as long around
    the day of anything it told before, whichever event it now rests on.
    """
    before: dict[tuple[str, str], list[Kept]] = {}
    for one in kept:
        before.setdefault((one.ref, one.rule), []).append(one)
    found = Settled([], [])
    for signal in sorted(raised, key=lambda s: s.day):
        told = before.setdefault((signal.ref, signal.rule), [])
        if any(one.key == signal.key for one in told):
            found.same.append(signal)
        elif all(abs((signal.day - one.day).days) >= _quiet(signal.rule, rules) for one in told):
            found.new.append(signal)
            told.append(Kept(signal.ref, signal.rule, signal.day, signal.key))
    return found


def stands(key: str, client: Watched) -> bool:
    """Whether the event that raised a signal is still one of the client's.

    A correction may have taken it away, and with it the reason. Silence is over as soon as it is
    no longer raised, and never rests on an event.
    """
    return key.partition(":")[2] in {event_key(event) for event in client.events}


def _quiet(rule: str, rules: Rules) -> int:
    """For how many days a rule keeps quiet about a client after it spoke."""
    spans = {
        "individual": rules.quiet_days,
        "first_after_quiet": (rules.quiet_weeks or 0) * WEEK,
        "ambulance_twice": WEEK,
    }
    return spans.get(rule, 0)

"""Early-warning rules worked out once more, slowly and from the written definition alone: clients
come in; which rule speaks on which day, and which event it rests on, go out.

Nothing of openhiu.monitor but its shapes is used. The chances are summed up term by term.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from openhiu.monitor.signals import Event, Rules, Watched

START = date(2025, 1, 1)
ONE = timedelta(days=1)
# Shorter spans than those in use, so that a hundred days hold many alerts.
TIGHT = Rules(days=7, baseline_days=28, quiet_days=7, quiet_weeks=2, silence_days=10, late_days=700)
Told = set[tuple[str, str, date, str]]


def attended(day: int, n: int = 0, hour: int = 12, **more: object) -> Event:
    """An attendance so many days after the start."""
    at = datetime.combine(START, datetime.min.time()) + timedelta(days=day, hours=hour, minutes=n)
    return Event("attendance", at, source_ref=f"a{day}-{n}", **more)  # type: ignore[arg-type]


def oracle(watched: Sequence[Watched], rules: Rules, as_of: date, since: date) -> Told:
    """(client, rule, day, event) of everything but silence, from the first day of the data on."""
    clients = [w for w in watched if w.known and not _dead(w)]
    told: Told = set()
    for who in clients:
        told |= _by_event(who, rules, as_of, since) | _ambulances(who, rules, as_of)
    last = max((e.began_at.date() for w in clients for e in _before(w, as_of)), default=START)
    for who in clients:
        told |= _individual(who, clients, rules, as_of, since, min(last, as_of - ONE))
    return told


def _dead(who: Watched) -> bool:
    return any(e.outcome in ("died", "2 nights, died in hospital") for e in who.events)


def _before(who: Watched, as_of: date) -> list[Event]:
    events = {e.source_ref: e for e in who.events if e.began_at.date() < as_of}
    return sorted(events.values(), key=lambda e: (e.began_at, e.source_ref))


def _came(who: Watched, as_of: date) -> list[Event]:
    return [e for e in _before(who, as_of) if e.kind == "attendance"]


def _supported(who: Watched, day: date) -> bool:
    return who.supported_since is None or day >= who.supported_since


def _by_event(who: Watched, rules: Rules, as_of: date, since: date) -> Told:
    told: Told = set()
    came = _came(who, as_of)
    for event in came:
        day = event.began_at.date()
        if not _supported(who, day):
            continue
        rests: list[str] = []
        if who.phase == "at_a_distance" and (who.phase_since is None or day >= who.phase_since):
            rests.append("at_a_distance")
        if event.complaint in ("self-harm", "overdose"):
            rests.append("self_harm")
        if event.outcome in ("left before being seen", "left before treatment"):
            rests.append("left_before_seen")
        earlier = [e.began_at.date() for e in came if e.began_at < event.began_at]
        if rules.quiet_weeks and (day - max(earlier, default=since)).days >= 7 * rules.quiet_weeks:
            rests.append("first_after_quiet")
        told |= {(who.ref, rule, day, str(event.source_ref)) for rule in rests}
    return told


def _ambulances(who: Watched, rules: Rules, as_of: date) -> Told:
    """Each attendance by ambulance takes the latest call of the 12 hours before it with it."""
    events = _before(who, as_of)
    calls = [e for e in events if e.kind == "ambulance"]
    free, rode = list(calls), list(calls)
    for event in events:
        if event.kind == "attendance" and event.by_ambulance:
            half_a_day = timedelta(hours=12)
            own = [c for c in free if timedelta() <= event.began_at - c.began_at <= half_a_day]
            if own:
                free.remove(own[-1])
            else:
                rode.append(event)
    rode = [e for e in rode if _supported(who, e.began_at.date())]
    rode.sort(key=lambda e: (e.began_at, e.source_ref))
    told: Told = set()
    quiet = date.min
    for n, event in enumerate(rode):
        day = event.began_at.date()
        week = [e for e in rode[: n + 1] if day - timedelta(days=6) <= e.began_at.date()]
        if len(week) >= (rules.ambulance_in_week or 99) and day >= quiet:
            told.add((who.ref, "ambulance_twice", day, str(event.source_ref)))
            quiet = day + timedelta(days=7)
    return told


def _individual(
    who: Watched, clients: Sequence[Watched], rules: Rules, as_of: date, since: date, last: date
) -> Told:
    told: Told = set()
    quiet = date.min
    day = START
    while day <= last:
        if day >= quiet and chance_of(who, clients, rules, as_of, since, day) <= rules.amber:
            newest = max(e.began_at.date() for e in _came(who, as_of) if e.began_at.date() <= day)
            first = next(e for e in _came(who, as_of) if e.began_at.date() == newest)
            told.add((who.ref, "individual", day, str(first.source_ref)))
            quiet = day + timedelta(days=rules.quiet_days)
        day += ONE
    return told


def chance_of(
    who: Watched, clients: Sequence[Watched], rules: Rules, as_of: date, since: date, day: date
) -> float:
    """The chance of as many attendances as in the days up to this one; 1 where nobody judges."""
    first = day - timedelta(days=rules.days - 1)
    now = _between(who, as_of, first, day + ONE)
    own, days = _baseline(who, rules, as_of, since, first)
    if now < rules.least or days < rules.days:
        return 1.0
    known = [b for b in (_baseline(c, rules, as_of, since, first) for c in clients)
             if b[1] >= rules.days]  # fmt: skip
    total, span = sum(c for c, _ in known), sum(d for _, d in known)
    if total == 0:
        return 0.0
    rate = total / span
    spread = sum((c - rate * d) ** 2 for c, d in known)
    mean = sum(rate * d for _, d in known)
    if spread <= mean:
        usual = rate * rules.days
        return 1 - sum(math.exp(-usual) * usual**k / math.factorial(k) for k in range(now))
    a = sum((rate * d) ** 2 for _, d in known) / (spread - mean)
    shape, gamma_rate = a + own, a / rate + days
    p = gamma_rate / (gamma_rate + rules.days)
    terms = [math.exp(math.lgamma(shape + k) - math.lgamma(shape) - math.lgamma(k + 1)
                      + shape * math.log(p) + k * math.log(1 - p)) for k in range(now)]  # fmt: skip
    return 1 - sum(terms)


def _baseline(who: Watched, rules: Rules, as_of: date, since: date, end: date) -> tuple[int, int]:
    start = max(end - timedelta(days=rules.baseline_days), since, who.supported_since or since)
    days = max((end - start).days, 0)
    return (_between(who, as_of, start, end) if days else 0), days


def _between(who: Watched, as_of: date, start: date, end: date) -> int:
    return sum(start <= e.began_at.date() < end for e in _came(who, as_of))


def sequences(seed: int, days: int = 100) -> list[Watched]:
    """A small caseload with everything in it that the rules look at."""
    dice = random.Random(seed)
    return [_client(dice, f"c{n}", days) for n in range(dice.randint(1, 4))]


def _client(dice: random.Random, ref: str, days: int) -> Watched:
    events: list[Event] = []
    busy = dice.choice((0.02, 0.06, 0.15))
    for day in range(days):
        for n in range(2):
            if dice.random() < busy * (2.5 if day % 40 > 30 else 1):
                events.append(_attendance(dice, day, n))
        if dice.random() < 0.03:
            at = datetime.combine(START, datetime.min.time()) + timedelta(
                days=day, hours=dice.randint(0, 23)
            )
            events.append(Event("ambulance", at, source_ref=f"x{day}"))
    if dice.random() < 0.05:
        at = datetime.combine(START + timedelta(days=days // 2), datetime.min.time())
        events.append(Event("admission", at, outcome="2 nights, died in hospital", source_ref="d"))
    since = START + timedelta(days=dice.choice((0, 0, 20, 60)))
    phase = dice.choice(("working_together", "at_a_distance", None))
    return Watched(ref, phase, dice.choice((None, since)), None, tuple(events), dice.random() > 0.1)


def _attendance(dice: random.Random, day: int, n: int) -> Event:
    return attended(
        day, n, dice.randint(0, 23),
        by_ambulance=dice.random() < 0.4,
        complaint=dice.choice((None, "chest pain", "self-harm", "overdose")),
        outcome=dice.choice((None, "went home", "left before being seen", "left before treatment")),
    )  # fmt: skip

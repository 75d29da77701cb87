"""The rule on the made-up trust: a caseload drawn from its list comes in; false alerts a year of
one client, and bad spells found, go out. Nobody planned its spells for the rule.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bench.monitor.measure import alerts
from openhiu.monitor import baseline
from openhiu.monitor.signals import Rules
from openhiu.monitor.watched import Event, Watched, see
from openhiu.synthetic import make_trust

_LISTED = timedelta(days=91)
_SETTLED = timedelta(days=28)
_WARM = timedelta(days=56)  # four weeks to judge, and as long to judge them by
Spell = tuple[date, date]


@dataclass
class MadeUp:
    """Sums over trusts. A signal is false where no bad spell was under way or just over."""

    clients: int = 0
    years: float = 0.0
    signals: int = 0
    false: int = 0
    spells: int = 0
    in_28: int = 0
    in_56: int = 0


def measure(
    seeds: range, *, people: int, clients: int, first: date, support: date, last: date
) -> MadeUp:
    """Take the `clients` who came most in the quarter before support began, and follow them."""
    total = MadeUp()
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "trust"
            make_trust(out, people=people, sites=1, first=first, last=last, seed=seed)
            came = _attendances(out)
            spells = _spells(out / "truth.csv")
        listed = Counter(
            {who: sum(support - _LISTED <= at.date() < support for at in times)
             for who, times in came.items()}
        )  # fmt: skip
        chosen = [who for who, _ in sorted(listed.items(), key=lambda p: (-p[1], p[0]))[:clients]]
        watched = [_watched(who, came[who], support) for who in chosen]
        _add(total, watched, [spells[who] for who in chosen], support, last)
    return total


def _add(
    total: MadeUp, watched: list[Watched], spells: list[list[Spell]], support: date, last: date
) -> None:
    everyone = [see(client, last) for client in watched]
    load = baseline.Caseload(everyone, Rules(), support, last - timedelta(days=1))
    from_day = support + _WARM
    for row, theirs in enumerate(spells):
        holds = [day for day, _ in load.unusual_days(row) if day >= from_day]
        spoke = list(alerts(holds))
        total.clients += 1
        total.signals += len(spoke)
        total.false += sum(not _in_any(day, theirs, after=_SETTLED) for day in spoke)
        total.years += _stable_days(from_day, last, theirs) / 365
        for began, _ in theirs:
            if from_day <= began <= last - timedelta(days=56):
                total.spells += 1
                total.in_28 += any(0 <= (day - began).days < 28 for day in holds)
                total.in_56 += any(0 <= (day - began).days < 56 for day in holds)


def _in_any(day: date, spells: list[Spell], after: timedelta = timedelta()) -> bool:
    return any(began <= day <= ended + after for began, ended in spells)


def _stable_days(first: date, last: date, spells: list[Spell]) -> int:
    days = (first + timedelta(days=n) for n in range((last - first).days))
    return sum(not _in_any(day, spells, after=_SETTLED) for day in days)


def _watched(who: str, times: list[datetime], support: date) -> Watched:
    events = tuple(Event("attendance", at, source_ref=f"{n}") for n, at in enumerate(times))
    return Watched(who, supported_since=support, last_contact_on=support, events=events)


def _attendances(out: Path) -> dict[str, list[datetime]]:
    """Moments of each person's visits to the consultant-led department, a minute once."""
    found: dict[str, set[datetime]] = defaultdict(set)
    for path in sorted(out.glob("attendances-*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["NHS NUMBER"] and row["EMERGENCY CARE DEPARTMENT TYPE"] == "01":
                    text = (
                        f"{row['EMERGENCY CARE ARRIVAL DATE']} {row['EMERGENCY CARE ARRIVAL TIME']}"
                    )
                    at = datetime.fromisoformat(text)
                    found[row["NHS NUMBER"]].add(at.replace(second=0))
    return {who: sorted(times) for who, times in found.items()}


def _spells(truth: Path) -> dict[str, list[Spell]]:
    found: dict[str, list[Spell]] = defaultdict(list)
    with truth.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["spell_from"]:
                spell = (date.fromisoformat(row[name]) for name in ("spell_from", "spell_until"))
                found[row["person_id"]].append(tuple(spell))  # type: ignore[arg-type]
    return found

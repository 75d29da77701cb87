"""Does the made-up trust behave like the published ones? A folder comes in, figures go out.

Counted as the sources count: major departments (type 01), every category, one calendar year, people
with a number, two rows in one minute once.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from openhiu.synthetic.published import FIGURES
from openhiu.tables import codes

_WHO: Final = "NHS NUMBER"
_MENTAL_HEALTH: Final = frozenset(codes.MENTAL_HEALTH_COMPLAINTS)
_AMBULANCE: Final = frozenset(codes.AMBULANCE_ARRIVAL)
_ADMITTED: Final = frozenset(codes.ADMITTED_DESTINATIONS)


@dataclass(frozen=True)
class Attended:
    """One attendance as the comparison sees it; ages in years."""

    who: str
    arrived: datetime
    age: float
    imd_decile: int
    ambulance: bool
    mental_health: bool
    admitted: bool


def made_figures(folder: Path) -> dict[str, float]:
    """Every figure of `published.FIGURES`, from the first two calendar years in `folder`."""
    first, second = sorted(folder.glob("attendances-????.csv"))[:2]
    rows = list(_read(first))
    counts, later = _counts(rows), _counts(_read(second))
    deaths = _deaths(folder / "people.csv", int(second.stem[-4:]))
    return {
        **_distribution(counts),
        **_persistence(counts, later, deaths),
        **_when_and_where(rows),
        **_frequent_against_others(rows, counts),
    }


def table(made: Mapping[str, float]) -> str:
    """Published against made, as a Markdown table."""
    lines = ["| Figure | Published | Made up | Source |", "|---|---|---|---|"]
    lines += [
        f"| {figure.meaning} | {figure.published} | {_written(figure.name, made)} |"
        f" {figure.source} |"
        for figure in FIGURES
    ]
    return "\n".join(lines) + "\n"


def _written(name: str, made: Mapping[str, float]) -> str:
    value = made[name]
    digits = 0 if name == "peak_hour" else 2 if value < 2 else 1
    return f"{value:.{digits}f}"


def _read(path: Path) -> Iterator[Attended]:
    """The attendances of one file that count, each once."""
    seen: set[tuple[str, str, str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row[_WHO] or row["EMERGENCY CARE DEPARTMENT TYPE"] != "01":
                continue
            day, time = row["EMERGENCY CARE ARRIVAL DATE"], row["EMERGENCY CARE ARRIVAL TIME"]
            key = (row[_WHO], row["ORGANISATION SITE IDENTIFIER (OF TREATMENT)"], day, time)
            if key not in seen:
                seen.add(key)
                yield _attended(row, datetime.fromisoformat(f"{day} {time}"))


def _attended(row: Mapping[str, str], arrived: datetime) -> Attended:
    return Attended(
        who=row[_WHO],
        arrived=arrived,
        age=(arrived.date() - date.fromisoformat(row["PERSON BIRTH DATE"])).days / 365.25,
        imd_decile=int(row["INDEX OF MULTIPLE DEPRIVATION DECILE"]),
        ambulance=row["EMERGENCY CARE ARRIVAL MODE (SNOMED CT)"] in _AMBULANCE,
        mental_health=row["EMERGENCY CARE CHIEF COMPLAINT (SNOMED CT)"] in _MENTAL_HEALTH,
        admitted=row["EMERGENCY CARE DISCHARGE DESTINATION (SNOMED CT)"] in _ADMITTED,
    )


def _counts(rows: Iterable[Attended]) -> Counter[str]:
    return Counter(row.who for row in rows)


def _deaths(people: Path, year: int) -> frozenset[str]:
    with people.open(encoding="utf-8", newline="") as file:
        return frozenset(
            row["person_id"]
            for row in csv.DictReader(file)
            if row["death_date"].startswith(f"{year}-")
        )


def _distribution(counts: Counter[str]) -> dict[str, float]:
    numbers = list(counts.values())
    people, visits = len(numbers), sum(numbers)
    made = {"mean": visits / people, "once": 100 * numbers.count(1) / people}
    for least in (3, 6, 10, 21):
        many = [number for number in numbers if number >= least]
        made[f"{least}_people"] = 100 * len(many) / people
        made[f"{least}_share"] = 100 * sum(many) / visits
        made[f"{least}_mean"] = sum(many) / len(many) if many else 0.0
    return made


def _persistence(
    counts: Counter[str], later: Counter[str], deaths: frozenset[str]
) -> dict[str, float]:
    def share(least: int, holds: Callable[[str], bool]) -> float:
        return _percent(holds(who) for who, number in counts.items() if number >= least)

    return {
        "4_again": share(4, lambda who: later[who] >= 4),
        "10_again": share(10, lambda who: later[who] >= 10),
        "10_attend": share(10, lambda who: later[who] > 0),
        "deaths_10": share(10, lambda who: who in deaths),
    }


def _when_and_where(rows: list[Attended]) -> dict[str, float]:
    deciles = Counter(row.imd_decile for row in rows)
    hours = Counter(row.arrived.hour for row in rows)
    return {
        "deprived_fifth": 100 * (deciles[1] + deciles[2]) / len(rows),
        "deprived_tenth": deciles[1] / max(deciles[10], 1),
        "monday": _percent(row.arrived.weekday() == 0 for row in rows),
        "peak_hour": float(hours.most_common(1)[0][0]),
        "within_7_days": _within_a_week(rows),
    }


def _within_a_week(rows: list[Attended]) -> float:
    ordered = sorted(rows, key=lambda row: (row.who, row.arrived))
    soon = sum(
        before.who == after.who and (after.arrived - before.arrived).days < 7
        for before, after in pairwise(ordered)
    )
    return 100 * soon / len(rows)


def _frequent_against_others(rows: list[Attended], counts: Counter[str]) -> dict[str, float]:
    frequent = [row for row in rows if counts[row.who] > 4]
    others = [row for row in rows if counts[row.who] <= 4]
    made: dict[str, float] = {}
    for name, group in (("frequent", frequent), ("others", others)):
        made[f"ambulance_{name}"] = _percent(row.ambulance for row in group)
        made[f"mental_{name}"] = _percent(row.mental_health for row in group)
        made[f"admitted_{name}"] = _percent(row.admitted for row in group)
        made[f"age_{name}"] = sum(row.age for row in group) / max(len(group), 1)
    middle = _percent(row.admitted for row in rows if 10 <= counts[row.who] < 20)
    most = _percent(row.admitted for row in rows if counts[row.who] >= 20)
    made["admitted_20_less"] = middle - most
    return made


def _percent(holds: Iterable[bool]) -> float:
    found = list(holds)
    return 100 * sum(found) / len(found) if found else 0.0

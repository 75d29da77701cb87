"""The tiers of a made-up area, Madeup Vale: two hospitals, three places, every number by hand.

2025/26, the year before, and what to expect; prices of 2024/25: 280 pounds an attendance, 2,711 an
emergency admission. `publishable`: as anybody may see it, small counts hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openhiu.disclosure import HIDDEN, disclose
from openhiu.report.tiers.told import Tiers, read_tiers

ATTENDANCE, ADMISSION = 280.0, 2711.0
LOWEST, MIDDLE, TOP = "5-10", "11-19", "20+"
TIERS = [
    {"key": LOWEST, "from": 5, "to": 10, "label": "5 to 10"},
    {"key": MIDDLE, "from": 11, "to": 19, "label": "11 to 19"},
    {"key": TOP, "from": 20, "to": None, "label": "20 and over"},
]
MONTHS = [f"2025-{month:02d}" for month in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]
# people, attendances, emergency admissions, bed days; the same of the year before
COUNTS: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "ALL": {LOWEST: (3000, 19500, 3300, 16500, 2900, 18850, 3190, 15950),
            MIDDLE: (420, 5670, 840, 4200, 400, 5400, 800, 4000),
            TOP: (120, 3960, 480, 2160, 110, 3630, 440, 1980)},
    "NORTH": {LOWEST: (1400, 9100, 1540, 7700, 1350, 8775, 1485, 7425),
              MIDDLE: (200, 2700, 400, 2000, 190, 2565, 380, 1900),
              TOP: (62, 2046, 248, 1116, 56, 1848, 224, 1008)},
    "SOUTH": {LOWEST: (1100, 7150, 1210, 6050, 1060, 6890, 1166, 5830),
              MIDDLE: (155, 2093, 310, 1550, 148, 1998, 296, 1480),
              TOP: (43, 1419, 172, 774, 40, 1320, 160, 720)},
    "EAST": {LOWEST: (480, 3120, 528, 2640, 470, 3055, 517, 2585),
             MIDDLE: (60, 810, 120, 600, 57, 770, 114, 570),
             TOP: (14, 462, 56, 252, 13, 429, 52, 234)},
    "RA101": {LOWEST: (1700, 11050, 1870, 9350, 1650, 10725, 1815, 9075),
              MIDDLE: (240, 3240, 480, 2400, 230, 3105, 460, 2300),
              TOP: (70, 2310, 280, 1260, 64, 2112, 256, 1152)},
    "RA102": {LOWEST: (1150, 7475, 1265, 6325, 1110, 7215, 1221, 6105),
              MIDDLE: (160, 2160, 320, 1600, 152, 2052, 304, 1520),
              TOP: (44, 1452, 176, 792, 41, 1353, 164, 738)},
}  # fmt: skip
UNITS: tuple[dict[str, Any], ...] = (
    {"kind": "area", "code": "ALL", "name": "Madeup Vale", "population": 520_000, "leads": 1.0,
     "people_seen": 92_000, "attendances_seen": 148_000},
    {"kind": "place", "code": "NORTH", "name": "North Vale", "population": 230_000, "leads": 1.0,
     "service": "One lead at Vale General since 2024", "people_seen": 41_000,
     "attendances_seen": 67_000},
    {"kind": "place", "code": "SOUTH", "name": "South Vale", "population": 190_000,
     "people_seen": 34_000, "attendances_seen": 54_000},
    {"kind": "place", "code": "EAST", "name": "East Vale", "population": 100_000,
     "people_seen": 15_000, "attendances_seen": 23_000},
    {"kind": "site", "code": "RA101", "name": "Vale General", "leads": 1.0,
     "people_seen": 58_000, "attendances_seen": 91_000},
    {"kind": "site", "code": "RA102", "name": "South Vale Infirmary",
     "people_seen": 38_000, "attendances_seen": 57_000},
)  # fmt: skip
RANGES = {LOWEST: (5, 10), MIDDLE: (11, 19), TOP: (20, 96)}
STAYS = [0.93, 0.86, 0.79, 0.73, 0.67, 0.62, 0.57, 0.53, 0.49, 0.46, 0.43, 0.4]
# What is left of last year's contacts a year on.
AGAIN = {LOWEST: 0.44, MIDDLE: 0.44, TOP: 0.77}
SHARE_BY_IMD = {"1": 0.44, "2": 0.22, "3": 0.14, "4": 0.1, "5": 0.06}
SHARE_BY_AGE = {"18-29": 0.24, "30-39": 0.2, "40-49": 0.17, "50-59": 0.14, "60-69": 0.1,
                "70-79": 0.08}  # fmt: skip


def sample_tiers(publishable: bool = True) -> Tiers:
    """Read from plain data, as every document reads them."""
    return read_tiers(sample_data(publishable))


def sample_data(publishable: bool = True) -> dict[str, Any]:
    """The same as tiers.json holds it."""
    whole = {
        "what": "tiers", "version": 1, "openhiu": "0.6.0", "publishable": False,
        "area": "Madeup Vale", "as_of": "2026-04-01", "cut_off": "2026-03-31 23:51",
        "year": {"from": "2025-04-01", "to_exclusive": "2026-04-01", "name": "2025/26"},
        "year_before": {"from": "2024-04-01", "to_exclusive": "2025-04-01", "name": "2024/25"},
        "tiers": TIERS,
        "counting": ["Adults of 18 and over.", "Type 01 departments only.",
                     "Exactly 20 attendances count in the tier of 20 and over."],
        "criteria": {"name": "tiers", "youngest": 18},
        "prices": [
            {"item": "attendances", "words": "A&E attendances", "gbp": ATTENDANCE,
             "price_year": "2024/25", "source": "National Cost Collection, rounded"},
            {"item": "emergency_admissions", "words": "emergency admissions", "gbp": ADMISSION,
             "price_year": "2024/25", "source": "National Cost Collection, rounded"},
        ],
        "sources": [{"file": "attendances.csv", "sha256": "0" * 64}],
        "warnings": [],
        "units": [_unit(unit) for unit in UNITS],
    }  # fmt: skip
    return _shown(whole) if publishable else whole


def _unit(unit: dict[str, Any]) -> dict[str, Any]:
    empty = {"population": None, "leads": None, "service": None}
    counts = COUNTS[unit["code"]]
    tiers = {key: _tier(key, unit["kind"], counts[key]) for key in counts}
    for key, tier in tiers.items():
        from_others = sum(tiers[other]["moved"]["to"][key] for other in tiers if other != key)
        tier["moved"]["from_below"] = tier["moved"]["new"] - from_others
    return {**empty, **unit, "tiers": tiers}


def _tier(key: str, kind: str, counts: tuple[int, ...]) -> dict[str, Any]:
    people, attendances, admissions, days, *before = counts
    least, most = RANGES[key]
    hospitals = [COUNTS[code][key][0] for code in ("RA101", "RA102")] if kind == "area" else []
    stayed = round(before[0] * STAYS[-1])
    middle = round(before[0] * 0.25)
    low = round(before[0] * 0.2)
    now = {TOP: (stayed, middle, low), MIDDLE: (middle // 4, stayed, low),
           LOWEST: (middle // 50, middle // 5, stayed)}[key]  # fmt: skip
    return {
        "people": {"total": people, "min": min(hospitals, default=None),
                   "max": max(hospitals, default=None),
                   "mean": sum(hospitals) / 2 if hospitals else None},
        "attendances": {"total": attendances, "min": least, "max": most,
                        "mean": round(attendances / people, 1)},
        "emergency_admissions": {"total": admissions, "min": 0, "max": 21,
                                 "mean": round(admissions / people, 1)},
        "bed_days": {"total": days, "min": 0, "max": 140, "mean": round(days / people, 1)},
        "cost": {"attendances": attendances * ATTENDANCE,
                 "emergency_admissions": admissions * ADMISSION,
                 "total": attendances * ATTENDANCE + admissions * ADMISSION},
        "before": {"people": before[0], "attendances": before[1],
                   "emergency_admissions": before[2], "bed_days": before[3],
                   "cost": before[1] * ATTENDANCE + before[2] * ADMISSION},
        "moved": {"of": before[0],
                  "to": {TOP: now[0], MIDDLE: now[1], LOWEST: now[2],
                         "below": before[0] - sum(now)},
                  "new": people - stayed,
                  "again": {"attendances": round(before[1] * AGAIN[key]),
                            "emergency_admissions": round(before[2] * AGAIN[key])}},
        "forecast": {"people": {"expected": people + 2, "low": round(people * 0.85),
                                "high": round(people * 1.2)},
                     "attendances": {"expected": attendances + 60,
                                     "low": round(attendances * 0.85),
                                     "high": round(attendances * 1.2)},
                     "method": "The people of this year leave as last year's did; others come.",
                     "if_all_stayed": people + people - stayed},
        "entered": people,
        "entered_by_month": [{"month": month, "people": people // 12 + (place < people % 12)}
                             for place, month in enumerate(MONTHS)],
        "stays": STAYS,
        "imd": _parts(people, SHARE_BY_IMD, "unknown"),
        "age": _parts(people, SHARE_BY_AGE, "80+"),
        "sex": {"female": people // 2, "male": people - people // 2},
        "priority": people // 4,
    }  # fmt: skip


def _parts(people: int, shares: Mapping[str, float], rest: str) -> dict[str, int]:
    found = {key: int(people * share) for key, share in shares.items()}
    return {**found, rest: people - sum(found.values())}


def _shown(whole: dict[str, Any]) -> dict[str, Any]:
    """Each count by the rule alone; the report itself also hides what could be worked out."""

    def one(key: str, found: Any) -> Any:
        if isinstance(found, dict):
            return {name: one(name, inside) for name, inside in found.items()}
        if isinstance(found, list):
            return [one(key, inside) for inside in found]
        exact = key in {"min", "max", "mean", "population", "version", "from", "to"}
        return (
            found
            if exact or not isinstance(found, int) or isinstance(found, bool)
            else (disclose(found))
        )

    told: dict[str, Any] = {**whole, "publishable": True, "units": one("", whole["units"])}
    for unit in told["units"]:
        for tier in unit["tiers"].values():
            people = tier["people"]["total"]
            if people == HIDDEN:
                _hide(tier)
    return told


def _hide(tier: dict[str, Any]) -> None:
    for name in ("attendances", "emergency_admissions", "bed_days"):
        tier[name] = dict.fromkeys(tier[name], HIDDEN)
    tier["cost"] = dict.fromkeys(tier["cost"])
    tier["forecast"] = None

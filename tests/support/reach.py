"""Places and hospitals of made-up areas for tests of reach, every number by hand or by a rule that
is written down here.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from openhiu.locality import Locality, ReachSettings
from openhiu.report.tiers.told import Tiers, read_tiers
from support.tiers import LOWEST, MIDDLE, TIERS, TOP, sample_data

Counts = tuple[Any, Any, Any]  # people of the three tiers, the lowest first
Fifths = tuple[Any, Any, Any, Any, Any]
EVEN: Fifths = (20, 20, 20, 20, 20)


def unit(kind: str, code: str, people: Counts, **more: Any) -> dict[str, Any]:
    """A unit of tiers.json. `fifths` are the people of the lowest tier by deprivation; those of
    the others are not known.
    """
    fifths = more.pop("fifths", None)
    named: dict[str, Any] = {"name": code.title(), "population": None, "leads": None,
                             "service": None, "people_seen": 10_000,
                             "attendances_seen": 15_000}  # fmt: skip
    pattern = sample_data()["units"][0]["tiers"][LOWEST]
    tiers = {}
    for key, count in zip((LOWEST, MIDDLE, TOP), people, strict=True):
        known = key == LOWEST and fifths is not None
        parts = dict(zip("12345", fifths, strict=True)) if known else {"unknown": count}
        tiers[key] = {**pattern, "people": {"total": count, "min": None, "max": None, "mean": None},
                      "imd": parts, "priority": None}  # fmt: skip
    return {"kind": kind, "code": code, **named, **more, "tiers": tiers}


def tiers_of(*units: dict[str, Any]) -> Tiers:
    """Publishable tiers of these units; the area is added where it is not among them."""
    area = [] if any(one["kind"] == "area" for one in units) else [
        unit("area", "ALL", (3000, 400, 120), name="Handmade", fifths=(1500, 600, 450, 300, 150))
    ]  # fmt: skip
    return read_tiers({**sample_data(), "area": "Handmade", "tiers": TIERS,
                       "units": [*area, *units]})  # fmt: skip


def five_places() -> Tiers:
    """Five places of 100 people in the lowest tier each, from wholly least to wholly most deprived;
    the leads fall by one from place to place.
    """
    codes = ("ONE", "TWO", "THREE", "FOUR", "FIVE")
    rows = []
    for number, code in enumerate(codes):
        fifths = tuple(100 if 4 - number == place else 0 for place in range(5))
        rows.append(unit("place", code, (100, 0, 0), fifths=fifths, leads=float(5 - number),
                         population=10_000))  # fmt: skip
    return tiers_of(*rows)


def many(hospitals: int = 200, places: int = 42) -> Tiers:
    """A country: hospital n has 20 to 118 people in the top tier, five times as many in the next
    and thirty times in the lowest; every third has leads, and of every seventh nothing was said.
    """
    rows = [
        unit("place", f"Q{number:02d}", _people(20 + 5 * (number % 17)), name=f"Board {number + 1}",
             population=900_000 + 10_000 * number, leads=float(number % 4),
             fifths=_fifths(30 * (20 + 5 * (number % 17)), number % 5))
        for number in range(places)
    ] + [
        unit("site", f"S{number:03d}", _people(20 + number % 99),
             name=f"Hospital {number + 1} of Somewhere with a long name",
             leads=None if number % 7 == 0 else float(number % 3 == 0),
             fifths=_fifths(30 * (20 + number % 99), number % 5))
        for number in range(hospitals)
    ]  # fmt: skip
    area = unit("area", "ALL", _people(7000), name="Madeup England", population=9_000_000,
                people_seen=900_000, fifths=_fifths(210_000, 2))  # fmt: skip
    return tiers_of(area, *rows)


def _people(top: int) -> Counts:
    return (30 * top, 5 * top, top)


def _fifths(people: int, tilt: int) -> Fifths:
    """More in the most deprived fifth the larger `tilt` is."""
    shares = [0.2 + 0.05 * tilt, 0.2, 0.2, 0.2, 0.2 - 0.05 * tilt]
    counts = [round(people * share) for share in shares[:4]]
    return (*counts, people - sum(counts))  # type: ignore[return-value]


def honeycomb(folder: Path, codes: list[str]) -> Locality:
    """A locality whose boundaries are hexagons somewhere in England, one for each code."""
    features = []
    for number, code in enumerate(codes):
        column, row = number % 7, number // 7
        x, y = -2.5 + 0.5 * column, 52.0 + 0.34 * row + (0.17 if column % 2 else 0)
        ring = [[x + 0.33 * math.cos(step * math.pi / 3), y + 0.196 * math.sin(step * math.pi / 3)]
                for step in (0, 1, 2, 3, 4, 5, 0)]  # fmt: skip
        features.append({"type": "Feature", "properties": {"code": code, "name": code},
                         "geometry": {"type": "Polygon", "coordinates": [ring]}})  # fmt: skip
    path = folder / "boundaries.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return Locality(reach=ReachSettings(path))

"""A reach comes in; the plain data of reach.json go out."""

from __future__ import annotations

from dataclasses import asdict
from importlib import metadata
from typing import Any, Final

from openhiu.report.reach.shape import Line, Reach, Standing

VERSION: Final = 1


def as_data(reach: Reach) -> dict[str, Any]:
    """Everything that is told, in the shape that docs/reference/reach.md tells of."""
    return {
        "what": "reach",
        "version": VERSION,
        "openhiu": metadata.version("openhiu"),
        "publishable": True,
        "area": reach.area,
        "as_of": reach.as_of.isoformat(),
        "cut_off": reach.cut_off,
        "year": reach.year,
        "level": reach.level,
        "tiers": dict(reach.tiers),
        "new_a_quarter": reach.new_a_quarter,
        "a_lead": {**asdict(reach.capacity), "words": reach.capacity.words},
        "hospitals": {service: reach.site_count(service) for service in ("yes", "no", "not said")},
        "units": [_standing(one) for one in (reach.whole, *reach.places, *reach.sites)],
        "without_service": [one.code for one in reach.without],
        "deprivation": {
            "fifths": [asdict(fifth) for fifth in reach.fifths],
            "unknown": dict(reach.unknown_fifth),
            "priority": reach.priority,
            "need_line": _line(reach.need_line),
            "leads_line": _line(reach.leads_line),
            "why_no_line": reach.no_line,
            "mismatch_percent": reach.mismatch,
        },
        "not_said": list(reach.unsaid),
        "counting": list(reach.counting),
        "sources": [dict(source) for source in reach.sources],
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {
        **asdict(one),
        "by_fifth": {key: round(people, 1) for key, people in one.by_fifth.items()},
        "need": _rounded(one.need),
        "deprivation": _rounded(one.deprivation),
        "leads_per_1000": _rounded(one.leads_per_1000),
        "leads_per_100_top": _rounded(one.leads_per_100_top),
        "within_reach_percent": one.within_reach,
    }


def _line(line: Line | None) -> dict[str, Any] | None:
    if line is None:
        return None
    rounded = {name: round(value, 4) if isinstance(value, float) else value
               for name, value in asdict(line).items()}  # fmt: skip
    return {**rounded, "told": line.told}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

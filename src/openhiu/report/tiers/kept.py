"""Tiers come in; the plain data of tiers.json, which `read_tiers` reads again, go out."""

from __future__ import annotations

from typing import Any

from openhiu.report.tiers.shape import (
    VERSION,
    Before,
    Forecast,
    InTier,
    Moved,
    Range,
    Spread,
    Tier,
    Tiers,
    Unit,
    Year,
)


def as_data(tiers: Tiers) -> dict[str, Any]:
    """Everything, in the shape that docs/reference/tiers.md tells of."""
    return {
        "what": "tiers",
        "version": VERSION,
        "openhiu": tiers.openhiu,
        "publishable": tiers.publishable,
        "area": tiers.area,
        "as_of": tiers.as_of.isoformat(),
        "cut_off": tiers.cut_off,
        "year": _year(tiers.year),
        "year_before": _year(tiers.year_before) if tiers.year_before else None,
        "tiers": [_tier(tier) for tier in tiers.tiers],
        "counting": list(tiers.counting),
        "criteria": dict(tiers.criteria),
        "prices": [vars(price) for price in tiers.prices],
        "sources": [dict(source) for source in tiers.sources],
        "warnings": list(tiers.warnings),
        "units": [_unit(unit) for unit in tiers.units],
    }


def _year(year: Year) -> dict[str, Any]:
    return {"from": year.first.isoformat(), "to_exclusive": year.to_exclusive.isoformat(),
            "name": year.name}  # fmt: skip


def _tier(tier: Tier) -> dict[str, Any]:
    return {"key": tier.key, "from": tier.least, "to": tier.most, "label": tier.label}


def _unit(unit: Unit) -> dict[str, Any]:
    return {**vars(unit), "tiers": {key: _in_tier(found) for key, found in unit.tiers.items()}}


def _in_tier(found: InTier) -> dict[str, Any]:
    return {
        "people": _spread(found.people),
        "attendances": _spread(found.attendances),
        "emergency_admissions": _spread(found.emergency_admissions),
        "bed_days": _spread(found.bed_days),
        "cost": dict(vars(found.cost)),
        "before": _before(found.before),
        "moved": _moved(found.moved),
        "forecast": _forecast(found.forecast),
        "entered": found.entered_in_year,
        "entered_by_month": [{"month": month, "people": n} for month, n in found.entered],
        "stays": list(found.stays),
        "imd": dict(found.imd),
        "age": dict(found.age),
        "sex": dict(found.sex),
        "priority": found.priority,
        "stars": dict(found.stars),
    }


def _spread(spread: Spread) -> dict[str, Any]:
    return {"total": spread.total, "min": spread.least, "max": spread.most, "mean": spread.mean}


def _before(before: Before | None) -> dict[str, Any] | None:
    return dict(vars(before)) if before else None


def _moved(moved: Moved | None) -> dict[str, Any] | None:
    if moved is None:
        return None
    again = dict(vars(moved.again)) if moved.again else None
    return {"of": moved.of, "to": dict(moved.to), "new": moved.new,
            "from_below": moved.from_below, "again": again}  # fmt: skip


def _forecast(forecast: Forecast | None) -> dict[str, Any] | None:
    if forecast is None:
        return None
    return {
        "people": _range(forecast.people),
        "attendances": _range(forecast.attendances),
        "method": forecast.method,
        "if_all_stayed": forecast.if_all_stayed,
    }


def _range(found: Range) -> dict[str, Any]:
    return dict(vars(found))

"""Staffing that was kept comes in, as a folder, a file or parsed data; checked dataclasses go out,
or a fault that names the key and never what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from openhiu.errors import InputNotUsable
from openhiu.report.entries import Entries, refuse_identifiers
from openhiu.report.staffing.shape import (
    FILE,
    VERSION,
    Capacity,
    Count,
    Estimate,
    Needed,
    PlaceStaffing,
    Reading,
    Setting,
    Staffing,
    Total,
    WithLeads,
)

# The names that other documents read staffing with.
__all__ = [
    "FILE",
    "Count",
    "Estimate",
    "Needed",
    "PlaceStaffing",
    "Reading",
    "Setting",
    "Staffing",
    "Total",
    "WithLeads",
    "read_staffing",
]

_ABOUT: Final = "docs/reference/staffing.md"
_ESTIMATES: Final = ("wait_median", "wait_90", "reached", "began", "starts", "overload",
                     "overload_weeks", "pressed", "pressed_weeks", "alone")  # fmt: skip


def read_staffing(given: Path | Mapping[str, Any]) -> Staffing:
    """The staffing in a folder of `hiu report staffing`, in its file, or parsed already.

    Raises InputNotUsable naming the key.
    """
    file = given.name if isinstance(given, Path) and given.is_file() else FILE
    raw = _parsed(given) if isinstance(given, Path) else given
    if not isinstance(raw, Mapping) or raw.get("what") != "staffing":
        raise InputNotUsable(
            'not a file of staffing ("what" is not "staffing")', file=file,
            remedy="name the folder that hiu report staffing wrote, or its staffing.json",
        )  # fmt: skip
    if raw.get("version") != VERSION:
        raise InputNotUsable(
            f"its version is not {VERSION}", file=file, remedy="run hiu report staffing again"
        )
    refuse_identifiers(raw, file)
    return _staffing(Entries(raw, file, stars=raw.get("publishable") is True, about=_ABOUT))


def _parsed(path: Path) -> Any:
    file = path / FILE if path.is_dir() else path
    try:
        return json.loads(file.read_bytes())
    except OSError:
        raise InputNotUsable(
            "there is no such file, or it cannot be read", file=file.name,
            remedy="name the folder that hiu report staffing wrote",
        ) from None  # fmt: skip
    except (ValueError, RecursionError):
        raise InputNotUsable(
            "not JSON that can be read", file=file.name, remedy="run hiu report staffing again"
        ) from None


def _staffing(top: Entries) -> Staffing:
    readings = tuple(_reading(one) for one in top.each("readings"))
    if [one.used for one in readings].count(True) != 1:
        raise top.fault("readings", "does not name the one that was used")
    return Staffing(
        publishable=top.stars,
        area=top.words("area"),
        as_of=top.day("as_of"),
        tier_key=top.words("tier_key", needed=True),
        tier_label=top.words("tier_label", needed=True),
        lead_cost_a_year=_number(top, "lead_cost_a_year"),
        price_year=top.words("price_year"),
        months=int(_number(top, "months")),
        readings=readings,
        settings=tuple(_setting(one) for one in top.each("settings")),
        places=tuple(_place(one) for one in top.each("places")),
        total=_total(top.section("total")),
        enough_means=top.words("enough_means"),
        limits=top.lines("limits"),
        warnings=top.lines("warnings"),
        openhiu=top.words("openhiu"),
        year=top.words("year"),
        cut_off=top.words("cut_off"),
        basis=top.lines("basis"),
        sources=tuple(dict(one.raw) for one in top.each("sources")),
        capacity=_capacity(top.section("capacity")) if top.raw.get("capacity") else None,
    )


def _capacity(entry: Entries) -> Capacity:
    return Capacity(
        int(_number(entry, "asked")), int(_number(entry, "begins")), _number(entry, "acceptance"),
        entry.whole("found"),
    )  # fmt: skip


def _reading(entry: Entries) -> Reading:
    key, words, source = (entry.words(name, needed=True) for name in ("key", "words", "source"))
    return Reading(
        key, words, source,
        _number(entry, "least"), _number(entry, "most"), entry.words("per", needed=True),
        entry.raw.get("used") is True,
    )  # fmt: skip


def _setting(entry: Entries) -> Setting:
    key, words, value, source = (
        entry.words(name, needed=True) for name in ("key", "words", "value", "source")
    )
    return Setting(key, words, value, source, entry.words("why"))


def _place(entry: Entries) -> PlaceStaffing:
    kind, code, name = (entry.words(key, needed=True) for key in ("kind", "code", "name"))
    return PlaceStaffing(
        kind, code, name, entry.count("people"), _number(entry, "taken_as"),
        **_sums(entry),
        arrivals_a_year=entry.number("arrivals_a_year"),
        enough=entry.whole("enough"),
        why_not=entry.words("why_not"),
        by_leads=tuple(_with_leads(one) for one in entry.each("by_leads")),
        notes=entry.lines("notes"),
        paid_months=entry.number("paid_months"),
        funded_until=entry.words("funded_until"),
    )  # fmt: skip


def _total(entry: Entries) -> Total:
    sums = _sums(entry)
    shared = entry.whole("shared")
    return Total(
        people=entry.count("people"), **sums,
        shared=sums["recommended"] if shared is None else shared,
        shared_extra=_or(entry, "shared_extra", sums["extra"]),
        shared_cost_a_year=_or(entry, "shared_cost_a_year", sums["cost_a_year"]),
        shared_cost_over=_or(entry, "shared_cost_over", sums["cost_over"]),
        elsewhere=entry.count("elsewhere"),
    )  # fmt: skip


def _sums(entry: Entries) -> dict[str, Any]:
    recommended = entry.whole("recommended")
    if recommended is None:
        raise entry.fault("recommended", "is missing")
    pounds = ("extra", "cost_a_year", "cost_over", "recommended_cost_a_year")
    return {
        "in_post": _number(entry, "in_post"),
        "needed": {str(key): _needed(entry.section("needed").section(str(key)))
                   for key in entry.section("needed").raw},
        "recommended": recommended,
        **{key: _number(entry, key) for key in pounds},
        "known": entry.raw.get("known") is not False,
        "lasting": _or(entry, "lasting", _number(entry, "in_post")),
        "spare": _or(entry, "spare", 0.0),
    }  # fmt: skip


def _or(entry: Entries, key: str, otherwise: float) -> float:
    found = entry.number(key)
    return otherwise if found is None else found


def _needed(entry: Entries) -> Needed:
    return Needed(_number(entry, "low"), _number(entry, "high"), int(_number(entry, "leads")))


def _with_leads(entry: Entries) -> WithLeads:
    estimates = (entry.section(key) for key in _ESTIMATES)
    return WithLeads(
        int(_number(entry, "leads")),
        *(Estimate(*(one.number(key) for key in ("value", "low", "high"))) for one in estimates),
    )


def _number(entry: Entries, key: str) -> float:
    found = entry.number(key)
    if found is None or found < 0:
        raise entry.fault(key, "is not a number of 0 or more")
    return found

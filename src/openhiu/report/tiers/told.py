"""Tiers that were kept come in, as a file or as parsed data; checked dataclasses go out, or a fault
that names the key and never what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from openhiu.disclosure import HIDDEN
from openhiu.errors import InputNotUsable
from openhiu.report.entries import Entries, refuse_identifiers
from openhiu.report.tiers.shape import (
    AREA,
    FEW,
    FILE,
    KINDS,
    MANY,
    VERSION,
    Again,
    Before,
    Cost,
    Count,
    Forecast,
    InTier,
    Moved,
    Number,
    Price,
    Range,
    Spread,
    Tier,
    Tiers,
    Unit,
    Year,
)

# The names that other documents read tiers with.
__all__ = [
    "AREA",
    "FEW",
    "FILE",
    "KINDS",
    "MANY",
    "Again",
    "Before",
    "Cost",
    "Count",
    "Forecast",
    "InTier",
    "Moved",
    "Number",
    "Price",
    "Range",
    "Spread",
    "Tier",
    "Tiers",
    "Unit",
    "Year",
    "read_tiers",
]

_ABOUT: Final = "docs/reference/tiers.md"
_MOST: Final = 10_000_000_000
_MONTHS: Final = 12


def read_tiers(given: Path | Mapping[str, Any]) -> Tiers:
    """The tiers in a folder of `hiu report tiers`, in its file, or parsed already.

    Raises InputNotUsable naming the key.
    """
    file = given.name if isinstance(given, Path) and given.is_file() else FILE
    raw = _parsed(given) if isinstance(given, Path) else given
    if not isinstance(raw, Mapping) or raw.get("what") != "tiers":
        raise InputNotUsable(
            'not a file of tiers ("what" is not "tiers")', file=file,
            remedy="name the folder that hiu report tiers wrote, or its tiers.json",
        )  # fmt: skip
    if raw.get("version") != VERSION:
        raise InputNotUsable(
            f"its version is not {VERSION}", file=file, remedy="run hiu report tiers again"
        )
    refuse_identifiers(raw, file)
    publishable = raw.get("publishable") is True
    return _tiers(Entries(raw, file, stars=publishable, about=_ABOUT, most=_MOST))


def _parsed(path: Path) -> Any:
    file = path / FILE if path.is_dir() else path
    try:
        return json.loads(file.read_bytes())
    except OSError:
        raise InputNotUsable(
            "there is no such file, or it cannot be read", file=file.name,
            remedy="name the folder that hiu report tiers wrote",
        ) from None  # fmt: skip
    except (ValueError, RecursionError):
        raise InputNotUsable(
            "not JSON that can be read", file=file.name, remedy="run hiu report tiers again"
        ) from None


def _tiers(top: Entries) -> Tiers:
    tiers = tuple(_tier(one) for one in top.each("tiers"))
    if not tiers or len({tier.key for tier in tiers}) < len(tiers):
        raise top.fault("tiers", "is empty or names a tier twice")
    units = tuple(_unit(one, tiers) for one in top.each("units"))
    if [unit.kind for unit in units].count(AREA) != 1:
        raise top.fault("units", "does not hold the area once")
    return Tiers(
        publishable=top.stars,
        area=top.words("area"),
        as_of=top.day("as_of"),
        cut_off=top.words("cut_off"),
        year=_year(top.section("year")),
        year_before=_year(top.section("year_before")) if top.raw.get("year_before") else None,
        tiers=tiers,
        units=units,
        counting=top.lines("counting"),
        criteria=dict(top.section("criteria").raw),
        prices=tuple(_price(one) for one in top.each("prices")),
        sources=tuple(dict(one.raw) for one in top.each("sources")),
        warnings=top.lines("warnings"),
        openhiu=top.words("openhiu"),
    )


def _year(entry: Entries) -> Year:
    first, to_exclusive = entry.day("from"), entry.day("to_exclusive")
    if to_exclusive <= first:
        raise entry.fault("to_exclusive", "does not lie after from")
    return Year(first, to_exclusive, entry.words("name", needed=True))


def _tier(entry: Entries) -> Tier:
    least, most = entry.whole("from"), entry.whole("to")
    if least is None or (most is not None and most < least):
        raise entry.fault("to" if least is not None else "from", "is no boundary of a tier")
    return Tier(entry.words("key", needed=True), least, most, entry.words("label", needed=True))


def _unit(entry: Entries, tiers: tuple[Tier, ...]) -> Unit:
    kind = entry.words("kind", needed=True)
    if kind not in KINDS:
        raise entry.fault("kind", f"is none of {', '.join(KINDS)}")
    found = entry.section("tiers")
    if set(found.raw) != {tier.key for tier in tiers}:
        raise entry.fault("tiers", "does not hold each tier once")
    return Unit(
        kind=kind,
        code=entry.words("code", needed=True),
        name=entry.words("name", needed=True),
        tiers={tier.key: _in_tier(found.section(tier.key)) for tier in tiers},
        population=entry.whole("population"),
        leads=entry.number("leads"),
        service=entry.words("service") or None,
        people_seen=entry.count("people_seen"),
        attendances_seen=entry.count("attendances_seen"),
    )


def _in_tier(entry: Entries) -> InTier:
    return InTier(
        people=_spread(entry.section("people")),
        attendances=_spread(entry.section("attendances")),
        emergency_admissions=_spread(entry.section("emergency_admissions")),
        bed_days=_spread(entry.section("bed_days")),
        cost=Cost(*(_number(entry.section("cost"), key)
                    for key in ("attendances", "emergency_admissions", "total"))),
        before=_before(entry.section("before")) if entry.raw.get("before") else None,
        moved=_moved(entry.section("moved")) if entry.raw.get("moved") else None,
        forecast=_forecast(entry.section("forecast")) if entry.raw.get("forecast") else None,
        entered=tuple((one.words("month", needed=True), one.count("people"))
                      for one in entry.each("entered_by_month")),
        stays=_stays(entry),
        imd=entry.section("imd").counts(),
        age=entry.section("age").counts(),
        sex=entry.section("sex").counts(),
        priority=entry.count("priority"),
        entered_in_year=entry.count("entered"),
        stars=_stars(entry),
    )  # fmt: skip


def _spread(entry: Entries) -> Spread:
    return Spread(entry.count("total"), *(_number(entry, key) for key in ("min", "max", "mean")))


def _before(entry: Entries) -> Before:
    return Before(
        people=entry.count("people"),
        attendances=entry.count("attendances"),
        emergency_admissions=entry.count("emergency_admissions"),
        bed_days=entry.count("bed_days"),
        cost=_number(entry, "cost"),
    )


def _moved(entry: Entries) -> Moved:
    return Moved(
        of=entry.count("of"),
        to=entry.section("to").counts(),
        new=entry.count("new"),
        from_below=entry.count("from_below"),
        again=_again(entry.section("again")) if entry.raw.get("again") else None,
    )


def _again(entry: Entries) -> Again:
    return Again(entry.count("attendances"), entry.count("emergency_admissions"))


def _stars(entry: Entries) -> dict[str, str]:
    """Nothing in a file that was made before they were told."""
    found = entry.raw.get("stars") or {}
    if not isinstance(found, Mapping) or not {FEW, MANY}.issuperset(
        said if isinstance(said, str) else "" for said in found.values()
    ):
        raise entry.fault("stars", f'is not a table of "{FEW}" and "{MANY}"')
    return dict(found)


def _forecast(entry: Entries) -> Forecast:
    return Forecast(
        people=_range(entry.section("people")),
        attendances=_range(entry.section("attendances")),
        method=entry.words("method"),
        if_all_stayed=entry.count("if_all_stayed"),
    )


def _range(entry: Entries) -> Range:
    return Range(*(_number(entry, key) for key in ("expected", "low", "high")))


def _stays(entry: Entries) -> tuple[float | None, ...]:
    found = entry.raw.get("stays") or []
    if not isinstance(found, list) or len(found) > _MONTHS or not all(map(_is_share, found)):
        raise entry.fault("stays", "is not a list of at most 12 shares from 0 to 1")
    return tuple(None if share is None else float(share) for share in found)


def _is_share(found: Any) -> bool:
    if found is None:
        return True
    return isinstance(found, int | float) and not isinstance(found, bool) and 0 <= found <= 1


def _price(entry: Entries) -> Price:
    gbp = entry.number("gbp")
    if gbp is None or gbp < 0:
        raise entry.fault("gbp", "is not a price")
    words = (entry.words(key, needed=True) for key in ("item", "words", "price_year", "source"))
    item, said, year, source = words
    return Price(item, said, gbp, year, source)


def _number(entry: Entries, key: str) -> Number:
    if entry.stars and entry.raw.get(key) == HIDDEN:
        return HIDDEN
    return entry.number(key)

"""The places of an area and where its tiers begin: [[places]] and [tiers] come in; each `Place` and
`TierSettings` go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import amount, codes, lines, refuse_unknown_keys, tables, words

_KEYS: Final = {"code", "name", "lsoas", "lsoas_file", "gp_practices", "gp_practices_file", "sites",
                "population", "leads", "service", "funded_until"}  # fmt: skip
_TIER_KEYS: Final = {"top_from"}
_SECTION: Final = "places"
# The area itself, and everybody who belongs to none of its places.
_TAKEN: Final = {"ALL", "ELSEWHERE"}
_TOP_FROM: Final = (20, 21)


@dataclass(frozen=True)
class Place:
    """A part of the area: who lives there, is registered there, or comes to its hospitals.

    `population` counts its people, `leads` whole-time equivalents in post, both None where nobody
    said; `service` is what is there already, in words, and `funded_until` how long that lasts.
    """

    code: str
    name: str
    lsoas: frozenset[str] = frozenset()
    gp_practices: frozenset[str] = frozenset()
    sites: tuple[str, ...] = ()
    population: int | None = None
    leads: float | None = None
    service: str = ""
    funded_until: date | None = None


@dataclass(frozen=True)
class TierSettings:
    """Where the top tier begins: at exactly 20 attendances, or above them (21)."""

    top_from: int = 20


def read_places(raw: Mapping[str, Any], path: Path) -> tuple[Place, ...]:
    """Read every [[places]]. Raises ConfigurationFault naming the key."""
    places = tuple(_place(entry, path) for entry in tables(raw, "places", path.name))
    _refuse_twice([place.code for place in places], "code", path.name)
    for key in ("lsoas", "gp_practices", "sites"):
        _refuse_twice([code for place in places for code in getattr(place, key)], key, path.name)
    return places


def read_tier_settings(entry: Any, file: str) -> TierSettings:
    """Read [tiers]. Raises ConfigurationFault naming the key."""
    refuse_unknown_keys(entry, _TIER_KEYS, file, "tiers")
    top_from = entry.get("top_from", TierSettings.top_from)
    if isinstance(top_from, bool) or top_from not in _TOP_FROM:
        raise ConfigurationFault(
            "[tiers] top_from is neither 20 nor 21", file=file,
            remedy="write 20 for 20 and over, or 21 for more than 20",
        )  # fmt: skip
    return TierSettings(top_from)


def _place(entry: Any, path: Path) -> Place:
    refuse_unknown_keys(entry, _KEYS, path.name, _SECTION)
    code = words(entry, "code", path.name, _SECTION)
    if not code or code.upper() in _TAKEN:
        raise ConfigurationFault(
            "a place has no code, or one that stands for something else", file=path.name,
            remedy='give each place a short code of its own, not "ALL" or "elsewhere"',
        )  # fmt: skip
    return Place(
        code=code,
        name=words(entry, "name", path.name, _SECTION) or code,
        lsoas=codes(entry, "lsoas", path, _SECTION),
        gp_practices=codes(entry, "gp_practices", path, _SECTION),
        sites=lines(entry, "sites", path.name, _SECTION),
        population=_people(entry, path.name),
        leads=amount(entry, "leads", 0.0, path.name, _SECTION) if "leads" in entry else None,
        service=words(entry, "service", path.name, _SECTION),
        funded_until=_day(entry, path.name),
    )


def _people(entry: Mapping[str, Any], file: str) -> int | None:
    found = entry.get("population")
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        raise ConfigurationFault(
            f"[{_SECTION}] population is not a whole number of people", file=file,
            remedy="write it in digits, without commas",
        )  # fmt: skip
    return found


def _day(entry: Mapping[str, Any], file: str) -> date | None:
    found = entry.get("funded_until")
    if found is None or type(found) is date:
        return found
    try:
        return date.fromisoformat(found)
    except (TypeError, ValueError):
        raise ConfigurationFault(
            f"[{_SECTION}] funded_until is not a date", file=file, remedy="write 2027-03-31"
        ) from None


def _refuse_twice(found: list[str], key: str, file: str) -> None:
    if len(set(found)) < len(found):
        raise ConfigurationFault(
            f"[[{_SECTION}]] {key} names something twice", file=file,
            remedy="let every area, practice, site and code belong to one place",
        )  # fmt: skip

"""The tiers of an area as every other document reads them: what `hiu report tiers` tells as plain
data, here as dataclasses. Reading them is `told.py`, writing them `kept.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

VERSION: Final = 1
FILE: Final = "tiers.json"
AREA: Final = "area"
PLACE: Final = "place"
SITE: Final = "site"
KINDS: Final = (AREA, PLACE, SITE)
ELSEWHERE: Final = "elsewhere"
BELOW: Final = "below"
# Two kinds of star: hidden because it is small, and hidden only to protect a small one.
FEW: Final = "0 to 7"
MANY: Final = "8 or more"

# A number of people or contacts. None: not counted. "*": hidden.
Count = int | str | None
Number = float | str | None


@dataclass(frozen=True)
class Year:
    """Twelve months: the first day and the day after the last, and what they are called."""

    first: date
    to_exclusive: date
    name: str


@dataclass(frozen=True)
class Tier:
    """A tier by attendances in the year. `most` is None in the top one."""

    key: str
    least: int
    most: int | None
    label: str


@dataclass(frozen=True)
class Spread:
    """A line of Table One. Of contacts: all of them, and the fewest, most and mean a person. Of
    people: all of them, and the fewest, most and mean a hospital (None for a hospital itself).
    """

    total: Count = None
    least: Number = None
    most: Number = None
    mean: Number = None


@dataclass(frozen=True)
class Cost:
    """What the contacts of a tier cost, in pounds; None where nothing was counted or priced."""

    attendances: Number = None
    emergency_admissions: Number = None
    total: Number = None


@dataclass(frozen=True)
class Before:
    """The tier in the year before."""

    people: Count = None
    attendances: Count = None
    emergency_admissions: Count = None
    bed_days: Count = None
    cost: Number = None


@dataclass(frozen=True)
class Again:
    """This year's contacts of the people who were in the tier in the year before, wherever they are
    now.
    """

    attendances: Count = None
    emergency_admissions: Count = None


@dataclass(frozen=True)
class Moved:
    """Where the people of the tier in the year before are now (`to`: the tier's key, or "below"),
    and how many are in it now who were not (`new`), of whom `from_below` were in no tier at all.
    """

    of: Count = None
    to: Mapping[str, Count] = field(default_factory=dict)
    new: Count = None
    from_below: Count = None
    again: Again | None = None


@dataclass(frozen=True)
class Range:
    """What is to be expected, and from where to where nine years in ten would fall."""

    expected: Number = None
    low: Number = None
    high: Number = None


@dataclass(frozen=True)
class Forecast:
    """The tier in the year after. `if_all_stayed` is what nobody should plan with: this year's
    people and those who are new, with none leaving by themselves.
    """

    people: Range
    attendances: Range
    method: str = ""
    if_all_stayed: Count = None


@dataclass(frozen=True)
class InTier:
    """One tier of one unit: Table One, and everything beside it.

    `entered` pairs months ("2025-10") with how many came into the tier in them, `entered_in_year`
    is all of them; `stays` holds the share still in it 1 to 12 months later. `stars` says of hidden
    numbers of people ("moved.to.20+"), where it may be told, whether they are FEW or MANY.
    """

    people: Spread = Spread()
    attendances: Spread = Spread()
    emergency_admissions: Spread = Spread()
    bed_days: Spread = Spread()
    cost: Cost = Cost()
    before: Before | None = None
    moved: Moved | None = None
    forecast: Forecast | None = None
    entered: tuple[tuple[str, Count], ...] = ()
    stays: tuple[float | None, ...] = ()
    imd: Mapping[str, Count] = field(default_factory=dict)
    age: Mapping[str, Count] = field(default_factory=dict)
    sex: Mapping[str, Count] = field(default_factory=dict)
    priority: Count = None
    entered_in_year: Count = None
    stars: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unit:
    """The area, one of its places, or one of its hospitals. `leads` are whole-time equivalents in
    post; `service` what is there already.
    """

    kind: str
    code: str
    name: str
    tiers: Mapping[str, InTier]
    population: int | None = None
    leads: float | None = None
    service: str | None = None
    people_seen: Count = None
    attendances_seen: Count = None


@dataclass(frozen=True)
class Price:
    """What one contact costs, and who says so."""

    item: str
    words: str
    gbp: float
    price_year: str
    source: str


@dataclass(frozen=True)
class Tiers:
    """The tiers of an area, its places and its hospitals. They do not add up: a person counts in
    one place, but in every hospital where they come often enough.
    """

    publishable: bool
    area: str
    as_of: date
    cut_off: str
    year: Year
    year_before: Year | None
    tiers: tuple[Tier, ...]
    units: tuple[Unit, ...]
    counting: tuple[str, ...] = ()
    criteria: Mapping[str, Any] = field(default_factory=dict)
    prices: tuple[Price, ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    openhiu: str = ""

    @property
    def top(self) -> Tier:
        """The tier that a service is sized by."""
        return self.tiers[-1]

    @property
    def whole(self) -> Unit:
        """The area itself."""
        return next(unit for unit in self.units if unit.kind == AREA)

    @property
    def places(self) -> tuple[Unit, ...]:
        """The places, in the order of the locality file."""
        return tuple(unit for unit in self.units if unit.kind == PLACE)

    @property
    def sites(self) -> tuple[Unit, ...]:
        """The hospitals."""
        return tuple(unit for unit in self.units if unit.kind == SITE)

    def tier(self, key: str) -> Tier:
        """The tier of this key."""
        return next(tier for tier in self.tiers if tier.key == key)

"""The staffing of an area as every other document reads it: what `hiu report staffing` tells as
plain data, here as dataclasses. Reading them is `told.py`, writing them `kept.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

VERSION: Final = 1
FILE: Final = "staffing.json"

# A number of people. "*": 1 to 7, hidden.
Count = int | str | None


@dataclass(frozen=True)
class Estimate:
    """A value with its 95% range over the simulated years. None: longer than was looked at."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class WithLeads:
    """What to expect with this many leads (whole time).

    `wait_median` and `wait_90` are weeks until somebody who stays in the tier is asked, for half
    and for nine in ten (None: more than a year). `reached` is the share of everybody in the tier at
    the start or coming into it within 12 months who are asked within them, `began` the share who
    begin support. `starts` are people who begin support in those 12 months. `overload` is the
    chance that a given lead stands above a limit in some week of a year although new people wait
    while a lead is full, `overload_weeks` the share of weeks. `pressed` and `pressed_weeks` are the
    same if nobody were kept waiting: what too few leads come to. `alone` are weeks of a year in
    which nobody is there. Shares lie between 0 and 1.
    """

    leads: int
    wait_median: Estimate
    wait_90: Estimate
    reached: Estimate
    began: Estimate
    starts: Estimate
    overload: Estimate
    overload_weeks: Estimate
    pressed: Estimate
    pressed_weeks: Estimate
    alone: Estimate


@dataclass(frozen=True)
class Needed:
    """Leads by one reading: between `low` and `high` before rounding, `leads` whole posts."""

    low: float
    high: float
    leads: int


@dataclass(frozen=True)
class Reading:
    """One reading of what a lead can carry: `least` to `most` people, a year or at once.

    `used`: the recommended number follows from it.
    """

    key: str
    words: str
    source: str
    least: float
    most: float
    per: str
    used: bool = False


@dataclass(frozen=True)
class Capacity:
    """People a year for one lead, whole time: `asked`, and `begins` with. Both follow from the
    settings alone, so that every document has the same. `found` is what a lead who always had
    somebody waiting began with in the simulation; None where nobody waited long, or none was run.
    """

    asked: int
    begins: int
    acceptance: float
    found: int | None = None

    @property
    def a_quarter(self) -> float:
        """People one lead begins with in a quarter."""
        return self.begins / 4

    @property
    def words(self) -> str:
        """The sentence."""
        told = (
            f"One lead asks about {self.asked} people a year and begins support with about "
            f"{self.begins} of them ({self.acceptance:.0%} say yes)"
        )
        return told + (f"; the simulation found {self.found}." if self.found else ".")

    def of(self, leads: float) -> str:
        """What so many leads can do, such as "ask about 110 people a year and begin with 70"."""
        return (
            f"ask about {self.asked * leads:,.0f} people a year and begin with about "
            f"{self.begins * leads:,.0f} of them"
        )


@dataclass(frozen=True)
class PlaceStaffing:
    """One place (or the area where no places are named).

    `people` are those in the top tier as they are shown, `taken_as` what was calculated with.
    `needed` is by the key of the reading. `extra` leads are beyond those in post; costs are pounds.
    `enough`: the fewest leads that reach the target without overload, by the simulation; None where
    none of those tried does, or nothing was simulated. `why_not` then says why.

    `known`: somebody has said how many leads are in post; `in_post` is 0 where nobody has. They are
    paid for `paid_months` of the months that are costed (None: all), until `funded_until`;
    `lasting` are those in post to the end, `spare` those beyond the recommended ones.
    """

    kind: str
    code: str
    name: str
    people: Count
    taken_as: float
    in_post: float
    needed: Mapping[str, Needed]
    recommended: int
    extra: float
    cost_a_year: float
    cost_over: float
    recommended_cost_a_year: float
    arrivals_a_year: float | None = None
    enough: int | None = None
    why_not: str = ""
    by_leads: tuple[WithLeads, ...] = ()
    notes: tuple[str, ...] = ()
    known: bool = True
    lasting: float = 0.0
    spare: float = 0.0
    paid_months: float | None = None
    funded_until: str = ""

    def with_leads(self, leads: int) -> WithLeads | None:
        """What to expect with this many leads, where it was simulated."""
        return next((one for one in self.by_leads if one.leads == leads), None)


@dataclass(frozen=True)
class Setting:
    """One number everything rests on. `source`: `setting`, `default`, `data` or `roster`."""

    key: str
    words: str
    value: str
    source: str
    why: str = ""


@dataclass(frozen=True)
class Total:
    """All places together. `people` are the area's own, as shown: with `elsewhere`, who belong to
    none of the places and are not sized.

    `recommended` are whole posts for each place by itself. `shared` are whole posts where leads
    work for neighbouring places too: one sum for all; with what those to add would cost.
    """

    people: Count
    in_post: float
    needed: Mapping[str, Needed]
    recommended: int
    extra: float
    cost_a_year: float
    cost_over: float
    recommended_cost_a_year: float
    known: bool = True
    lasting: float = 0.0
    spare: float = 0.0
    shared: int = 0
    shared_extra: float = 0.0
    shared_cost_a_year: float = 0.0
    shared_cost_over: float = 0.0
    elsewhere: Count = None


@dataclass(frozen=True)
class Staffing:
    """The whole. `months` is how long `cost_over` runs; `enough_means` says what `enough` asks;
    `year` names the year that was counted, `cut_off` the moment up to which data had come, and
    `basis` tells what came from the service's own record.
    """

    publishable: bool
    area: str
    as_of: date
    tier_key: str
    tier_label: str
    lead_cost_a_year: float
    price_year: str
    months: int
    readings: tuple[Reading, ...]
    settings: tuple[Setting, ...]
    places: tuple[PlaceStaffing, ...]
    total: Total
    enough_means: str = ""
    limits: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    openhiu: str = ""
    year: str = ""
    cut_off: str = ""
    basis: tuple[str, ...] = ()
    sources: tuple[Mapping[str, object], ...] = field(default=())
    capacity: Capacity | None = None

    @property
    def used(self) -> Reading:
        """The reading that the recommended numbers follow from."""
        return next(one for one in self.readings if one.used)

    def place(self, code: str) -> PlaceStaffing | None:
        """The place of this code."""
        return next((one for one in self.places if one.code == code), None)

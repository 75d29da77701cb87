"""What the sums of a business case are worked out from: plain numbers, each with one meaning.

A ratio is contacts with the service over contacts without it: below 1 is fewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MONTHS_A_YEAR = 12
QUARTERS_A_YEAR = 4


@dataclass(frozen=True)
class Ratio:
    """A ratio with its 95 % range. `low` is the better end: the fewest contacts."""

    central: float
    low: float
    high: float

    def __post_init__(self) -> None:
        """A range out of order, or below nothing, is a fault of whoever filled it."""
        if not 0 <= self.low <= self.central <= self.high:
            raise ValueError("the ends of a ratio are not in order")


@dataclass(frozen=True)
class Group:
    """The people of one tier who can be reached.

    `first_year` and `each_later_year`: how many say yes in that contract year, were there leads
    enough. `before`: contacts a person and year by kind, in the year they were in the tier.
    `stays`: the share of these that would come the year after with no new service, `stays_of` the
    same of a kind where it is known apart. `prices` are what a contact of this tier costs, where
    it is not what one costs everywhere.
    """

    key: str
    label: str
    first_year: float
    each_later_year: float
    before: Mapping[str, float]
    stays: float
    stays_of: Mapping[str, float] = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)

    @property
    def expected(self) -> dict[str, float]:
        """Contacts a person in the year after, with no new service."""
        return {kind: count * self.stays_of.get(kind, self.stays)
                for kind, count in self.before.items()}  # fmt: skip


@dataclass(frozen=True)
class Willing:
    """People of one tier in one place who would say yes and whom nobody reaches yet: those there in
    the first year, those a later year brings from below the tiers, and those it brings from another
    tier, by that tier: some of these have been begun with already.
    """

    first_year: float
    fresh: float
    moved: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Team:
    """One place: its share of the leads, and its people by tier. Leads reach their own place."""

    share: float
    people: Mapping[str, Willing]


@dataclass(frozen=True)
class Plan:
    """Everything that the sums of one option rest on.

    `leads` are those paid for; `a_quarter` is how many people one of them starts with in a quarter
    once the service is full. `mobilise` months pass before the first start, `ramp` months until
    the full number. An effect is counted for `lasts` months after a start and never after the end
    of the contract. `groups` are reached in their order, `prices` and `ratios` are by kind. `teams`
    are the places; without them all leads work with all people.
    """

    months: int
    leads: float
    lead_cost: float
    groups: tuple[Group, ...]
    prices: Mapping[str, float]
    ratios: Mapping[str, float]
    a_quarter: float = 15.0
    other_cost: float = 0.0
    mobilise: int = 3
    ramp: int = 3
    lasts: int = 12
    discount: float = 0.035
    cash: frozenset[str] = field(default_factory=frozenset)
    teams: tuple[Team, ...] = ()

    @property
    def years(self) -> int:
        """Contract years, the last perhaps not whole."""
        return -(-self.months // MONTHS_A_YEAR)

    def price(self, group: Group, kind: str) -> float:
        """What one contact of a kind costs in a tier."""
        return group.prices.get(kind, self.prices.get(kind, 0.0))

    def months_in(self, year: int) -> int:
        """How many months of the contract lie in its year 0, 1, …"""
        return min(MONTHS_A_YEAR, self.months - MONTHS_A_YEAR * year)

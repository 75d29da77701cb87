"""What a report of reach tells, as dataclasses: each hospital and place with its people, its leads
and the gap between them; need and leads by deprivation; and the lines through them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from openhiu.report.staffing.shape import Capacity

Count = int | str | None
Service = Literal["yes", "no", "not said"]
YES: Final = "yes"
NO: Final = "no"
NOT_SAID: Final = "not said"
QUINTILES: Final = ("1", "2", "3", "4", "5")
FIFTHS: Final[Mapping[str, str]] = {
    "1": "Most deprived fifth", "2": "Second fifth", "3": "Third fifth", "4": "Fourth fifth",
    "5": "Least deprived fifth",
}  # fmt: skip


@dataclass(frozen=True)
class People:
    """How many people, from what may be shown. `least`: a part is hidden, so it is at least so
    many.
    """

    shown: int
    least: bool = False

    @property
    def words(self) -> str:
        """As it is read."""
        return f"at least {self.shown:,}" if self.least else f"{self.shown:,}"


@dataclass(frozen=True)
class Waiting:
    """How long half of those who stay in the top tier wait until they are asked, by simulation, in
    weeks and with its 95% range; None where that is longer than a year. `leads` are those it was
    simulated with, `recommended` how many there should be.
    """

    weeks: float | None
    low: float | None
    high: float | None
    leads: int
    recommended: int

    @property
    def words(self) -> str:
        """As it is read."""
        if self.weeks is None:
            return "more than a year"
        high = "over a year" if self.high is None else f"{self.high:.0f}"
        ends = f" ({self.low:.0f} to {high})" if self.low is not None else ""
        return f"{self.weeks:.0f} weeks{ends}" if round(self.weeks) != 1 else f"1 week{ends}"


@dataclass(frozen=True)
class Standing:
    """A hospital or a place: its people by tier, its leads, and how far they go.

    `leads` are whole-time equivalents in post, None where nobody has said. `through`: the place
    whose leads serve this hospital. `takes_on`: the people that they can ask in a year. `unmet`:
    the people of the top tier beyond that; `hidden_unmet`: all are, but how many is hidden, `few`
    where it may be told that they are no more than 7. `reached`: the percentage within reach where
    it is not `takes_on` over the top tier: in an area, leads reach people of their own place.
    `deprivation` is the mean fifth of its people, from 1 (most deprived) to 5.
    `need` is of 1,000: `need_of` says of which.
    """

    kind: str
    code: str
    name: str
    service: Service
    service_words: str
    leads: float | None
    through: str
    people: Mapping[str, Count]
    top: Count
    in_tiers: People | None
    takes_on: float | None
    unmet: int | None
    need: float | None
    need_of: str
    deprivation: float | None
    most_deprived: int | None
    by_fifth: Mapping[str, float]
    waiting: Waiting | None = None
    rank: int = 0
    hidden_unmet: bool = False
    few: bool = False
    reached: int | None = None

    @property
    def leads_per_1000(self) -> float | None:
        """Leads for every thousand people in the tiers."""
        if self.leads is None or self.in_tiers is None or not self.in_tiers.shown:
            return None
        return 1000 * self.leads / self.in_tiers.shown

    @property
    def leads_per_100_top(self) -> float | None:
        """Leads for every hundred people of the top tier."""
        known = isinstance(self.top, int) and self.top > 0
        if self.leads is None or not known:
            return None
        return 100 * self.leads / int(self.top or 0)

    @property
    def within_reach(self) -> int | None:
        """The percentage of the top tier that the leads can ask in a year."""
        if self.reached is not None:
            return self.reached
        if self.hidden_unmet:
            return 0
        if self.takes_on is None or not isinstance(self.top, int):
            return None
        return min(100, round(100 * self.takes_on / self.top)) if self.top else 100


@dataclass(frozen=True)
class Fifth:
    """People in the tiers who live in one fifth of England's neighbourhoods, by deprivation; and
    the leads that stand beside them.
    """

    key: str
    words: str
    people: Mapping[str, Count]
    everybody: People | None
    share: int | None
    leads: float | None
    leads_share: int | None
    leads_per_1000: float | None


@dataclass(frozen=True)
class Line:
    """A straight line from the least to the most deprived end: what it says at either, the
    difference and its 95% range, through so many places.
    """

    least_end: float
    most_end: float
    slope: float
    low: float
    high: float
    places: int

    @property
    def told(self) -> Literal["more", "fewer", "unclear"]:
        """What the range allows to be said of the most deprived end."""
        if self.low <= 0 <= self.high:
            return "unclear"
        return "more" if self.slope > 0 else "fewer"


@dataclass(frozen=True)
class Reach:
    """Everything told. `level` says which units the lines, the shares and the ranks are about:
    "place" or "site". `mismatch`: the percentage of the leads' time that would have to move for
    leads to stand where the top tier is. `unsaid` names what is not known.
    """

    area: str
    as_of: date
    year: str
    cut_off: str
    level: str
    top_words: str
    tiers: Mapping[str, str]
    capacity: Capacity
    whole: Standing
    places: tuple[Standing, ...]
    sites: tuple[Standing, ...]
    fifths: tuple[Fifth, ...]
    unknown_fifth: Mapping[str, Count]
    priority: Count
    need_line: Line | None
    leads_line: Line | None
    no_line: str
    mismatch: int | None
    unsaid: tuple[str, ...]
    counting: tuple[str, ...]
    sources: tuple[Mapping[str, object], ...]
    openhiu: str = ""

    @property
    def new_a_quarter(self) -> float:
        """New people a lead begins with in a quarter."""
        return self.capacity.a_quarter

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """The units of the level, those with most people beyond reach first."""
        return self.places if self.level == "place" else self.sites

    @property
    def without(self) -> tuple[Standing, ...]:
        """Hospitals without a service, or of which none was told, in the order of their need."""
        found = [one for one in self.sites if one.service != YES]
        return tuple(sorted(found, key=lambda one: (-size(one.top), -seen(one), one.name)))

    def site_count(self, service: Service) -> int:
        """How many hospitals stand so. Counts of hospitals are never hidden."""
        return sum(one.service == service for one in self.sites)


def size(count: Count) -> int:
    """A count to sort by: hidden ones stand below the smallest shown."""
    return count if isinstance(count, int) else 1 if count == "*" else 0


def seen(one: Standing) -> int:
    """The people in the tiers, to sort by."""
    return one.in_tiers.shown if one.in_tiers else 0

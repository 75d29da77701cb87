"""What the estimators read: the rows of one site as numpy arrays, and everything else that was
prepared beside them. The store and the roster came in; nothing here holds an identifier.

Dates in arrays are days since 1 January 1970. Segments are the four spans of 90 days from `index`:
the first three months are segment 0, the first twelve are segments 0 to 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.findings import Fault
from openhiu.tables.handover import Source

SEGMENTS: Final = 4
DAYS_IN_SEGMENT: Final = 90
# History: how many days before the list date each span begins and ends (begin, end).
HISTORY_SPANS: Final = ((30, 0), (90, 30), (180, 90), (365, 180))
# How far back the plain before-and-after method looks, in days before the start of support.
BEFORE_SPANS: Final = (90, 360)
_EPOCH: Final = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day of a number of days since 1 January 1970."""
    return _EPOCH + timedelta(days=int(number))


@dataclass(frozen=True, eq=False)
class Rows:
    """One site: one entry per person and list date, clients' rows and comparison rows together.

    A client has one row (`client` is True: the list within whose month support first started, and
    that start); every (person, list date) not starting before the next list is a comparison row.
    `end` is the first day no longer at risk: death, a move away or the cut, whichever comes first.
    """

    site: str
    service_start: date
    cut: date
    first_data: date
    person: NDArray[np.int64]  # 0..people-1, number of the person within this site
    client: NDArray[np.bool_]
    anchor: NDArray[np.int32]  # list date
    index: NDArray[np.int32]  # day follow-up begins: start date; comparison: anchor + median lag
    end: NDArray[np.int32]
    rank: NDArray[np.int32]  # place on the rebuilt list of the anchor, from 1
    history: NDArray[np.float64]  # (n,4) attendances in HISTORY_SPANS before the anchor, raw
    history_volume: NDArray[np.float64]  # (n,4) mean volume index in those spans
    recent3: NDArray[np.int32]  # attendances in the last 3 calendar months before the anchor
    earlier9: NDArray[np.int32]  # and in the 9 calendar months before those
    age: NDArray[np.float64]  # whole years at the anchor; nan unknown
    female: NDArray[np.bool_]
    flag: NDArray[np.bool_]
    has_flag: bool
    said_no: NDArray[np.bool_]  # comparison rows of people asked at that list who did not start
    exposure: NDArray[np.float64]  # (n,4) observed share 0..1 of each segment
    volume: NDArray[np.float64]  # (n,4) mean volume index in each segment
    outcomes: Mapping[str, NDArray[np.float64]]  # key -> (n,4) counts while at risk
    before: Mapping[str, NDArray[np.float64]]  # key -> (n,2) counts in the 90, 360 days before
    event_row: NDArray[np.int32]  # attendances of client rows from index to end: row number...
    event_day: NDArray[np.int32]  # ... and day
    volume_by_month: Mapping[date, float]  # volume index by first of month

    @property
    def size(self) -> int:
        """How many rows."""
        return len(self.person)


@dataclass(frozen=True)
class Journey:
    """One person listed at a site since the service started, or named on its roster.

    `person` is the number that `Rows.person` has at the same site; somebody on no rebuilt list has
    a number that stands in no row. Attributes are None where nobody recorded them.
    """

    site: str
    person: int
    first_listed: date | None
    offered: date | None
    said_yes: bool | None
    started: date | None
    stepped_back: date | None
    returned: date | None
    died: date | None
    moved: date | None
    off_list: bool  # started, but on no list in whose month the start lies
    age_band: str | None = None
    sex: str | None = None
    ethnicity: str | None = None
    imd_quintile: str | None = None
    housing: str | None = None
    priority_ward: str | None = None
    mental_health: str | None = None


@dataclass(frozen=True)
class ListMonth:
    """One rebuilt list: how many people, and their attendances of the three months before it.

    `complete` is False where those months are not wholly within the data.
    """

    site: str
    list_date: date
    people: int
    attendances: int
    complete: bool = True


@dataclass(frozen=True)
class Cohort:
    """The people of the roster, counted before anything is estimated. Raw counts: not for show."""

    on_roster: int = 0
    not_in_store: int = 0
    offered: int = 0
    said_yes: int = 0
    started: int = 0
    on_list: int = 0
    off_list: int = 0
    restarts: int = 0
    deaths: int = 0
    moves: int = 0
    reached_w3: int = 0
    reached_w12: int = 0
    by_site: Mapping[str, Cohort] = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """Everything the estimators need, and everything the reader must be told of the data.

    `findings` are faults of the roster, `warnings` of the data; sentences without personal data.
    `faults` are the findings row by row.
    `absent` holds the keys of the outcomes of which the store has no data; `hospitals` are those
    whose attendances count as outcomes, of which lists may exist at a few only.
    """

    sites: tuple[Rows, ...]
    journeys: tuple[Journey, ...]
    lists: tuple[ListMonth, ...]
    cohort: Cohort
    store_months: tuple[date, ...]
    warnings: tuple[str, ...]
    inputs: tuple[Source, ...]
    findings: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    as_of: date | None = None
    cut: date | None = None
    list_size: int = 250
    hospitals: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

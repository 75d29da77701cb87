"""What can be seen at each site, and from when to when: the months a site sent, the roster and the
service file come in; one plan a site goes out, with what the reader must be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from typing import Any, Final

from openhiu.evaluate.months import first_of, month_number, next_first
from openhiu.evaluate.roster import RosterRow
from openhiu.evaluate.service import Service
from openhiu.evaluate.words import day_words, month_words

HISTORY_MONTHS: Final = 12  # used up before the first list can be rebuilt
_EARLY_DAYS: Final = 7  # a month whose first row comes this early counts from its first day
_STRAY: Final = 0.1  # of the usual month: below it, early months are stray rows
_NOT_ARRIVED: Final = 0.5  # of the usual month: below it, the newest months have not come in
_USUAL_AT_LEAST: Final = 30  # attendances a month from which a month can be judged at all
_MONTHS_TO_WAIT: Final = 3


@dataclass(frozen=True)
class SiteMonth:
    """What a site sent in one month. `counted`: attendances of the kind that lists count."""

    month: int
    sent: int
    counted: int
    of_departments: int
    same_day_care: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True)
class SitePlan:
    """One site: when support began, which days can be used, and which lists can be rebuilt."""

    site: str
    service_start: date
    first_data: date
    cut: date
    months: tuple[SiteMonth, ...]

    @property
    def first_list(self) -> int:
        """Month number of the first list with twelve months behind it."""
        return month_number(next_first(self.first_data)) + HISTORY_MONTHS

    @property
    def lists(self) -> range:
        """Month numbers of the lists that can be rebuilt: all their months are there."""
        return range(self.first_list, month_number(self.cut) + 1)

    @property
    def start_list(self) -> int:
        """Month number of the list in force when support began."""
        return month_number(self.service_start)


def by_site(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[SiteMonth, ...]]:
    """The rows of `site_months`, site by site and in order."""
    found: dict[str, list[SiteMonth]] = {}
    for row in rows:
        found.setdefault(row["site_code"], []).append(SiteMonth(
            int(row["month_no"]), int(row["sent"]), int(row["counted"]),
            int(row["of_departments"]), int(row["same_day_care"]), row["oldest"], row["newest"],
        ))  # fmt: skip
    return {site: tuple(months) for site, months in found.items()}


def plan_sites(
    sent: Mapping[str, tuple[SiteMonth, ...]], rows: Sequence[RosterRow], service: Service,
    as_of: date, name: Callable[[str], str] = str,
) -> tuple[list[SitePlan], list[str]]:  # fmt: skip
    """A plan for each site of the roster that the store knows, and sentences about the others.

    `name` gives the words for a site code.
    """
    plans, told = [], []
    for site in sorted({row.site for row in rows}):
        start = service.start_at(site) or _first_support(row for row in rows if row.site == site)
        plan, said = _plan(site, name(site), start, sent.get(site, ()), service, as_of)
        plans += [plan] if plan else []
        told += said
    return plans, told


def _plan(
    site: str, words: str, start: date | None, months: Sequence[SiteMonth], service: Service,
    as_of: date,
) -> tuple[SitePlan | None, list[str]]:  # fmt: skip
    nothing = "nothing can be estimated there"
    if not any(month.counted for month in months):
        unseen = f"The store has no attendance at {words} of the kind that lists count: {nothing}."
        return None, [unseen]
    if start is None:
        unknown = f"Nobody was offered or started support at {words}, and no start is given"
        return None, [f"{unknown}: {nothing}."]
    cut, late = _cut(words, months, service.cut, as_of)
    if start >= cut:
        after = f"Support at {words} starts after its data end: {nothing} yet."
        return None, [*late, after]
    first, early = _first_data(words, months, service.data_from_at(site))
    return SitePlan(site, start, first, cut, tuple(months)), [*late, *early]


def _first_support(rows: Iterable[RosterRow]) -> date | None:
    days = [day for row in rows for day in (row.offer_date, row.start_date) if day]
    return min(days, default=None)


def _cut(
    site: str, months: Sequence[SiteMonth], asked: date | None, as_of: date
) -> tuple[date, list[str]]:
    """The first day not wholly received, and why it is not the one asked for."""
    newest = months[-1].newest.date()
    spare = _spare(months)
    after = first_of(month_number(newest) + 1)
    whole = after if after - newest <= timedelta(1) + spare else newest.replace(day=1)
    if asked is not None and asked <= min(max(whole, newest + spare), as_of):
        return asked, []
    told = []
    if asked is not None and asked <= as_of:
        told.append(
            f"The data of {site} end on {day_words(newest)}, before the cut that was asked for: "
            f"follow-up there ends with {month_words(month_number(whole) - 1)}."
        )
    held_back = _not_arrived(months, whole)
    if held_back:
        whole = first_of(held_back[0])
        names = " and ".join(month_words(month) for month in held_back)
        told.append(
            f"{site} sent less than half of its usual attendances for {names}: recent months have "
            "not fully arrived, and follow-up ends before them."
        )
    return min(whole, as_of), told


def _spare(months: Sequence[SiteMonth]) -> timedelta:
    """How long a site may well be silent: days where it is busy, months in a handful of rows."""
    days = (months[-1].newest - months[0].oldest).days + 1
    return timedelta(ceil(5 * days / sum(month.sent for month in months)))


def _not_arrived(months: Sequence[SiteMonth], cut: date) -> list[int]:
    complete = [month for month in months if month.month < month_number(cut)]
    recent, before = complete[-_MONTHS_TO_WAIT:], complete[-_MONTHS_TO_WAIT - 12 : -_MONTHS_TO_WAIT]
    usual = median(month.counted for month in before) if before else 0
    if usual < _USUAL_AT_LEAST:
        return []
    late: list[int] = []
    for month in reversed(recent):
        if month.counted >= _NOT_ARRIVED * usual:
            break
        late.insert(0, month.month)
    return late


def _first_data(
    site: str, months: Sequence[SiteMonth], asked: date | None
) -> tuple[date, list[str]]:
    """The first day of usable history: stray early rows are passed over."""
    usual = median(month.counted for month in months)
    told = []
    begin = 0
    if usual >= _USUAL_AT_LEAST:
        thin = [n for n, month in enumerate(months) if month.counted < _STRAY * usual]
        begin = max((n + 1 for n in thin if n < len(months) // 2), default=0)
    oldest = months[begin].oldest.date()
    if begin:
        told.append(
            f"Before {month_words(months[begin].month)} {site} sent hardly any attendances: its "
            "history begins there."
        )
    first = oldest.replace(day=1) if oldest.day <= _EARLY_DAYS else oldest
    if asked is not None and asked >= first - _spare(months):
        first = asked
    return first, told

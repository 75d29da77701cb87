"""Feeds that stop, halve or repeat last month's content: counts by month, dataset and site come in;
what is unwell, in words, goes out.

What is usual comes from the data themselves: the median of the six months before. Too few rows say
nothing; a fault is told only where chance would make one in ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Final, NamedTuple

from openhiu.monitor.watched import in_words
from openhiu.monitor.workdays import is_workday
from openhiu.tables.handover import ACTIVITY_KINDS, Delivery

__all__ = ["KINDS", "WORDS", "Count", "Fault", "due_by", "is_workday", "look", "usual_gap"]
KINDS: Final = ("stopped", "late", "halved", "repeated")
WORDS: Final[Mapping[str, str]] = {
    "attendances": "A&E attendances",
    "admissions": "admissions",
    "ambulance": "ambulance calls",
    "calls_111": "NHS 111 calls",
}
_MONTHS: Final = 6
_LEAST_MONTHS: Final = 3
_WEEKS: Final = 26
_LEAST_WEEKS: Final = 8
_FEWEST: Final = 30  # usual rows below which half of them may be chance
_SURE: Final = 9.2  # rows missed: none of so many has a chance of one in ten thousand
_WINDOWS: Final = (1, 3, 7)
_EVENING: Final = 20  # data that reach so far into a day hold the whole of it
_DAYS_A_MONTH: Final = 30.4
_ONE: Final = timedelta(days=1)

Part = tuple[str, str]  # dataset and site
Workday = Callable[[date], bool]


class Count(NamedTuple):
    """What a month holds of one dataset at one site.

    `fingerprint` is the same for the same rows at the same times of day, whichever month they
    stand in; `again` is how many of them stand so in the month before, for the same people.
    """

    rows: int
    people: int
    fingerprint: str
    again: int = 0


@dataclass(frozen=True)
class Fault:
    """Something wrong with a feed. `site` is empty where it is about the whole dataset; `since` is
    the first day that is not to be relied on.
    """

    kind: str
    dataset: str
    site: str
    words: str
    since: date

    def as_dict(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return {**vars(self), "since": self.since.isoformat()}


@dataclass(frozen=True)
class _Feeds:
    """Everything that is looked at, with the days up to which whole days are there."""

    months: Mapping[Part, Mapping[date, Count]]
    newest: Mapping[Part, datetime]
    as_of: date
    is_workday: Workday
    days: Mapping[Part, Mapping[date, int]]
    deliveries: Mapping[str, Sequence[Delivery]]
    stale_after_days: int
    named: Callable[[str], str]
    ends: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for dataset in {dataset for dataset, _ in self.newest}:
            last = max(at for (name, _), at in self.newest.items() if name == dataset)
            whole = last.date() + _ONE if last.hour >= _EVENING else last.date()
            self.ends[dataset] = min(whole, self.as_of)

    def usual(self, part: Part, before: date) -> float:
        """Rows in a usual month: the median of the six before one; 0 where too few are known."""
        months = self.months[part]
        wanted = [_months_before(before, n) for n in range(1, _MONTHS + 1)]
        first = min(months)
        known = [months[m].rows if m in months else 0 for m in wanted if m >= first]
        return median(known) if len(known) >= _LEAST_MONTHS else 0.0

    def words(self, part: Part) -> str:
        """The rows of a part in words: "A&E attendances of Ashdown General"."""
        dataset, site = part
        return f"{WORDS[dataset]} of {self.named(site)}" if site else WORDS[dataset]


def look(
    months: Mapping[Part, Mapping[date, Count]],
    newest: Mapping[Part, datetime],
    as_of: date,
    calendar: Workday = is_workday,
    *,
    days: Mapping[Part, Mapping[date, int]] | None = None,
    deliveries: Mapping[str, Sequence[Delivery]] | None = None,
    stale_after_days: int = 7,
    named: Callable[[str], str] = str,
) -> list[Fault]:
    """Every fault that stands on the as-of date, by dataset and site.

    `months` (by first day) and `newest` are keyed by dataset and site (site "" where it has none);
    `days` adds counts by day, so that a feed that halves is told before its month is over;
    `deliveries` the days on which files of a dataset came, from which its rhythm is learnt.
    """
    feeds = _Feeds(
        months, newest, as_of, calendar, days or {}, deliveries or {}, stale_after_days, named
    )
    found: list[Fault] = []
    for dataset in ACTIVITY_KINDS.values():
        parts = sorted(part for part in months if part[0] == dataset)
        whole = [*_late(feeds, dataset), *_nothing_new(feeds, dataset)]
        stopped = [] if whole else list(_stopped_altogether(feeds, dataset))
        found += [*whole, *stopped]
        for part in parts:
            alone = [] if stopped else list(_stopped(feeds, part))
            found += [*alone, *([] if alone else _halved(feeds, part)), *_repeated(feeds, part)]
    return found


def due_by(received: Sequence[date], calendar: Workday = is_workday) -> date | None:
    """The day on which a delivery that has not come is late: the median of the last six gaps after
    the newest, and one working day. None where fewer than four came.
    """
    gap = usual_gap(received)
    if not gap:
        return None
    expected = _first(max(received) + timedelta(days=gap), calendar)
    return _first(expected + _ONE, calendar)


def usual_gap(received: Sequence[date]) -> int:
    """The median of the last six gaps between days of delivery; 0 where fewer than three."""
    gaps = [(after - before).days for before, after in pairwise(sorted(set(received)))][-_MONTHS:]
    return round(median(gaps)) if len(gaps) >= _LEAST_MONTHS else 0


def _late(feeds: _Feeds, dataset: str) -> Iterator[Fault]:
    """No file came when one was due."""
    received = [one.day for one in feeds.deliveries.get(dataset, ())]
    due = due_by(received, feeds.is_workday)
    if due is not None and feeds.as_of >= due:
        last = max(received)
        words = (f"No new {WORDS[dataset]} have come since {in_words(last)}; by the usual rhythm "
                 f"they were due by {in_words(due)}.")  # fmt: skip
        yield Fault("late", dataset, "", words, feeds.ends.get(dataset, last))


def _nothing_new(feeds: _Feeds, dataset: str) -> Iterator[Fault]:
    """What came last had all come before."""
    came = feeds.deliveries.get(dataset, ())
    if len({one.day for one in came}) < 2:
        return
    last = max(one.day for one in came)
    read = sum(one.read for one in came if one.day == last)
    if read >= _FEWEST and not any(one.new for one in came if one.day == last):
        words = (f"What was received of {WORDS[dataset]} on {in_words(last)} held nothing new: "
                 "the same content as before came again.")  # fmt: skip
        yield Fault("repeated", dataset, "", words, feeds.ends.get(dataset, last))


def _stopped_altogether(feeds: _Feeds, dataset: str) -> Iterator[Fault]:
    """Nothing of any site for longer than the place allows, and than its rhythm explains."""
    if dataset not in feeds.ends:
        return
    last = max(at for (name, _), at in feeds.newest.items() if name == dataset).date()
    silent = (feeds.as_of - last).days
    missed = sum(
        feeds.usual(part, _month(last)) for part in feeds.months if part[0] == dataset
    ) / _DAYS_A_MONTH * silent  # fmt: skip
    rhythm = usual_gap([one.day for one in feeds.deliveries.get(dataset, ())])
    if silent > feeds.stale_after_days + rhythm and missed >= _SURE:
        words = (f"The newest {WORDS[dataset]} are of {in_words(last)}: later ones are not here, "
                 "which does not mean that nobody came.")  # fmt: skip
        yield Fault("stopped", dataset, "", words, last + _ONE)


def _stopped(feeds: _Feeds, part: Part) -> Iterator[Fault]:
    """A site went quiet while the others of its dataset go on."""
    last = feeds.newest[part].date()
    silent = [last + timedelta(days=n) for n in range(1, (feeds.ends[part[0]] - last).days)]
    missed = feeds.usual(part, _month(last)) / _DAYS_A_MONTH * len(silent)
    if any(map(feeds.is_workday, silent)) and missed >= _SURE:
        words = (f"No {feeds.words(part)} after {in_words(last)}, while others go on: about "
                 f"{missed:.0f} are missing. That does not mean that nobody came.")  # fmt: skip
        yield Fault("stopped", *part, words, last + _ONE)


def _halved(feeds: _Feeds, part: Part) -> Iterator[Fault]:
    """Fewer than half of what is usual: in the last days, or in one of two whole months."""
    end = feeds.ends[part[0]]
    for length in _WINDOWS:
        found = _short_window(feeds, part, end, length)
        if found:
            yield found
            return
    for month in (_months_before(_month(end), 2), _months_before(_month(end), 1)):
        counted = feeds.months[part].get(month, Count(0, 0, ""))
        usual = feeds.usual(part, month)
        if usual >= _FEWEST and counted.rows < usual / 2:
            words = (f"{month:%B %Y} holds {counted.rows:,} {feeds.words(part)}; "
                     f"{usual:,.0f} are usual.")  # fmt: skip
            yield Fault("halved", *part, words, month)


def _short_window(feeds: _Feeds, part: Part, end: date, length: int) -> Fault | None:
    """The last whole days against the same days of the 26 weeks before."""
    days = feeds.days.get(part)
    start = end - timedelta(days=length)
    if not days or not any(feeds.is_workday(start + timedelta(days=n)) for n in range(length)):
        return None
    weeks = [
        _rows(days, start - timedelta(days=7 * week), length)
        for week in range(1, _WEEKS + 1)
        if start - timedelta(days=7 * week) >= min(days)
    ]
    usual = median(weeks) if len(weeks) >= _LEAST_WEEKS else 0
    counted = _rows(days, start, length)
    if usual < _FEWEST * 2 or counted >= usual / 2:
        return None
    span = (
        f"On {in_words(start)}" if length == 1 else f"In the {length} days from {in_words(start)}"
    )
    words = f"{span} there are {counted:,} {feeds.words(part)}; {usual:,.0f} are usual."
    return Fault("halved", *part, words, start)


def _repeated(feeds: _Feeds, part: Part) -> Iterator[Fault]:
    """A month that holds what the month before held, under new dates."""
    months = feeds.months[part]
    for month in sorted(months)[-2:]:
        counted, before = months[month], months.get(_months_before(month, 1))
        if counted.rows < _FEWEST or before is None:
            continue
        if counted.fingerprint == before.fingerprint or counted.again > counted.rows / 2:
            words = (f"{month:%B %Y} holds the same {feeds.words(part)} as the month before, under "
                     "new dates.")  # fmt: skip
            yield Fault("repeated", *part, words, month)


def _rows(days: Mapping[date, int], start: date, length: int) -> int:
    return sum(days.get(start + timedelta(days=n), 0) for n in range(length))


def _month(day: date) -> date:
    return day.replace(day=1)


def _months_before(month: date, count: int) -> date:
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def _first(day: date, calendar: Workday) -> date:
    while not calendar(day):
        day += _ONE
    return day

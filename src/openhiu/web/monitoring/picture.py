"""The picture of two years on one axis: events, contacts and phases come in; places on a sheet go
out, for a template to draw. Nothing here knows the words of a page or the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from openhiu.web.design.words import as_day

_Months = dict[tuple[int, int], list[int]]
_MARGIN: Final = 6
_TICK_BELOW: Final = 20
_TINY: Final = 2.0  # a stay of a day is a hundredth of an inch: nobody would see it


@dataclass(frozen=True)
class Sheet:
    """How large one drawing is. `letter` is the width of a letter, `lane` the height of a lane."""

    key: str
    width: int
    letter: float
    text: int
    bars: int
    lane: int = 22


PHONE: Final = Sheet("narrow", 340, 7.0, 13, 120)
DESKTOP: Final = Sheet("wide", 960, 7.6, 14, 160)


@dataclass(frozen=True)
class Bar:
    """One month of A&E visits: where its column stands, and both parts of it."""

    x: float
    width: float
    other_y: float
    other_height: float
    ambulance_y: float
    ambulance_height: float


@dataclass(frozen=True)
class Span:
    """Something that lasts: a stay, a phase. `label` is empty where it would not fit."""

    x: float
    width: float
    key: str = ""
    label: str = ""


@dataclass(frozen=True)
class Lane:
    """One strip under the bars: its name, its heading's and its middle's height, and its marks."""

    key: str
    label: str
    heading_y: float
    y: float
    count: int
    marks: tuple[float, ...] = ()
    tried: tuple[float, ...] = ()
    spans: tuple[Span, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class Picture:
    """Everything the template draws, in the sheet's own units."""

    sheet: Sheet
    height: float
    left: float
    right: float
    bars_top: float
    bars_base: float
    bars: tuple[Bar, ...]
    steps: tuple[tuple[float, int], ...]
    months: tuple[tuple[float, str, bool], ...]
    phases: tuple[Span, ...]
    phases_y: float
    lanes: tuple[Lane, ...]
    cut_off_x: float | None
    known_from_x: float
    started_x: float | None
    bars_missing: bool
    told_base: float  # what stands below is not from the feed, and known whatever its cut-off


@dataclass(frozen=True)
class Story:
    """What is to be drawn. `phases`: key, label, first day; `missing`: kinds without any data."""

    first: date
    last: date
    events: Sequence[Mapping[str, Any]]
    contacts: Sequence[Mapping[str, Any]]
    phases: Sequence[tuple[str, str, date]]
    cut_off: date | None
    known_from: date
    started: date
    missing: frozenset[str] = field(default_factory=frozenset)


def draw(story: Story, sheet: Sheet) -> Picture:
    """Lay a story out on a sheet: phases on top, bars below them, then a lane for each kind."""
    scale = _Scale(story, sheet)
    phases_y = sheet.text + 10
    top = phases_y + sheet.lane + sheet.text + 18
    base = top + sheet.bars
    lanes = _lanes(story, scale, base + _TICK_BELOW + 8)
    months = _by_month(story)
    most = max((sum(month) for month in months.values()), default=0)
    peak, steps = _steps(most)
    return Picture(
        sheet=sheet,
        height=round(lanes[-1].y + sheet.lane / 2 + 8, 1),
        left=scale.left,
        right=scale.right,
        bars_top=top,
        bars_base=base,
        bars=tuple(_bars(months, scale, base, sheet.bars / peak)),
        steps=tuple((round(base - value * sheet.bars / peak, 1), value) for value in steps),
        months=tuple(_months(story, scale)),
        phases=tuple(_phase_spans(story, scale)),
        phases_y=phases_y,
        lanes=lanes,
        cut_off_x=scale.of(story.cut_off) if story.cut_off else None,
        known_from_x=scale.of(story.known_from),
        started_x=scale.of(story.started) if story.first < story.started <= story.last else None,
        bars_missing="attendance" in story.missing,
        told_base=lanes[-1].heading_y - sheet.text - 2,
    )


class _Scale:
    """Days to places along the axis."""

    def __init__(self, story: Story, sheet: Sheet) -> None:
        self.story, self.sheet = story, sheet
        self.left = _MARGIN + 3 * sheet.letter  # room for the numbers beside the bars
        self.right = sheet.width - _MARGIN
        self.day = (self.right - self.left) / max(1, (story.last - story.first).days + 1)

    def of(self, day: date, after: int = 0) -> float:
        """The place where a day begins (or ends, with `after=1`), kept on the sheet."""
        days = (day - self.story.first).days + after
        return round(min(max(self.left + days * self.day, self.left), self.right), 1)

    def span(self, first: date, last: date, key: str = "", label: str = "") -> Span:
        """A stretch of whole days, wide enough to be seen."""
        x = self.of(first)
        width = max(self.of(last, after=1) - x, _TINY)
        fits = len(label) * self.sheet.letter + 8 <= width
        return Span(min(x, self.right - width), round(width, 1), key, label if fits else "")


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month


def _by_month(story: Story) -> _Months:
    """For each month: visits by other means, visits by ambulance."""
    counted: _Months = {}
    for event in story.events:
        if event["kind"] != "attendance":
            continue
        day = as_day(event["began_at"])
        if day >= story.first:
            month = counted.setdefault(_month_of(day), [0, 0])
            month[1 if event["by_ambulance"] else 0] += 1
    return counted


def _bars(months: _Months, scale: _Scale, base: float, unit: float) -> Iterable[Bar]:
    for (year, month), (other, ambulance) in sorted(months.items()):
        begins, ends = scale.of(date(year, month, 1)), scale.of(_next_month(year, month))
        gap = min(2.0, (ends - begins) / 5)
        other_height, ambulance_height = round(other * unit, 1), round(ambulance * unit, 1)
        other_y = round(base - other_height, 1)
        yield Bar(
            x=begins + gap / 2, width=max(round(ends - begins - gap, 1), _TINY),
            other_y=other_y, other_height=other_height,
            ambulance_y=round(other_y - ambulance_height, 1), ambulance_height=ambulance_height,
        )  # fmt: skip


def _next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _steps(most: int) -> tuple[int, list[int]]:
    """The top of the scale and the numbers written beside it, whole and few."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200):
        if most <= 4 * step:
            peak = max(step * -(-most // step), step)
            return peak, list(range(0, peak + 1, step))
    return most, [0, most]


def _months(story: Story, scale: _Scale) -> Iterable[tuple[float, str, bool]]:
    """Every quarter's first month as a tick: place, words, whether it begins a year."""
    year, month = _month_of(story.first)
    while date(year, month, 1) <= story.last:
        day = date(year, month, 1)
        # A label at either edge would leave the sheet or meet the numbers beside the bars.
        edge = 3 * scale.sheet.letter
        room = scale.left + edge < scale.of(day) < scale.right - edge
        wanted = month in (1, 7) or (month in (4, 10) and scale.sheet is not PHONE)
        if wanted and room and day >= story.first:
            yield scale.of(day), f"{day:%b %Y}" if month == 1 else f"{day:%b}", month == 1
        year, month = _month_of(_next_month(year, month))


def _phase_spans(story: Story, scale: _Scale) -> Iterable[Span]:
    ends = [first for _, _, first in story.phases[1:]] + [story.last]
    for number, ((key, label, first), last) in enumerate(zip(story.phases, ends, strict=True), 1):
        if last >= story.first:
            span = scale.span(first, last, key, f"{number} {label}")
            yield span if span.label else Span(span.x, span.width, key, str(number))


def _lanes(story: Story, scale: _Scale, top: float) -> tuple[Lane, ...]:
    kinds = (
        ("admission", "Hospital stays"), ("ambulance", "Ambulance call-outs"),
        ("call_111", "NHS 111 calls"), ("contact", "Contacts with you"),
    )  # fmt: skip
    lanes, y = [], top
    for key, label in kinds:
        heading = y + scale.sheet.text
        middle = heading + 4 + scale.sheet.lane / 2
        lanes.append(_lane(story, scale, key, label, heading, middle))
        y = middle + scale.sheet.lane / 2 + 4
    return tuple(lanes)


def _lane(story: Story, scale: _Scale, key: str, label: str, heading: float, y: float) -> Lane:
    if key == "contact":
        days = [(as_day(one["at"]), one["reached"] == "yes") for one in story.contacts]
        marks = tuple(sorted({scale.of(day) for day, reached in days if reached}))
        tried = tuple(sorted({scale.of(day) for day, reached in days if not reached}))
        return Lane(key, label, heading, y, len(days), marks, tried)
    found = [event for event in story.events if event["kind"] == key]
    missing = key in story.missing
    if key == "admission":
        spans = tuple(_stay(story, scale, event) for event in found)
        return Lane(key, label, heading, y, len(found), spans=spans, missing=missing)
    marks = tuple(sorted({scale.of(as_day(event["began_at"])) for event in found}))
    return Lane(key, label, heading, y, len(found), marks, missing=missing)


def _stay(story: Story, scale: _Scale, event: Mapping[str, Any]) -> Span:
    ended: datetime | None = event["ended_at"]
    last = as_day(ended) if ended else story.cut_off or story.last
    return scale.span(as_day(event["began_at"]), last)

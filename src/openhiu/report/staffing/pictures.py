"""The pictures of staffing: what to expect from each number of leads comes in; figures go out. One
shows every place at a glance, the others reach and waiting of one place with their ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from openhiu.paper import charts
from openhiu.paper.blocks import Figure, Table
from openhiu.paper.cells import Cell, Row, cells
from openhiu.paper.charts import Bar
from openhiu.report import printed
from openhiu.report.staffing import words
from openhiu.report.staffing.shape import Estimate, PlaceStaffing, Staffing, WithLeads

_MOST_COLUMNS: Final = 5
_A_YEAR: Final = 52.0


def at_a_glance(staffing: Staffing) -> Figure | None:
    """Every place that was simulated, by number of leads: how long half wait to be asked."""
    places = [one for one in staffing.places if one.by_leads]
    if not places:
        return None
    columns = sorted({n for one in places for n in _columns(one)})[:_MOST_COLUMNS]
    rows = [Row(one.name, tuple(_cell(one, number) for number in columns)) for one in places]
    said = [_in_words(one) for one in places]
    return Figure(
        "at-a-glance", cells([printed.leads(number) for number in columns], rows),
        alt="For each place and number of leads, the weeks that half of the people wait to be "
        "asked, and the share of the tier asked within 12 months. " + " ".join(said),
        caption="How long people wait to be asked, by place and number of leads. Dark: enough, as "
        "explained below. Outlined: the recommended number. Large: half wait no longer; small: the "
        "share of the tier asked within 12 months",
        table=table(places, "At a glance", short=True), data_in_print=False,
    )  # fmt: skip


def reach(place: PlaceStaffing) -> Figure:
    """The share of the tier that is asked within 12 months."""
    return _figure(
        place, "reach", "asked within 12 months", "% of the tier asked within 12 months",
        lambda line: line.reached, lambda value: 100 * value, words.share, most=100,
    )  # fmt: skip


def waiting(place: PlaceStaffing) -> Figure:
    """How long half of the people wait to be asked."""
    return _figure(
        place, "waiting", "the wait that half of the people do not pass",
        "weeks until asked, for half of the people (at most 52 are looked at)",
        lambda line: line.wait_median, lambda value: value, words.weeks,
    )  # fmt: skip


def table(places: Sequence[PlaceStaffing], caption: str, *, short: bool = False) -> Table:
    """Every number of leads of every place; `short`: those a decision turns on."""
    rows = [
        (place.name, _name(place, line), words.weeks(line.wait_median), words.weeks(line.wait_90),
         words.share(line.reached), words.number(line.starts), words.share(line.pressed))
        for place in places for line in place.by_leads
        if not short or line.leads in _columns(place)
    ]  # fmt: skip
    return Table(
        caption,
        ("Place", "Leads", "Half are asked within", "Nine in ten are asked within",
         "Of the tier, asked within 12 months", "Begin support in 12 months",
         "Chance of overload, if nobody waits"),
        tuple(rows), widths=(1.5, 2.1, 2, 2, 1.8, 1.5, 1.7), sheet=caption,
        note="In brackets: nine in ten of the simulated services, with what is not known about "
        "this place in them.",
    )  # fmt: skip


def _figure(
    place: PlaceStaffing, name: str, what: str, axis: str,
    of: Callable[[WithLeads], Estimate], scale: Callable[[float], float],
    said: Callable[[Estimate], str], most: float | None = None,
) -> Figure:  # fmt: skip
    lines = [line for line in place.by_leads if line.leads in _columns(place)]
    bars = [_bar(_name(place, line), of(line), scale, said, place.enough, line.leads)
            for line in lines]  # fmt: skip
    told = "; ".join(f"{printed.leads(line.leads)}: {said(of(line))}" for line in lines)
    return Figure(
        f"{name}-{_file(place.code)}", charts.ranges(bars, axis, most),
        alt=f"{place.name}, {what}, by number of leads. {printed.capital(told)}.",
        caption=f"{place.name}: {what}. Blue: the numbers of leads that are enough. The line on a "
        "bar is its range",
        table=table([place], f"{printed.capital(name)}, {place.name}", short=True),
        data_in_print=False,
    )  # fmt: skip


def _bar(
    name: str, found: Estimate, scale: Callable[[float], float],
    said: Callable[[Estimate], str], enough: int | None, leads: int,
) -> Bar:  # fmt: skip
    def at(value: float | None) -> float:
        return _A_YEAR if value is None else scale(value)

    look: charts.Look = "expected" if enough is not None and leads >= enough else "past"
    return Bar(name, at(found.value), said(found), look, at(found.low), at(found.high))


def _columns(place: PlaceStaffing) -> list[int]:
    """The numbers of leads that a reader is shown: up to one more than what is asked for."""
    last = max(place.recommended, place.enough or 0, round(place.in_post), 2) + 1
    shown = [line.leads for line in place.by_leads if line.leads <= last]
    return shown[-_MOST_COLUMNS:]


def _cell(place: PlaceStaffing, number: int) -> Cell | None:
    line = place.with_leads(number)
    if line is None or number not in _columns(place):
        return None
    wait = words.briefly(line.wait_median.value)
    return Cell(
        (wait, f"{words.percent(line.reached.value)} asked",
         *_marks(place, number)),
        filled=place.enough is not None and number >= place.enough,
        boxed=number == place.recommended,
    )  # fmt: skip


def _marks(place: PlaceStaffing, number: int) -> list[str]:
    today = ["in post"] if number == place.in_post else []
    return [*today, *(["recommended"] if number == place.recommended else [])]


def _name(place: PlaceStaffing, line: WithLeads) -> str:
    marks = ", ".join(_marks(place, line.leads))
    return f"{printed.leads(line.leads)} ({marks})" if marks else printed.leads(line.leads)


def _in_words(place: PlaceStaffing) -> str:
    told = [
        f"{printed.leads(line.leads)}, {words.weeks(line.wait_median)} and "
        f"{words.share(line.reached)}"
        for line in place.by_leads if line.leads in _columns(place)
    ]  # fmt: skip
    return f"{place.name}: {'; '.join(told)}."


def _file(code: str) -> str:
    return "".join(each if each.isalnum() else "-" for each in code.lower())

"""A plan in time: tasks and milestones come in; a picture that names each where it is goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.drawing import TYPE, WIDTH, draw

if TYPE_CHECKING:
    import altair

_ROW: Final = 38.0
_BAR: Final = 10.0
_BELOW: Final = 34
_LINE: Final = 17.0
_LETTER: Final = 6.9  # the usual width of a letter at TYPE
_LEAST_SIDE: Final = 16  # letters: where less room is left beside a line, a name crosses it
_EDGES: Final = 16  # what the frame takes of the width
_ASIDE: Final = {"left": 1.0, "right": -5.0}  # how far a name keeps from where it begins or ends
_MOST_NAMES: Final = 6  # months named below


@dataclass(frozen=True)
class Task:
    """Something that takes from one day to another. `words` are said after its name ("12 weeks").

    A task that waits for others may be drawn `light`.
    """

    name: str
    start: date
    end: date
    words: str = ""
    light: bool = False


@dataclass(frozen=True)
class Milestone:
    """Something that is so from one day on. With `line` it is drawn through the whole picture."""

    name: str
    day: date
    words: str = ""
    line: bool = False


def gantt(plan: Sequence[Task | Milestone], span: tuple[date, date] | None = None) -> Drawing:
    """A row for each task and milestone, in the order they come in; months along the bottom.

    Plans drawn in several pictures give each the same `span`, so that lengths can be compared.
    """
    import altair as alt

    first = _first_of_month(min([*map(_start, plan), *(span or ())]))
    last = _next_month(max([*map(_end, plan), *(span or ())]))
    days = (last - first).days
    rows, height = _placed(plan, first, days)
    x = alt.Scale(domain=[0, days], nice=False, zero=False)
    y = alt.Scale(domain=[height, 0], nice=False)
    base = alt.Chart(alt.Data(values=rows)).encode(y=alt.Y("y:Q", scale=y, axis=None))
    names = [{**row, "text": line, "name_y": row["name_y"] + _LINE * n}
             for row in rows for n, line in enumerate(row["lines"])]  # fmt: skip
    named = alt.Chart(alt.Data(values=names))
    across = alt.X("x:Q", scale=x, axis=_months(first, last))
    tasks = base.transform_filter("!datum.milestone")
    points = base.transform_filter("datum.milestone")
    drawn = [
        base.transform_filter("datum.line").mark_rule(
            strokeDash=[4, 3], strokeWidth=1.5, color=colours.TEXT
        ).encode(x=across, y=alt.value(0), y2=alt.value(height)),
        *[_names(named, align, x, y, halo=True) for align in _ASIDE],
        tasks.mark_bar(height=_BAR, stroke=colours.DARK_BLUE, strokeWidth=1)
        .encode(x=across, x2="x2:Q", color=alt.Color("fill:N", scale=None)),
        points.mark_point(shape="diamond", size=170, filled=True, opacity=1, color=colours.ORANGE,
                          stroke=colours.TEXT, strokeWidth=1.5).encode(x=across),
        *[_names(named, align, x, y, halo=False) for align in _ASIDE],
    ]  # fmt: skip
    return draw(alt.layer(*drawn), int(height) + _BELOW)


def _placed(
    plan: Sequence[Task | Milestone], first: date, days: int
) -> tuple[list[dict[str, Any]], float]:
    """Each row below the one before, as tall as the lines of its name, and how tall all are."""
    lines = sorted({(_start(one) - first).days for one in plan if _is_line(one)})
    rows, top = [], 0.0
    for one in plan:
        rows.append(_row(one, first, days, top, lines))
        top += _ROW + _LINE * (len(rows[-1]["lines"]) - 1)
    return rows, top


def _row(
    one: Task | Milestone, first: date, days: int, top: float, lines: Sequence[int] = ()
) -> dict[str, Any]:
    """Where a bar or diamond stands, and its name above it, on its side of the lines that run
    through the picture: from its start on if there is room, else up to the end of that side.
    """
    milestone = isinstance(one, Milestone)
    start = (_start(one) - first).days
    # The last day of a task belongs to it.
    end = start if isinstance(one, Milestone) else (one.end - first).days + 1
    text = f"{one.name}, {one.words}" if one.words else one.name
    a_letter = _LETTER * days / (WIDTH - _EDGES)
    left, right = _side(start, [0, *lines, days], _LEAST_SIDE * a_letter)
    said = wrap(text, int(max(_LEAST_SIDE, (right - left) / a_letter))) or [text]
    wide = max(map(len, said)) * a_letter
    align, at = ("left", max(start, left)) if start + wide <= right else ("right", right)
    light = isinstance(one, Task) and one.light
    below = top + _LINE * (len(said) - 1)
    return {
        "lines": said, "x": start, "x2": end, "at": float(at), "align": align,
        "milestone": milestone, "y": below + 27, "name_y": top + 18,
        "fill": colours.PALE_BLUE if light else colours.BLUE,
        "line": _is_line(one),
    }  # fmt: skip


def _side(start: int, edges: Sequence[int], least: float) -> tuple[int, int]:
    """Between which two lines a name stands: where its bar begins, if that is wide enough; a line
    has its own name before it, or behind it.
    """
    wide = [(a, b) for a, b in pairwise(edges) if b - a >= least]
    touching = [(a, b) for a, b in wide if a <= start <= b]
    within = [(a, b) for a, b in touching if a <= start < b]
    at_a_line = start in edges[1:-1]
    return (touching if at_a_line and touching else within or [(edges[0], edges[-1])])[0]


def _is_line(one: Task | Milestone) -> bool:
    return isinstance(one, Milestone) and one.line


def _names(base: altair.Chart, align: str, x: Any, y: Any, *, halo: bool) -> altair.Chart:
    """The names, and below them the same in white: a line behind them does not cross a letter."""
    import altair as alt

    found = base.transform_filter(f"datum.align == '{align}'")
    look = (
        {"color": "white", "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}
        if halo
        else {"color": colours.TEXT}
    )
    return found.mark_text(
        align=align, baseline="bottom", fontSize=TYPE, dx=_ASIDE[align], **look
    ).encode(
        x=alt.X("at:Q", scale=x), y=alt.Y("name_y:Q", scale=y, axis=None), text="text:N"
    )  # fmt: skip


def _months(first: date, last: date) -> Any:
    """The beginnings of the months as ticks, some of them named."""
    import altair as alt

    begins = [first]
    while begins[-1] < last:
        begins.append(_next_month(begins[-1]))
    step = max(1, -(-(len(begins) - 1) // _MOST_NAMES))
    named = {(day - first).days: day.strftime("%b %y") for day in begins[:-1:step]}
    words = " : ".join(f"datum.value == {at} ? '{name}'" for at, name in named.items()) + " : ''"
    return alt.Axis(
        # Without the count every second value would be left out until ten are left.
        values=[(day - first).days for day in begins], tickCount=len(begins), labelExpr=words,
        title=None, grid=True,
        labelAlign="left", labelOverlap=False, labelFlush=False,
    )  # fmt: skip


def _start(one: Task | Milestone) -> date:
    return one.day if isinstance(one, Milestone) else one.start


def _end(one: Task | Milestone) -> date:
    return one.day if isinstance(one, Milestone) else one.end


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)

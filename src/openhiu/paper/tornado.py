"""A tornado: what a result would be at either end of each assumption comes in; a picture with the
widest on top, each named where it is, goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.drawing import TYPE, draw

if TYPE_CHECKING:
    import altair

_ROW: Final = 46.0
_BAR: Final = 12.0
_AXIS: Final = 46
_HEAD_LINE: Final = 20.0
_HEAD: Final = 2 * _HEAD_LINE  # what the two lines are
_OVER: Final = 10.0  # how far a line stands over a bar
PLANNED: Final = "as planned"
# A minus stands before the pound.
_MARK: Final = (
    "(datum.value < 0 ? '\N{MINUS SIGN}' : '') + '{unit}' + format(abs(datum.value), ',')"
)


@dataclass(frozen=True)
class Swing:
    """One assumption: the result at its worse and at its better end, each end in words."""

    name: str
    worse: float
    better: float
    worse_words: str
    better_words: str


def tornado(swings: Sequence[Swing], middle: float, axis: str, unit: str = "") -> Drawing:
    """A bar for each from its worse to its better end, around the result as planned.

    The worse side is grey, the better blue; both ends say what they are. `unit` stands before the
    numbers of the axis.
    """
    import altair as alt

    height = _HEAD + _ROW * len(swings)
    rows = [_row(n, one, middle) for n, one in enumerate(swings)]
    domain = _domain(swings, middle)
    data = alt.Data(values=rows)
    y = alt.Scale(domain=[height, 0], nice=False)
    marks = alt.Axis(tickCount=5, labelExpr=_MARK.format(unit=unit))
    x = alt.X("low:Q", title=axis, axis=marks, scale=alt.Scale(domain=domain))
    base = alt.Chart(data).encode(y=alt.Y("bar:Q", scale=y, axis=None))
    drawn = [
        _side(base, "worse", colours.GREY, x),
        _side(base, "better", colours.BLUE, x),
        *_line(middle, PLANNED, 0, rows, domain, x, y, strokeWidth=2),
        *_line(0.0, f"{unit}0", 1, rows, domain, x, y, strokeWidth=1.2, strokeDash=[4, 3]),
        _names(data, y),
    ]  # fmt: skip
    return draw(alt.layer(*drawn), int(height) + _AXIS)


def _row(number: int, one: Swing, middle: float) -> dict[str, Any]:
    return {
        "text": f"{one.name}: {one.worse_words} | {one.better_words}",
        "bar": _HEAD + _ROW * number + 32, "name": _HEAD + _ROW * number + 21,
        "worse": one.worse, "better": one.better, "middle": middle,
    }  # fmt: skip


def _side(base: altair.Chart, end: str, fill: str, x: Any) -> altair.Chart:
    import altair as alt

    found = base.transform_calculate(low=f"datum.{end}", high="datum.middle")
    return found.mark_bar(height=_BAR, color=fill).encode(x=x, x2=alt.X2("high:Q"))


def _line(
    at: float, name: str, place: int, rows: Sequence[dict[str, Any]], domain: Sequence[float],
    x: Any, y: altair.Scale, **look: Any,
) -> list[altair.Chart]:  # fmt: skip
    """A line through the bars alone, so that it crosses no name; its own name stands above."""
    import altair as alt

    top = _HEAD_LINE * place
    parts = [{"low": at, "y": one["bar"] - _OVER, "y2": one["bar"] + _OVER} for one in rows]
    parts.append({"low": at, "y": top + 3, "y2": top + _HEAD_LINE - 1})
    left = at < (domain[0] + domain[1]) / 2
    named = alt.Chart(alt.Data(values=[{"low": at, "y": top + _HEAD_LINE / 2 + 1, "text": name}]))
    return [
        alt.Chart(alt.Data(values=parts)).mark_rule(color=colours.TEXT, **look)
        .encode(x=x, y=alt.Y("y:Q", scale=y, axis=None), y2="y2:Q"),
        named.mark_text(align="left" if left else "right", dx=6 if left else -6,
                        baseline="middle", fontSize=TYPE, color=colours.TEXT)
        .encode(x=x, y=alt.Y("y:Q", scale=y, axis=None), text="text:N"),
    ]  # fmt: skip


def _names(data: altair.Data, y: altair.Scale) -> altair.Chart:
    import altair as alt

    return alt.Chart(data).mark_text(
        align="left", baseline="bottom", fontSize=TYPE, color=colours.TEXT
    ).encode(x=alt.value(0), y=alt.Y("name:Q", scale=y, axis=None), text="text:N")  # fmt: skip


def _domain(swings: Sequence[Swing], middle: float) -> list[float]:
    ends = [0.0, middle, *(end for one in swings for end in (one.worse, one.better))]
    room = 0.04 * (max(ends) - min(ends) or 1.0)
    return [min(ends) - room, max(ends) + room]

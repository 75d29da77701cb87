"""The few charts a report needs: rows of numbers and words come in, drawings go out.

Every line and bar is named where it stands, not in a legend; colour is never the only difference;
and each chart can be read in grey, and on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.drawing import BOLD, TYPE, draw

if TYPE_CHECKING:
    import altair

Look = Literal["past", "expected", "happened"]
Standing = Literal["usual", "better", "worse"]
_FILLS: Final[dict[Look, str]] = {
    "past": colours.GREY, "expected": colours.LIGHT_BLUE, "happened": colours.DARK_BLUE,
}  # fmt: skip
# Grey for what is usual, blue for better, orange for worse: as the NHS "Making data count" charts.
_POINTS: Final[dict[Standing, tuple[str, str]]] = {
    "usual": (colours.MID_GREY, "circle"),
    "better": (colours.BLUE, "triangle-down"),
    "worse": (colours.ORANGE, "triangle-up"),
}
_ROW: Final = 62
_FRAME: Final = 48


@dataclass(frozen=True)
class Bar:
    """A bar with its name above it, its value in words at its end, and a range where it has one."""

    name: str
    value: float
    words: str
    look: Look = "happened"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Point:
    """A value in a month (`at` is "2026-04"), with a range or a standing where it has one."""

    at: str
    value: float
    low: float | None = None
    high: float | None = None
    standing: Standing = "usual"


@dataclass(frozen=True)
class Level:
    """A straight line across a chart, named at its end."""

    value: float
    name: str
    solid: bool = False


def ranges(bars: Sequence[Bar], axis: str, most: float | None = None) -> Drawing:
    """Horizontal bars, one below the other, each with its name above it and its range upon it.

    `most`: where the axis ends, such as 100 for percent; without it, beyond the longest bar.
    """
    import altair as alt

    rows = [asdict(bar) | {"fill": _FILLS[bar.look], "place": n} for n, bar in enumerate(bars)]
    ends = [end for bar in bars for end in (bar.value, bar.low or 0.0, bar.high or 0.0)]
    top = most or max([*ends, 0.0]) * 1.02 or 1.0
    y = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.55, paddingOuter=0.5))
    x = alt.X(
        "value:Q", title=axis, scale=alt.Scale(domain=[min(0.0, *ends), top], nice=most is None)
    )
    base = alt.Chart(_data(rows))
    drawn: list[alt.Chart] = [
        base.mark_bar().encode(x=x, y=y, color=alt.Color("fill:N", scale=None)),
        base.mark_text(align="left", baseline="bottom", fontSize=TYPE, dy=-17, color=colours.TEXT)
        .encode(x=alt.value(2), y=y, text="name:N"),
        base.mark_text(align="right", baseline="bottom", fontSize=TYPE, dy=-17, fontWeight=BOLD,
                       color=colours.TEXT).encode(x=alt.value("width"), y=y, text="words:N"),
    ]  # fmt: skip
    ranged = [row for row in rows if row["low"] is not None and row["high"] is not None]
    if ranged:
        whisker = alt.Chart(_data(ranged)).encode(y=y)
        drawn.append(whisker.mark_rule(strokeWidth=2.5, color=colours.TEXT)
                     .encode(x=alt.X("low:Q", title=axis), x2="high:Q"))  # fmt: skip
        for end in ("low", "high"):
            drawn.append(whisker.mark_tick(thickness=2.5, size=14, color=colours.TEXT)
                         .encode(x=alt.X(f"{end}:Q", title=axis)))  # fmt: skip
    return draw(alt.layer(*drawn), _ROW * len(bars) + _FRAME)


def control(
    points: Sequence[Point], levels: Sequence[Level], axis: str, mark: tuple[str, str] | None = None
) -> Drawing:
    """A control chart: a point a month, its shape and colour by its standing, and its limits.

    `mark` is a month and the name of what began then.
    """
    import altair as alt

    rows = [
        asdict(point) | {"fill": _POINTS[point.standing][0], "shape": _POINTS[point.standing][1]}
        for point in points
    ]
    base = alt.Chart(_data(rows)).encode(x=_month(points), y=_height(axis))
    line = base.mark_line(color=colours.MID_GREY, strokeWidth=1.5)
    marks = base.mark_point(filled=True, size=110, opacity=1).encode(
        color=alt.Color("fill:N", scale=None), shape=alt.Shape("shape:N", scale=None)
    )
    began = _marked(mark, points) if mark else []
    return draw(alt.layer(*_levels(levels), *began, line, marks), 260)


def band(points: Sequence[Point], levels: Sequence[Level], axis: str) -> Drawing:
    """A line through the months with its range as a band around it."""
    import altair as alt

    base = alt.Chart(_data([asdict(point) for point in points])).encode(x=_month(points))
    area = base.mark_area(color=colours.LIGHT_BLUE, opacity=0.35).encode(
        y=alt.Y("low:Q", title=axis), y2="high:Q"
    )
    line = base.mark_line(
        color=colours.DARK_BLUE, strokeWidth=2.5, point={"size": 45, "color": colours.DARK_BLUE}
    ).encode(y=alt.Y("value:Q", title=axis))
    return draw(alt.layer(area, *_levels(levels), line), 240)


def two_rows(
    groups: Sequence[str], before: Sequence[float | None], after: Sequence[float | None], axis: str,
    names: tuple[str, str] = ("Before", "Since"),
) -> Drawing:  # fmt: skip
    """Two bars of percent for each group: before in grey, since in dark blue. None is a star."""
    import altair as alt

    fills = (_FILLS["past"], _FILLS["happened"])
    rows = [
        {"group": group, "which": which, "value": value or 0.0, "fill": fill,
         "text": "*" if value is None else f"{value:.0f}%"}
        for which, values, fill in zip(names, (before, after), fills, strict=True)
        for group, value in zip(groups, values, strict=True)
    ]  # fmt: skip
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("group:N", sort=list(groups), title=axis, axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("which:N", sort=list(names)),
        y=alt.Y("value:Q", axis=None),
    )
    bars = base.mark_bar().encode(color=alt.Color("fill:N", scale=None))
    values = base.mark_text(dy=-8, fontSize=TYPE - 2, color=colours.TEXT).encode(text="text:N")
    key = [
        alt.Chart(_data([{"text": f"■ {name}"}]))
        .mark_text(align="right", fontSize=TYPE, fontWeight=BOLD, color=fill, baseline="top")
        .encode(x=alt.value("width"), y=alt.value(2 + 20 * place), text="text:N")
        for place, (name, fill) in enumerate(
            zip(names, (colours.MID_GREY, colours.DARK_BLUE), strict=True)
        )
    ]
    return draw(alt.layer(bars, values, *key), 240)


def _height(axis: str) -> altair.Y:
    """A control chart looks at change: its axis need not begin at nothing."""
    import altair as alt

    return alt.Y("value:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=8))


def _marked(mark: tuple[str, str], points: Sequence[Point]) -> list[altair.Chart]:
    import altair as alt

    if mark[0] not in {point.at for point in points}:
        return []
    base = alt.Chart(_data([{"at": mark[0], "text": mark[1]}])).encode(x=_month(points))
    words = base.mark_text(
        align="left", baseline="top", dx=4, fontSize=TYPE - 2, color=colours.SECONDARY_TEXT
    )
    return [
        base.mark_rule(color=colours.DARK_BLUE, strokeDash=[2, 3], strokeWidth=1.5),
        words.encode(y=alt.value(0), text="text:N"),
    ]


def _data(rows: Sequence[dict[str, Any]]) -> altair.Data:
    import altair as alt

    return alt.Data(values=list(rows))


def _month(points: Sequence[Point]) -> altair.X:
    """Months in order, about four of them named, turned never."""
    import altair as alt

    months = [point.at for point in points]
    step = max(1, -(-len(months) // 4))
    named = months[::step]
    return alt.X(
        "at:O", sort=months, title=None,
        axis=alt.Axis(values=named, labelAngle=0, labelExpr=_MONTH_IN_WORDS, ticks=False),
    )  # fmt: skip


_MONTH_IN_WORDS: Final = "timeFormat(toDate(datum.value + '-15'), '%b %y')"


def _levels(levels: Sequence[Level]) -> list[altair.Chart]:
    import altair as alt

    drawn: list[alt.Chart] = []
    for level in levels:
        base = alt.Chart(_data([asdict(level)])).encode(y=alt.Y("value:Q"))
        dash = [1, 0] if level.solid else [5, 4]
        drawn.append(base.mark_rule(color=colours.MID_GREY, strokeDash=dash, strokeWidth=1.2))
        drawn.append(
            base.mark_text(align="left", dx=5, fontSize=TYPE - 2, color=colours.SECONDARY_TEXT)
            .encode(x=alt.value("width"), text="name:N")
        )  # fmt: skip
    return drawn

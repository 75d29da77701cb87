"""People on a map of two questions, such as how much a thing matters to them and how much they can
do about it: names with two shares come in; a picture in which no name covers another goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.drawing import BOLD, REGULAR, TYPE, WIDTH, draw

Row = dict[str, Any]
_LINE: Final = 18.0
_GAP: Final = 8.0
_HEAD: Final = 34.0
_LEAST: Final = 150.0
_AXIS: Final = 26.0
_WIDTH: Final = WIDTH - 8.0
_ARROW: Final = "\N{RIGHTWARDS ARROW}"
_LETTER: Final = 7.3  # the usual width of a letter at TYPE
_DOT: Final = 14.0
_ROOM: Final = 42.0  # how far to the right the same name may stand within a field
_MIDDLE: Final = 0.5


@dataclass(frozen=True)
class Placed:
    """Who, how far to the right and how far up: shares from 0 to 1."""

    name: str
    across: float
    up: float


@dataclass(frozen=True)
class Corners:
    """What to do with those in each corner; the usual words of a stakeholder map."""

    top_left: str = "Keep satisfied"
    top_right: str = "Work with closely"
    bottom_left: str = "Keep an eye on"
    bottom_right: str = "Keep informed"


def quadrant(
    placed: Sequence[Placed], across: str = "Interest", up: str = "Influence",
    corners: Corners | None = None,
) -> Drawing:  # fmt: skip
    """A field of four. Within each, names stand higher the further up they are, a row to each, and
    more to the right the further across they are.
    """
    half = (_WIDTH - _AXIS) / 2
    top, bottom = (_tall([p for p in placed if (p.up >= _MIDDLE) is high], half)
                   for high in (True, False))  # fmt: skip
    words = corners or Corners()
    fields = [
        (words.top_left, False, True), (words.top_right, True, True),
        (words.bottom_left, False, False), (words.bottom_right, True, False),
    ]  # fmt: skip
    rows: list[Row] = []
    boxes: list[Row] = []
    for name, right, high in fields:
        x, y, tall = _AXIS + half * right, 0.0 if high else top, top if high else bottom
        boxes.append({"x": x, "x2": x + half, "y": y, "y2": y + tall, "name": name,
                      "fill": colours.PALE_BLUE if right and high else "#FFFFFF"})  # fmt: skip
        rows += _in_a_field(_of(placed, right=right, high=high), x, y, half)
    height = top + bottom
    sides: list[Row] = [
        {"x": _AXIS + half, "y": height + 20, "text": f"{across} {_ARROW}", "angle": 0},
        {"x": 12.0, "y": height / 2, "text": f"{up} {_ARROW}", "angle": 270},
    ]
    return _draw(boxes, rows, sides, height + _AXIS)


def _draw(boxes: list[Row], rows: list[Row], sides: list[Row], height: float) -> Drawing:
    import altair as alt

    x = alt.X("x:Q", scale=alt.Scale(domain=[0, _WIDTH], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)

    def layer(values: list[Row]) -> alt.Chart:
        return alt.Chart(alt.Data(values=values)).encode(x=x, y=y)

    plain = {"fontSize": TYPE, "color": colours.TEXT, "baseline": "middle"}
    drawn = [
        layer(boxes).mark_rect(stroke=colours.MID_GREY, strokeWidth=1)
        .encode(x2="x2:Q", y2="y2:Q", color=alt.Color("fill:N", scale=None)),
        layer(boxes).mark_text(align="left", baseline="top", dx=8, dy=8, fontWeight=BOLD,
                               fontSize=TYPE, color=colours.DARK_BLUE).encode(text="name:N"),
        layer([row for row in rows if row["dot"]])
        .mark_point(shape="circle", filled=True, size=55, opacity=1, color=colours.BLUE),
        layer(rows).mark_text(align="left", dx=_DOT - 4, fontWeight=REGULAR, **plain)
        .encode(text="text:N"),
        *[layer([side]).mark_text(align="center", angle=side["angle"], fontWeight=BOLD, **plain)
          .encode(text="text:N") for side in sides],
    ]  # fmt: skip
    return draw(alt.layer(*drawn), int(height) + 10)


def _of(placed: Sequence[Placed], *, right: bool, high: bool) -> list[Placed]:
    """Those of one field, from the top."""
    found = [p for p in placed if (p.across >= _MIDDLE) is right and (p.up >= _MIDDLE) is high]
    return sorted(found, key=lambda p: (-p.up, p.across, p.name))


def _lines(name: str, half: float) -> list[str]:
    return wrap(name, max(8, int((half - _DOT - _ROOM - 14) / _LETTER))) or [name]


def _tall(placed: Sequence[Placed], half: float) -> float:
    """How tall both fields of a row must be for the fuller of them."""
    needed = [
        sum(len(_lines(p.name, half)) * _LINE + _GAP for p in placed
            if (p.across >= _MIDDLE) is right)
        for right in (True, False)
    ]  # fmt: skip
    return max(_LEAST, _HEAD + max(needed) + _GAP)


def _in_a_field(placed: Sequence[Placed], left: float, top: float, half: float) -> list[Row]:
    """A dot and a line or two of words for each, one below the other."""
    rows: list[Row] = []
    y = top + _HEAD + _LINE / 2
    for one in placed:
        lines = _lines(one.name, half)
        share = (one.across % _MIDDLE) / _MIDDLE if one.across < 1 else 1.0
        x = left + 12 + _ROOM * share
        for number, line in enumerate(lines):
            rows.append({"x": x, "y": y + number * _LINE, "text": line, "dot": number == 0})
        y += len(lines) * _LINE + _GAP
    return rows

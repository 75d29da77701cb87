"""A picture of words in cells, such as waiting by place and number of leads: rows of cells come in;
a drawing goes out. A filled cell has white words, so that it can be told apart in grey too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.drawing import BOLD, TYPE, draw

if TYPE_CHECKING:
    import altair

_ROW: Final = 66
_FRAME: Final = 34
_NAME: Final = 0.44  # of a row: its name, above the cells


@dataclass(frozen=True)
class Cell:
    """Up to three short lines; `filled` where it is good enough, `boxed` where it is the one that
    is meant.
    """

    lines: tuple[str, ...]
    filled: bool = False
    boxed: bool = False


@dataclass(frozen=True)
class Row:
    """A name above as many cells as there are columns; None leaves a gap."""

    name: str
    cells: tuple[Cell | None, ...]


def cells(columns: Sequence[str], rows: Sequence[Row]) -> Drawing:
    """Rows of cells under the names of their columns."""
    import altair as alt

    data = [_placed(cell, column, number)
            for number, row in enumerate(rows)
            for column, cell in enumerate(row.cells) if cell is not None]  # fmt: skip
    wide, high = len(columns), len(rows) * (1 + _NAME)
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, wide], nice=False))
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[high, -0.35], nice=False))
    base = alt.Chart(alt.Data(values=data))
    layers: list[altair.Chart] = [
        base.mark_rect().encode(x=x, x2="right:Q", y=y, y2="bottom:Q",
                                color=alt.Color("fill:N", scale=None),
                                stroke=alt.Stroke("edge:N", scale=None),
                                strokeWidth=alt.StrokeWidth("width:Q", scale=None)),
        *_words(data),
        _texts([{"x": column + 0.5, "y": -0.17, "text": name}
                for column, name in enumerate(columns)], "center", colours.SECONDARY_TEXT),
        _texts([{"x": 0.02, "y": number * (1 + _NAME) + _NAME / 2, "text": row.name}
                for number, row in enumerate(rows)], "left", colours.TEXT, bold=True),
    ]  # fmt: skip
    return draw(alt.layer(*layers), round(_ROW * high + _FRAME))


def _placed(cell: Cell, column: int, row: int) -> dict[str, Any]:
    top = row * (1 + _NAME) + _NAME
    return {
        "left": column + 0.02, "right": column + 0.98, "top": top, "bottom": top + 0.96,
        "fill": colours.DARK_BLUE if cell.filled else colours.PALE_GREY,
        "ink": "#FFFFFF" if cell.filled else colours.TEXT,
        "edge": colours.ORANGE if cell.boxed else colours.PALE_GREY,
        "width": 4 if cell.boxed else 0,
        "lines": cell.lines,
    }  # fmt: skip


def _words(data: Sequence[dict[str, Any]]) -> list[altair.Chart]:
    """The lines of every cell: the first large, the others below it."""
    import altair as alt

    found = []
    for each in data:
        step = 0.96 / (len(each["lines"]) + 0.6)
        for number, line in enumerate(each["lines"]):
            found.append({"x": (each["left"] + each["right"]) / 2, "text": line,
                          "y": each["top"] + step * (number + 0.8), "ink": each["ink"],
                          "weight": BOLD if not number else 500,
                          "size": TYPE + 1 if not number else TYPE - 2})  # fmt: skip
    return [
        alt.Chart(alt.Data(values=[one for one in found if one["size"] == size]))
        .mark_text(fontSize=size, fontWeight=weight, baseline="middle")
        .encode(x="x:Q", y="y:Q", text="text:N", color=alt.Color("ink:N", scale=None))
        for size, weight in ((TYPE + 1, BOLD), (TYPE - 2, 500))
    ]


def _texts(
    rows: list[dict[str, Any]], align: Any, colour: str, *, bold: bool = False
) -> altair.Chart:
    import altair as alt

    made: altair.Chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_text(align=align, baseline="middle", fontSize=TYPE, color=colour,
                   fontWeight=BOLD if bold else 500)
        .encode(x="x:Q", y="y:Q", text="text:N")
    )  # fmt: skip
    return made

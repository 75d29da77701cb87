"""Names with what is needed and what there is come in; a picture with a dot for each and the gap
between them goes out. It is read without colour: one dot is full, the other is a ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.drawing import BOLD, TYPE, draw

if TYPE_CHECKING:
    import altair

_ROW: Final = 36
_FRAME: Final = 92


@dataclass(frozen=True)
class Gap:
    """A row: its name above it, `needed` as a full dot (None: hidden, then a bar over the
    `band` it lies in, where that may be told), `there` as a ring (None: not known), and words at
    its end.
    """

    name: str
    needed: float | None
    there: float | None
    words: str
    band: tuple[float, float] | None = None


def gaps(rows: Sequence[Gap], names: tuple[str, str], axis: str) -> Drawing:
    """One row below the other. `names` are those of the full dot and of the ring."""
    import altair as alt

    data = [asdict(row) | {"place": place} for place, row in enumerate(rows)]
    dots = [row for row in data if row["needed"] is not None]
    bands = [row | {"low": row["band"][0], "high": row["band"][1]} for row in data if row["band"]]
    both = [row for row in dots if row["there"] is not None]
    ends = [end for row in rows for end in (row.needed, row.there, row.band and row.band[1])]
    top = max([1.0, *(end for end in ends if end)]) * 1.04
    y = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.5, paddingOuter=0.55))
    scale = alt.Scale(domain=[0, top])
    needed = alt.X("needed:Q", title=axis, scale=scale, axis=alt.Axis(tickMinStep=1))
    base, paired = alt.Chart(_data(data)).encode(y=y), alt.Chart(_data(both)).encode(y=y)
    full = alt.Chart(_data(dots)).encode(y=y)
    low = alt.X("low:Q", title=axis, scale=scale)
    there = alt.X("there:Q", title=axis, scale=scale)
    band = alt.Chart(_data(bands)).mark_rule(color=colours.DARK_BLUE, strokeWidth=8, opacity=0.45)
    drawn = [
        *([band.encode(x=low, x2="high:Q", y=y)] if bands else []),
        paired.mark_rule(color=colours.GREY, strokeWidth=3).encode(x=needed, x2="there:Q"),
        paired.mark_point(filled=True, fill="white", stroke=colours.TEXT, strokeWidth=2.2, size=110,
                          opacity=1).encode(x=there),
        full.mark_point(filled=True, size=110, opacity=1, color=colours.DARK_BLUE).encode(x=needed),
        *_words(base, y),
        *_key(names),
    ]  # fmt: skip
    return draw(alt.layer(*drawn), _ROW * max(1, len(rows)) + _FRAME)


def _words(base: altair.Chart, y: altair.Y) -> list[altair.Chart]:
    import altair as alt

    name = base.mark_text(align="left", baseline="bottom", dy=-8, fontSize=TYPE - 1,
                          color=colours.TEXT)  # fmt: skip
    end = base.mark_text(align="right", baseline="bottom", dy=-8, fontSize=TYPE - 1,
                         fontWeight=BOLD, color=colours.TEXT)  # fmt: skip
    return [
        name.encode(x=alt.value(2), y=y, text="name:N"),
        end.encode(x=alt.value("width"), y=y, text="words:N"),
    ]


def _key(names: tuple[str, str]) -> list[altair.Chart]:
    """What the two dots are, above the first row."""
    import altair as alt

    signs = (("●", colours.DARK_BLUE), ("○", colours.TEXT))
    return [
        alt.Chart(_data([{"text": f"{sign} {name}"}]))
        .mark_text(align="left", baseline="bottom", fontSize=TYPE - 1, color=colour)
        .encode(x=alt.value(2), y=alt.value(-24 + 18 * place), text="text:N")
        for place, ((sign, colour), name) in enumerate(zip(signs, names, strict=True))
    ]


def _data(rows: Sequence[dict[str, object]]) -> altair.Data:
    import altair as alt

    return alt.Data(values=list(rows))

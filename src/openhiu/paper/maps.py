"""Outlines of areas with the class and the words of each come in; a map, drawn without a network,
goes out. It is read without colour: darker is more, and every area says its number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.drawing import BOLD, TYPE, WIDTH, draw

if TYPE_CHECKING:
    import altair

Polygon = tuple[tuple[float, float], ...]
# From light to dark, a step of grey apart; the words on the darkest are white.
SHADES: Final = ("#FFFFFF", "#CFE3F3", "#74B3DD", "#1D5E9E")
UNKNOWN: Final = colours.PALE_GREY
_TALLEST: Final = 560
_STEP: Final = 0.3  # of a point: what nobody can see on paper
_KEY: Final = 20


@dataclass(frozen=True)
class Area:
    """An area: the rings of its outline (holes among them), its class and what is written on it.

    `shade` is the place in SHADES, None where nothing is known.
    """

    rings: tuple[Polygon, ...]
    shade: int | None
    label: str = ""


@dataclass(frozen=True)
class Spot:
    """A point on the map, full or as a ring."""

    x: float
    y: float
    full: bool = True
    label: str = ""


def map_of(areas: Sequence[Area], key: Sequence[str], spots: Sequence[Spot] = ()) -> Drawing:
    """The map, north at the top. `key` names the shades that are used and, last, what is not known.

    Coordinates are degrees of longitude and latitude, or metres of a national grid, all alike.
    """
    import altair as alt

    placed, height = _placed(areas, spots)
    drawn = [_outlines(placed[0]), *_labels(placed[0]), *_spots(placed[1]),
             *_legend(key, height)]  # fmt: skip
    return draw(alt.layer(*drawn), round(height + _KEY * len(key) + 24))


def _placed(
    areas: Sequence[Area], spots: Sequence[Spot]
) -> tuple[tuple[list[Area], list[Spot]], float]:
    """Everything in points of the page, and how high that is."""
    corners = [corner for area in areas for ring in area.rings for corner in ring]
    degrees = in_degrees(areas)
    flat = [_mercator(*corner) if degrees else corner for corner in corners]
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    bottom, top = min(y for _, y in flat), max(y for _, y in flat)
    scale = min((WIDTH - 24) / ((right - left) or 1.0), _TALLEST / ((top - bottom) or 1.0))
    margin = (WIDTH - scale * (right - left)) / 2

    def at(x: float, y: float) -> tuple[float, float]:
        x, y = _mercator(x, y) if degrees else (x, y)
        return margin + scale * (x - left), scale * (top - y) + 4

    def shape(area: Area) -> Area:
        rings = (_thinned([at(*corner) for corner in ring]) for ring in area.rings)
        return Area(tuple(filter(None, rings)), area.shade, area.label)

    shapes = [shape(area) for area in areas]
    dots = [Spot(*at(spot.x, spot.y), spot.full, spot.label) for spot in spots]
    return (shapes, dots), scale * (top - bottom) + 12


def in_degrees(areas: Sequence[Area]) -> bool:
    """Whether the outlines are in degrees, as points from a list of hospitals are."""
    corners = (corner for area in areas for ring in area.rings for corner in ring)
    return all(abs(x) <= 180 and abs(y) <= 90 for x, y in corners)


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees as sailors' maps draw them: angles stay, so that small areas keep their shape."""
    bounded = max(-85.0, min(85.0, latitude))
    return math.radians(longitude), math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2))


def _thinned(ring: Sequence[tuple[float, float]]) -> Polygon:
    """Without corners that lie closer together than can be seen; nothing where none are left."""
    kept: list[tuple[float, float]] = []
    for x, y in ring:
        corner = (round(x / _STEP) * _STEP, round(y / _STEP) * _STEP)
        if not kept or corner != kept[-1]:
            kept.append((round(corner[0], 1), round(corner[1], 1)))
    return tuple(kept) if len(set(kept)) > 2 else ()


def _outlines(areas: Sequence[Area]) -> altair.Chart:
    """Every outline, filled by its class, in points of the page."""
    import altair as alt

    features = [
        {"type": "Feature", "properties": {"fill": _fill(area)},
         "geometry": {"type": "Polygon",
                      "coordinates": [list(map(list, _closed(ring))) for ring in area.rings]}}
        for area in areas if area.rings
    ]  # fmt: skip
    return (
        alt.Chart(alt.Data(values=features))
        .mark_geoshape(stroke=colours.TEXT, strokeWidth=0.8, clip=False)
        .encode(color=alt.Color("properties.fill:N", scale=None))
        .project(type="identity", scale=1, translate=[0, 0])
    )


def _fill(area: Area) -> str:
    return UNKNOWN if area.shade is None else SHADES[area.shade]


def _closed(ring: Polygon) -> Polygon:
    return ring if ring[0] == ring[-1] else (*ring, ring[0])


def _labels(areas: Sequence[Area]) -> list[altair.Chart]:
    """The words of an area in its middle, white on the darkest."""
    rows = []
    for area in areas:
        if area.label and area.rings:
            x, y = middle(max(area.rings, key=lambda ring: abs(_size(ring))))
            dark = area.shade == len(SHADES) - 1
            rows.append({"x": x, "y": y, "text": area.label.split("\n"),
                         "fill": "#FFFFFF" if dark else colours.TEXT})  # fmt: skip
    return [_text(row) for row in rows]


def _text(row: dict[str, Any], **more: Any) -> altair.Chart:
    import altair as alt

    return (
        alt.Chart(alt.Data(values=[{}]))
        .mark_text(text=row["text"], color=row["fill"], fontSize=TYPE - 2, fontWeight=BOLD,
                   baseline="middle", lineHeight=TYPE, **more)
        .encode(x=alt.value(row["x"]), y=alt.value(row["y"]))
    )  # fmt: skip


def _spots(spots: Sequence[Spot]) -> list[altair.Chart]:
    import altair as alt

    return [
        alt.Chart(alt.Data(values=[{}]))
        .mark_point(filled=True, fill=colours.TEXT if spot.full else "white", stroke=colours.TEXT,
                    strokeWidth=2, size=70, opacity=1)
        .encode(x=alt.value(spot.x), y=alt.value(spot.y))
        for spot in spots
    ]  # fmt: skip


def _legend(key: Sequence[str], top: float) -> list[altair.Chart]:
    """A square of each shade with its name, below the map."""
    import altair as alt

    fills = [*SHADES[: len(key) - 1], UNKNOWN]
    drawn = []
    for place, (words, fill) in enumerate(zip(key, fills, strict=True)):
        y = top + 12 + _KEY * place
        square = alt.Chart(alt.Data(values=[{}])).mark_point(
            shape="square", filled=True, fill=fill, stroke=colours.TEXT, strokeWidth=0.8, size=170,
            opacity=1,
        )  # fmt: skip
        drawn.append(square.encode(x=alt.value(12), y=alt.value(y)))
        drawn.append(_text({"x": 28, "y": y, "text": words, "fill": colours.TEXT}, align="left"))
    return drawn


def middle(ring: Polygon) -> tuple[float, float]:
    """The centre of gravity of an outline."""
    closed = _closed(ring)
    size = _size(closed)
    if not size:
        return closed[0]
    pairs = list(pairwise(closed))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * size)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * size)
    return x, y


def _size(ring: Polygon) -> float:
    """The area of an outline, with a sign by the way round."""
    closed = _closed(ring)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(closed)) / 2

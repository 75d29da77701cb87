"""A chart that altair describes comes in; SVG and PNG, drawn without browser or network, go out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Drawing

if TYPE_CHECKING:
    import altair

FONT: Final = "'Liberation Sans', Arial, Helvetica, sans-serif"
# Narrow, with large type: on a phone it shrinks to 80 % and can still be read.
WIDTH: Final = 440
TYPE: Final = 14
# Named on every text: where it is left out, a PDF takes a variable typeface at its thinnest.
REGULAR: Final = 500
BOLD: Final = 700
_PNG_SCALE: Final = 2.0
_AXIS: Final[dict[str, Any]] = {
    "labelFontSize": TYPE,
    "titleFontSize": TYPE,
    "labelFontWeight": REGULAR,
    "titleFontWeight": REGULAR,
    "labelColor": colours.TEXT,
    "titleColor": colours.SECONDARY_TEXT,
    "gridColor": colours.PALE_GREY,
    "domainColor": colours.MID_GREY,
    "tickColor": colours.MID_GREY,
    "labelPadding": 5,
    "titlePadding": 8,
}
_CONFIG: Final[dict[str, Any]] = {
    "font": FONT,
    "background": "white",
    "view": {"stroke": None},
    "axis": _AXIS,
    "axisY": {"domain": False, "ticks": False},
    "text": {"fontWeight": REGULAR},
    "axisX": {"grid": False},
}


def draw(chart: altair.TopLevelMixin, height: int) -> Drawing:
    """The chart, `height` points high. The same chart gives the same bytes."""
    import altair
    import vl_convert

    spec = chart.to_dict()
    spec |= {
        "width": WIDTH,
        "height": height,
        "config": _CONFIG,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 4, "right": 4, "top": 6, "bottom": 4},
    }
    version = ".".join(altair.SCHEMA_VERSION.split(".")[:2])
    words = json.dumps(spec)
    svg = vl_convert.vegalite_to_svg(words, vl_version=version, allowed_base_urls=[])
    png = vl_convert.vegalite_to_png(
        words, vl_version=version, scale=_PNG_SCALE, allowed_base_urls=[]
    )
    return Drawing(svg, png, WIDTH, height)

"""How every place stands comes in; the picture of it goes out: a map where outlines are given, and
otherwise a row of dots for each place, those with most people beyond reach first.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from openhiu.locality import Locality
from openhiu.paper.blocks import Figure, Table
from openhiu.paper.dots import Gap, gaps
from openhiu.paper.maps import Area, Polygon, Spot, in_degrees, map_of
from openhiu.report.reach import words
from openhiu.report.reach.shape import NO, NOT_SAID, YES, Reach, Standing

DRAWN = 12
_NAMED = 12
_HALF, _ALL = 50, 100
_KEY = ("No leads", "Under half within a year", "Half or more within a year",
        "All within a year", "Not said, or hidden")  # fmt: skip
Outlines = Mapping[str, tuple[Polygon, ...]]


def picture(reach: Reach, locality: Locality, outlines: Outlines, table: Table) -> Figure | None:
    """The picture, and the table of the same numbers behind it. None where there is no place."""
    drawn = [one for one in (*reach.places, *reach.sites) if one.code in outlines]
    if drawn:
        return _map(reach, locality, outlines, drawn, table)
    return _dots(reach, table) if any(_drawn(one) for one in reach.ranked) else None


def _drawn(one: Standing) -> bool:
    return isinstance(one.top, int) or one.hidden_unmet


def _dots(reach: Reach, table: Table) -> Figure:
    known = [one for one in reach.ranked if _drawn(one)]
    shown = ends(known, DRAWN)
    rows = [Gap(textwrap.shorten(one.name, 34, placeholder=" …"),
                float(one.top) if isinstance(one.top, int) else None, _there(one), _said(one),
                (1.0, 7.0) if one.hidden_unmet and one.few else None)
            for one in shown]  # fmt: skip
    left = len(known) - len(shown)
    drawing = gaps(
        rows,
        (f"people in the top tier ({reach.top_words} attendances)",
         "of them, people the leads in post can ask in a year"),
        "People",
    )  # fmt: skip
    many = words.noun(reach)
    caption = f"People in the top tier and people the leads can ask, {reach.year}"
    return Figure(
        "need-and-leads", drawing, _alt_of_dots(reach, shown), caption
        + (f" ({len(shown)} of {len(known)} {many}: the first and the last)" if left else ""),
        table, data_in_print=False,
    )  # fmt: skip


def ends(found: Sequence[Standing], most: int) -> list[Standing]:
    """All of them, or the first two thirds and the last third of as many as can be read."""
    if len(found) <= most:
        return list(found)
    last = most // 3
    return [*found[: most - last], *found[-last:]]


def _there(one: Standing) -> float | None:
    """Of the people there, those whom the leads can ask: no more than there are."""
    if one.takes_on is None:
        return 0.0 if one.service != YES else None
    return min(one.takes_on, float(one.top)) if isinstance(one.top, int) else None


def _said(one: Standing) -> str:
    if one.hidden_unmet:
        many = "up to 7 people" if one.few else "how many is hidden"
        return f"{many}, {'no lead' if one.leads == 0 else 'no lead told'}"
    if one.unmet is None:
        return "leads not said"
    return "all within reach" if not one.unmet else f"{one.unmet:,} beyond reach"


def _alt_of_dots(reach: Reach, shown: Sequence[Standing]) -> str:
    told = "; ".join(f"{one.name}: {_top(one)}{_said(one)}" for one in shown[:_NAMED])
    return (
        f"A row of dots for each of {len(shown)} {words.noun(reach)}: how many people are in the "
        f"top tier, and how many the leads can ask in a year. {told}. The table has all "
        "the numbers."
    )


def _top(one: Standing) -> str:
    return "" if one.hidden_unmet else f"{one.top} people, "


def _map(
    reach: Reach, locality: Locality, outlines: Outlines, drawn: Sequence[Standing], table: Table
) -> Figure:
    level = drawn[0].kind
    units = [one for one in drawn if one.kind == level]
    areas = [
        Area(outlines[one.code], shade(one), _label(one, len(units))) for one in units
    ]  # fmt: skip
    spots = _spots(reach, locality) if in_degrees(areas) else []
    number = "its share" if len(units) <= _NAMED else "its rank in the table"
    alt = (
        f"A map of {len(units)} areas, darker where the leads in post can ask a larger "
        f"share of the top tier within a year. {_told(units)} The table has all the numbers."
    )
    hospitals = (
        ". Full dots: hospitals with a service; rings: without, or not said" if spots else ""
    )
    return Figure(
        "need-and-leads", map_of(areas, _KEY, spots), alt,
        f"The share of the top tier that the leads in post can ask within a year, each area "
        f"with {number}, {reach.year}{hospitals}", table, data_in_print=False,
    )  # fmt: skip


def shade(one: Standing) -> int | None:
    """The class of a place: no leads, under half, half or more, all; None: not known."""
    if one.service == NO or one.leads == 0:
        return 0
    if one.service == NOT_SAID or one.within_reach is None:
        return None
    return 1 if one.within_reach < _HALF else 2 if one.within_reach < _ALL else 3


def _label(one: Standing, among: int) -> str:
    if among > _NAMED:
        return str(one.rank)
    share = "?" if shade(one) is None else f"{one.within_reach or 0}%"
    return "\n".join([*textwrap.wrap(one.name, 14), share])


def _told(units: Sequence[Standing]) -> str:
    classes = [shade(one) for one in units]
    said = [f"{name.lower()}: {count}" for place, name in enumerate(_KEY)
            if (count := classes.count(place if place < len(_KEY) - 1 else None))]  # fmt: skip
    return f"By class, {', '.join(said)}."


def _spots(reach: Reach, locality: Locality) -> list[Spot]:
    """The hospitals, where it is said on which degrees they lie."""
    served = {one.code: one.service == YES for one in reach.sites}
    return [
        Spot(site.longitude, site.latitude, served[site.code])
        for site in locality.sites
        if site.longitude is not None and site.latitude is not None and site.code in served
    ]

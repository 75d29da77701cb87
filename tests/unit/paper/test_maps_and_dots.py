"""Maps and dots are drawn without a network, read without colour, and are the same every time."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from openhiu.paper.dots import Gap, gaps
from openhiu.paper.maps import SHADES, Area, Spot, in_degrees, map_of, middle

SQUARE = ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0))
KEY = ("None", "Some", "Half", "All", "Not known")


def at(x: float, y: float, side: float = 1.0) -> tuple[tuple[float, float], ...]:
    return tuple((x + side * a, y + side * b) for a, b in SQUARE)


def test_every_area_has_its_shade_and_says_its_number() -> None:
    areas = [Area((at(n, 52),), shade, f"Place {n}\n{n}%")
             for n, shade in enumerate([0, 1, 2, 3, None])]  # fmt: skip
    svg = map_of(areas, KEY).svg
    for fill in (*SHADES, "#E8EDEE"):
        assert f'fill="{fill}"' in svg
    for n in range(5):
        assert f"Place {n}" in svg and f"{n}%" in svg
    assert all(words in svg for words in KEY)


def test_the_darker_the_shade_the_more_and_each_is_a_step_apart_in_grey() -> None:
    def grey(shade: str) -> float:
        red, green, blue = (int(shade[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    steps = [grey(shade) for shade in SHADES]
    assert all(lighter - darker > 25 for lighter, darker in pairwise(steps))


def test_degrees_keep_their_shape_and_metres_are_left_as_they_are() -> None:
    # At 60 degrees north a degree of longitude is half as long as one of latitude.
    far = map_of([Area((((0, 59.5), (0, 60.5), (2, 60.5), (2, 59.5)),), 1)], KEY)
    grid = map_of([Area((at(400_000, 300_000, 50_000),), 1)], KEY)
    assert abs(far.height - grid.height) < 8
    assert in_degrees([Area((at(0, 52),), 1)])
    assert not in_degrees([Area((at(400_000, 300_000, 50_000),), 1)])


def test_north_is_at_the_top() -> None:
    svg = map_of([Area((at(0, 50),), 1, "South"), Area((at(0, 51),), 2, "North")], KEY).svg
    heights = {
        words: float(re.search(rf"translate\([\d.]+,([\d.]+)\)[^>]*>{words}<", svg)[1])  # type: ignore[index]
        for words in ("North", "South")
    }
    assert heights["North"] < heights["South"]


def test_an_area_smaller_than_can_be_drawn_is_left_out() -> None:
    speck = Area((at(0.5, 52.5, 0.00001),), 3, "Speck")
    svg = map_of([Area((at(0, 52),), 1, "Large"), speck], KEY).svg
    assert "Large" in svg
    assert "Speck" not in svg


def test_the_middle_is_the_centre_of_gravity() -> None:
    assert middle(SQUARE) == pytest.approx((0.5, 0.5))
    # An L of three squares: the middles of the three, on average.
    corner = ((0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2))
    assert middle(corner) == pytest.approx(((0.5 + 1.5 + 0.5) / 3, (0.5 + 0.5 + 1.5) / 3))


def test_hospitals_with_a_service_are_full_and_others_rings() -> None:
    svg = map_of([Area((at(0, 52),), 1)], KEY, [Spot(0.2, 52.2), Spot(0.8, 52.8, full=False)]).svg
    assert svg.count('stroke="#212B32" stroke-width="2"') == 2
    assert svg.count('fill="white" stroke="#212B32" stroke-width="2"') == 1


def test_a_dot_is_full_for_what_is_needed_and_a_ring_for_what_is_there() -> None:
    drawn = gaps([Gap("Ashdown", 40, 10, "30 beyond reach"), Gap("Bexley", 20, None, "not said")],
                 ("needed", "there"), "People")  # fmt: skip
    assert all(words in drawn.svg for words in ("Ashdown", "30 beyond reach", "not said",
                                                "● needed", "○ there", "People"))  # fmt: skip
    rings = re.findall(r'fill="white" stroke="#212B32" stroke-width="2.2"', drawn.svg)
    assert len(rings) == 1  # of Bexley it is not known
    assert drawn.png.startswith(b"\x89PNG")


def test_both_are_the_same_every_time_and_ask_nothing_of_the_network() -> None:
    areas = [Area((at(0, 52),), 2, "One")]
    rows = [Gap("One", 4, 1, "3")]
    assert map_of(areas, KEY) == map_of(areas, KEY)
    assert gaps(rows, ("a", "b"), "x") == gaps(rows, ("a", "b"), "x")
    for svg in (map_of(areas, KEY).svg, gaps(rows, ("a", "b"), "x").svg):
        assert not re.findall(r'(?:href|src)="http', svg)

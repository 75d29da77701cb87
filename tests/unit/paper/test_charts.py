"""Charts say in words what they show, need no network, and are drawn the same every time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from openhiu.paper import charts, colours
from openhiu.paper.blocks import Drawing
from openhiu.paper.charts import Bar, Level, Point

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


def three_bars() -> Drawing:
    return charts.ranges(
        [Bar("Before", 4.2, "4.20 a month", "past"),
         Bar("Expected", 2.1, "2.10 a month", "expected", 1.7, 2.6),
         Bar("Happened", 1.9, "1.90 a month")],
        "A&E attendances",
    )  # fmt: skip


def control_chart() -> Drawing:
    standings = ["usual", "better", "worse"] * 4
    points = [
        Point(m, n - 5, standing=s) for n, (m, s) in enumerate(zip(MONTHS, standings, strict=True))
    ]  # type: ignore[arg-type]
    return charts.control(points, [Level(0, "as expected", True), Level(3, "limit")], "z")


def sums_so_far() -> Drawing:
    points = [Point(month, n, n - 2.0, n + 2.0) for n, month in enumerate(MONTHS)]
    return charts.band(points, [Level(0, "as expected")], "Avoided")


def before_and_since() -> Drawing:
    return charts.two_rows(["none", "1 to 2", "over 2"], [10, 30, 60], [50, 30, 20], "A month")


ALL = [three_bars, control_chart, sums_so_far, before_and_since]


@pytest.mark.parametrize("make", ALL)
def test_a_chart_is_the_same_every_time(make: Callable[[], Drawing]) -> None:
    first, second = make(), make()
    assert first.svg == second.svg
    assert first.png == second.png


@pytest.mark.parametrize("make", ALL)
def test_a_chart_fits_where_scripts_and_inline_styles_are_forbidden(
    make: Callable[[], Drawing],
) -> None:
    drawing = make()
    assert "<script" not in drawing.svg
    assert "style=" not in drawing.svg
    assert not re.findall(r'(?:href|src)="(?!#)', drawing.svg)


@pytest.mark.parametrize("make", ALL)
def test_the_type_can_be_read_on_a_phone(make: Callable[[], Drawing]) -> None:
    """A phone is 390 points wide, 350 between its margins: nothing there is below 9 points."""
    drawing = make()
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing.svg)]
    assert min(sizes) * 350 / drawing.width >= 9


def test_bars_are_named_where_they_stand() -> None:
    drawn = three_bars().svg
    for words in ("Before", "Expected", "4.20 a month", "2.10 a month", "A&amp;E attendances"):
        assert words in drawn


def test_what_is_unusual_differs_in_shape_as_well_as_in_colour() -> None:
    drawn = control_chart().svg
    marks = set(re.findall(r'd="(M[^"]+)"[^>]*fill="(#[0-9A-Fa-f]{6})"', drawn)) | {
        (path, fill)
        for path, fill in re.findall(r'<path[^>]*d="([^"]+)"[^>]*fill="(#[0-9A-Fa-f]{6})"', drawn)
    }
    found = {fill: path for path, fill in marks if fill in
             (colours.MID_GREY, colours.BLUE, colours.ORANGE)}  # fmt: skip
    assert set(found) == {colours.MID_GREY, colours.BLUE, colours.ORANGE}
    assert len(set(found.values())) == 3


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def test_what_stands_side_by_side_differs_in_grey() -> None:
    for one, other in ((colours.GREY, colours.DARK_BLUE), (colours.LIGHT_BLUE, colours.DARK_BLUE)):
        assert abs(lightness(one) - lightness(other)) > 0.3


def test_months_are_named_and_none_is_named_twice() -> None:
    drawn = sums_so_far().svg
    assert re.findall(r">(\w{3} 25)<", drawn) == ["Jan 25", "Apr 25", "Jul 25", "Oct 25"]


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    assert charts.ranges([Bar("Before", 0.0, "none", "past")], "A&E").png.startswith(b"\x89PNG")

"""The line through the places, by hand and against an independent regression; shares and sums of
what is shown.
"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api

from openhiu.report.reach.known import by_fifth, filled, mean_fifth, mismatch, percent, together
from openhiu.report.reach.lines import Point, line_through, ranks
from openhiu.report.reach.shape import People


def points(*rates: float) -> list[Point]:
    """Places of 100 people each, from the least deprived on."""
    return [Point(5.0 - place, 100, rate) for place, rate in enumerate(rates)]


def test_places_stand_from_least_to_most_deprived_in_the_middle_of_their_people() -> None:
    # 100 of 400 people, then 300: the middles are 50 / 400 and (100 + 150) / 400.
    assert ranks([Point(1.5, 300, 0), Point(4.0, 100, 0)]) == [0.625, 0.125]


def test_places_as_deprived_as_each_other_share_one_middle() -> None:
    found = ranks([Point(3, 100, 0), Point(3, 100, 0), Point(1, 200, 0)])
    assert found == [0.25, 0.25, 0.75]


def test_a_straight_line_is_found_with_no_doubt_about_it() -> None:
    # x = 0.1, 0.3 … 0.9; 10 fewer for every 0.2: 55 at 0, 5 at 1.
    line = line_through(points(50, 40, 30, 20, 10))
    assert line is not None
    ends = (line.least_end, line.most_end, line.slope, line.low, line.high)
    assert ends == pytest.approx((55, 5, -50, -50, -50))
    assert (line.places, line.told) == (5, "fewer")


def test_the_range_is_that_of_the_slope_by_hand() -> None:
    # Mean x 0.5, mean y 3; Sxy = 2.4, Sxx = 0.4, slope 6; fitted 0.6, 1.8, 3, 4.2, 5.4;
    # squares of what is left 1.6, over 3 is 0.5333; error = sqrt(0.5333 / 0.4) = 1.1547;
    # times t(3) = 3.1824 is 3.6748.
    line = line_through(points(1, 2, 2, 4, 6))
    assert line is not None
    assert (line.slope, line.low, line.high) == pytest.approx((6, 2.3252, 9.6748), abs=1e-4)
    assert line.told == "more"


def test_a_range_across_nothing_says_nothing() -> None:
    line = line_through(points(3, 1, 2, 1, 3))
    assert line is not None
    assert line.told == "unclear"


def test_it_is_the_weighted_regression_of_an_independent_library() -> None:
    dice = np.random.default_rng(5)
    given = [Point(float(d), float(p), float(r)) for d, p, r in zip(
        dice.uniform(1, 5, 30), dice.integers(50, 900, 30), dice.uniform(0, 8, 30), strict=True
    )]  # fmt: skip
    line = line_through(given)
    assert line is not None
    x = statsmodels.api.add_constant(np.array(ranks(given)))
    rates, weights = [point.rate for point in given], [point.people for point in given]
    fitted = statsmodels.api.WLS(rates, x, weights=weights).fit()
    low, high = fitted.conf_int()[1]
    assert (line.slope, line.low, line.high) == pytest.approx((fitted.params[1], low, high))
    assert line.least_end == pytest.approx(fitted.params[0])


def test_four_places_or_all_alike_have_no_line() -> None:
    assert line_through(points(1, 2, 3, 4)) is None
    assert line_through([Point(2, 100, rate) for rate in range(6)]) is None


def test_people_of_which_a_part_is_hidden_are_at_least_so_many() -> None:
    assert together([1320, 185, 50]) == People(1555)
    assert together([1320, 185, "*"]) == People(1505, least=True)
    assert together(["*", "*", "*"]) is None
    assert together([0, 0, "*"]) is None
    assert together([10, None, 5]) is None
    assert People(1505, least=True).words == "at least 1,505"


def test_hidden_parts_have_an_even_share_of_what_is_left() -> None:
    # 120 less 100 is 20, for two.
    assert filled({"1": 100, "2": "*", "3": "*"}, 120) == {"1": 100, "2": 10, "3": 10}
    assert filled({"1": 100, "2": "*"}, "*") == {"1": 100, "2": 4}
    # Rounded up, the parts are more than the whole: the middle of 1 to 7.
    assert filled({"1": 100, "2": "*"}, 95) == {"1": 100, "2": 4}
    assert filled({"1": 5, "2": None}, 5) == {"1": 5}


def test_fifths_of_several_tiers_are_added_up_without_those_not_known() -> None:
    found = by_fifth([({"1": 30, "5": 10, "unknown": 99}, 139), ({"1": 10, "unknown": 5}, 15)])
    assert found == {"1": 40, "2": 0, "3": 0, "4": 0, "5": 10}
    assert mean_fifth(found) == pytest.approx((40 * 1 + 10 * 5) / 50)
    assert by_fifth([({"unknown": 20}, 20)]) == {}


def test_a_tier_of_which_much_is_hidden_says_nothing_of_deprivation() -> None:
    # 80 of 100 are shown: 20 are shared out; with 79 the tier is left out.
    assert by_fifth([({"1": 80, "2": "*", "3": "*"}, 100)]) == {
        "1": 80, "2": 10, "3": 10, "4": 0, "5": 0,
    }  # fmt: skip
    assert by_fifth([({"1": 79, "2": "*", "3": "*"}, 100)]) == {}
    assert by_fifth([(dict.fromkeys("12345", "*"), 500)]) == {}
    assert by_fifth([({"1": 80, "2": "*"}, "*")]) == {}


def test_nothing_is_the_share_of_nothing() -> None:
    assert mean_fifth({}) is None
    assert percent(1, 0) is None


def test_the_time_that_would_have_to_move() -> None:
    # 60% and 40% of the need, half of the leads each: 10% of the time.
    assert mismatch([60, 40], [1, 1]) == 10
    assert mismatch([60, 40], [3, 2]) == 0
    assert mismatch([100, 0], [0, 2]) == 100
    assert mismatch([0, 0], [1, 1]) is None
    assert mismatch([10, 10], [0, 0]) is None

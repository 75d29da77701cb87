"""Options ranked by weighted criteria: small scores, worked out by hand."""

from __future__ import annotations

import pytest

from openhiu.report.business_case.sums.ranking import (
    any_weights,
    each_weight,
    firsts,
    ranked,
    totals,
)

SCORES = {"stay": {"reach": 0.0, "money": 5.0}, "go": {"reach": 4.0, "money": 1.0}}


def test_a_total_is_the_weighted_mean() -> None:
    # stay: (3 x 0 + 1 x 5) / 4 = 1.25; go: (3 x 4 + 1 x 1) / 4 = 3.25.
    assert totals(SCORES, {"reach": 3, "money": 1}) == {"stay": 1.25, "go": 3.25}


def test_the_best_comes_first_and_of_equals_the_one_named_first() -> None:
    assert ranked(SCORES, {"reach": 3, "money": 1}) == ["go", "stay"]
    # 5 against 5: stay (0 + 5) / 2 and go (4 + 1) / 2.
    assert ranked(SCORES, {"reach": 1, "money": 1}) == ["stay", "go"]


def test_without_weights_nothing_is_ahead() -> None:
    assert totals(SCORES, {"reach": 0, "money": 0}) == {"stay": 0, "go": 0}


def test_leaving_a_criterion_out_may_turn_the_ranking() -> None:
    reach, money = each_weight(SCORES, {"reach": 2, "money": 1})
    # Without reach only money counts: stay. Twice reach: go still.
    assert (reach.criterion, reach.without, reach.doubled) == ("reach", ("stay",), ("go",))
    # Without money: go. Twice money: 2 x 4 + 2 x 1 = 10 against 2 x 5 = 10: both.
    assert (money.without, money.doubled) == (("go",), ("stay", "go"))


def test_options_that_are_equal_share_the_first_place_of_every_weighting() -> None:
    # Two twins of go, first in half of the weightings: a third of that half each.
    twins = {**SCORES, "twin": SCORES["go"], "other": SCORES["go"]}
    assert firsts(twins, {"reach": 3, "money": 1}) == ("go", "twin", "other")
    found = any_weights(twins, ["reach", "money"])
    assert found["go"] == found["twin"] == found["other"]
    assert found["go"] == pytest.approx(0.5 / 3, abs=0.01)


def test_over_all_weightings_each_is_first_as_often_as_geometry_says() -> None:
    # go is first where 4 w + (1 - w) > 5 (1 - w), so where w > 1/2: half of all weightings.
    found = any_weights(SCORES, ["reach", "money"])
    assert sum(found.values()) == pytest.approx(1)
    assert found["go"] == pytest.approx(0.5, abs=0.02)
    assert found == any_weights(SCORES, ["reach", "money"])

"""The frozen plan, and the plain count before and after."""

from __future__ import annotations

import json

import numpy as np
import pytest

from openhiu.evaluate import plan as frozen
from openhiu.evaluate.before_after import before_after, spread
from openhiu.evaluate.interval import people_needed

# A changed plan is a new version: change VERSION, say why in docs/adr, then this.
HASH = "f97d10a4112ac41f87c67e6ca972b4787e024b613a09e153ac4648f353103ffc"


def test_the_plan_has_not_changed() -> None:
    assert (frozen.VERSION, frozen.plan()["hash"]) == ("1", HASH)


def test_the_hash_is_of_everything_else_and_of_its_order_not_at_all() -> None:
    data = frozen.plan()
    given = data.pop("hash")
    assert frozen.digest(dict(reversed(data.items()))) == given
    data["primary"]["ridge"] = 0.5
    assert frozen.digest(data) != given


def test_the_plan_is_plain_data() -> None:
    assert json.loads(json.dumps(frozen.plan())) == frozen.plan()


def test_windows() -> None:
    assert [(w.name, w.days, w.before) for w in frozen.WINDOWS] == [("3", 90, 0), ("12", 360, 1)]


def test_the_plain_fall_by_hand() -> None:
    # Three people: 4, 6, 8 before; 1, 3, 2 after. 18 to 6: -66.7 %.
    after, before = np.array([1.0, 3, 2]), np.array([4.0, 6, 8])
    found = before_after(3, 6, 18, after @ after, after @ before, before @ before)
    assert found.fall == pytest.approx(200 / 3)
    assert found.interval is not None
    assert found.interval[0] < 200 / 3 < found.interval[1]


@pytest.mark.parametrize(("people", "before"), [(0, 0.0), (5, 0.0), (5, float("nan"))])
def test_nothing_before_is_no_percentage(people: int, before: float) -> None:
    found = before_after(people, 1.0, before, 1.0, 0.0, 0.0)
    assert (found.fall, found.interval) == (None, None)


def test_one_person_has_no_range() -> None:
    assert before_after(1, 2, 4, 4, 8, 16).interval is None


def test_spread_is_per_month_at_risk() -> None:
    month = 365.25 / 12
    found = spread(np.array([2.0, 0, 9, 5]), np.array([2, 1, 3, 0]) * month)
    # 1, 0 and 3 a month; the fourth was never at risk.
    assert (found.people, found.median, found.none_at_all) == (3, pytest.approx(1), 1)
    assert found.mean == pytest.approx(11 / 6)


def test_people_needed_grow_with_the_square_of_the_spread() -> None:
    # log(0.8) = -0.223 over 2.8016 is 0.0796; 0.0796^2 - 0.02^2 = 0.00594.
    assert people_needed(20, 0.2, 36) == 243  # (0.2 x 6)^2 = 1.44 over 0.005941
    assert people_needed(20, 0.4, 36) == pytest.approx(4 * 243, abs=4)
    # Below 30 people the spread is not theirs: what simulated services have (1.25^2 = 1.5625).
    assert people_needed(20, 5.0, 12) == people_needed(20, None, 0) == 263

"""Who benefits: an effect only where a group and all others are both big enough."""

from __future__ import annotations

from datetime import date
from math import exp, sqrt
from typing import Any

import pytest
from scipy.stats import t

from openhiu.evaluate.estimate import estimate, pool
from openhiu.evaluate.groups import BY_CHANCE, compare, effects
from openhiu.evaluate.plan import W3
from openhiu.evaluate.rows import Journey, Rows
from support.made_rows import made_site

DAY = date(2024, 1, 1)


def journeys(sexes: list[str], **more: Any) -> list[Journey]:
    return [
        Journey("RXX01", 10_000 + n, DAY, DAY, True, DAY, None, None, None, None, False,
                sex=sex, **more)
        for n, sex in enumerate(sexes)
    ]  # fmt: skip


def site(counts: list[float]) -> Rows:
    """Each client with a count of their own, the same in every segment."""
    return made_site({"attendances": (4.0, [[count] * 4 for count in counts])})


def around(mean: float, many: int) -> list[float]:
    return [mean + (-1) ** n for n in range(many)]


def group(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(g for part in found["by"] for g in part["groups"] if g["group"] == name)


def test_two_big_groups_that_differ_are_said_to() -> None:
    # 40 men at 2 (160 expected, 80 seen: 50 % fewer) and 40 women at 4 (as expected).
    rows = site([*around(2, 40), *around(4, 40)])
    found = effects([rows], journeys(["male"] * 40 + ["female"] * 40), W3)
    men, women = group(found, "Male"), group(found, "Female")
    assert (men["people"], men["reduction"]) == (40, 50)
    assert women["reduction"] == 0
    assert men["against_others"] == 0.5
    assert not men["by_chance"]
    assert "50% fewer than expected" in men["sentence"]
    assert "did more here" in men["sentence"]
    assert "did less here" in women["sentence"]
    assert "one in twenty" in found["sentences"][0]


def test_two_groups_that_hardly_differ_do_so_by_chance() -> None:
    rows = site([*around(3.0, 40), *around(3.1, 40)])
    found = effects([rows], journeys(["male"] * 40 + ["female"] * 40), W3)
    assert group(found, "Male")["by_chance"]
    assert group(found, "Male")["sentence"].endswith(BY_CHANCE)
    assert found["sentences"] == [f"2 groups were compared with everybody else. {BY_CHANCE}"]


def test_the_interaction_is_that_of_two_independent_logs() -> None:
    rows = site([*around(2, 40), *around(4, 40)])
    counts, before = rows.outcomes["attendances"], rows.before["attendances"]
    first = rows.client & (rows.person < 10_040)
    inside = pool([estimate(rows, counts, before, W3, among=first)])
    outside = pool([estimate(rows, counts, before, W3, among=~first)])
    found = compare(inside, outside)
    assert found is not None and inside.se and outside.se and inside.n_eff and outside.n_eff
    # Everybody is expected the same, so that 40 people count as 40: t with 39 degrees of freedom.
    assert inside.n_eff == pytest.approx(40, abs=0.01)
    half = t.ppf(0.975, 39) * sqrt(inside.se**2 + outside.se**2)
    assert found.ratio == pytest.approx(0.5, abs=0.001)
    assert found.low == pytest.approx(0.5 * exp(-half), rel=0.001)
    assert found.high == pytest.approx(0.5 * exp(half), rel=0.001)


@pytest.mark.parametrize(
    ("men", "women"),
    [(29, 40), (40, 29), (30, 20)],
)
def test_a_group_or_its_complement_under_30_has_no_effect_told(men: int, women: int) -> None:
    rows = site([*around(2, men), *around(4, women)])
    found = effects([rows], journeys(["male"] * men + ["female"] * women), W3)
    assert not group(found, "Male")["told"]
    assert not group(found, "Female")["told"]
    assert "reduction" not in group(found, "Male")
    assert found["sentences"][0].startswith("No group is big enough")


def test_30_clients_are_enough_with_60_expected() -> None:
    sexes = ["male"] * 30 + ["female"] * 30
    enough = effects([site(around(2, 60))], journeys(sexes), W3)
    assert group(enough, "Male")["told"]
    # 1.5 expected of each: 45 of thirty.
    few = made_site({"attendances": (1.5, [[1.0] * 4] * 60)})
    assert not group(effects([few], journeys(sexes), W3), "Male")["told"]


def test_no_observed_or_expected_number_of_a_group_is_handed_on() -> None:
    rows = site([*around(2, 40), *around(4, 37), *around(4, 3)])
    sexes = ["male"] * 40 + ["female"] * 37 + ["indeterminate"] * 3
    found = effects([rows], journeys(sexes), W3)
    # 80 in all is known; 3 would be 80 - 40 - 37. The women are hidden with them, and untold.
    assert group(found, "Indeterminate")["people"] == "*"
    assert group(found, "Female") == {"group": "Female", "people": "*", "told": False}
    assert not {"observed", "expected", "avoided"} & set(group(found, "Male"))


def test_the_whole_is_known_to_the_last_digit() -> None:
    # 48 clients are named beside the estimate: 48 less 40 (38 to 42) would leave 1 or 2 of one.
    sexes = ["male"] * 39 + ["female"] * 8 + ["indeterminate"]
    found = effects([site(around(2, 48))], journeys(sexes), W3)
    assert {g["people"] for part in found["by"] for g in part["groups"]} == {"*"}


def test_clients_nobody_has_a_journey_of_are_not_known() -> None:
    found = effects([site(around(2, 40))], journeys(["male"] * 20), W3)
    assert group(found, "Not known")["people"] == 20


def test_without_clients_there_is_nothing_to_compare() -> None:
    assert effects([], [], W3)["by"] == []

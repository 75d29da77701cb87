"""What of an estimate may be handed on: no number of fewer than 8 people."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from openhiu.evaluate.estimate import W3, estimate
from openhiu.evaluate.rates import _do_not_add_up, joined, rates
from openhiu.evaluate.shown import estimate_shown, people_shown, plain, several, sites_to_hide
from openhiu.evaluate.windows import sites_shown, windows_shown, work
from support.made_rows import made_site

KEY = "attendances"


def shown_of(clients: int) -> dict[str, object]:
    rows = made_site({KEY: (4.0, [(2.0, 2.0, 2.0, 2.0)] * clients)})
    return estimate_shown(estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3))


def test_forty_people_have_their_numbers() -> None:
    shown = shown_of(40)
    assert shown["people"] == 40
    assert shown["standing"] == "enough"
    assert shown["observed"] == 80  # 40 people, twice each
    assert shown["expected"] == pytest.approx(160, rel=0.02)  # 40 people, four times each
    assert shown["reduction"] == pytest.approx(50, abs=1)


@pytest.mark.parametrize("people", [1, 7])
def test_fewer_than_eight_people_have_a_standing_and_no_number(people: int) -> None:
    shown = shown_of(people)
    assert shown["people"] == "*"
    assert shown["standing"] == "too few"
    told = {key for key, value in shown.items() if value not in (None, (), "*", "too few")}
    assert told == {"sites"}


def test_eight_people_have_what_their_standing_allows() -> None:
    shown = shown_of(8)
    assert (shown["people"], shown["observed"], shown["before"]) == (10, 16, 64)
    assert shown["expected"] is None
    assert shown["resource_pack"] == 75  # from 64 to 16


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, 0), (7, "*"), (8, 10), (11, 10), (12, 15), (17, 15), (18, 20), (27, 25), (29, 25),
     (30, 30), (32, 30), (54, 55), (59, 60)],
)  # fmt: skip
def test_people_are_told_to_the_nearest_5_on_their_side_of_what_may_be_said(
    people: int, shown: int | str
) -> None:
    assert people_shown(people) == shown


def test_the_number_of_people_is_not_worked_out_from_the_rates() -> None:
    """41 people, twice each in 90 days: told as 40, and 82 over the mean gives 40 too."""
    rows = made_site({KEY: (4.0, [(2.0, 2.0, 2.0, 2.0)] * 41)})
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3)
    since = rates([rows], KEY, W3, found)["since"]
    months = 90 / (365.25 / 12)
    assert since["person_months"] == pytest.approx(40 * months, abs=0.1)
    assert 82 / since["mean"] / months == pytest.approx(40, abs=0.01)


def test_shares_that_do_not_add_up_say_so() -> None:
    # 40 people in thirds: 13, 13 and 14 are told as 15 of 45 each, 33% three times over.
    assert _do_not_add_up([{"before_percent": 33, "since_percent": 50}] * 3)
    assert not _do_not_add_up([{"before_percent": 50, "since_percent": 50}] * 2)
    assert not _do_not_add_up([{"before_percent": 60, "since_percent": "*"},
                               {"before_percent": 40, "since_percent": 80}])  # fmt: skip


def test_no_array_and_no_sum_of_people_is_handed_on() -> None:
    shown = plain(shown_of(40))
    assert not {"client_y", "client_mu", "client_index", "sums", "expected_by_segment"} & set(shown)
    json.dumps(shown)


def test_a_small_site_is_hidden_together_with_another() -> None:
    """Two sites shown beside the whole would give the third away: 5 = 100 - 60 - 35."""
    assert sites_to_hide({"A": 60, "B": 35, "C": 5}) == {"B", "C"}
    assert sites_to_hide({"A": 60, "B": 35, "C": 0}) == frozenset()


def test_no_site_of_few_can_be_worked_out_from_the_others() -> None:
    """45 people in all, 40 at one hospital: showing the 40 would show the 5."""
    sites = [made_site({KEY: (4.0, [(2.0, 2, 2, 2)] * n)}, site=name)
             for name, n in (("RXX01", 40), ("RXX02", 5))]  # fmt: skip
    worked = work(sites)
    assert windows_shown(worked)["3"][KEY]["people"] == 45
    for windows in sites_shown(worked).values():
        shown = windows["3"][KEY]
        assert shown["people"] == "*"
        assert {shown[name] for name in ("observed", "expected", "before", "ratio")} == {None}


def test_several_outcomes_are_adjusted_together() -> None:
    """Holm by hand: 3 x 0.01 = 0.03; 2 x 0.04 = 0.08; 1 x 0.03 would be less, so it stays 0.08."""
    found = several({"a": 0.04, "b": 0.01, "c": 0.05, "d": None})
    assert found == {"a": pytest.approx(0.08), "b": pytest.approx(0.03),
                     "c": pytest.approx(0.08), "d": None}  # fmt: skip
    assert several({"a": 0.9, "b": 0.8})["b"] == 1.0


def test_rates_are_per_person_and_month_at_risk() -> None:
    """40 people, 90 days each: 40 x 90 ÷ 30.4375 = 118.3 months; 80 ÷ 118.3 = 0.676 a month."""
    rows = made_site({KEY: (4.0, [(2.0, 2.0, 2.0, 2.0)] * 40)})
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3)
    shown = rates([rows], KEY, W3, found)
    assert shown["since"]["person_months"] == 118.3
    assert shown["since"]["mean"] == pytest.approx(0.676, abs=0.001)
    assert shown["before"]["mean"] == pytest.approx(2.706, abs=0.001)  # 320 ÷ 118.3
    assert shown["since"]["median"] == pytest.approx(0.676, abs=0.001)  # everyone the same


def test_what_was_expected_has_the_range_of_the_ratio() -> None:
    """At the upper end of happened over expected, least was expected: happened ÷ upper end."""
    rows = made_site({KEY: (4.0, [(1.0, 2, 2, 2), (3.0, 2, 2, 2)] * 20)})
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3)
    shown = rates([rows], KEY, W3, found)
    assert found.high is not None
    assert found.low is not None
    assert shown["expected"]["low"] == pytest.approx(shown["since"]["mean"] / found.high)
    assert shown["expected"]["high"] == pytest.approx(shown["since"]["mean"] / found.low)
    assert shown["expected"]["low"] < shown["expected"]["mean"] < shown["expected"]["high"]


def test_a_range_alone_has_no_middle() -> None:
    rows = made_site({KEY: (4.0, [(1.0, 2, 2, 2), (3.0, 2, 2, 2)] * 10)})
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3)
    assert str(found.standing) == "range only"
    assert rates([rows], KEY, W3, found)["expected"]["mean"] is None


def test_somebody_who_died_counts_for_their_days() -> None:
    """One of 40 died after 45 of 90 days: 39.5 people's time."""
    rows = made_site({KEY: (4.0, [(2.0, 0, 0, 0)] * 40)}, ends={0: date(2024, 2, 15)})
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3)
    months = rates([rows], KEY, W3, found)["since"]["person_months"]
    assert months == pytest.approx(39.5 * 90 / 30.4375, abs=0.1)


def test_fewer_than_eight_have_no_rates() -> None:
    rows = made_site({KEY: (4.0, [(2.0, 2, 2, 2)] * 7)})
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3)
    assert rates([rows], KEY, W3, found) == {}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # none, to a half, to 1, to 2, to 4, over 4: before and since
        ([(0, 30), (20, 10), (20, 5), (8, 3), (2, 2), (0, 0)],
         [((0, 0), 0, 30), ((1, 1), 20, 10), ((2, 5), 30, 10)]),
        ([(9, 9), (9, 9)], [((0, 0), 9, 9), ((1, 1), 9, 9)]),
        ([(3, 0), (10, 10)], [((0, 1), 13, 10)]),
        ([(1, 1), (1, 1), (1, 1)], [((0, 2), 3, 3)]),
    ],
)  # fmt: skip
def test_bands_with_few_people_are_put_together(
    counts: list[tuple[int, int]], expected: list[tuple[tuple[int, int], int, int]]
) -> None:
    assert joined(counts) == expected


def test_drawn_bands_never_show_one_to_seven_people() -> None:
    dice = np.random.default_rng(4)
    for _ in range(300):
        size = int(dice.integers(8, 90))
        counts = [tuple(int(n) for n in pair) for pair in zip(
            dice.multinomial(size, dice.dirichlet(np.ones(6))),
            dice.multinomial(size, dice.dirichlet(np.ones(6))), strict=True)]  # fmt: skip
        bands = joined(counts)  # type: ignore[arg-type]
        assert sum(then for _, then, _ in bands) == size
        assert all(n == 0 or n >= 8 for _, then, now in bands for n in (then, now))


def test_plain_data_hold_nothing_json_does_not_know() -> None:
    given = {"a": np.float64(1.23456789), "b": float("nan"), "c": date(2026, 4, 1), "d": (1, None),
             "e": np.int64(4), "f": -0.00001}  # fmt: skip
    assert plain(given) == {"a": 1.2346, "b": None, "c": "2026-04-01", "d": [1, None], "e": 4,
                            "f": 0.0}  # fmt: skip
    assert str(plain({"x": -0.00001})["x"]) == "0.0"

"""Monitoring in time, worked out by hand.

Ten clients start on 1 January 2024; comparison rows have 4 attendances in each 90 days on average,
so that 4/90 a day are expected of each client. 90 days from 1 January 2024, a leap year, end with
30 March.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import sqrt
from typing import Any

import pytest

from openhiu.evaluate.chart import NOT_SHOWN, Cusum, cohort_chart, top_attenders, z_score
from openhiu.evaluate.expected import learn
from openhiu.evaluate.interval import Standing
from openhiu.evaluate.monitoring_figures import monitoring_figures
from openhiu.evaluate.rows import ListMonth, Rows
from openhiu.evaluate.timeline import monthly
from openhiu.evaluate.xmr import broken, limits
from openhiu.paper.blocks import Figure
from support.made_rows import made_site

DAILY = 4 / 90


def clients(many: int = 10, **more: object) -> Rows:
    return made_site({"attendances": (4.0, [[0.0] * 4] * many)}, **more)  # type: ignore[arg-type]


def charted(sites: list[Rows], standing: Standing = Standing.ENOUGH) -> dict[str, Any]:
    return cohort_chart(sites, standing=standing)


def test_what_is_expected_is_spread_over_the_days_of_a_month() -> None:
    rows = clients()
    found = {m.first: m for m in monthly(rows, learn(rows, rows.outcomes["attendances"]))}
    for month, days in ((1, 31), (2, 29), (3, 31), (4, 30)):
        made = found[date(2024, month, 1)]
        assert made.expected == pytest.approx(10 * days * DAILY, abs=0.001)
        assert made.squares == pytest.approx(10 * (days * DAILY) ** 2, abs=0.001)
        assert made.people == 10
    # The year of 360 days ends with 25 December: 25 days of that month, and nobody after it.
    last = found[date(2024, 12, 1)]
    assert last.expected == pytest.approx(10 * 25 * DAILY, abs=0.001)
    assert (found[date(2025, 1, 1)].people, found[date(2025, 1, 1)].expected) == (0, 0)
    assert sum(m.expected for m in found.values()) == pytest.approx(160, abs=0.01)
    assert max(found) == date(2025, 12, 1)  # the last month before the cut


def test_busy_months_take_more_of_what_is_expected() -> None:
    rows = replace(clients(), volume_by_month={date(2024, 1, 1): 2.0})
    found = monthly(rows, learn(rows, rows.outcomes["attendances"]))
    # 31 days at 2 and 59 at 1: 62 / 121 of the 40 in the first 90 days.
    assert found[0].expected == pytest.approx(40 * 62 / 121, abs=0.001)
    assert found[1].expected == pytest.approx(40 * 29 / 121, abs=0.001)


def test_who_died_is_expected_no_longer() -> None:
    # Client 0 died on 16 January: 15 of 90 days were observed, so 4 x 15 / 90 is expected, in
    # January, beside 9 x 31 days of the others.
    rows = clients(ends={0: date(2024, 1, 16)})
    found = monthly(rows, learn(rows, rows.outcomes["attendances"]))
    assert found[0].expected == pytest.approx((15 + 9 * 31) * DAILY, abs=0.001)
    assert (found[0].people, found[1].people) == (10, 9)


def test_a_cut_within_a_month_leaves_that_month_out() -> None:
    rows = clients(cut=date(2024, 3, 11))
    found = monthly(rows, learn(rows, rows.outcomes["attendances"]))
    assert [m.first.month for m in found] == [1, 2]
    # 70 of the 90 days were observed; January has 31 of them.
    assert found[0].expected == pytest.approx(10 * 31 * DAILY, abs=0.001)


def test_what_was_observed_is_counted_within_the_first_360_days() -> None:
    events = [(0, date(2024, 1, 1)), (1, date(2024, 4, 30)), (2, date(2024, 12, 25)),
              (3, date(2024, 12, 26))]  # fmt: skip
    rows = clients(events=events)
    found = {m.first.month: m for m in monthly(rows, learn(rows, rows.outcomes["attendances"]))
             if m.first.year == 2024}  # fmt: skip
    assert (found[1].observed, found[4].observed) == (1, 1)
    assert found[12].observed == 1  # day 360 itself is over


def test_z_has_the_constants_of_the_plan() -> None:
    # (10 - 16) / sqrt(1.5 x 16 + 1.2 x 10) = -6 / 6
    assert z_score(10, 16, 10) == pytest.approx(-1.0)


def test_a_running_sum_signals_above_5_and_begins_again() -> None:
    cusum = Cusum()
    # -3 adds 2.5 a month: 2.5, 5.0 (not above), 7.5.
    assert [cusum.add(-3.0) for _ in range(3)] == ["", "", "better"]
    assert (cusum.low, cusum.high) == (0.0, 0.0)
    assert [cusum.add(2.0) for _ in range(4)] == ["", "", "", "worse"]
    assert cusum.add(0.4) == ""
    assert cusum.high == 0.0  # within the slack


def test_clients_who_stop_coming_make_a_signal_in_the_fourth_month_shown() -> None:
    found = charted([clients()])
    months = {point["month"]: point for point in found["months"]}
    assert found["months"][0]["month"] == "2024-04"  # the fourth month of the service
    april = months["2024-04"]
    # 13.33 expected, 0 seen: -13.33 / sqrt(1.5 x 13.33 + 1.2 x 17.78) = -2.07
    assert (april["observed"], april["expected"], april["z"]) == (0, 13.3, -2.07)
    assert april["cusum_better"] == 1.57
    band = 1.96 * sqrt(1.5 * 13.333 + 1.2 * 17.778)
    assert april["chance_high"] == pytest.approx(band, abs=0.06)
    # 1.57 + 1.59 + 1.57 + 1.59 = 6.33 in July
    assert found["signals"][0]["month"] == "2024-07"
    assert found["signals"][0]["direction"] == "better"
    assert [months[f"2024-0{n}"]["standing"] for n in (4, 5, 6, 7)] == ["better"] * 4
    assert months["2024-07"]["avoided_so_far"] == pytest.approx(10 * 122 * DAILY, abs=0.1)
    assert "5 in 100" in found["false_alarms"]["better"]
    assert found["false_alarms"]["worse"].startswith("Look, not proof")


def test_worse_than_expected_is_marked_as_a_look_not_proof() -> None:
    often = [(who, date(2024, month, day)) for who in range(10) for month in range(4, 9)
             for day in (2, 9, 16, 23)]  # fmt: skip
    found = charted([clients(events=often)])
    assert found["signals"][0]["direction"] == "worse"
    assert found["signals"][0]["words"].startswith("Look, not proof")


def test_months_of_fewer_than_8_clients_are_hidden_and_move_nothing() -> None:
    found = charted([clients(many=7)])
    assert {point["people"] for point in found["months"]} == {"*", 0}
    assert all(point["z"] is None and point["standing"] == "hidden" for point in found["months"])
    assert found["signals"] == []


def test_sites_are_added_each_from_its_own_fourth_month() -> None:
    later = clients(site="RXX02", service_start=date(2024, 3, 1))
    months = {m["month"]: m for m in charted([clients(), later])["months"]}
    assert months["2024-05"]["people"] == 10
    assert months["2024-06"]["people"] == 20
    # June has 30 days: 20 x 30 x 4/90 = 26.7
    assert months["2024-06"]["expected"] == 26.7


def test_a_site_without_history_has_no_expectation() -> None:
    found = charted([clients(comparison=90)])
    assert all(point["z"] is None for point in found["months"])


def test_limits_are_the_mean_and_266_moving_ranges() -> None:
    # 10, 12, 10, 12 ...: mean 11, every move 2, limits 11 -+ 5.32.
    found = limits([10.0, 12.0] * 6)
    assert found is not None
    assert (found.mean, found.spread) == (11.0, 2.0)
    assert (found.lower, found.upper) == (pytest.approx(5.68), pytest.approx(16.32))
    assert limits([10.0, 12.0] * 5) is None


def series(values: list[float]) -> list[dict[str, int]]:
    """Rules against limits of a quiet past: mean 11, moving range 2."""
    quiet = limits([10.0, 12.0] * 6)
    assert quiet is not None
    return broken(values, quiet)


@pytest.mark.parametrize(
    ("values", "rule", "at", "side"),
    [
        ([11, 11, 17], "beyond", [2], 1),
        ([11, 11, 5], "beyond", [2], -1),
        ([11, 11, 16], "beyond", [], 0),  # the limit is 16.32
        # Seven below the mean; six are not enough.
        ([10, 9, 10, 9, 10, 9, 10], "shift", list(range(7)), -1),
        ([10, 9, 10, 9, 10, 9, 11], "shift", [], 0),
        # Seven points that fall are six falls.
        ([14, 13, 12, 11, 10, 9, 8], "trend", list(range(7)), -1),
        ([14, 13, 12, 11, 10, 9, 9], "trend", [], 0),
        # Two thirds of 5.32 is 3.55: above 14.55 or below 7.45 is close to a limit.
        ([15, 11, 15], "two_of_three", [0, 2], 1),
        ([15, 11, 11, 15], "two_of_three", [], 0),
        ([7, 7, 11], "two_of_three", [0, 1], -1),
    ],
)
def test_variation_rules(values: list[float], rule: str, at: list[int], side: int) -> None:
    marks = series([float(value) for value in values])
    assert [n for n, mark in enumerate(marks) if rule in mark] == at
    assert all(marks[n][rule] == side for n in at)


def test_the_list_of_a_hospital_says_what_it_cannot_say() -> None:
    months = [ListMonth("RXX01", date(2024 + n // 12, n % 12 + 1, 1), 250, 2000 + 20 * (n % 2))
              for n in range(14)]  # fmt: skip
    drop = ListMonth("RXX01", date(2025, 3, 1), 250, 1500)
    other = ListMonth("RXX02", date(2024, 1, 1), 250, 1)
    part = ListMonth("RXX01", date(2025, 4, 1), 250, 100, complete=False)
    few = ListMonth("RXX01", date(2023, 12, 1), 7, 30)
    found = top_attenders([drop, *months, other, part, few], "RXX01")
    assert [p["month"] for p in found["points"]][:2] == ["2024-01", "2024-02"]
    assert found["months_hidden"]
    assert len(found["points"]) == 15
    assert found["points"][-1]["standing"] == "better"
    assert "beyond" in found["points"][-1]["rules"]
    # 14 moves: 13 of 20, one of 520: 780 / 14 = 55.7; mean (14 x 2010 + 1500) / 15 = 1976
    assert found["mean"] == 1976.0
    assert found["upper"] == pytest.approx(1976 + 2.66 * 780 / 14, abs=0.1)
    assert "cannot show whether the service helped" in found["cannot_say"]
    assert "28 in 100" in found["false_alarms"]


def test_a_short_series_is_drawn_without_limits() -> None:
    found = top_attenders([ListMonth("RXX01", date(2024, 1, 1), 250, 2000)], "RXX01")
    assert (found["mean"], found["upper"], found["points"][0]["standing"]) == (None, None, "usual")


@pytest.mark.parametrize(
    "standing",
    [Standing.TOO_FEW, Standing.NO_HISTORY, Standing.NO_CLIENTS, Standing.NO_FOLLOW_UP],
)
def test_without_an_estimate_no_month_is_held_against_what_was_expected(
    standing: Standing,
) -> None:
    found = charted([clients()], standing)
    assert (found["months"], found["signals"]) == ([], [])
    assert found["not_shown"] == NOT_SHOWN


def test_where_only_a_range_is_given_no_month_gives_the_effect_away() -> None:
    whole, few = charted([clients()]), charted([clients()], Standing.RANGE_ONLY)
    hidden = ("expected", "avoided_so_far", "chance_low", "chance_high")
    assert all(month[key] is None for month in few["months"] for key in hidden)
    assert [m["z"] for m in few["months"]] == [m["z"] for m in whole["months"]]
    assert few["signals"] == whole["signals"]
    assert whole["not_shown"] == few["not_shown"] == ""


def test_few_people_have_a_chart_of_signals_and_none_of_what_was_avoided() -> None:
    def drawn(standing: Standing) -> dict[str, Figure]:
        cohort = charted([clients()], standing)
        result = {"monitoring": {"cohort": cohort, "top_attenders": {}}, "sites": []}
        return {figure.name: figure for figure in monitoring_figures(result)}

    whole = drawn(Standing.ENOUGH)
    assert set(whole) == {"clients-against-expected", "avoided-so-far"}
    few = drawn(Standing.RANGE_ONLY)
    assert set(few) == {"clients-against-expected"}
    table = few["clients-against-expected"].table
    assert table is not None
    assert "Expected" not in table.columns
    assert "z" in table.columns
    assert drawn(Standing.TOO_FEW) == {}

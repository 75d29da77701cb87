"""The natural-change table: bands, merging and its interval, by hand."""

from __future__ import annotations

from dataclasses import replace
from math import exp, sqrt

import numpy as np
import pytest
from scipy.stats import t as student

from openhiu.evaluate.estimate import W3, W12, Standing, estimate
from openhiu.evaluate.natural_change import cells_shown, merged, natural_change
from openhiu.evaluate.rows import Rows
from support.made_rows import made_site
from support.simulated import small_site

KEY = "attendances"


def of(rows: Rows, window=W3):
    return natural_change(rows, rows.outcomes[KEY], rows.before[KEY], window)


@pytest.mark.parametrize(("rows", "groups"), [
    ([30, 30, 30], [(0, 1), (1, 2), (2, 3)]),
    ([10, 20, 30], [(0, 2), (2, 3)]),  # 10 + 20 are 30
    ([30, 29], [(0, 2)]),  # what is left over joins the last group
    ([29, 0, 0], [(0, 3)]),  # never enough: all in one
    ([0, 30, 5, 24, 1], [(0, 2), (2, 5)]),
])  # fmt: skip
def test_thin_cells_go_with_the_column_beside_them(
    rows: list[int], groups: list[tuple[int, int]]
) -> None:
    assert merged(np.array(rows, float)) == groups


def test_a_cell_is_the_next_window_over_the_last_three_months() -> None:
    # 600 rows with 3 attendances in the last three months (band 2 to 3) and 3 in the nine before
    # (band 3 to 7): 4 in the next window on average, so 4/3 for each.
    rows = made_site({KEY: (4.0, [[2] * 4, [4] * 4] * 20)})
    found, table = of(rows)
    assert table is not None
    [cell] = table.cells
    assert (cell.rows, cell.seen, cell.last) == (600, 2400.0, 1800.0)
    assert cell.share == pytest.approx(4 / 3)
    assert found.expected == pytest.approx(40 * 3 * 4 / 3)
    assert found.ratio == pytest.approx(120 / 160)


def test_what_is_handed_on_hides_cells_of_a_few_people() -> None:
    rows = made_site({KEY: (4.0, [[2] * 4, [4] * 4] * 20)})
    _, table = of(rows)
    assert table is not None
    assert cells_shown(table) == [
        {"last_3_months": "2 or more", "9_months_before": "0 or more", "entries": 600,
         "for_each": 1.33},
    ]  # fmt: skip
    # 36 entries in a band of their own, but of 7 people.
    recent = rows.recent3.copy()
    recent[:36] = 10
    person = np.where(np.arange(rows.size) < 36, 20_000 + np.arange(rows.size) % 7, rows.person)
    _, table = of(replace(rows, recent3=recent, person=person))
    assert table is not None
    assert [(cell.rows, cell.people) for cell in table.cells] == [(564, 188), (36, 7)]
    assert [cell["entries"] for cell in cells_shown(table)] == [565, "*"]
    assert [cell["for_each"] for cell in cells_shown(table)][1] == "*"


def test_its_interval_is_that_of_the_primary_estimate() -> None:
    rows = made_site({KEY: (4.0, [[2] * 4, [4] * 4] * 20)})
    found, _ = of(rows)
    # As in test_estimate: here each person's rows are taken out of 1,800 exactly.
    # A person is 1 over or under 12; without their 3 x 3 = 9 the rest is 1,791. Clients: 120.
    others = 200 * (120 / 1791) ** 2
    se = sqrt(sqrt((40 + 0.75**2 * others) * 40 / 39) ** 2 / 120**2 + 0.02**2)
    assert found.se == pytest.approx(se, rel=1e-9)
    assert found.high == pytest.approx(0.75 * exp(student.ppf(0.975, 39) * se), rel=1e-9)


def test_cells_differ_by_band() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    recent = rows.recent3.copy()
    recent[:300] = 15
    found, table = of(replace(rows, recent3=recent))
    assert table is not None
    assert [(cell.recent, cell.rows, cell.share) for cell in table.cells] == [
        ((2, 3), 300, 4 / 3), ((4, None), 300, 4 / 15),  # nobody from 4 to 14
    ]  # fmt: skip
    assert found.expected == pytest.approx(160)


def test_half_a_window_at_risk_is_half_expected() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    exposure = rows.exposure.copy()
    exposure[-40:, 0] = 0.5
    found, _ = of(replace(rows, exposure=exposure))
    assert found.expected == pytest.approx(80)


def test_a_busier_department_counts_before_and_after() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    volume, past = rows.volume.copy(), rows.history_volume.copy()
    volume[-40:], past[-40:] = 1.2, 0.8
    found, _ = of(replace(rows, volume=volume, history_volume=past))
    # 160 x 1.2 / 0.8
    assert found.expected == pytest.approx(240)


def test_without_history_there_is_no_table() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)}, comparison=450)
    found, table = of(rows)
    assert (found.standing, table) == (Standing.NO_HISTORY, None)


@pytest.mark.parametrize("window", [W3, W12])
def test_it_lies_near_the_primary_estimate_of_a_simulated_service(window) -> None:
    rows = small_site()
    primary = estimate(rows, rows.outcomes[KEY], rows.before[KEY], window)
    found, table = of(rows, window)
    assert table is not None
    assert sum(cell.rows for cell in table.cells) > 500
    assert min(cell.rows for cell in table.cells) >= 30
    assert found.people == primary.people
    assert abs((found.reduction or 0) - (primary.reduction or 0)) < 15

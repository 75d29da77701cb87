"""Observed over expected, its interval and its pooling: each rule on numbers to add up by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import exp, log, sqrt

import numpy as np
import pytest
from scipy.stats import t as student

from openhiu.evaluate.estimate import W3, W12, Estimate, Standing, Window, estimate, pool
from openhiu.evaluate.expected import features, learn
from openhiu.evaluate.rows import Rows
from support.made_rows import made_site
from support.simulated import small_site

KEY = "attendances"


def made(counts: Sequence[float], window: Window = W3, **options: object) -> Estimate:
    """Of clients with these counts in every segment, 4 expected of each."""
    rows = made_site({KEY: (4.0, [[count] * 4 for count in counts])}, **options)  # type: ignore[arg-type]
    return estimate(rows, rows.outcomes[KEY], rows.before[KEY], window)


def of(rows: Rows, window: Window = W3) -> Estimate:
    return estimate(rows, rows.outcomes[KEY], rows.before[KEY], window)


def test_observed_over_expected_and_what_follows_from_it() -> None:
    # 40 clients, 3 each: 120 observed; 4 expected of each: 160; 8 before: 320.
    found = made([2, 4] * 20)
    assert found.standing is Standing.ENOUGH
    assert (found.people, found.observed, found.before) == (40, 120.0, 320.0)
    assert found.expected == pytest.approx(160, rel=1e-4)
    assert found.ratio == pytest.approx(0.75, rel=1e-4)
    assert found.reduction == pytest.approx(25, abs=0.01)
    assert found.avoided == pytest.approx(40, abs=0.02)
    assert found.natural_change == pytest.approx(50, abs=0.01)  # 160 of 320
    assert found.resource_pack == pytest.approx(62.5)  # 120 of 320


def test_the_interval_by_hand() -> None:
    found = made([2, 4] * 20)
    # Clients: 2 or 4 against 0.75 x 4 = 3: a square of 1 each, 40 in all.
    # 600 comparison rows of 200 people, 3 each, 3 or 5 a row: each person is 1 over or under 12
    # (5+3+5 = 13 or 3+5+3 = 11). Without one person's three rows of 600 the expected total of the
    # forty moves by 40 x 1 / 597.
    clients, others = 40.0, 200 * (40 / 597) ** 2
    variance = (clients + 0.75**2 * others) * 40 / 39
    se = sqrt(variance / 120**2 + 0.02**2)
    assert found.se == pytest.approx(se, rel=1e-3)
    # Everybody has the same expectation, so n_eff is 40 and t has 39 degrees of freedom.
    half = student.ppf(0.975, 39) * se
    assert found.n_eff == pytest.approx(40)
    assert found.low == pytest.approx(0.75 * exp(-half), rel=1e-3)
    assert found.high == pytest.approx(0.75 * exp(half), rel=1e-3)
    assert found.reduction_low == pytest.approx(100 * (1 - 0.75 * exp(half)), abs=0.1)
    assert found.avoided_high == pytest.approx(160 * (1 - 0.75 * exp(-half)), abs=0.2)
    detectable = 100 * (1 - exp(-(student.ppf(0.975, 39) + student.ppf(0.8, 39)) * se))
    assert found.detectable == pytest.approx(detectable, rel=1e-3)
    assert found.p_value == pytest.approx(2 * student.sf(abs(log(0.75)) / se, 39), rel=1e-2)


def test_the_resource_pack_has_its_own_naive_interval() -> None:
    found = made([2, 4] * 20)
    assert found.resource_pack_interval is not None
    # Each client: 2 or 4 against 0.375 x 8 = 3; again 40 squares of 1.
    se = sqrt(40 * 40 / 39) / 120
    half = student.ppf(0.975, 39) * se
    wanted = (100 * (1 - 0.375 * exp(half)), 100 * (1 - 0.375 * exp(-half)))
    assert found.resource_pack_interval == pytest.approx(wanted)


def test_a_client_who_stood_on_an_earlier_list_is_one_person() -> None:
    rows = small_site()
    found = of(rows, W12)
    fitted = learn(rows, rows.outcomes[KEY])
    clients = found.client_index
    design = features(rows, np.isin(np.arange(rows.size), clients), has_flag=True)
    added: dict[int, float] = {}
    for number, segment in enumerate(fitted.segments):
        assert segment is not None
        pull = found.expected_by_segment[:, number] @ design
        for place, person in enumerate(segment.people):
            added[int(person)] = added.get(int(person), 0.0) + float(segment.shift[place] @ pull)
    assert any(int(person) in added for person in rows.person[clients])
    assert found.ratio is not None and found.observed is not None and found.se is not None
    total = 0.0
    for place, person in enumerate(rows.person[clients]):
        both = found.client_mu[place] + added.pop(int(person), 0.0)
        total += (found.client_y[place] - found.ratio * both) ** 2
    total += found.ratio**2 * sum(value**2 for value in added.values())
    n = len(clients)
    se = sqrt(total * n / (n - 1)) / found.observed
    assert found.se == pytest.approx(sqrt(se**2 + 0.02**2), rel=1e-9)


@pytest.mark.parametrize(("people", "standing"), [
    (11, Standing.TOO_FEW), (12, Standing.RANGE_ONLY), (29, Standing.RANGE_ONLY),
    (30, Standing.ENOUGH),
])  # fmt: skip
def test_how_many_people_let_how_much_be_said(people: int, standing: Standing) -> None:
    found = made([3.0] * people)
    assert found.standing is standing
    effect = (found.ratio, found.reduction, found.avoided, found.p_value)
    assert (effect == (None,) * 4) is (standing is not Standing.ENOUGH)
    limits = (found.low, found.high, found.reduction_low, found.expected)
    assert (limits == (None,) * 4) is (standing is Standing.TOO_FEW)
    assert found.resource_pack == pytest.approx(62.5)  # it may stand, labelled
    assert found.people_needed


def test_less_than_twenty_expected_is_too_few_however_many_people() -> None:
    # 40 clients of whom 0.45 each are expected: 18; of whom 0.55 each: 22.
    for mean, standing in ((0.45, Standing.TOO_FEW), (0.55, Standing.ENOUGH)):
        rows = made_site({KEY: (1.0, [[0.3] * 4] * 40)})
        counts = np.where(rows.client[:, None], 0.3, mean)
        assert estimate(rows, counts, rows.before[KEY], W3).standing is standing


def test_nobody_and_nobody_yet_are_said_apart() -> None:
    assert made([]).standing is Standing.NO_CLIENTS
    late = made([3.0] * 40, starts=[date(2025, 12, 1)] * 40)
    assert late.standing is Standing.NO_FOLLOW_UP
    assert (late.people, late.observed, late.resource_pack) == (0, None, None)


def test_without_history_only_the_plain_figure_stands() -> None:
    found = made([3.0] * 40, comparison=400)
    assert found.standing is Standing.NO_HISTORY
    assert (found.expected, found.ratio, found.low, found.natural_change) == (None,) * 4
    assert found.resource_pack == pytest.approx(62.5)


def test_nothing_observed_gives_an_upper_limit_only() -> None:
    found = made([0.0] * 40)
    assert found.observed == 0
    # Rule of three: 3 of 160 expected.
    assert found.high == pytest.approx(3 / 160, rel=1e-3)
    assert (found.low, found.reduction_high, found.avoided_high) == (None, None, None)
    assert found.reduction_low == pytest.approx(100 * (1 - 3 / 160), abs=0.01)


def test_history_older_than_four_years_gives_no_twelve_months() -> None:
    starts = [date(2023, 1, 1)] * 39 + [date(2024, 6, 1)]
    options = {"starts": starts, "service_start": date(2020, 1, 1)}
    assert made([3.0] * 40, W12, **options).standing is Standing.NO_HISTORY
    short = made([3.0] * 40, W3, **options)
    assert short.standing is Standing.ENOUGH
    assert short.notes == ("old_history",)


def test_clients_of_whom_something_is_unknown_are_left_out() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    counts = rows.outcomes[KEY].copy()
    counts[-5:, 2] = np.nan
    assert estimate(rows, counts, rows.before[KEY], W3).people == 40
    assert estimate(rows, counts, rows.before[KEY], W12).people == 35


def test_months_before_that_are_not_in_the_data_give_no_resource_pack_figure() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    before = rows.before[KEY].copy()
    before[-1, 1] = np.nan
    found = estimate(rows, rows.outcomes[KEY], before, W12)
    assert (found.before, found.resource_pack, found.natural_change) == (None, None, None)
    assert found.reduction == pytest.approx(25, abs=0.01)
    assert estimate(rows, rows.outcomes[KEY], before, W3).resource_pack is not None


def test_a_group_is_compared_with_everybody_on_the_earlier_lists() -> None:
    rows = made_site({KEY: (4.0, [[2] * 4] * 30 + [[6] * 4] * 30)})
    among = np.zeros(rows.size, bool)
    among[-30:] = True
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W3, among=among)
    assert (found.people, found.observed) == (30, 180.0)
    assert found.ratio == pytest.approx(1.5, rel=1e-3)


def test_pooling_adds_sums_and_nothing_else() -> None:
    first, second = small_site(1), small_site(2)
    parts = [of(first), of(second)]
    whole = pool(parts)
    bare = pool([replace(part, client_index=np.zeros(0, np.int64), client_y=np.zeros(0),
                         client_mu=np.zeros(0)) for part in parts])  # fmt: skip
    assert (whole.ratio, whole.low, whole.high) == (bare.ratio, bare.low, bare.high)
    assert whole.observed == sum(part.client_y.sum() for part in parts)
    assert whole.expected == pytest.approx(sum(part.client_mu.sum() for part in parts))
    assert whole.sites == ("SIM01", "SIM02")
    assert len(whole.client_y) == 0


def test_pooling_one_site_changes_nothing() -> None:
    one = of(small_site(1), W12)
    whole = pool([one])
    assert (whole.ratio, whole.low, whole.high, whole.se) == (one.ratio, one.low, one.high, one.se)


def test_small_sites_together_may_say_what_none_may_alone() -> None:
    parts = [made([2.0, 4.0] * 5, site=f"RXX{n:02d}") for n in range(3)]
    assert {part.standing for part in parts} == {Standing.TOO_FEW}
    whole = pool(parts)
    assert whole.standing is Standing.ENOUGH
    assert whole.ratio == pytest.approx(0.75, rel=1e-3)


def test_a_site_without_history_is_left_out_and_named() -> None:
    whole = pool([made([2.0, 4.0] * 20), made([9.0] * 40, site="RYY01", comparison=400)])
    assert (whole.people, whole.observed, whole.left_out) == (40, 120.0, ("RYY01",))


def test_from_ten_sites_on_sites_that_differ_widen_the_range() -> None:
    def sites(count: int, far: float) -> Estimate:
        return pool([made([3 + (far if n % 2 else -far)] * 20, site=f"R{n:04d}")
                     for n in range(count)])  # fmt: skip

    nine, ten = sites(9, 2.0), sites(10, 2.0)
    assert (nine.clustered, ten.clustered) == (False, True)
    # Ten sites, 60 +- 40 observed against 60: squares 10 x 40^2 x 10/9, over 600 observed.
    se = sqrt(10 * 40**2 * 10 / 9) / 600
    half = student.ppf(0.975, 9) * sqrt(se**2 + 0.02**2)
    assert ten.high == pytest.approx(0.75 * exp(half), rel=1e-3)
    # Sites alike, people not: the people's range is the wider one.
    alike = pool([made([0.0, 6.0] * 10, site=f"R{n:04d}") for n in range(10)])
    assert not alike.clustered


def test_counts_may_be_weighted() -> None:
    rows = small_site()
    plain = of(rows, W12)
    priced = estimate(rows, 10 * rows.outcomes[KEY], 10 * rows.before[KEY], W12)
    assert priced.observed == 10 * (plain.observed or 0)
    assert priced.ratio == pytest.approx(plain.ratio, rel=1e-4)
    assert priced.high == pytest.approx(plain.high, rel=1e-3)

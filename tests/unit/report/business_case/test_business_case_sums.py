"""The sums of a business case, each expected number worked out by hand beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhiu.report.business_case.sums.chance import _ratios, chance
from openhiu.report.business_case.sums.moved import one_at_a_time, scenarios
from openhiu.report.business_case.sums.plan import Group, Plan, Ratio, Team, Willing
from openhiu.report.business_case.sums.starts import capacity, starts
from openhiu.report.business_case.sums.worth import (
    break_even_attendances,
    break_even_share,
    contract_cost,
    work_out,
)

# 20 visits a year, half of them would have stopped anyway: 10 are expected.
TOP = Group("20+", "20 times or more", 1000, 1000, {"attendances": 20.0}, 0.5)
PLAN = Plan(
    months=24, leads=1, lead_cost=60_000, groups=(TOP,), prices={"attendances": 280.0},
    ratios={"attendances": 0.8}, a_quarter=15, mobilise=0, ramp=0,
)  # fmt: skip
EFFECT = {"attendances": Ratio(0.8, 0.6, 1.1)}


def test_ten_leads_for_two_years_cost_one_million_two_hundred_thousand() -> None:
    """The programme's template says £12,000k in its example; it is £1,200k."""
    assert contract_cost(10, 60_000, 24) == 1_200_000


def test_a_contract_of_part_of_a_year_costs_its_part() -> None:
    # 2 x 60,000 x 18/12 = 180,000; with 8,000 a year of other cost 12,000 more.
    assert contract_cost(2, 60_000, 18) == 180_000
    assert contract_cost(2, 60_000, 18, 8_000) == 192_000


def test_people_start_evenly_once_the_service_is_full() -> None:
    # 15 a quarter are 5 a month: 120 in two years.
    assert starts(PLAN)["20+"] == [5.0] * 24


def test_nobody_starts_while_it_is_set_up_and_then_it_builds_up() -> None:
    # 3 months of nobody, then a quarter, half and three quarters of 5, then all.
    found = capacity(replace(PLAN, mobilise=3, ramp=3))
    assert found[:8] == [0, 0, 0, 1.25, 2.5, 3.75, 5, 5]


def test_who_starts_is_counted_from_the_next_month_and_not_after_the_contract() -> None:
    # Of the first 12 starts each has 12 months: 144. Of the next 11 + 10 + … + 0 = 66.
    # 210 months x 5 people / 12 = 87.5 person-years; 10 expected visits each; a fifth avoided.
    [tier] = work_out(PLAN).tiers
    assert tier.people == 120
    assert tier.person_years == pytest.approx(87.5)
    assert tier.expected == {"attendances": pytest.approx(875)}
    assert tier.avoided == {"attendances": pytest.approx(175)}


def test_released_is_the_avoided_contacts_at_their_price() -> None:
    # 175 x £280 = £49,000, of it 27.5 of 87.5 person-years in year 1: £15,400, and £33,600.
    found = work_out(PLAN)
    assert found.released == pytest.approx(49_000)
    assert found.released_by_year == (pytest.approx(15_400), pytest.approx(33_600))
    assert found.cost_by_year == (60_000, 60_000)
    assert found.net == pytest.approx(-71_000)


def test_what_follows_after_the_contract_is_apart() -> None:
    # Starts in months 13 to 24 have 1 + 2 + … + 12 = 78 months left: 32.5 person-years x 10 x
    # 0.2 x £280 = £18,200.
    assert work_out(PLAN).afterwards == pytest.approx(18_200)


def test_todays_worth_discounts_the_second_year_once() -> None:
    # 60,000 + 60,000 / 1.035 = 117,971.01; 15,400 + 33,600 / 1.035 = 47,863.77.
    found = work_out(PLAN)
    assert round(found.present_cost, 2) == 117_971.01
    assert round(found.present_released, 2) == 47_863.77
    assert round(found.present_net, 2) == -70_107.25


def test_a_plain_before_and_after_claims_what_fell_by_itself() -> None:
    # 87.5 x 20 x £280 = £490,000 before; £245,000 expected; £49,000 the service's own.
    found = work_out(PLAN)
    assert found.tiers[0].fell_anyway_gbp == pytest.approx(245_000)
    assert found.naive == pytest.approx(294_000)


def test_break_even() -> None:
    # 120,000 / 245,000 = 49 %; 120,000 / 280 = 428.6, so 429 visits.
    found = work_out(PLAN)
    assert break_even_share(found) == pytest.approx(0.4898, abs=1e-4)
    assert break_even_attendances(PLAN, found) == 429


def test_break_even_is_not_one_visit_too_many_where_it_divides() -> None:
    plan = replace(PLAN, prices={"attendances": 300.0})
    assert break_even_attendances(plan, work_out(plan)) == 400


def test_nothing_to_avoid_has_no_break_even() -> None:
    nobody = replace(PLAN, groups=(replace(TOP, first_year=0, each_later_year=0),))
    assert break_even_share(work_out(nobody)) is None
    assert break_even_attendances(replace(PLAN, prices={}), work_out(PLAN)) is None


def test_the_top_tier_is_reached_before_the_next() -> None:
    # 60 places a year: 20 of the top tier, then 40 of the next.
    lower = Group("11-19", "11 to 19 times", 500, 500, {"attendances": 12.0}, 0.5)
    few = replace(TOP, first_year=20, each_later_year=10)
    found = work_out(replace(PLAN, groups=(few, lower)))
    assert [tier.people for tier in found.tiers] == [30, 90]


def test_cash_is_only_what_the_place_pays_for_each() -> None:
    assert work_out(PLAN).cash == 0
    assert work_out(replace(PLAN, cash=frozenset({"attendances"}))).cash == pytest.approx(49_000)


def test_doing_nothing_costs_and_releases_nothing() -> None:
    found = work_out(replace(PLAN, leads=0))
    assert (found.cost, found.released, found.people) == (0, 0, 0)


def test_an_effect_counts_no_longer_than_it_was_measured() -> None:
    # 3 months each for 21 starts, then 2, 1 and 0: 66 months x 5 / 12 = 27.5 person-years.
    [tier] = work_out(replace(PLAN, lasts=3)).tiers
    assert tier.person_years == pytest.approx(27.5)


SHARES = st.floats(0, 1.5, allow_nan=False)


@given(SHARES, SHARES)
def test_more_effect_never_releases_less(one: float, other: float) -> None:
    """A lower ratio is more effect."""
    released = [work_out(replace(PLAN, ratios={"attendances": ratio})).released
                for ratio in sorted((one, other))]  # fmt: skip
    assert released[0] >= released[1]


@given(st.floats(0, 40), st.integers(0, 12), st.integers(0, 12), st.integers(12, 48))
def test_no_effect_releases_nothing(leads: float, mobilise: int, ramp: int, months: int) -> None:
    plan = replace(PLAN, leads=leads, mobilise=mobilise, ramp=ramp, months=months,
                   ratios={"attendances": 1.0})  # fmt: skip
    assert work_out(plan).released == 0


@given(st.integers(0, 12), st.integers(0, 12), st.integers(12, 48), st.floats(0.5, 30))
def test_nobody_is_started_twice_or_without_room(
    mobilise: int, ramp: int, months: int, leads: float
) -> None:
    plan = replace(PLAN, mobilise=mobilise, ramp=ramp, months=months, leads=leads)
    began = starts(plan)["20+"]
    assert all(some <= room + 1e-9 for some, room in zip(began, capacity(plan), strict=True))
    years = [sum(began[year : year + 12]) for year in range(0, months, 12)]
    assert all(year <= 1000 + 1e-9 for year in years)


@given(st.floats(0.01, 1), st.floats(0, 0.9), st.floats(0, 1))
def test_scenarios_stand_in_order(central: float, down: float, up: float) -> None:
    effect = {"attendances": Ratio(central, central * (1 - down), central * (1 + up))}
    low, middle, high = (scenarios(PLAN, effect)[key] for key in ("low", "central", "high"))
    assert low.released <= middle.released + 1e-6
    assert middle.released <= high.released + 1e-6


@given(st.integers(0, 9), st.integers(0, 9))
def test_years_add_up_to_the_whole(mobilise: int, ramp: int) -> None:
    found = work_out(replace(PLAN, mobilise=mobilise, ramp=ramp, months=30))
    assert sum(found.released_by_year) == pytest.approx(found.released)
    assert sum(found.cost_by_year) == pytest.approx(found.cost)


def test_a_ratio_out_of_order_is_a_fault() -> None:
    with pytest.raises(ValueError, match="in order"):
        Ratio(0.8, 0.9, 1.1)


def test_each_assumption_has_its_worse_end_first_and_the_widest_is_on_top() -> None:
    found = one_at_a_time(PLAN, EFFECT)
    assert found[0].key == "effect"
    assert all(one.net_worse <= one.net_better for one in found)
    assert [one.width for one in found] == sorted((one.width for one in found), reverse=True)
    cost = next(one for one in found if one.key == "cost")
    # 20 % dearer: 144,000; 20 % cheaper: 96,000.
    assert (cost.worse, cost.better) == ("+20%", "\N{MINUS SIGN}20%")
    assert cost.net_worse == pytest.approx(49_000 - 144_000)
    assert cost.net_better == pytest.approx(49_000 - 96_000)


def test_the_chance_is_the_same_every_time_and_follows_the_cost() -> None:
    assert chance(PLAN, EFFECT) == chance(PLAN, EFFECT)
    free = chance(replace(PLAN, lead_cost=0), {"attendances": Ratio(0.5, 0.4, 0.6)})
    assert free.pays == 1
    dear = chance(replace(PLAN, lead_cost=600_000), EFFECT)
    assert dear.pays == 0
    assert dear.net_low < dear.net < dear.net_high


def test_an_effect_as_likely_good_as_bad_pays_for_a_free_service_half_the_time() -> None:
    # Even around 1 on the scale of logarithms, at no cost: half of the draws release something.
    even = {"attendances": Ratio(1.0, 0.5, 2.0)}
    assert chance(replace(PLAN, lead_cost=0), even).pays == pytest.approx(0.5, abs=0.02)


def test_the_draws_of_a_lopsided_effect_end_where_the_printed_range_does() -> None:
    """Attendances x 0.856 (0.01 to 1.16): in 2.5 % of the runs more than 1.16 remain, in 2.5 %
    fewer than 0.01. One spread for both sides would draw 0.856 x (1.16 / 0.01)^½ = 9.2."""
    z = np.random.default_rng(1).standard_normal(100_000)
    for ratio in (Ratio(0.856, 0.01, 1.16), Ratio(0.856, 0.0, 1.16), Ratio(0.856, 0.631, 1.16)):
        low, middle, high = np.quantile(_ratios(ratio, z), (0.025, 0.5, 0.975))
        assert middle == pytest.approx(ratio.central, rel=0.02)
        assert high == pytest.approx(ratio.high, rel=0.02)
        assert low == pytest.approx(ratio.low, rel=0.05, abs=0.01)


def test_leads_reach_people_of_their_own_place_only() -> None:
    """Half of 5 a month is 2.5. The first place has 6 people: 2.5 + 2.5 + 1 and then nobody; the
    second has enough for 2.5 a month. Together they would have been 5 a month."""
    few, many = (Team(0.5, {"20+": Willing(people, 0)}) for people in (6, 1000))
    found = starts(replace(PLAN, months=12, teams=(few, many)))["20+"]
    assert found == [5, 5, 3.5] + [2.5] * 9
    assert starts(replace(PLAN, months=12))["20+"] == [5.0] * 12


def test_who_rose_from_a_tier_where_they_were_begun_with_is_not_begun_with_again() -> None:
    """Year 1: all 20 of the top tier and, with the 40 places left, 40 of the 80 below: half. Year
    2: 6 new from below the tiers, and of 10 who rose from the lower tier the other half: 11."""
    low = Group("11-19", "11 to 19 times", 80, 0, {"attendances": 12.0}, 0.5)
    team = Team(1.0, {"20+": Willing(20, 6, {"11-19": 10}), "11-19": Willing(80, 0)})
    found = starts(replace(PLAN, groups=(TOP, low), teams=(team,)))
    assert sum(found["11-19"][:12]) == 40
    assert sum(found["20+"][12:]) == 11


def test_each_tier_is_released_at_its_own_price() -> None:
    # 175 attendances avoided: x £280 = £49,000; at £300 in this tier £52,500.
    dear = replace(PLAN, groups=(replace(TOP, prices={"attendances": 300.0}),))
    assert work_out(dear).released == pytest.approx(52_500)
    assert work_out(replace(dear, cash=frozenset({"attendances"}))).cash == pytest.approx(52_500)
    assert chance(dear, EFFECT).net > chance(PLAN, EFFECT).net
    [prices] = [one for one in one_at_a_time(dear, EFFECT) if one.key == "prices"]
    assert prices.net_better == pytest.approx(1.2 * 52_500 - 120_000)


def test_kinds_of_contact_may_remain_unlike_each_other() -> None:
    # Half of 20 visits are 10; of 4 admissions a quarter remain: 1.
    group = replace(TOP, before={"attendances": 20.0, "emergency_admissions": 4.0},
                    stays_of={"emergency_admissions": 0.25})  # fmt: skip
    assert group.expected == {"attendances": 10, "emergency_admissions": 1}

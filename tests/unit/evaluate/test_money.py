"""Money: each rule on numbers that can be added up by hand.

Forty clients, 3 months. Comparison rows have 4 attendances in a segment on average, so 160 are
expected of the forty (to within the ridge); in the 90 days before they had 8 each, 320.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from openhiu.evaluate.money import worth
from openhiu.evaluate.money_words import pounds, say
from openhiu.evaluate.plan import W3, W12
from openhiu.evaluate.pounds import Pounds, Worth
from openhiu.evaluate.prices import choose, unit_costs
from openhiu.evaluate.rows import Rows
from openhiu.locality import Money, UnitCost
from support.made_rows import made_site

VISIT = 280.17
STAY = 2711.36
CLIENTS = 40


def same(count: float, clients: int = CLIENTS) -> list[list[float]]:
    """Every client has this count in each segment, give or take one, so that chance has a size."""
    return [[count + (-1) ** n] * 4 for n in range(clients)]


def site(**outcomes: Any) -> Rows:
    return made_site(outcomes)


def attending(count: float = 3.0, clients: int = CLIENTS) -> Rows:
    return site(attendances=(4.0, same(count, clients)))


def test_what_was_avoided_is_priced_at_the_national_mean_of_the_year() -> None:
    found = worth([attending()], W3, Money())
    # Expected 40 x 4 = 160, observed 40 x 3 = 120: 40 avoided at 280.17 = 11,206.80.
    assert found.expected_gbp == pytest.approx(160 * VISIT, abs=2)
    assert found.observed_gbp == round(120 * VISIT)
    assert found.capacity.gbp == pytest.approx(40 * VISIT, abs=2)
    line = found.lines[0]
    assert (line.unit_cost, line.price_year) == (VISIT, "2024/25")
    assert "AE_ALL" in line.source and "OGL" in line.source
    assert line.avoided == pytest.approx(40, abs=0.01)


def test_the_naive_saving_stands_beside_it() -> None:
    # Before: 40 x 8 = 320; after 120: the resource pack claims 200 x 280.17 = 56,034.
    assert worth([attending()], W3, Money()).naive == pytest.approx(200 * VISIT, abs=1)


def test_the_whole_cost_of_the_service_is_for_the_time_in_which_they_started() -> None:
    money = Money(lead_cost_a_year=60_000, leads=1.5, other_cost_a_year=10_000)
    found = worth([attending()], W3, money)
    assert found.cost is not None
    # 1 January 2024 to 1 January 2026 is 731 days; who started in the first 641 finished 90 days.
    # 641 / 365.25 = 1.755 years; 1.755 x (1.5 x 60,000 + 10,000) = 175,496.
    assert found.cost.years == 1.75
    assert found.cost.gbp == 175_496
    assert found.net.gbp == (found.capacity.gbp or 0) - 175_496
    # 175,496 / 280.17 = 626.4: 627 attendances.
    assert found.break_even_attendances == 627
    # 175,496 of 160 x 280.17 = 44,827 is 391.5 %: it can never pay in this window.
    assert found.break_even_reduction == pytest.approx(391.5, abs=0.1)


def test_the_range_is_that_of_the_people_not_limits_added_up() -> None:
    both = site(attendances=(4.0, same(3)), emergency_admissions=(2.0, same(1.5)))
    found = worth([both], W3, Money())
    assert [line.counted for line in found.lines] == [True, True]
    assert found.capacity.gbp == pytest.approx(40 * VISIT + 20 * STAY, abs=5)
    # Those who attend more are admitted more in this table, so that the range is as wide as the
    # limits added up (limits lie evenly on the log scale, so not to the pound).
    added = sum((line.worth.high or 0) - (line.worth.low or 0) for line in found.lines)
    width = (found.capacity.high or 0) - (found.capacity.low or 0)
    assert width == pytest.approx(added, rel=0.02)


def test_independent_outcomes_give_a_narrower_range_than_limits_added() -> None:
    visits = same(3)
    stays = [visits[(n + 1) % CLIENTS] for n in range(CLIENTS)]  # whoever attends more, stays less
    found = worth([site(attendances=(4.0, visits), emergency_admissions=(4.0, stays))], W3, Money())
    added = sum((line.worth.high or 0) - (line.worth.low or 0) for line in found.lines)
    assert (found.capacity.high or 0) - (found.capacity.low or 0) < 0.95 * added


def test_fewer_than_20_expected_are_not_priced() -> None:
    # Emergency admissions: 40 x 0.4 = 16 expected. Half of the comparison rows would be below 0
    # with a mean of 0.4, so the table is written out: -0.6 and 1.4 average 0.4.
    few = site(attendances=(4.0, same(3)), emergency_admissions=(0.4, same(0.4)))
    found = worth([few], W3, Money())
    stays = found.lines[1]
    assert not stays.counted
    assert stays.worth == Pounds()
    assert (stays.observed, stays.expected) == (None, None)
    assert stays.why_not.startswith("Emergency admissions: fewer than 20 were expected")
    assert found.capacity.gbp == pytest.approx(40 * VISIT, abs=2)


def test_few_people_get_a_range_and_no_figure_and_fewer_get_nothing() -> None:
    some = worth([attending(clients=20)], W3, Money())
    assert (some.standing, some.capacity.gbp, some.net.gbp) == ("range only", None, None)
    assert some.capacity.low is not None
    assert "anything in this range" in some.sentences[0]
    assert some.assumptions == ()
    none = worth([attending(clients=7)], W3, Money())
    assert (none.people, none.before_gbp, none.observed_gbp, none.naive) == ("*", None, None, None)
    assert none.sentences[0].startswith("There are too few people")
    nobody = worth([], W12, Money())
    assert (nobody.people, nobody.lines, nobody.cost) == (0, (), None)


def test_prices_of_a_place_take_the_place_of_the_bundled_ones_and_mixed_years_are_told() -> None:
    own = UnitCost("attendances", "visits", 200.0, "2023/24", "local contract")
    found = worth([attending()], W3, Money(unit_costs=(own,)))
    assert found.capacity.gbp == pytest.approx(40 * 200, abs=2)
    assert found.price_years == ("2023/24", "2024/25")
    assert any("Prices of more than one year" in note for note in found.notes)
    one_year = worth([attending()], W3, Money(unit_costs=(own,), price_year="2023/24"))
    assert one_year.price_years == ("2023/24",)
    assert not any("more than one year" in note for note in one_year.notes)


def test_the_price_year_chooses_between_the_bundled_years() -> None:
    assert worth([attending()], W3, Money(price_year="2023/24")).lines[0].unit_cost == 272.97
    unknown = worth([attending()], W3, Money(price_year="2019/20"))
    assert unknown.lines == ()
    assert "No unit cost is known for A&E attendances" in unknown.notes[0]


def test_what_contains_something_else_is_priced_once() -> None:
    every = {"attendances", "emergency_admissions", "bed_days", "ambulance_calls", "conveyances",
             "ambulance_arrivals", "calls_111"}  # fmt: skip
    prices, notes = choose(Money(), every)
    assert [price.item for price in prices] == [
        "attendances", "emergency_admissions", "conveyances", "call_outs_without_journey",
    ]  # fmt: skip
    assert any("NHS 111 calls" in note for note in notes)
    beds = UnitCost("bed_days", "bed days", 400.0, "2024/25", "trust")
    items = [p.item for p in choose(Money(unit_costs=(beds,)), every)[0]]
    assert "bed_days" in items and "emergency_admissions" not in items
    assert [p.item for p in choose(Money(), {"attendances", "ambulance_arrivals"})[0]] == [
        "attendances", "ambulance_arrivals",
    ]  # fmt: skip
    gp = UnitCost("gp_contacts", "GP consultations", 45.0, "2024/25", "entered here")
    assert any("GP consultations" in n for n in choose(Money(unit_costs=(gp,)), every)[1])


def test_call_outs_without_a_journey_are_those_that_are_left() -> None:
    calls = site(
        attendances=(4.0, same(3)), ambulance_calls=(3.0, same(3)), conveyances=(2.0, same(1))
    )
    found = {line.item: line for line in worth([calls], W3, Money()).lines}
    # 3 expected call-outs less 2 journeys: 1 each, 40; observed 3 - 1 = 2 each, 80.
    assert found["call_outs_without_journey"].expected == pytest.approx(40, abs=0.05)
    assert found["call_outs_without_journey"].observed == 80


def test_capacity_is_not_cash_unless_the_place_says_so() -> None:
    assert worth([attending()], W3, Money()).cash is None
    words = " ".join(worth([attending()], W3, Money()).sentences)
    assert "capacity released for others, not cash saved" in words
    both = site(attendances=(4.0, same(3)), emergency_admissions=(2.0, same(1.5)))
    paid = worth([both], W3, Money(cash_releasing=("attendances",)))
    assert paid.cash is not None
    assert paid.cash.gbp == pytest.approx(40 * VISIT, abs=2)
    assert "is cash, because this place pays for each of: A&E attendances" in " ".join(
        paid.sentences
    )


def test_assumptions_are_moved_one_at_a_time() -> None:
    found = worth([attending()], W3, Money(lead_cost_a_year=5_000))
    by_name = {item.name: item for item in found.assumptions}
    assert list(by_name) == ["effect", "unit_costs", "leads", "lead_cost"]
    # 1.755 years of 5,000 cost 8,775; 40 visits release 11,207: net 2,432.
    assert found.cost is not None
    assert (found.cost.gbp, found.net.gbp) == (8_775, 11_207 - 8_775)
    costs = by_name["unit_costs"]
    # 0.8 x 11,207 = 8,965.6 - 8,775 = 191; 1.2 x 11,207 = 13,448 - 8,775 = 4,673; 8,775 / 11,207
    assert (costs.net_at_least, costs.net_at_most, costs.pays_from) == (191, 4673, 0.78)
    assert costs.pays == "throughout this range"
    leads = by_name["leads"]
    # Half a lead costs 4,387, one and a half 13,162 or so: 11,207 / 1.755 / 5,000 = 1.28 leads.
    assert (leads.least, leads.most, leads.pays) == (0.5, 1.5, "in part of this range")
    assert leads.pays_up_to == 1.28
    effect = by_name["effect"]
    assert effect.stated == pytest.approx(25.0, abs=0.01)
    # 8,775 of 44,827 is 19.6 %.
    assert effect.pays_from == pytest.approx(19.58, abs=0.01)
    assert worth([attending(4.5)], W3, Money()).assumptions[0].pays == "nowhere in this range"


def test_several_sites_are_added_and_the_service_is_paid_once() -> None:
    two = [attending(), made_site({"attendances": (4.0, same(3))}, site="RXX02")]
    found = worth(two, W3, Money())
    assert found.people == 80
    assert found.capacity.gbp == pytest.approx(80 * VISIT, abs=4)
    assert found.cost == worth(two[:1], W3, Money()).cost


def test_people_whose_data_have_not_come_are_left_out_of_the_sum_and_that_is_told() -> None:
    rows = site(attendances=(4.0, same(3)), emergency_admissions=(2.0, same(1.5)))
    late = rows.outcomes["emergency_admissions"].copy()
    late[-10:] = np.nan
    found = worth([replace(rows, outcomes={**rows.outcomes, "emergency_admissions": late})], W3,
                  Money())  # fmt: skip
    assert found.people == 30
    assert "not all of them" in found.notes[0]
    late[-10:-3] = 1.5  # three are left out: 37 beside the 40 of the estimate would name three
    found = worth([replace(rows, outcomes={**rows.outcomes, "emergency_admissions": late})], W3,
                  Money())  # fmt: skip
    assert found.people == 35


def test_without_history_it_is_history_that_is_missing() -> None:
    rows = made_site({"attendances": (4.0, same(3))}, comparison=90)
    found = worth([rows], W3, Money())
    assert found.standing == "no history"
    assert found.sentences[0].startswith("There is too little history")
    assert "not enough history" in found.lines[0].why_not
    assert "fewer than 20" not in found.lines[0].why_not


def test_an_amount_whose_range_goes_over_nothing_cannot_be_told_from_none() -> None:
    def said(low: int, high: int | None) -> str:
        made = worth([attending()], W3, Money())
        return say(replace(made, capacity=Pounds(2_000, low, high)))[0]

    assert said(-500, 4_500).endswith("to £4,500) - cannot yet be told from none.")
    assert said(-500, None).endswith(" - cannot yet be told from none.")
    assert "told from none" not in said(500, 4_500)


def test_the_cost_says_over_which_days_it_ran() -> None:
    told = " ".join(worth([attending()], W3, Money()).sentences)
    assert "years, from its first day to the last on which anybody could start and finish 3" in told


def test_more_than_expected_is_said_as_it_is() -> None:
    found: Worth = worth([attending(5.0)], W3, Money())
    # 160 expected, 200 observed: -40 x 280.17 = -11,207.
    assert found.capacity.gbp == pytest.approx(-40 * VISIT, abs=2)
    assert "£11,207 more than would have been spent anyway" in found.sentences[0]
    assert pounds(-11_207) == "\N{MINUS SIGN}£11,207"


def test_the_result_is_plain_data() -> None:
    assert asdict(worth([attending()], W3, Money()))["capacity"]["gbp"] > 0


def test_every_bundled_cost_has_its_year_and_its_licence() -> None:
    assert len(unit_costs()) == 49
    for (item, year), row in unit_costs().items():
        assert float(row["unit_cost_gbp"]) > 0, item
        assert year in ("2023/24", "2024/25")
        assert row["source"] == (
            f"NHS England National Cost Collection {year} national schedule, OGL v3"
        )
    # Short 6,605,591 at 825.86 and long 4,599,401 at 5,419.28, over 11,204,992: 2,711.36.
    mean = (6_605_591 * 825.86 + 4_599_401 * 5_419.28) / 11_204_992
    assert mean == pytest.approx(STAY, abs=0.01)
    assert float(unit_costs()["NEL_ALL", "2024/25"]["unit_cost_gbp"]) == STAY


def test_the_service_that_has_just_begun_has_no_cost_to_set_against() -> None:
    young = made_site(
        {"attendances": (4.0, same(3))}, cut=date(2024, 3, 1), service_start=date(2024, 1, 1)
    )
    assert worth([young], W3, Money()).cost is None

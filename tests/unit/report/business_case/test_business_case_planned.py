"""Whom a case plans to reach, and what they would have done anyway: small numbers, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openhiu.disclosure import HIDDEN
from openhiu.locality import BusinessCase, Locality, locality_from
from openhiu.report.business_case.counted import (
    an_admission,
    most_deprived,
    newcomers,
    next_year,
    people_in,
    stays,
    where_they_went,
)
from openhiu.report.business_case.planned import (
    Place,
    Planning,
    funded,
    groups,
    natural,
    planning_of,
    prices_of,
    teams_of,
)
from openhiu.report.business_case.sums.plan import Group
from openhiu.report.staffing import capacity_of
from openhiu.report.tiers.shape import Again, Cost, InTier, Moved, Spread, Tiers
from support.staffing import sample_staffing
from support.tiers import sample_tiers

TIERS = sample_tiers(publishable=False)
AREA = Planning(in_post=0, extra=1, a_quarter=10, accept=0.5)
DAY = date(2026, 4, 1)


def groups_of(planning: Planning) -> tuple[Group, ...]:
    return groups(TIERS, teams_of(TIERS, planning), BusinessCase())


def a_place(in_post: float = 0, extra: float = 0, needed: float = 0.5) -> Place:
    return Place(in_post, (1.0, 1.0), extra, needed)


def test_of_the_top_tier_110_made_18_visits_a_year_later_where_33_were() -> None:
    """By hand: 44 stayed at 33 a head, 28 came 13.5 times, 22 came 6.5 times, 16 are below (2):
    (1,452 + 378 + 143 + 32) / 110 = 18.227; before it was 3,630 / 110 = 33: 55.2 % remain.
    So where what they came to was not counted; admissions are taken to fall alike."""
    tier = TIERS.whole.tiers["20+"]
    assert tier.moved is not None
    untold = replace(tier, moved=replace(tier.moved, again=None))
    unit = replace(TIERS.whole, tiers={**TIERS.whole.tiers, "20+": untold})
    found = stays(unit, "20+") or {}
    assert found["attendances"] == pytest.approx(18.2273 / 33, abs=1e-4)
    assert found["emergency_admissions"] == found["attendances"]


def test_what_last_years_people_came_to_is_taken_as_it_was_counted() -> None:
    """3,630 attendances and 440 admissions; a year later these 110 people made 2,795 and 220: 77 %
    and 50 %, each kind by itself."""
    tier = TIERS.whole.tiers["20+"]
    assert tier.moved is not None
    told = replace(tier, moved=replace(tier.moved, again=Again(2795, 220)))
    unit = replace(TIERS.whole, tiers={**TIERS.whole.tiers, "20+": told})
    found = stays(unit, "20+") or {}
    assert found["attendances"] == pytest.approx(2795 / 3630)
    assert found["emergency_admissions"] == 0.5


def test_nobody_plans_with_more_contacts_than_there_were() -> None:
    tier = TIERS.whole.tiers["5-10"]
    all_up = replace(tier, moved=Moved(10, {"20+": 10}, 0))
    unit = replace(TIERS.whole, tiers={**TIERS.whole.tiers, "5-10": all_up})
    assert (stays(unit, "5-10") or {})["attendances"] == 1


def test_without_a_year_before_nothing_is_measured() -> None:
    tier = replace(TIERS.whole.tiers["20+"], before=None)
    assert stays(replace(TIERS.whole, tiers={"20+": tier}), "20+") is None


def test_next_year_costs_as_its_forecast_visits_do_at_this_years_admissions() -> None:
    # £2,410,080 for 3,960 visits; 4,020 are forecast: x 4,020 / 3,960 = £2,446,596.
    middle, low, high = next_year(TIERS.whole, "20+") or (0, 0, 0)
    assert round(middle) == 2_446_596
    assert low < middle < high


def test_those_who_say_yes_are_there_to_be_reached_and_later_only_the_new() -> None:
    # Half of 120; of the 76 who were not in it the year before, half are 38.
    [top, *_] = groups_of(AREA)
    assert (top.first_year, top.each_later_year) == (60, 38)
    assert top.before == {"attendances": 33, "emergency_admissions": 4}


def test_leads_in_post_reach_the_top_tier_of_their_own_place_first() -> None:
    """One lead in the north, 40 a year: half of 62 are 31, so 9 of the next tier there too.
    South 43 / 2 = 21.5 and East 14 / 2 = 7 are left, and nobody of the north."""
    there = replace(AREA, in_post=1, places={"NORTH": a_place(1), "SOUTH": a_place(extra=1),
                                             "EAST": a_place(extra=1)})  # fmt: skip
    top, middle, _ = groups_of(there)
    assert top.first_year == 28.5
    # 200 / 2 - 9 = 91 in the north; 155 / 2 = 77.5; 60 / 2 = 30.
    assert middle.first_year == 198.5


def test_new_leads_stand_where_staffing_adds_them_and_reach_nobody_elsewhere() -> None:
    """One each in the south and the east, none in the north: half of the leads work with the 7 of
    the east, and none of them with the north's next tier."""
    there = replace(AREA, in_post=1, places={"NORTH": a_place(1), "SOUTH": a_place(extra=1),
                                             "EAST": a_place(extra=1)})  # fmt: skip
    assert [team.share for team in teams_of(TIERS, there)] == [0, 0.5, 0.5]
    assert [team.people["20+"].first_year for team in teams_of(TIERS, there)] == [0, 21.5, 7]
    [shared] = teams_of(TIERS, there, shared=True)
    assert shared.people["20+"].first_year == 28.5


def test_leads_whose_money_ends_before_the_contract_are_not_there_in_it() -> None:
    """Paid for until 31 March 2027, a contract from 1 April 2027: nothing. Until 30 September 2027:
    182 days of 365.25, half of the first year. 18 months on: the whole first year, half the next.
    """

    def one(until: str) -> tuple[float, float]:
        raw = {"places": [{"code": "NORTH", "name": "North", "leads": 4.0, "funded_until": until}],
               "business_case": {"starts": "2027-04-01"}}  # fmt: skip
        return funded(locality_from(raw, Path("here")), "NORTH", DAY)

    assert one("2027-03-31") == (0, 0)
    assert one("2027-09-30") == (pytest.approx(0.5, abs=0.01), 0)
    assert one("2028-09-30") == (1, pytest.approx(0.5, abs=0.01))
    assert one("2029-04-01") == (1, pytest.approx(1))


def test_without_their_leads_the_people_of_a_place_are_there_to_be_reached() -> None:
    """Half of 62 are 31, and nobody in post reaches them."""
    gone = Place(1.0, (0.0, 0.0), 0.0, 1.4)
    there = replace(AREA, in_post=1, places={"NORTH": gone})
    assert teams_of(TIERS, there)[0].people["20+"].first_year == 31


def hiding(**people: int | str) -> Tiers:
    """The middle tier with these people; places that are not named have nobody."""

    def one(inside: InTier, code: str) -> InTier:
        return replace(inside, people=replace(inside.people, total=people.get(code, 0)))

    units = tuple(replace(unit, tiers={**unit.tiers, "11-19": one(unit.tiers["11-19"], unit.code)})
                  for unit in TIERS.units)  # fmt: skip
    return replace(TIERS, publishable=True, units=units)


def test_what_the_area_has_left_is_shared_out_over_hidden_places() -> None:
    """100 in the area, 45 in the north: the south and the east are hidden and hold 55, 27.5 each,
    not 4. Of 50 with 45 they hold 5, 2.5 each; where the area is hidden too, halfway."""
    tiers = hiding(ALL=100, NORTH=45, SOUTH="*", EAST="*")
    places = {unit.code: people_in(tiers, unit, "11-19") for unit in tiers.places}
    assert places == {"NORTH": 45, "SOUTH": 27.5, "EAST": 27.5}
    few = hiding(ALL=50, NORTH=45, SOUTH="*", EAST="*")
    assert people_in(few, few.places[1], "11-19") == 2.5
    none = hiding(ALL="*", NORTH=45, SOUTH="*", EAST="*")
    assert people_in(none, none.places[1], "11-19") == 4


def test_hidden_ways_are_what_is_left_and_it_lies_in_the_lowest_hidden_tier() -> None:
    """105 less 20 who stayed and 55 who are below are 30: 4 rose to the top, 26 fell to 5 to 10.
    Of 30 with 20 shown the other 10 are 3 1/3 each."""
    moved = Moved(105, {"20+": HIDDEN, "11-19": 20, "5-10": HIDDEN, "below": 55}, 80)
    assert where_they_went(moved) == {"20+": 4, "11-19": 20, "5-10": 26, "below": 55}
    top = Moved(30, {"20+": 20, "11-19": HIDDEN, "5-10": HIDDEN, "below": HIDDEN}, 10)
    assert where_they_went(top)["below"] == pytest.approx(10 / 3)


def test_newcomers_are_apart_by_the_tier_they_rose_from() -> None:
    """Of the 120 in the top tier 44 were in it: 76 are new. Of the 400 of the middle tier the year
    before 25 are in it now (100 // 4), of the 2,900 of the lowest 14 (725 // 50): 37 from below."""
    below, rose = newcomers(TIERS.whole, "20+", 120) or (0, {})
    assert rose == {"11-19": 25, "5-10": 14}
    assert below == 37


def test_an_admission_is_released_at_what_it_cost_in_its_tier() -> None:
    """355 admissions of a tier cost £1,278,000: £3,600 each, not the £2,711 of any length."""
    whole = TIERS.whole
    top = replace(whole.tiers["20+"], emergency_admissions=Spread(355),
                  cost=Cost(297_000, 1_278_000, 1_575_000))  # fmt: skip
    assert an_admission(top) == 3_600
    units = tuple(replace(unit, tiers={**unit.tiers, "20+": top}) if unit.kind == "area" else unit
                  for unit in TIERS.units)  # fmt: skip
    tiers = replace(TIERS, units=units)
    [group, *_] = groups(tiers, teams_of(tiers, AREA), BusinessCase())
    assert group.prices == {"emergency_admissions": 3_600}
    # The other tiers cost £2,711 each: (1,278,000 + 840 x 2,711 + 3,300 x 2,711) / 4,495.
    assert prices_of(tiers)["emergency_admissions"] == pytest.approx(2_781.21, abs=0.01)


def test_a_hidden_fifth_is_people_too() -> None:
    """10 of 30 are known to live in the most deprived fifth: 33 %, and not 10 of the 20 shown."""
    tier = InTier(people=Spread(30), imd={"1": 10, "2": HIDDEN, "3": 10, "4": HIDDEN, "5": HIDDEN})
    assert most_deprived(tier) == 33
    assert most_deprived(replace(tier, people=Spread(HIDDEN))) is None
    assert most_deprived(replace(tier, imd={"1": HIDDEN, "2": 10})) is None


def test_without_a_year_before_more_is_taken_off_below_the_top_tier() -> None:
    """A third in the top tier, 55 % below it: measured a year on it was 23 % and 56 %."""
    units = tuple(replace(unit, tiers={key: replace(one, moved=None, before=None)
                                       for key, one in unit.tiers.items()})
                  for unit in TIERS.units)  # fmt: skip
    tiers = replace(TIERS, units=units)
    low, middle, top = (natural(tiers, tier, BusinessCase())["attendances"] for tier in tiers.tiers)
    assert (top, middle, low) == pytest.approx((0.67, 0.45, 0.45))
    assert natural(tiers, tiers.top, BusinessCase(natural_fall=0.2))["attendances"] == 0.8


def test_what_one_lead_can_do_is_what_staffing_and_reach_say() -> None:
    found = planning_of(sample_staffing(), Locality(), DAY)
    assert found.a_quarter == capacity_of(Locality().staffing).begins / 4


def test_leads_that_are_shared_are_rounded_once() -> None:
    """4 in post for 0.5 and one each for 0.1 and 0.1: 0.7 in all, so 1; 3 are spare and none is to
    be added. With nobody in post 1 is to be added, not 3."""
    three = {"P1": a_place(4, 0, 0.5), "P2": a_place(0, 1, 0.1), "P3": a_place(0, 1, 0.1)}
    found = replace(AREA, in_post=4, extra=2, places=three)
    assert (found.pooled, found.spare, found.shared) == (1, 3, 0)
    # Four whose money ends with the first year are not there to be shared: 1 is to be added.
    ends = replace(found, places=three | {"P1": replace(three["P1"], funded=(1.0, 0.0))})
    assert (ends.spare, ends.shared) == (0, 1)
    none = {code: replace(one, in_post=0, extra=1) for code, one in three.items()}
    assert replace(AREA, extra=3, places=none).shared == 1
    assert replace(AREA, in_post=0, extra=1, places={"P1": a_place(0, 1, 0.5)}).shared is None


def test_the_places_own_number_of_leads_comes_before_what_staffing_says() -> None:
    assert planning_of(sample_staffing(), Locality(), DAY).extra == 3
    own = Locality(business_case=BusinessCase(leads=2.5))
    assert planning_of(sample_staffing(), own, DAY).extra == 2.5

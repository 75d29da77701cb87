"""Leads in post, leads to share and a lead's year: spare ones, ones nobody told of, ones whose
money ends, and one sentence on what a lead does; worked out by hand.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openhiu.locality import BusinessCase, Locality, Place, StaffingSettings
from openhiu.paper.blocks import tables_of
from openhiu.report.staffing import capacity_of, read_staffing, shared, sizing
from openhiu.report.staffing.demand import demand_of, entered_for
from openhiu.report.staffing.document import lines
from openhiu.report.staffing.make import make
from openhiu.report.staffing.shape import Staffing
from openhiu.report.staffing.work_out import work_out
from openhiu.report.tiers.shape import InTier, Moved, Spread, Tiers, Unit
from support.staffing import sample_staffing
from support.tiers import sample_tiers

USUAL = StaffingSettings(horizon_months=18)


def top(tiers: Tiers, told: dict[str, InTier]) -> Tiers:
    """The same tiers with these top ones; what is not named stays."""
    units = tuple(
        replace(unit, tiers={**unit.tiers, "20+": told[unit.code]}) if unit.code in told else unit
        for unit in tiers.units
    )  # fmt: skip
    return replace(tiers, units=units)


def few() -> Tiers:
    """30 in the area: 20 in the north, and two places whose number is hidden. Nobody tells who
    comes, so nothing is simulated.
    """
    return top(sample_tiers(), {
        "ALL": InTier(people=Spread(30)), "NORTH": InTier(people=Spread(20)),
        "SOUTH": InTier(people=Spread("*")), "EAST": InTier(people=Spread("*")),
    })  # fmt: skip


def place(**said: object) -> Locality:
    codes = {"NORTH": 4.0, "SOUTH": 0.0, "EAST": 0.0}
    return Locality(
        name="Madeup Vale", staffing=USUAL,
        places=tuple(Place(code, code.title(), leads=leads, funded_until=said.get(code))  # type: ignore[arg-type]
                     for code, leads in codes.items()),
    )  # fmt: skip


def test_a_leads_year_is_one_sum_and_one_sentence() -> None:
    """12 places, each taken 13 weeks and 2 before the start: 12 x 52 / 15 = 42; asked 42 / 0.6."""
    found = capacity_of(StaffingSettings())
    assert (found.asked, found.begins, found.a_quarter) == (70, 42, 10.5)
    assert found.words == (
        "One lead asks about 70 people a year and begins support with about 42 of them (60% say "
        "yes)."
    )
    assert found.of(1.5) == "ask about 105 people a year and begin with about 63 of them"


def test_a_lead_never_begins_with_more_than_the_specification_says() -> None:
    """Half the length would make 83 a year; 15 a quarter is 60, asked 60 / 0.6 = 100."""
    found = capacity_of(StaffingSettings(support_months=1, start_weeks=2))
    assert (found.asked, found.begins) == (100, 60)


def test_what_the_simulation_found_stands_beside_it() -> None:
    """In the sample half wait 20 weeks in the north, where one lead always has people."""
    staffing = sample_staffing()
    busy = [
        (line.starts.value or 0) / line.leads for one in staffing.places for line in one.by_leads
        if line.wait_median.value is None or line.wait_median.value >= 8
    ]  # fmt: skip
    found = capacity_of(StaffingSettings(), staffing)
    assert found.found == round(max(busy))
    assert f"the simulation found {found.found}." in found.words
    assert capacity_of(StaffingSettings(acceptance=0.5), replace(staffing, capacity=found)) is found


def test_spare_leads_and_the_sum_before_rounding_are_told() -> None:
    """20, 5 and 5 people at 40 to 45: 1 post each, 3 in all; together 30/45, so 1 would do. 4 are
    in post in the north, 3 more than its people need.
    """
    found = work_out(few(), place())
    total = found.total
    assert (total.recommended, total.extra, total.cost_a_year) == (3, 2, 120_000)
    assert (total.shared, total.shared_extra, total.shared_cost_over) == (1, 0, 0)
    assert (total.spare, found.places[0].spare, found.places[1].spare) == (3, 3, 0)
    said = shared.told(found)
    assert "Whole posts for each place come to far more than the people need" in said
    assert "all 3 places together need 0.4 to 0.9 lead" in said
    assert "1 lead would do, and no new post" in said
    assert "3 leads in post in North Vale are more than the people there need" in said


def test_posts_shared_are_one_sum_for_all_places() -> None:
    """62 + 43 + 14 = 119 people: 119/45 = 2.6, so 3 posts, not 2 + 1 + 1; one is in post."""
    found = work_out(sample_tiers(publishable=False), Locality(staffing=USUAL))
    total = found.total
    assert (total.recommended, total.shared, total.shared_extra) == (4, 3, 2)
    assert (total.shared_cost_a_year, total.shared_cost_over) == (120_000, 240_000)
    assert "far more" not in shared.told(found)


def test_where_nobody_said_how_many_are_in_post_it_is_not_known_and_not_none() -> None:
    found = work_out(few(), Locality(staffing=USUAL))
    assert [one.known for one in found.places] == [True, False, False]
    assert not found.total.known
    text = " ".join(lines(found))
    assert "for South Vale and East Vale it is not known" in text
    assert "so up to 2 more" in text
    made = make(few(), Locality(staffing=USUAL))
    blocks = made.documents[0].document.blocks
    [costs] = [one for one in tables_of(blocks) if one.sheet == "Leads and costs"]
    assert [row[2] for row in costs.rows[:3]] == [1, "not known", "not known"]
    assert costs.rows[3][2] == "at least 1"


def test_leads_whose_money_ends_count_until_then() -> None:
    """24 months from April 2027, 4 leads in the north paid until the end of September: 6 months.
    One is recommended there: 18 months of one lead, 18 x 5,000 pounds; 24 each in the other two.
    """
    case = BusinessCase(starts=date(2027, 4, 1))
    found = work_out(few(), replace(place(NORTH=date(2027, 9, 30)), business_case=case))
    north = found.places[0]
    assert (north.in_post, north.lasting, north.extra, north.paid_months) == (4, 0, 1, 6)
    assert (north.cost_over, found.total.cost_over) == (90_000, 90_000 + 2 * 120_000)
    # One shared post: the 4 do for six months, then 18 months of one.
    assert found.total.shared_cost_over == 90_000
    assert any("paid for until 30 September 2027, only 6 of the 24 months" in note
               for note in north.notes)  # fmt: skip
    assert "(none of them for all of the 24 months)" in lines(found)[0]
    later = work_out(few(), place(NORTH=date(2029, 3, 31))).places[0]
    assert (later.lasting, later.notes) == (4, work_out(few(), place()).places[0].notes)


def test_months_of_work_that_are_missing_are_counted_step_by_step() -> None:
    """3 wanted, 1 for good and 1 for 6 of 24 months: 1 x 6 + 2 x 18."""
    assert sizing.lead_months(3, [(1, None), (1, 6)], 24) == 42
    assert sizing.lead_months(1, [(4, None)], 24) == 0


def test_people_of_no_place_are_told_and_nobody_is_sized_for_them() -> None:
    tiers = few()
    elsewhere = Unit("place", "elsewhere", "Elsewhere", {"20+": InTier(people=Spread(10))})
    found = work_out(replace(tiers, units=(*tiers.units, elsewhere)), place())
    assert [one.code for one in found.places] == ["NORTH", "SOUTH", "EAST"]
    assert (found.total.people, found.total.elsewhere) == (30, 10)
    assert lines(found)[-1].startswith("About 10 people of the tier belong to none of the places")


STARS = tuple((f"2025-{month:02d}", "*") for month in range(1, 13))


def a_year(tier: InTier, left: float | None = None) -> float:
    found = demand_of(tier, "20+", USUAL, publishable=True, entered=left)
    assert found is not None
    return found.a_year


def test_those_who_came_in_the_year_are_spread_over_its_months() -> None:
    """15 in the year, though 20 are new in the tier by another count; 12 x 4 would be 48."""
    known = InTier(people=Spread(20), entered=STARS, moved=Moved(25, {}, 20), entered_in_year=15)
    assert a_year(known) == 15
    told = demand_of(known, "20+", USUAL, publishable=True)
    assert told is not None
    assert "the number of the whole year is spread over them" in told.notes[0]


def test_a_hidden_year_is_what_the_area_leaves() -> None:
    """30 came into the tier in the area, 15 of them in the north: 15 are left for two places with
    the same hidden number of people, but each of two starred months has one at least.
    """
    two = STARS[:2]
    tiers = top(sample_tiers(), {
        "ALL": InTier(people=Spread(30), entered=STARS, entered_in_year=30),
        "NORTH": InTier(people=Spread(20), entered=STARS, entered_in_year=15),
        "SOUTH": InTier(people=Spread("*"), entered=two, entered_in_year="*"),
        "EAST": InTier(people=Spread("*"), entered=two, entered_in_year="*"),
    })  # fmt: skip
    south = next(unit for unit in tiers.places if unit.code == "SOUTH")
    left = entered_for(south, tiers, "20+")
    assert left == pytest.approx(7.5)
    assert a_year(south.tiers["20+"], left) == pytest.approx(7.5)
    assert a_year(south.tiers["20+"], 0.5) == 2


def test_a_share_of_few_is_no_curve_and_the_usual_value_is_said() -> None:
    """15 of 20, both to the nearest 5, are 56 to 100 in 100: 40, the usual value, stands."""
    few_followed = InTier(people=Spread(20), entered=STARS, moved=Moved(20, {"20+": 15}, 5))
    found = demand_of(few_followed, "20+", USUAL, publishable=True)
    assert found is not None
    assert found.stays[-1] == pytest.approx(0.4)
    assert any("the usual value below stands for it" in note for note in found.notes)
    many = InTier(people=Spread(60), entered=STARS, moved=Moved(60, {"20+": 45}, 15))
    known = demand_of(many, "20+", USUAL, publishable=True)
    assert known is not None
    assert known.stays[-1] == pytest.approx(0.75)


def test_a_recommended_number_that_is_too_few_is_not_held_against_those_in_post() -> None:
    staffing = sample_staffing()
    north = staffing.places[0]
    enough = replace(north, recommended=1, enough=2, in_post=4.0, lasting=4.0)
    others = [replace(one, enough=1) for one in staffing.places[1:]]
    told: Staffing = replace(staffing, places=(enough, *others))
    text = " ".join(lines(told))
    assert "too few in" not in text
    assert "In North Vale it would be too few by the simulation, but those in post" in text


def test_it_all_reads_back() -> None:
    made = make(few(), place(NORTH=date(2026, 9, 30)))
    found = read_staffing(made.told)
    assert found == work_out(few(), place(NORTH=date(2026, 9, 30)))
    assert found.places[0].funded_until == "2026-09-30"

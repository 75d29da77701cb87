"""Leads by each reading of the source documents, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from openhiu.locality import Locality, Money, StaffingSettings
from openhiu.report.staffing import sizing
from openhiu.report.staffing.demand import MIDDLE, counted, demand_of
from openhiu.report.staffing.sizing import Counted, contradictions, needed, readings, sized
from openhiu.report.staffing.work_out import work_out
from openhiu.report.tiers.shape import InTier, Moved, Spread, Tiers
from support.tiers import sample_tiers

USUAL = StaffingSettings()


def leads(people: float) -> dict[str, int]:
    exactly = Counted(people, people, people)
    return {one.key: needed(exactly, one).leads for one in readings(USUAL)}


def test_a_tier_of_130_by_every_reading() -> None:
    """130/45 = 2.9; 130/(15 x 4) = 2.2, as 130/(15 x 12/3); 130/(15 x 12) = 0.7; 130/50 = 2.6."""
    assert leads(130) == {"open": 3, "a_quarter": 3, "intensive": 3, "a_month": 1, "never_above": 3}
    assert leads(45)["open"] == 1
    assert leads(46)["open"] == 2
    assert leads(0) == dict.fromkeys(leads(0), 0)


def test_a_band_gives_a_range_before_rounding() -> None:
    """130 at 45 is 2.89 leads and at 40 it is 3.25; at 60 and 48 a year 2.17 and 2.71."""
    by_key = {one.key: one for one in readings(USUAL)}
    found = needed(Counted(130, 130, 130), by_key["open"])
    assert [found.low, found.high] == pytest.approx([130 / 45, 3.25])
    found = needed(Counted(130, 130, 130), by_key["intensive"])
    assert [found.low, found.high] == pytest.approx([130 / 60, 130 / 48])


def test_the_documents_contradict_each_other_and_it_is_said() -> None:
    told = contradictions(readings(USUAL))
    assert "60 a year" in told["month_or_quarter"]
    assert "180 a year" in told["month_or_quarter"]
    assert "3 times as many" in told["month_or_quarter"]
    assert "48 to 60" in told["agree"]
    assert "month_or_quarter" not in contradictions(readings(replace(USUAL, new_a_month=5)))


@pytest.mark.parametrize("key", ["open", "a_quarter", "intensive", "a_month"])
def test_one_reading_is_used_and_says_so(key: str) -> None:
    found = readings(replace(USUAL, size_by=key))
    assert [one.key for one in found if one.used] == [key]
    told = sized(Counted(130, 130, 130), found, 0, 60_000, 24)
    assert told["recommended"] == leads(130)[key]


def test_leads_in_post_are_counted_and_only_the_others_cost() -> None:
    """3 by 40 to 45 at once, 1.5 in post: 1.5 x 60,000 a year, twice that in 24 months."""
    told = sized(Counted(130, 130, 130), readings(USUAL), 1.5, 60_000, 24)
    assert (told["recommended"], told["extra"]) == (3, 1.5)
    assert (told["cost_a_year"], told["cost_over"]) == (90_000, 180_000)
    assert told["recommended_cost_a_year"] == 180_000
    spare = sized(Counted(130, 130, 130), readings(USUAL), 5, 60_000, 24)
    assert (spare["extra"], spare["cost_over"]) == (0, 0)


def test_ten_leads_for_two_years_are_1_2_million() -> None:
    """The template's own example says 12,000 thousand; 10 x 60 thousand x 2 is 1,200 thousand."""
    assert sized(Counted(450, 450, 450), readings(USUAL), 0, 60_000, 24)["cost_over"] == 1_200_000


def test_a_hidden_count_is_taken_at_the_middle_of_1_to_7() -> None:
    found = counted("*", publishable=True)
    assert found == Counted(MIDDLE, 1, 7)
    assert MIDDLE == 4
    assert counted(60, publishable=True) == Counted(60, 57.5, 62.5)
    assert counted(60, publishable=False) == Counted(60, 60, 60)
    assert counted(None, publishable=True) is None


def test_a_count_hidden_to_protect_another_is_what_the_area_leaves_for_it() -> None:
    """120 in the area, 60 shown: two stars have 30 each. Beyond 7, the star protects the other."""
    tiers = sample_tiers()
    hidden = {"SOUTH", "EAST"}
    units = tuple(
        replace(unit, tiers={**unit.tiers, "20+": replace(unit.tiers["20+"], people=Spread("*"))})
        if unit.code in hidden else unit for unit in tiers.units
    )  # fmt: skip
    found = work_out(replace(tiers, units=units), area(tiers, horizon_months=18))
    assert [one.taken_as for one in found.places] == [60, 30, 30]
    assert any("taken as 30" in note for note in found.places[1].notes)
    assert counted("*", publishable=True, share=2.0) == Counted(2, 1, 7)


def tier(**kept: object) -> InTier:
    return InTier(people=Spread(30), **kept)  # type: ignore[arg-type]


def come(found: InTier) -> tuple[float, float]:
    known = demand_of(found, "20+", USUAL, publishable=True)
    assert known is not None
    return known.a_year, known.spread


def test_arrivals_are_the_months_added_up() -> None:
    months = tuple((f"2025-{month:02d}", 10) for month in range(1, 13))
    assert come(tier(entered=months))[0] == 120
    assert come(tier(entered=months[:6]))[0] == 120


def test_hidden_months_are_held_against_who_is_new_in_the_year() -> None:
    """Twelve stars alone: as many of the 30 come as leave (60 of 100 a year), 18, never 12 x 4;
    with 20 people new in the year they are 20, and surer.
    """
    months = tuple((f"2025-{month:02d}", "*") for month in range(1, 13))
    alone, unsure = come(tier(entered=months))
    assert alone == pytest.approx(18)
    told, sure = come(tier(entered=months, moved=Moved(25, {}, 20)))
    assert told == 20
    assert sure < unsure
    assert come(tier(entered=months, moved=Moved(25, {}, 5)))[0] == 12  # one a month at least
    # A star may also protect another number: what the year tells counts for more than 12 x 7.
    assert come(tier(entered=months, moved=Moved(25, {}, 100)))[0] == 100


def test_what_is_assumed_is_said() -> None:
    known = demand_of(tier(moved=Moved(25, {"20+": 10}, 20)), "20+", USUAL, publishable=True)
    assert known is not None
    assert known.stays[-1] == pytest.approx(0.4)
    assert "not told" in known.notes[0]
    few = demand_of(tier(entered=(("2025-04", 2),)), "20+", USUAL, publishable=True)
    assert few is not None
    assert any("assumption" in note for note in few.notes)
    assert demand_of(tier(), "20+", USUAL, publishable=True) is None


def test_a_curve_with_gaps_never_rises() -> None:
    stays = (0.9, None, 0.95, 0.6, *[None] * 8)
    months = (("2025-04", 2),)
    known = demand_of(tier(entered=months, stays=stays), "20+", USUAL, publishable=True)
    assert known is not None
    assert list(known.stays) == sorted(known.stays, reverse=True)
    assert known.stays[0] == pytest.approx(0.9)
    assert known.stays[3] == pytest.approx(0.6)
    assert known.stays[11] == pytest.approx(0.6**3)  # as fast on as until then


def area(tiers: Tiers, **settings: object) -> Locality:
    return Locality(name=tiers.area, staffing=replace(USUAL, **settings))  # type: ignore[arg-type]


def test_each_place_has_whole_posts_of_its_own() -> None:
    """62, 43 and 14 people: 2, 1 and 1 leads, one of them in post; the area's own total is 120."""
    tiers = sample_tiers(publishable=False)
    found = work_out(tiers, area(tiers, horizon_months=18))
    assert [(one.code, one.recommended, one.extra) for one in found.places] == [
        ("NORTH", 2, 1.0), ("SOUTH", 1, 1.0), ("EAST", 1, 1.0)
    ]  # fmt: skip
    assert (found.total.people, found.total.recommended, found.total.extra) == (120, 4, 3.0)
    assert found.total.cost_over == 360_000
    assert found.total.needed["open"].leads == 4


def test_an_area_without_places_is_sized_as_one() -> None:
    tiers = sample_tiers(publishable=False)
    alone = replace(tiers, units=(tiers.whole,))
    found = work_out(alone, area(tiers, horizon_months=18))
    assert [one.kind for one in found.places] == ["area"]
    assert found.places[0].recommended == 3  # 120 people at 45 each


def test_what_a_lead_costs_is_the_places_own() -> None:
    tiers = sample_tiers()
    place = replace(area(tiers, horizon_months=18), money=Money(50_000.0, lead_cost_given=True))
    assert work_out(tiers, place).total.cost_a_year == 150_000


def test_where_rounding_leaves_it_open_it_is_said() -> None:
    """60 stands for 58 to 62 people: at 60 a year that is one lead, or two."""
    tiers = sample_tiers()
    north = work_out(tiers, area(tiers, horizon_months=18)).places[0]
    assert any("60 a year" in note and "1 or 2 leads" in note for note in north.notes)


def test_sums_of_nothing_are_nothing() -> None:
    assert sizing.total([], None).recommended == 0
    assert counted(0, publishable=True) == Counted(0, 0, 0)
    assert needed(Counted(0, 0, 0), readings(USUAL)[0]).high < inf

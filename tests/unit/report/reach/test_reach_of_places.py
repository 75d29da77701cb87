"""Who is reached: which hospitals have a service, how far the leads go, and where nobody is; by
hand, from tiers whose numbers may be shown.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from openhiu.locality import Locality, Place, Site, StaffingSettings
from openhiu.report.reach import Reach, Standing, Waiting, reach_of, words
from openhiu.report.reach.kept import as_data
from support.reach import EVEN, five_places, tiers_of, unit
from support.staffing import sample_staffing
from support.tiers import sample_tiers


def of(reach: Reach, code: str) -> Standing:
    return next(one for one in (reach.whole, *reach.places, *reach.sites) if one.code == code)


def test_tiers_that_may_not_be_published_are_turned_away() -> None:
    with pytest.raises(ValueError, match="publishable"):
        reach_of(sample_tiers(publishable=False))


def test_the_area_has_its_leads_against_its_people() -> None:
    whole = reach_of(sample_tiers()).whole
    # 1 lead; 120 in the top tier; 3,000 + 420 + 120 in the tiers. 12 places for new people, each
    # taken 13 + 2 weeks: 12 x 52 / 15 = 42 begin, and 42 / 0.6 = 70 are asked. In the north, where
    # the lead works, there are only 60.
    assert whole.leads_per_100_top == pytest.approx(100 / 120)
    assert whole.leads_per_1000 == pytest.approx(1000 / 3540)
    assert (whole.takes_on, whole.unmet, whole.within_reach) == (70, 60, 50)
    # 3,540 of 520,000 people who live there.
    assert whole.need == pytest.approx(1000 * 3540 / 520_000)


def test_how_many_a_lead_asks_is_from_the_settings_of_the_place() -> None:
    # At most 5 a quarter: 20 a year begin, and 20 / 0.5 = 40 are asked, of 60 in the north.
    place = Locality(staffing=StaffingSettings(new_a_quarter=5, acceptance=0.5))
    whole = reach_of(sample_tiers(), place).whole
    assert (whole.takes_on, whole.unmet, whole.within_reach) == (40, 80, 33)


def thirty() -> Reach:
    """30 people: 20 in Larkham, where 4 leads can ask 280; two places without, their people hidden.
    So 20 of 30 are within reach.
    """
    return reach_of(tiers_of(
        unit("area", "ALL", (700, 100, 30), name="Handmade"),
        unit("place", "LARK", (300, 45, 20), name="Larkham", leads=4.0),
        unit("place", "MIST", (200, "*", "*"), name="Mistleford", leads=0.0),
        unit("place", "SISK", (200, "*", "*"), name="Siskinthorpe", leads=0.0),
    ))  # fmt: skip


def test_leads_of_one_place_do_not_reach_people_of_another() -> None:
    reach = thirty()
    assert (reach.whole.takes_on, reach.whole.unmet, reach.whole.within_reach) == (280, 10, 67)
    assert words.carried(reach).endswith(
        "4 leads can ask about 280 a year, each in their own place: that is 67% of the tier."
    )


def test_hidden_people_whom_nobody_reaches_rank_before_those_all_within_reach() -> None:
    reach = thirty()
    assert [(one.code, one.rank, one.within_reach) for one in reach.places] == [
        ("MIST", 1, 0), ("SISK", 2, 0), ("LARK", 3, 100)
    ]  # fmt: skip
    assert words.beyond(reach) == (
        "Leads can ask the whole top tier of 1 place within a year. In Mistleford and Siskinthorpe "
        "nobody is known to work: all of the top tier there is beyond reach, how many is "
        "hidden."
    )


def test_people_of_no_place_are_beyond_reach_too() -> None:
    """20 + 20 in places with room for 70 each, 10 of the area's 50 elsewhere: 80%."""
    reach = reach_of(tiers_of(
        unit("area", "ALL", (700, 100, 50), name="Handmade"),
        unit("place", "A", (300, 45, 20), leads=1.0), unit("place", "B", (300, 45, 20), leads=1.0),
        unit("place", "elsewhere", (20, 10, 10)),
    ))  # fmt: skip
    assert (reach.whole.unmet, reach.whole.within_reach) == (10, 80)


def test_nothing_and_one_are_said_as_people_say_them() -> None:
    one = reach_of(tiers_of(unit("site", "RA1", (100, 20, 30), leads=0.0)))
    assert words.covered(one) == "The one hospital has no service."
    assert words.carried(one).endswith("No lead is in post, so nobody asks them.")
    silent = reach_of(tiers_of(unit("site", "RA1", (100, 20, 30))))
    assert words.covered(silent) == (
        "Of the one hospital nobody has said; it counts here as without one."
    )


@pytest.mark.parametrize(
    ("service", "leads", "found"),
    [("One lead since May", None, "yes"), (None, 1.0, "yes"), (None, 0.0, "no"),
     ("none", None, "no"), ("No service.", None, "no"), (None, None, "not said"),
     ("Run by volunteers", 0.0, "yes")],
)  # fmt: skip
def test_whether_there_is_a_service_is_what_was_said(
    service: str | None, leads: float | None, found: str
) -> None:
    tiers = tiers_of(unit("site", "RA1", (100, 20, 30), service=service, leads=leads))
    assert of(reach_of(tiers), "RA1").service == found


def test_a_service_of_unknown_size_is_not_held_against_the_need() -> None:
    tiers = tiers_of(unit("site", "RA1", (100, 20, 30), service="There is one"))
    one = of(reach_of(tiers), "RA1")
    assert (one.unmet, one.within_reach, one.leads_per_1000) == (None, None, None)
    assert reach_of(tiers).unsaid == ("How many leads there are at Ra1",)


def test_where_nobody_said_none_is_counted_and_it_is_asked_for() -> None:
    reach = reach_of(tiers_of(unit("site", "RA1", (100, 20, 30)),
                              unit("site", "RA2", (100, 20, 40), leads=0.0)))  # fmt: skip
    assert of(reach, "RA1").unmet == 30
    assert reach.unsaid == ("Whether there is a service at Ra1",)
    assert words.covered(reach) == (
        "None of 2 hospitals has a service. 1 has none. Of 1 nobody has said; it counts here as "
        "without one."
    )


def test_a_hospital_is_served_through_its_place() -> None:
    tiers = tiers_of(unit("place", "NORTH", (100, 20, 30), name="North", leads=2.0),
                     unit("site", "RA1", (100, 20, 30)),
                     unit("site", "RA2", (100, 20, 30)))  # fmt: skip
    place = Locality(places=(Place("NORTH", "North", sites=("RA1",)),))
    reach = reach_of(tiers, place)
    assert (of(reach, "RA1").service, of(reach, "RA1").through) == ("yes", "North")
    assert words.service(of(reach, "RA1")) == "Yes, through North"
    assert of(reach, "RA1").unmet is None  # the leads are the place's, not this hospital's alone
    assert of(reach, "RA2").service == "not said"
    by_site = Locality(sites=(Site("RA2", "Two", place="NORTH"),))
    assert of(reach_of(tiers, by_site), "RA2").through == "North"


def test_a_place_without_words_has_the_leads_of_its_hospitals() -> None:
    tiers = tiers_of(unit("place", "NORTH", (100, 20, 30)),
                     unit("site", "RA1", (100, 20, 30), leads=1.0),
                     unit("site", "RA2", (100, 20, 30), leads=0.5))  # fmt: skip
    reach = reach_of(tiers, Locality(places=(Place("NORTH", "North", sites=("RA1", "RA2")),)))
    north = of(reach, "NORTH")
    assert (north.leads, north.service, north.takes_on, north.unmet) == (1.5, "yes", 105, 0)
    assert reach.whole.leads == 1.5
    assert reach.level == "site"  # two hospitals told of leads, no place did itself


def test_a_hospital_that_the_data_do_not_hold_is_still_one_to_ask_about() -> None:
    tiers = tiers_of(unit("site", "RA1", (100, 20, 30), leads=1.0))
    place = Locality(sites=(Site("RA1", "One"), Site("RA9", "Nine General")))
    reach = reach_of(tiers, place)
    nine = of(reach, "RA9")
    assert (nine.service, nine.top, nine.unmet, nine.rank) == ("not said", None, None, 2)
    assert words.covered(reach).startswith("1 of 2 hospitals has a service.")
    assert reach.unsaid == ("How many people come to Nine General: the data hold nobody",
                            "Whether there is a service at Nine General")  # fmt: skip


def test_what_the_locality_says_now_counts_for_tiers_that_were_counted_before() -> None:
    # When the tiers were counted there was 1 lead in the north; now there are 2, and 0.5 elsewhere.
    place = Locality(places=(Place("NORTH", "North Vale", leads=2.0),
                             Place("SOUTH", "South Vale", leads=0.5, service="Since May"),
                             Place("EAST", "East Vale", leads=0.0)))  # fmt: skip
    reach = reach_of(sample_tiers(), place)
    assert {one.code: one.leads for one in reach.places} == {"NORTH": 2, "SOUTH": 0.5, "EAST": 0}
    assert of(reach, "SOUTH").service_words == "Since May"
    assert of(reach, "SOUTH").unmet == 10  # 45 less half of 70
    assert reach.whole.leads == 2.5


def test_the_rank_is_by_people_beyond_reach_and_what_is_not_known_comes_last() -> None:
    reach = reach_of(tiers_of(
        unit("site", "A", (100, 20, 100), leads=1.0),  # 70 asked, 30 beyond
        unit("site", "B", (100, 20, 50), leads=0.0),  # 50 beyond
        unit("site", "C", (100, 20, "*"), leads=0.0),  # hidden
        unit("site", "D", (200, 20, 30), leads=0.0),  # 30 beyond, smaller top tier than A
    ))  # fmt: skip
    assert [one.code for one in reach.sites] == ["B", "A", "D", "C"]
    assert [one.rank for one in reach.sites] == [1, 2, 3, 4]
    assert of(reach, "C").unmet is None
    assert [one.code for one in reach.without] == ["B", "D", "C"]


def test_a_rate_over_hidden_people_says_that_it_is_under_so_much() -> None:
    from openhiu.report.reach.tables import whole_table

    reach = reach_of(tiers_of(unit("site", "C", (100, "*", "*"), leads=1.0)))
    table = whole_table(reach, reach.sites, "Hospitals")
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["People in the tiers"] == "at least 100"
    assert row["Leads per 1,000 in the tiers"] == "under 10.00"
    assert row["People, 20 and over"] == "*"
    assert row["Leads per 100 of the top tier"] is None


def test_leads_stand_beside_the_fifths_as_the_people_of_their_place_do() -> None:
    # One place wholly in the most deprived fifth with 1 lead, one wholly in the least with 3;
    # 100 people in the tiers each.
    reach = reach_of(tiers_of(
        unit("place", "POOR", (100, 0, 0), leads=1.0, fifths=(100, 0, 0, 0, 0)),
        unit("place", "RICH", (100, 0, 0), leads=3.0, fifths=(0, 0, 0, 0, 100)),
    ))  # fmt: skip
    first, *_, last = reach.fifths
    assert (first.leads, first.leads_share, first.leads_per_1000) == (1.0, 25, 10)
    assert (last.leads, last.leads_share, last.leads_per_1000) == (3.0, 75, 30)
    assert "10.00 leads in the most deprived fifth and 30.00" in words.beside(reach)
    # Of the area's own people: 1,500 of 3,000 and 150.
    assert (first.share, last.share) == (50, 5)


def test_leads_of_one_place_alone_are_not_shared_out() -> None:
    assert {fifth.leads_per_1000 for fifth in reach_of(sample_tiers()).fifths} == {None}


def test_need_and_leads_have_their_lines() -> None:
    reach = reach_of(five_places())
    assert reach.level == "place"
    assert reach.need_line and reach.leads_line
    assert reach.need_line.slope == pytest.approx(0)  # 100 of 10,000 everywhere
    assert reach.leads_line.slope == pytest.approx(-50)
    told = words.lines(reach)
    assert told[1] == (
        "Leads for every 1,000 people in the tiers: a line through 5 places stands at 55.00 at the "
        "least deprived end and 5.00 at the most deprived. The difference is −50.00 (95% range "  # noqa: RUF001
        "−50.00 to −50.00), so it is lower where deprivation is greater."  # noqa: RUF001
    )


def test_too_few_places_are_told_why_there_is_no_line() -> None:
    reach = reach_of(sample_tiers())
    assert (reach.need_line, reach.leads_line) == (None, None)
    assert "at least 5 places of which the leads are known, and they are known of 1" in (
        reach.no_line
    )


def test_where_nobody_knows_where_people_live_nothing_is_said_of_deprivation() -> None:
    area = unit("area", "ALL", (300, 40, 20))
    reach = reach_of(tiers_of(area, unit("site", "A", (100, 20, 30), leads=1.0)))
    assert reach.fifths == ()
    assert words.by_deprivation(reach) == words.NONE_KNOWN
    assert "not known where people live" in reach.no_line


def test_how_much_of_the_leads_time_would_have_to_move() -> None:
    reach = reach_of(tiers_of(unit("site", "A", (100, 20, 60), leads=1.0),
                              unit("site", "B", (100, 20, 40), leads=1.0)))  # fmt: skip
    assert reach.mismatch == 10
    assert words.moved(reach) == (
        "For the leads to be shared out over the hospitals as the top tier is, 10% of their time "
        "would have to move to another."
    )


def test_waiting_is_that_of_the_staffing_with_the_leads_in_post() -> None:
    staffing = sample_staffing()
    reach = reach_of(sample_tiers(), None, staffing)
    north = of(reach, "NORTH").waiting
    told = staffing.place("NORTH")
    assert north and told
    with_one = told.with_leads(1)
    assert with_one
    assert (north.weeks, north.leads) == (with_one.wait_median.value, 1)
    assert north.recommended == told.recommended
    assert of(reach, "SOUTH").waiting is None  # nobody is there, so nobody is asked
    assert of(reach, "RA101").waiting is None  # staffing was worked out for places


@pytest.mark.parametrize(
    ("weeks", "low", "high", "said"),
    [(20.2, 13.4, 26.9, "20 weeks (13 to 27)"), (1.0, 0.0, 2.0, "1 week (0 to 2)"),
     (40.0, 30.0, None, "40 weeks (30 to over a year)"), (None, None, None, "more than a year")],
)  # fmt: skip
def test_waiting_in_words(
    weeks: float | None, low: float | None, high: float | None, said: str
) -> None:
    waiting = Waiting(weeks, low, high, leads=1, recommended=2)
    assert waiting.words == said
    whole = replace(reach_of(sample_tiers()).whole, waiting=waiting)
    told = words.carried(replace(reach_of(sample_tiers()), whole=whole))
    assert told.endswith(f"50% of the tier. Half of those who stay in it wait {said}.")


def test_the_plain_data_hold_what_was_told_and_only_shown_numbers() -> None:
    told = as_data(reach_of(five_places()))
    assert (told["what"], told["version"], told["publishable"]) == ("reach", 1, True)
    assert told["deprivation"]["leads_line"]["slope"] == -50
    one = next(entry for entry in told["units"] if entry["code"] == "ONE")
    assert (one["leads_per_1000"], one["within_reach_percent"]) == (50, 100)
    assert told["hospitals"] == {"yes": 0, "no": 0, "not said": 0}


def test_the_part_of_the_area_that_belongs_to_no_place_is_no_place() -> None:
    tiers = tiers_of(unit("place", "A", (100, 20, 30), fifths=EVEN, leads=1.0),
                     unit("place", "elsewhere", (100, 20, 300)))  # fmt: skip
    assert [one.code for one in reach_of(tiers).places] == ["A"]


def test_the_same_tiers_make_the_same_reach() -> None:
    tiers = five_places()
    assert reach_of(tiers) == reach_of(replace(tiers))

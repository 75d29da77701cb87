"""Who stands in which tier, and what is counted of them; every number by hand, on every engine."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from openhiu.engines import Engine
from openhiu.locality import Locality, Place, Site, TierSettings
from openhiu.report.tiers.shape import BELOW, Again, Spread
from openhiu.tables.activity import PEOPLE
from support.counting_tiers import NO_STAYS, SITE, attended, counted, people_in, tiers_of, visits
from support.drawn import drawn

BEFORE = "2024-05-01"


def test_table_one_by_hand(engine: Engine) -> None:
    # Ann came 21 times and Al 25: 46 attendances, 23.0 a person. Bob came 11 times, 6 and 5 at two
    # hospitals; Cat 5 times; Dan 4 times, which is no tier.
    tiers = tiers_of(
        engine,
        attended(
            visits("ann", 21), visits("al", 25), visits("bob", 6), visits("bob", 5, site="RXX02"),
            visits("cat", 5), visits("dan", 4),
        ),
    )  # fmt: skip
    assert people_in(tiers) == {"ALL": (2, 1, 1), "RXX01": (2, 0, 2), "RXX02": (0, 0, 1)}
    top = tiers.whole.tiers["20+"]
    assert top.attendances == Spread(46, 21.0, 25.0, 23.0)
    # Over the hospitals: 2 at one, none at the other.
    assert top.people == Spread(2, 0.0, 2.0, 1.0)
    assert tiers.whole.tiers["11-19"].attendances.total == 11
    assert tiers.sites[0].tiers["5-10"].attendances == Spread(11, 5.0, 6.0, 5.5)
    assert tiers.sites[0].tiers["5-10"].people == Spread(2)
    # 21 + 25 + 11 + 5 + 4 = 66 by 5 people.
    assert (tiers.whole.people_seen, tiers.whole.attendances_seen) == (5, 66)


@pytest.mark.parametrize(("top_from", "expected"), [(20, (1, 0, 0)), (21, (0, 1, 0))])
def test_exactly_20_stands_where_the_setting_says(
    engine: Engine, top_from: int, expected: tuple[int, ...]
) -> None:
    here = Locality(name="Madeup Vale", tiers=TierSettings(top_from))
    tiers = tiers_of(engine, attended(visits("ann", 20)), locality=here)
    assert people_in(tiers)["ALL"] == expected
    label = tiers.tiers[-1 if top_from == 20 else -2].label
    assert any(f"exactly 20 attendances counts in the tier {label}" in line
               for line in tiers.counting)  # fmt: skip


def test_the_year_begins_at_its_first_midnight_and_ends_before_its_last(engine: Engine) -> None:
    rows = visits("ann", 4) + [
        {**visits("ann", 1)[0], "arrival_datetime": day}
        for day in (datetime(2025, 3, 31, 23, 59), datetime(2026, 4, 1))
    ]
    inside = [{**visits("ann", 1)[0], "arrival_datetime": datetime(2025, 4, 1)}]
    assert people_in(tiers_of(engine, attended(rows)))["ALL"] == (0, 0, 0)
    assert people_in(tiers_of(engine, attended(rows, inside)))["ALL"] == (0, 0, 1)


def test_any_year_that_is_over_can_be_asked_for(engine: Engine) -> None:
    table = attended(visits("ann", 20, BEFORE), visits("bob", 20))
    asked = tiers_of(engine, table, year="2024/25")
    assert (asked.year.name, people_in(asked)["ALL"]) == ("2024/25", (1, 0, 0))
    rolling = tiers_of(engine, table, as_of=date(2026, 1, 15))
    assert rolling.year.name == "12 months to 14 January 2026"
    assert rolling.year.first == date(2025, 1, 15)


def test_a_moment_that_was_sent_twice_counts_once(engine: Engine) -> None:
    twice = [*visits("ann", 5), *visits("ann", 5), *visits("bob", 4), *visits("bob", 1)]
    tiers = tiers_of(engine, attended(twice))
    assert people_in(tiers)["ALL"] == (0, 0, 1)
    assert tiers.whole.tiers["5-10"].attendances.total == 5


def test_stays_in_hospital_are_joined_and_their_nights_fall_where_they_fall(
    engine: Engine,
) -> None:
    # Ann: 30 March to 3 April 2025 begins in the year before, 2 of its 4 nights fall into the year.
    # 10 to 12 June: 2 nights; the transfer (2B) from 12 to 15 June adds 3 nights and no admission.
    # 1 July, same day: an admission without a night. A birth (2C) and a planned stay (11): nothing.
    # 30 March 2026 to 4 April: an admission, 2 nights of the year.
    # Together 3 admissions, of which one short, and 2 + 2 + 3 + 0 + 2 = 9 nights.
    stays = """
        person_id | site_code | admission_datetime  | discharge_datetime  | admission_method
        ann       | RXX01     | 2025-03-30 10:00:00 | 2025-04-03 10:00:00 | 21
        ann       | RXX01     | 2025-06-10 10:00:00 | 2025-06-12 10:00:00 | 21
        ann       | RXX02     | 2025-06-12 12:00:00 | 2025-06-15 10:00:00 | 2B
        ann       | RXX01     | 2025-07-01 08:00:00 | 2025-07-01 20:00:00 | 2A
        ann       | RXX01     | 2025-08-01 08:00:00 | 2025-08-02 20:00:00 | 2C
        ann       | RXX01     | 2025-09-01 08:00:00 | 2025-09-02 20:00:00 | 11
        ann       | RXX01     | 2026-03-30 08:00:00 | 2026-04-04 20:00:00 | 22
        bob       | RXX01     | 2025-07-01 08:00:00 | 2025-07-03 20:00:00 | 21
    """
    tiers = tiers_of(engine, attended(visits("ann", 20), visits("bob", 2)), admissions=stays)
    top = tiers.whole.tiers["20+"]
    assert top.emergency_admissions == Spread(3, 3.0, 3.0, 3.0)
    assert top.bed_days == Spread(9, 9.0, 9.0, 9.0)
    # 20 x 280.17 = 5,603.40; one short stay 825.86 and two longer ones at 5,419.28 = 11,664.42.
    assert top.cost.attendances == 5603.40
    assert top.cost.emergency_admissions == 11664.42
    assert top.cost.total == 17267.82


def test_without_stays_attendances_that_ended_in_admission_stand_for_them(engine: Engine) -> None:
    rows = visits("ann", 18) + visits("ann", 2, "2025-08-01", admitted=True)
    tiers = tiers_of(engine, attended(rows))
    top = tiers.whole.tiers["20+"]
    assert top.emergency_admissions.total == 2
    assert top.bed_days == Spread()
    # Of their length nothing is known: 2 x 2,711.36.
    assert top.cost.emergency_admissions == 5422.72
    assert any("Nobody sent hospital stays" in line for line in tiers.counting)


def test_where_the_people_of_the_year_before_are_now(engine: Engine) -> None:
    # Stay: 20 and 21. Fall: 20, then 12. Leave: 20, then 2. Rise: 6, then 22. New: 0, then 20.
    tiers = tiers_of(
        engine,
        attended(
            visits("old", 1, "2024-04-02"),
            visits("stay", 20, BEFORE), visits("stay", 21),
            visits("fall", 20, BEFORE), visits("fall", 12),
            visits("leave", 20, BEFORE), visits("leave", 2),
            visits("rise", 6, BEFORE), visits("rise", 22),
            visits("new", 20),
        ),
    )  # fmt: skip
    top, low = tiers.whole.tiers["20+"], tiers.whole.tiers["5-10"]
    assert top.moved is not None
    assert top.before is not None
    assert low.moved is not None
    assert (top.before.people, top.before.attendances) == (3, 60)
    assert (top.moved.of, top.moved.new) == (3, 2)
    assert top.moved.to == {"20+": 1, "11-19": 1, "5-10": 0, BELOW: 1}
    assert low.moved.to == {"20+": 1, "11-19": 0, "5-10": 0, BELOW: 0}
    assert top.forecast is not None
    # 3 people of this year, 2 of whom new: 5 if nobody ever left.
    assert top.forecast.if_all_stayed == 5


def test_what_last_years_people_do_this_year(engine: Engine) -> None:
    # Stay came 20 times, now 21 at the one hospital and 3 at the other; Fall 20 times, now 2; Dead
    # 20 times, now 6, and died in June; Rise 6 times, now 22. Stay was admitted twice this year,
    # Fall once without coming to A&E first, Dead once, Rise never.
    people = drawn("person_id | death_date\ndead | 2025-06-30", PEOPLE)
    table = attended(
        visits("old", 1, "2024-04-02"),
        visits("stay", 20, BEFORE), visits("stay", 21), visits("stay", 3, site="RXX02"),
        visits("fall", 20, BEFORE), visits("fall", 2),
        visits("dead", 20, BEFORE), visits("dead", 6),
        visits("rise", 6, BEFORE), visits("rise", 22),
    )  # fmt: skip
    stays = """
        person_id | site_code | admission_datetime | discharge_datetime | admission_method
        stay | RXX01 | 2025-06-01 10:00:00 | 2025-06-03 10:00:00 | 21
        stay | RXX02 | 2025-09-01 10:00:00 | 2025-09-01 20:00:00 | 21
        stay | RXX01 | 2025-02-01 10:00:00 | 2025-02-03 10:00:00 | 21
        fall | RXX01 | 2025-07-01 10:00:00 | 2025-07-09 10:00:00 | 22
        dead | RXX01 | 2025-05-20 10:00:00 | 2025-05-22 10:00:00 | 21
    """
    told = tiers_of(engine, table, people=people, admissions=stays)
    again = {(unit.code, key): one.moved.again for unit in told.units
             for key, one in unit.tiers.items() if one.moved}  # fmt: skip
    # Stay 24 and Fall 2: 26 attendances, at the first hospital 21 + 2 = 23; 2 + 1 admissions.
    assert again["ALL", "20+"] == Again(26, 3)
    assert again["RXX01", "20+"] == Again(23, 3)
    assert again["ALL", "5-10"] == Again(22, 0)
    assert again["ALL", "11-19"] == Again(0, 0)
    top = told.whole.tiers["20+"].moved
    assert top is not None
    # Rise rose: nobody is new from below all tiers.
    assert (top.new, top.from_below) == (1, 0)
    # Without stays, attendances that ended in admission stand for them, also of who came too seldom
    # for a tier: Stay once, Fall once.
    admitted = attended(
        visits("old", 1, "2024-04-02"), visits("stay", 20, BEFORE), visits("stay", 21),
        visits("stay", 1, "2025-12-01", admitted=True), visits("fall", 20, BEFORE),
        visits("fall", 1, "2025-12-01", admitted=True), visits("fall", 1),
    )  # fmt: skip
    moved = tiers_of(engine, admitted).whole.tiers["20+"].moved
    assert moved is not None
    assert moved.again == Again(24, 2)


def test_the_dead_of_this_year_count_in_the_year_before_and_then_no_more(engine: Engine) -> None:
    people = drawn("person_id | death_date\nann | 2025-09-01\nbob | 2024-09-01", PEOPLE)
    table = attended(
        visits("old", 1, "2024-04-02"),
        visits("ann", 20, BEFORE), visits("ann", 20), visits("bob", 20, BEFORE),
    )  # fmt: skip
    tiers = tiers_of(engine, table, people=people)
    top = tiers.whole.tiers["20+"]
    assert top.people.total == 0
    assert top.before is not None
    assert top.moved is not None
    assert top.before.people == 1
    assert top.moved.to == {"20+": 0, "11-19": 0, "5-10": 0, BELOW: 1}


def test_nothing_is_told_of_a_year_before_that_is_not_wholly_there(engine: Engine) -> None:
    tiers = tiers_of(engine, attended(visits("ann", 20, BEFORE), visits("ann", 20)))
    top = tiers.whole.tiers["20+"]
    assert (tiers.year_before, top.before, top.moved, top.forecast) == (None, None, None, None)
    assert (top.entered, top.stays) == ((), ())
    assert "The data do not hold the whole year before: nothing is told of it." in tiers.warnings


def test_who_comes_into_the_tier_in_which_month_and_who_stays(engine: Engine) -> None:
    # Stay was in the tier at the start, by 20 visits from 1 February to 30 March 2025. Those of
    # February (10) leave the 12 months at the end of February 2026, the others (10) a month later.
    # New comes 20 times from 1 May to 27 June 2025: in the tier at the end of June, not of May.
    tiers = tiers_of(
        engine,
        attended(
            visits("old", 1, "2024-04-02"), visits("stay", 20, "2025-02-01"), visits("new", 20)
        ),
    )
    top = tiers.whole.tiers["20+"]
    assert dict(top.entered) == {
        "2025-04": 0, "2025-05": 0, "2025-06": 1, "2025-07": 0, "2025-08": 0, "2025-09": 0,
        "2025-10": 0, "2025-11": 0, "2025-12": 0, "2026-01": 0, "2026-02": 0, "2026-03": 0,
    }  # fmt: skip
    assert top.stays == (*[1.0] * 10, 0.0, 0.0)
    middle = tiers.whole.tiers["5-10"]
    # At the end of May New has come 11 times (1 to 31 May): the middle tier; Stay falls to 10.
    assert dict(tiers.whole.tiers["11-19"].entered)["2025-05"] == 1
    assert dict(middle.entered)["2026-02"] == 1


def test_each_person_has_one_place(engine: Engine) -> None:
    # Lives: by where she lives, although registered elsewhere. Moved: by where he lived last.
    # Registered: nobody knows where he lives. Comes: nothing is known but the hospital. Away: lives
    # in no place. Told: the people table knows better than the attendances.
    here = Locality(
        name="Madeup Vale",
        sites=(Site(SITE, "General"), Site("RXX02", "Infirmary", place="SOUTH")),
        places=(
            Place("NORTH", "North", frozenset({"E01000001"}), frozenset({"Z99001"}), (SITE,)),
            Place("SOUTH", "South", frozenset({"E01000002"}), frozenset({"Z99002"})),
        ),
    )
    people = drawn("person_id | lsoa\ntold | E01000002", PEOPLE)
    table = attended(
        visits("lives", 5, lsoa="E01000001", gp_practice="Z99002"),
        visits("moved", 3, lsoa="E01000001"), visits("moved", 3, "2025-09-01", lsoa="E01000002"),
        visits("registered", 5, gp_practice="Z99001"),
        visits("comes", 3, site="RXX02"), visits("comes", 2),
        visits("away", 5, lsoa="E01000009"),
        visits("told", 5, lsoa="E01000001"),
    )  # fmt: skip
    tiers = tiers_of(engine, table, people=people, locality=here)
    # North: lives, registered. South: moved, comes, told. Elsewhere: away. Area: all six.
    assert {unit.code: unit.tiers["5-10"].people.total for unit in tiers.places} == {
        "NORTH": 2, "SOUTH": 3, "elsewhere": 1,
    }  # fmt: skip
    assert tiers.whole.tiers["5-10"].people.total == 6


def test_deprivation_age_sex_and_priority_wards(engine: Engine) -> None:
    here = Locality(name="Madeup Vale", priority_lsoas=frozenset({"E01000001"}))
    table = attended(
        visits("ann", 20, sex="2", imd_decile=1, lsoa="E01000001", birth_date=date(1996, 4, 1)),
        visits("bob", 20, sex="1", imd_decile=4, birth_date=date(1996, 4, 2)),
        visits("cat", 20, imd_decile=10, age=85),
    )
    top = tiers_of(engine, table, locality=here).whole.tiers["20+"]
    # Ann turns 30 on 1 April 2026, Bob a day later.
    assert top.age == {"18-29": 1, "30-39": 1, "40-49": 0, "50-59": 0, "60-69": 0, "70-79": 0,
                       "80+": 1, "unknown": 0}  # fmt: skip
    assert top.imd == {"1": 1, "2": 1, "3": 0, "4": 0, "5": 1, "unknown": 0}
    assert top.sex == {"female": 1, "male": 1, "other or unknown": 1}
    assert top.priority == 1


def test_leads_and_people_of_the_place_stand_with_it(duckdb_engine: Engine) -> None:
    here = Locality(
        name="Madeup Vale",
        sites=(Site(SITE, "General", leads=1.5, service="Two days a week"), Site("RXX02", "Other")),
        places=(Place("NORTH", "North", sites=(SITE,), population=1000),
                Place("SOUTH", "South", sites=("RXX02",), population=500, leads=2)),
    )  # fmt: skip
    told = tiers_of(duckdb_engine, attended(visits("ann", 20)), locality=here)
    north, south = told.places
    assert (north.population, north.leads, south.leads) == (1000, 1.5, 2)
    # The area: its places' people, and the leads that places say they have.
    assert (told.whole.population, told.whole.leads) == (1500, 2)
    assert told.sites[0].service == "Two days a week"
    # Nobody came to the other hospital: it is said, and it is no unit.
    assert "There is no attendance of Other in the year." in told.warnings


def test_an_empty_table_has_a_table_one_of_noughts(duckdb_engine: Engine) -> None:
    told = counted(duckdb_engine, attended(visits("dan", 1)), admissions=NO_STAYS)
    assert [unit.code for unit in told.units] == ["ALL", SITE]
    assert told.units[0].people("now", 3) == 0

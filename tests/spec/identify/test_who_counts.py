"""Which attendances and which people are counted at all."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.identify.criteria_file import load_preset
from openhiu.identify.inputs import Exclusion
from openhiu.locality import Footprint, Locality, Site
from openhiu.tables.activity import PEOPLE
from support.drawn import drawn
from support.listing import EVERYTHING, criteria, left_after, make_list, people, places, top


def test_the_common_filter_of_the_presets(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime    | age | department_type | attendance_category | discharge_status
        first     | RXX01     | 2026-03-01 10:00:00 | 40  | 01              | 1                   | 182992009
        return    | RXX01     | 2026-03-02 10:00:00 | 40  | 01              | 2                   |
        elsewhere | RXX01     | 2026-03-03 10:00:00 | 40  | 01              | 3                   |
        uncoded   | RXX01     | 2026-03-04 10:00:00 | 40  | 01              |                     |
        planned   | RXX01     | 2026-03-05 10:00:00 | 40  | 01              | 4                   |
        sdec      | RXX01     | 2026-03-06 10:00:00 | 40  | 05              | 1                   |
        minor     | RXX01     | 2026-03-07 10:00:00 | 40  | 03              | 1                   |
        streamed  | RXX01     | 2026-03-08 10:00:00 | 40  | 01              | 1                   | 1077031000000103
        dead      | RXX01     | 2026-03-09 10:00:00 | 40  | 01              | 1                   | 63238001
        child     | RXX01     | 2026-03-10 10:00:00 | 17  | 01              | 1                   |
        no age    | RXX01     | 2026-03-11 10:00:00 |     | 01              | 1                   |
    """  # noqa: E501
    listed = make_list(engine, attendances, load_preset("spec-top-250"))
    assert people(listed) == ["uncoded", "elsewhere", "return", "first"]
    assert left_after(engine, listed) == {
        "everything in the store": (11, 11),
        "arrived in the window": (11, 11),
        "at a site of this place": (11, 11),
        "person known": (11, 11),
        "type of department counted": (9, 9),
        "category of attendance counted": (8, 8),
        "not streamed away, not dead on arrival": (6, 6),
        "person not known to have died": (6, 6),
        "person not set aside": (6, 6),
        "person belongs to the commissioned area": (6, 6),
        "age known": (5, 5),
        "of an age to be listed": (4, 4),
        "one for each person, site and minute": (4, 4),
        "listed": (4, 4),
    }


def test_nobody_is_never_a_person(engine: Engine) -> None:
    attendances = """
        person_id  | site_code | arrival_datetime
                   | RXX01     | 2026-03-01 10:00:00
                   | RXX01     | 2026-03-02 10:00:00
        NULL       | RXX01     | 2026-03-03 10:00:00
        0          | RXX01     | 2026-03-04 10:00:00
        0000000000 | RXX01     | 2026-03-05 10:00:00
        n/a        | RXX01     | 2026-03-06 10:00:00
        someone    | RXX01     | 2026-03-07 10:00:00
        someone    |           | 2026-03-08 10:00:00
    """
    listed = make_list(engine, attendances, criteria(top(50)))
    assert places(listed) == [("RXX01", "1", "someone", "1")]
    assert left_after(engine, listed)["person known"] == (1, 1)


def test_a_minute_holds_one_attendance_of_a_person_at_a_site(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime    | arrival_mode     | admitted
        A         | RXX01     | 2026-03-01 10:00:10 |                  | no
        A         | RXX01     | 2026-03-01 10:00:50 | 1048031000000100 | yes
        A         | RXX01     | 2026-03-01 10:01:00 |                  | no
        A         | RXX02     | 2026-03-01 10:00:10 |                  | no
    """
    columns = ("list_id", "attendances", "by_ambulance", "admissions", "sites_attended")
    listed = make_list(engine, attendances, criteria(top(50)))
    # An ambulance or an admission on either row of a minute counts for the one attendance.
    assert places(listed, *columns) == [
        ("ALL", "3", "1", "1", "2"),
        ("RXX01", "2", "1", "1", "2"),
        ("RXX02", "1", "0", "0", "2"),
    ]


def test_one_per_second_and_every_row_are_choices(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        A         | RXX01     | 2026-03-01 10:00:10.100000
        A         | RXX01     | 2026-03-01 10:00:10.900000
        A         | RXX01     | 2026-03-01 10:00:50.000000
    """
    for one_per, count in (("minute", "1"), ("second", "2"), ("row", "3")):
        counted = {**EVERYTHING["attendances"], "one_per": one_per}
        listed = make_list(engine, attendances, criteria(top(50), attendances=counted))
        assert places(listed, "attendances") == [(count,)], one_per


def test_age_is_taken_on_the_as_of_date(engine: Engine) -> None:
    attendances = """
        person_id   | site_code | arrival_datetime    | birth_date
        18 today    | RXX01     | 2026-03-01 10:00:00 | 2008-04-01
        18 tomorrow | RXX01     | 2026-03-01 10:00:00 | 2008-04-02
    """
    adults = criteria(top(50), people={"youngest": 18})
    assert people(make_list(engine, attendances, adults)) == ["18 today"]
    leapling = """
        person_id | site_code | arrival_datetime    | birth_date
        leapling  | RXX01     | 2026-02-01 10:00:00 | 2008-02-29
    """
    assert people(make_list(engine, leapling, adults, "2026-02-28")) == []
    assert people(make_list(engine, leapling, adults, "2026-03-01")) == ["leapling"]


def test_someone_who_turned_18_during_the_year_is_counted_whole(engine: Engine) -> None:
    # Only ages are known: the later one says that this is an adult.
    attendances = """
        person_id | site_code | arrival_datetime    | age
        grown     | RXX01     | 2026-01-10 10:00:00 | 17
        grown     | RXX01     | 2026-03-10 10:00:00 | 18
        still 17  | RXX01     | 2026-03-10 10:00:00 | 17
    """
    adults = criteria(top(50), people={"youngest": 18})
    assert places(make_list(engine, attendances, adults), "person_id", "attendances") == [
        ("grown", "2")
    ]


def test_an_age_that_the_latest_visit_lacks_is_told_by_another(engine: Engine) -> None:
    # Only someone of known age is listed; a service refuses the row of anybody without one.
    attendances = """
        person_id | site_code | arrival_datetime    | age | birth_date
        by age    | RXX01     | 2026-03-01 10:00:00 | 40  |
        by age    | RXX01     | 2026-03-02 10:00:00 |     |
        by birth  | RXX01     | 2026-03-01 10:00:00 |     | 1980-04-02
        by birth  | RXX01     | 2026-03-02 10:00:00 |     |
        nowhere   | RXX01     | 2026-03-01 10:00:00 |     |
    """
    adults = criteria(top(50), people={"youngest": 18})
    listed = make_list(engine, attendances, adults)
    assert sorted(places(listed, "person_id", "age")) == [("by age", "40"), ("by birth", "45")]


def test_a_service_for_children_sets_its_own_bounds(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime    | birth_date
        nine      | RXX01     | 2026-03-01 10:00:00 | 2016-04-02
        ten       | RXX01     | 2026-03-01 10:00:00 | 2016-04-01
        seventeen | RXX01     | 2026-03-01 10:00:00 | 2008-04-02
        eighteen  | RXX01     | 2026-03-01 10:00:00 | 2008-04-01
    """
    listed = make_list(engine, attendances, criteria(top(9), people={"youngest": 10, "oldest": 17}))
    assert sorted(people(listed)) == ["seventeen", "ten"]


def test_people_known_to_have_died_are_not_listed(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime    | discharge_destination
        alive     | RXX01     | 2026-03-01 10:00:00 | 306689006
        recorded  | RXX01     | 2026-03-01 10:00:00 |
        here      | RXX01     | 2026-03-01 10:00:00 | 305398007
        mistaken  | RXX01     | 2026-03-01 10:00:00 | 305398007
        mistaken  | RXX01     | 2026-03-09 10:00:00 | 306689006
    """
    known = drawn("person_id | death_date\nrecorded | 2026-03-20\nalive |", PEOPLE)
    listed = make_list(engine, attendances, criteria(top(50)), people=known)
    # A death in the department stands unless the person came again.
    assert sorted(people(listed)) == ["alive", "mistaken"]


def test_people_set_aside_stay_out_for_as_long_as_the_reason_holds(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        A         | RXX01     | 2026-03-01 10:00:00
        B         | RXX01     | 2026-03-01 10:00:00
        C         | RXX01     | 2026-03-01 10:00:00
    """
    aside = [
        Exclusion("A", "with another service", None),
        Exclusion("B", "dialysis pathway", date(2026, 3, 31)),
        Exclusion("not in the data", "by name", None),
    ]
    listed = make_list(engine, attendances, criteria(top(50)), exclusions=aside)
    assert people(listed) == ["B", "C"]
    assert left_after(engine, listed)["person not set aside"] == (2, 2)


FOOTPRINT = """
    person_id   | site_code | arrival_datetime    | lsoa      | gp_practice
    both        | RXX01     | 2026-03-01 10:00:00 | E01000001 | A81001
    lives here  | RXX01     | 2026-03-01 10:00:00 | E01000001 | B82001
    registered  | RXX01     | 2026-03-01 10:00:00 | E01000009 | A81001
    neither     | RXX01     | 2026-03-01 10:00:00 | E01000009 | B82001
    moved away  | RXX01     | 2026-01-01 10:00:00 | E01000001 | B82001
    moved away  | RXX01     | 2026-03-01 10:00:00 | E01000009 | B82001
    moved in    | RXX01     | 2026-01-01 10:00:00 | E01000009 | B82001
    moved in    | RXX01     | 2026-03-01 10:00:00 | E01000001 | B82001
    no address  | RXX01     | 2026-03-01 10:00:00 |           |
"""


def area(combine: str) -> Locality:
    return Locality(footprint=Footprint(frozenset({"E01000001"}), frozenset({"A81001"}), combine))


def test_living_in_the_area_or_being_registered_in_it_is_enough(engine: Engine) -> None:
    listed = make_list(engine, FOOTPRINT, criteria(top(50)), locality=area("or"))
    # Someone of whom neither is known may be homeless and is kept. Moving counts both visits.
    assert sorted(people(listed)) == ["both", "lives here", "moved in", "no address", "registered"]
    assert ("moved in", "2") in places(listed, "person_id", "attendances")


def test_both_can_be_asked_for(engine: Engine) -> None:
    listed = make_list(engine, FOOTPRINT, criteria(top(50)), locality=area("and"))
    assert sorted(people(listed)) == ["both", "no address"]


def test_only_the_sites_of_the_place_are_counted(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        A         | RXX01     | 2026-03-01 10:00:00
        A         | RYY01     | 2026-03-02 10:00:00
    """
    here = Locality(sites=(Site("RXX01", "Ashdown General"),))
    listed = make_list(engine, attendances, criteria(top(50)), locality=here)
    assert places(listed) == [("RXX01", "1", "A", "1")]


def test_an_empty_table_makes_an_empty_list(engine: Engine) -> None:
    empty = pa.table(
        {
            "person_id": pa.array([], pa.string()),
            "site_code": pa.array([], pa.string()),
            "arrival_datetime": pa.array([], pa.timestamp("us")),
        }
    )
    assert people(make_list(engine, empty, criteria(top(50)))) == []


def test_a_date_of_birth_known_from_one_attendance_decides_for_all(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime    | age | birth_date
        A         | RXX01     | 2026-01-10 10:00:00 | 17  |
        A         | RXX01     | 2026-02-10 10:00:00 | 17  |
        A         | RXX01     | 2026-03-20 10:00:00 |     | 2008-03-15
    """
    adults = criteria(top(50), people={"youngest": 18})
    assert places(make_list(engine, attendances, adults), "person_id", "attendances") == [
        ("A", "3")
    ]


def test_the_people_table_says_where_someone_lives_now(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime    | lsoa
        here      | RXX01     | 2026-03-01 10:00:00 |
        away      | RXX01     | 2026-03-01 10:00:00 | E01000001
    """
    known = drawn("person_id | lsoa\nhere | E01000001\naway | E01000009", PEOPLE)
    listed = make_list(engine, attendances, criteria(top(9)), locality=area("or"), people=known)
    assert people(listed) == ["here"]


def test_someone_set_aside_by_nhs_number_is_out_though_the_data_hold_pseudonyms(
    engine: Engine,
) -> None:
    attendances = "person_id | site_code | arrival_datetime\nA | RXX01 | 2026-03-01 10:00:00"
    known = drawn("person_id | nhs_number\nA | 9990000018", PEOPLE)
    aside = [Exclusion("9990000018", "with another service", None)]
    listed = make_list(engine, attendances, criteria(top(9)), people=known, exclusions=aside)
    assert people(listed) == []

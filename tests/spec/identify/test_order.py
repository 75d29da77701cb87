"""The order of a list: most attendances, then the latest arrival, then the identifier."""

from __future__ import annotations

from openhiu.engines import Engine
from support.drawn import expected
from support.listing import criteria, make_list, people, places, top


def test_more_attendances_come_first_then_the_latest_arrival_then_the_identifier(
    engine: Engine,
) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        twice     | RXX01     | 2026-01-05 10:00:00
        twice     | RXX01     | 2026-01-06 10:00:00
        late      | RXX01     | 2026-03-02 10:00:00
        b         | RXX01     | 2026-03-01 10:00:00
        a         | RXX01     | 2026-03-01 10:00:00
        B         | RXX01     | 2026-03-01 10:00:00
    """
    listed = make_list(engine, attendances, criteria(top(50)))
    # Identifiers compare by their bytes: capitals first, and b is not B.
    assert people(listed) == ["twice", "late", "B", "a", "b"]


def test_a_fraction_of_a_second_decides_between_two_arrivals(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        a         | RXX01     | 2026-03-01 10:00:00.100000
        b         | RXX01     | 2026-03-01 10:00:00.100001
    """
    assert people(make_list(engine, attendances, criteria(top(50)))) == ["b", "a"]


def test_the_cut_takes_exactly_n_and_tells_who_tied_there(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        top       | RXX01     | 2026-01-01 10:00:00
        top       | RXX01     | 2026-01-02 10:00:00
        tied-1    | RXX01     | 2026-03-03 10:00:00
        tied-2    | RXX01     | 2026-03-02 10:00:00
        left out  | RXX01     | 2026-03-01 10:00:00
    """
    listed = make_list(engine, attendances, criteria(top(3)))
    assert places(listed, "rank", "person_id", "tied") == expected("""
        rank | person_id | tied
        1    | top       |
        2    | tied-1    | yes
        3    | tied-2    | yes
    """)
    boundary = listed.boundaries["RXX01"]
    assert (boundary.cut_at, boundary.people_at_cut, boundary.people_above) == (1, 3, 1)


def test_a_cut_that_takes_everyone_at_its_count_is_no_tie(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        top       | RXX01     | 2026-01-01 10:00:00
        top       | RXX01     | 2026-01-02 10:00:00
        one       | RXX01     | 2026-03-03 10:00:00
    """
    listed = make_list(engine, attendances, criteria(top(2)))
    assert places(listed, "person_id", "tied") == [("top", ""), ("one", "")]


def test_fewer_people_than_places_are_all_listed(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        only      | RXX01     | 2026-03-03 10:00:00
    """
    assert people(make_list(engine, attendances, criteria(top(250)))) == ["only"]


def test_a_rank_is_a_place_among_everybody_not_among_those_listed(engine: Engine) -> None:
    # "often" came 4 times in February and is listed by the month rule; three people who came
    # oftener in all stand before them, two of whom are not listed.
    attendances = "person_id | site_code | arrival_datetime\n" + "\n".join(
        f"{person} | RXX01 | 2026-{month:02}-{day:02} 10:00:00"
        for person, visits in {
            "first": [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1)],
            "second": [(1, 4), (1, 5), (2, 4), (2, 5), (3, 4), (3, 5)],
            "third": [(1, 6), (1, 7), (2, 6), (3, 6), (3, 7)],
            "often": [(2, 8), (2, 9), (2, 10), (2, 11)],
        }.items()
        for month, day in visits
    )
    wanted = criteria(top(1), {"kind": "month", "more_than": 3})
    listed = make_list(engine, attendances, wanted)
    assert places(listed, "rank", "person_id", "rules") == expected("""
        rank | person_id | rules
        1    | first     | top 1
        4    | often     | more than 3 in a calendar month
    """)

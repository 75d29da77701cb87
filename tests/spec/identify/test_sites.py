"""A list for every site, and one across them for people who spread their visits."""

from __future__ import annotations

import pytest

from openhiu.engines import Engine
from openhiu.errors import InputNotUsable, WrongUsage
from openhiu.tables.activity import ADMISSIONS
from support.drawn import drawn, expected
from support.listing import criteria, make_list, places, top

SPREAD = """
    person_id | site_code | arrival_datetime
    spread    | RXX01     | 2026-03-01 10:00:00
    spread    | RXX02     | 2026-03-02 10:00:00
    spread    | RXX03     | 2026-03-03 10:00:00
    loyal     | RXX01     | 2026-03-01 10:00:00
    loyal     | RXX01     | 2026-03-02 10:00:00
"""


def test_someone_who_spreads_their_visits_leads_the_list_across_sites(engine: Engine) -> None:
    listed = make_list(engine, SPREAD, criteria(top(1)))
    assert places(listed, "list_id", "rank", "person_id", "attendances", "sites_attended") == (
        expected("""
            list_id | rank | person_id | attendances | sites_attended
            ALL     | 1    | spread    | 3           | 3
            RXX01   | 1    | loyal     | 2           | 1
            RXX02   | 1    | spread    | 1           | 3
            RXX03   | 1    | spread    | 1           | 3
        """)
    )


def test_naming_a_site_makes_its_list_alone(engine: Engine) -> None:
    listed = make_list(engine, SPREAD, criteria(top(1)), sites=("RXX02",))
    assert places(listed) == [("RXX02", "1", "spread", "1")]


def test_one_site_needs_no_list_across_sites(engine: Engine) -> None:
    one = "person_id | site_code | arrival_datetime\nA | RXX01 | 2026-03-01 10:00:00"
    assert places(make_list(engine, one, criteria(top(1)))) == [("RXX01", "1", "A", "1")]


def test_months_add_up_across_sites(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        A         | RXX01     | 2026-02-01 10:00:00
        A         | RXX01     | 2026-02-02 10:00:00
        A         | RXX02     | 2026-02-03 10:00:00
        A         | RXX02     | 2026-02-04 10:00:00
    """
    wanted = criteria({"kind": "month", "more_than": 3})
    listed = make_list(engine, attendances, wanted)
    assert places(listed, "list_id", "max_in_month") == [("ALL", "4")]


def test_emergency_spells_in_the_window_are_counted_wherever_they_were(engine: Engine) -> None:
    attendances = "person_id | site_code | arrival_datetime\nA | RXX01 | 2026-03-01 10:00:00"
    spells = drawn(
        """
        person_id | site_code | admission_datetime  | admission_method | is_emergency
        A         | RXX01     | 2026-03-01 12:00:00 | 21               |
        A         | RYY01     | 2026-03-05 12:00:00 | 2A               |
        A         | RYY01     | 2026-03-06 12:00:00 | Emergency: GP    | yes
        A         | RXX01     | 2026-03-07 12:00:00 | 2B               |
        A         | RXX01     | 2026-03-08 12:00:00 | 11               | no
        A         | RXX01     | 2025-12-31 12:00:00 | 21               |
        B         | RXX01     | 2026-03-01 12:00:00 | 21               |
        """,
        ADMISSIONS,
    )
    # 2B goes on with a spell counted where it began; 11 is planned; December is too early.
    listed = make_list(engine, attendances, criteria(top(1)), admissions=spells)
    assert places(listed, "person_id", "admissions") == [("A", "3")]


def test_a_site_where_nobody_attended_is_refused_by_name(duckdb_engine: Engine) -> None:
    with pytest.raises(WrongUsage, match="nobody attended at site RZZ99") as refused:
        make_list(duckdb_engine, SPREAD, criteria(top(1)), sites=("RZZ99",))
    assert refused.value.remedy == "use one of: RXX01, RXX02, RXX03"


def test_a_sentence_names_the_hospital_of_the_window(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        A         | AAA01     | 2025-07-01 10:00:00
        A         | BBB01     | 2026-03-01 10:00:00
        B         | AAA01     | 2026-03-01 10:00:00
    """
    listed = make_list(engine, attendances, criteria(top(9)))
    (why,) = (r.why for r in listed.listed if r.list_id == "ALL" and r.person_id == "A")
    assert why.startswith("Came to BBB01 once on 1 March 2026")


def test_a_site_called_all_is_refused(duckdb_engine: Engine) -> None:
    attendances = "person_id | site_code | arrival_datetime\nA | all | 2026-03-01 10:00:00"
    with pytest.raises(InputNotUsable, match="a site has the code ALL"):
        make_list(duckdb_engine, attendances, criteria(top(9)))

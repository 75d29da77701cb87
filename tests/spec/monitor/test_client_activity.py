"""What the service is told of its clients' use of services: whose, which events, in which words."""

from __future__ import annotations

from datetime import datetime

from openhiu.engines import Engine
from openhiu.locality import Locality, Site
from support.drawn import expected
from support.monitoring import make_feed, told

ROBIN = "person_ref | issuer | person_id\nrobin | nhs | 9990000018"


def test_only_people_on_the_caseload_are_told_of_by_the_services_own_reference(
    engine: Engine,
) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2026-03-01 10:00:00 | 01
            9990000026 | RXX01     | 2026-03-02 10:00:00 | 01
                       | RXX01     | 2026-03-03 10:00:00 | 01
        """,
    )
    assert told(feed, "person_ref", "began_at") == [("robin", "2026-03-01 10:00:00")]


def test_the_two_years_begin_with_their_first_day_and_end_before_the_as_of_date(
    engine: Engine,
) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | site_code | arrival_datetime           | department_type
            9990000018 | RXX01     | 2024-03-31 23:59:59        | 01
            9990000018 | RXX01     | 2024-04-01 00:00:00        | 01
            9990000018 | RXX01     | 2026-03-31 23:59:59.999999 | 01
            9990000018 | RXX01     | 2026-04-01 00:00:00        | 01
        """,
    )
    assert told(feed, "began_at") == [
        ("2024-04-01 00:00:00",),
        ("2026-03-31 23:59:59.999999",),
    ]


def test_attendances_are_counted_as_on_the_list(engine: Engine) -> None:
    # The rules of identify's presets: the same person on the list and in the picture has one count.
    feed = make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type | attendance_category | discharge_status
            9990000018 | RXX01     | 2026-03-01 10:00:00 | 01              | 1                   | 182992009
            9990000018 | RXX01     | 2026-03-02 10:00:00 | 01              |                     |
            9990000018 | RXX01     | 2026-03-03 10:00:00 | 01              | 4                   |
            9990000018 | RXX01     | 2026-03-04 10:00:00 | 03              | 1                   |
            9990000018 | RXX01     | 2026-03-05 10:00:00 | 01              | 1                   | 1077031000000103
            9990000018 | RXX01     | 2026-03-06 10:00:00 | 01              | 1                   | 63238001
            9990000018 |           | 2026-03-07 10:00:00 | 01              | 1                   |
        """,  # noqa: E501
    )
    assert told(feed, "began_at") == [("2026-03-01 10:00:00",), ("2026-03-02 10:00:00",)]


def test_a_minute_holds_one_attendance_and_an_ambulance_on_either_row_counts(
    engine: Engine,
) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | attendance_id | site_code | arrival_datetime    | department_type | arrival_mode     | admitted
            9990000018 | 1             | RXX01     | 2026-03-01 10:00:10 | 01              |                  | no
            9990000018 | 2             | RXX01     | 2026-03-01 10:00:50 | 01              | 1048031000000100 | yes
            9990000018 | 3             | RXX02     | 2026-03-01 10:00:10 | 01              |                  | no
        """,  # noqa: E501
    )
    assert sorted(told(feed, "site_code", "by_ambulance", "admitted")) == [
        ("RXX01", "yes", "yes"),
        ("RXX02", "no", "no"),
    ]


def test_how_a_visit_ended_is_said_in_plain_words(engine: Engine) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type | chief_complaint | discharge_status | discharge_destination
            9990000018 | RXX01     | 2026-03-01 10:00:00 | 01              | 29857009        | 182992009        | 306689006
            9990000018 | RXX01     | 2026-03-02 10:00:00 | 01              | 248062006       | 1066301000000103 | 306689006
            9990000018 | RXX01     | 2026-03-03 10:00:00 | 01              | 12345           |                  | 306706006
            9990000018 | RXX01     | 2026-03-04 10:00:00 | 01              |                 |                  | 306705005
            9990000018 | RXX01     | 2026-03-05 10:00:00 | 01              |                 |                  |
        """,  # noqa: E501
    )
    assert told(feed, "kind", "complaint", "outcome") == expected("""
        kind       | complaint  | outcome
        attendance | chest pain | went home
        attendance | self-harm  | left before being seen
        attendance |            | admitted to hospital
        attendance |            | went on to: police custody
        attendance |            |
    """)


def test_stays_are_emergencies_with_their_nights_and_a_transfer_is_no_stay_of_its_own(
    engine: Engine,
) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        admissions="""
            person_id  | admission_id | site_code | admission_datetime  | discharge_datetime  | admission_method | discharge_method
            9990000018 | 1            | RXX01     | 2024-03-30 10:00:00 | 2024-04-02 09:00:00 | 21               | 1
            9990000018 | 2            | RXX01     | 2026-03-01 10:00:00 | 2026-03-01 20:00:00 | 21               | 1
            9990000018 | 3            | RXX01     | 2026-03-02 23:00:00 | 2026-03-03 01:00:00 | 2A               | 1
            9990000018 | 4            | RXX02     | 2026-03-03 01:00:00 | 2026-03-05 01:00:00 | 2B               | 1
            9990000018 | 5            | RXX01     | 2026-03-10 10:00:00 | 2026-03-12 10:00:00 | 11               | 1
            9990000018 | 6            | RXX01     | 2026-03-20 10:00:00 |                     | 21               |
            9990000018 | 7            | RXX01     | 2024-01-01 10:00:00 | 2024-03-31 09:00:00 | 21               | 1
        """,  # noqa: E501
    )
    # 1 began before the two years and ended in them; 7 ended before them.
    assert told(feed, "began_at", "outcome") == [
        ("2024-03-30 10:00:00", "3 nights"),
        ("2026-03-01 10:00:00", "same day"),
        ("2026-03-02 23:00:00", "1 night"),
        ("2026-03-20 10:00:00", "in hospital when the data were made"),
    ]


def test_a_death_in_hospital_is_said(engine: Engine) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        admissions="""
            person_id  | site_code | admission_datetime  | discharge_datetime  | admission_method | discharge_method
            9990000018 | RXX01     | 2026-03-01 10:00:00 | 2026-03-03 20:00:00 | 21               | 4
        """,  # noqa: E501
    )
    assert told(feed, "outcome") == [("2 nights, died in hospital",)]


def test_ambulances_and_calls_to_111_are_told_too(engine: Engine) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        ambulance="""
            person_id  | call_id | call_datetime       | arrived_on_scene_datetime | conveyed_to | destination_site_code
            9990000018 | 1       | 2026-03-01 10:00:00 | 2026-03-01 10:20:00       | ED          | RXX01
            9990000018 | 2       | 2026-03-02 10:00:00 | 2026-03-02 10:20:00       |             |
            9990000018 | 3       | 2026-03-03 10:00:00 |                           |             |
        """,  # noqa: E501
        calls_111="""
            person_id  | call_id | call_datetime       | outcome_group
            9990000018 | 4       | 2026-03-04 10:00:00 | self care
            9990000018 | 5       | 2026-03-05 10:00:00 | Dx05
        """,
    )
    assert told(feed, "kind", "site_code", "outcome") == expected("""
        kind      | site_code | outcome
        ambulance | RXX01     | taken to A&E
        ambulance |           | seen, not taken to hospital
        ambulance |           | no ambulance came
        call_111  |           | advice: self care
        call_111  |           |
    """)


def test_a_client_known_by_several_identifiers_is_one_client(engine: Engine) -> None:
    feed = make_feed(
        engine,
        """
        person_ref | issuer | person_id
        robin      | nhs    | 9990000018
        robin      | RXX01  | P7
        """,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX02     | 2026-03-01 10:00:00 | 01
            P7         | RXX01     | 2026-03-02 10:00:00 | 01
        """,
    )
    assert told(feed, "person_ref", "site_code") == [("robin", "RXX02"), ("robin", "RXX01")]
    assert feed.coverage == {"robin": "found"}


def test_an_nhs_number_finds_the_pseudonym_that_the_people_table_knows(engine: Engine) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        people="person_id | nhs_number\nP7 | 9990000018\nP8 | 9990000026",
        attendances="""
            person_id | site_code | arrival_datetime    | department_type
            P7        | RXX01     | 2026-03-02 10:00:00 | 01
            P8        | RXX01     | 2026-03-02 10:00:00 | 01
        """,
    )
    assert told(feed, "person_ref") == [("robin",)]


def test_someone_the_store_does_not_know_is_counted_and_not_dropped(engine: Engine) -> None:
    feed = make_feed(
        engine,
        f"{ROBIN}\nsam | nhs | 9990000026",
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2026-03-31 10:00:00 | 05
        """,
    )
    # Robin is known and has not been to A&E: that is a fact. Of Sam nothing is known.
    assert feed.events == []
    assert feed.coverage == {"robin": "found", "sam": "not_found"}
    assert feed.warnings[0] == (
        "1 person on the caseload is not known to this store: nothing can be said about them."
    )


def test_two_clients_who_claim_the_same_identifier_are_told_nothing_of_it(engine: Engine) -> None:
    feed = make_feed(
        engine,
        f"{ROBIN}\nsam | nhs | 9990000018\nkim | nhs | 9990000026",
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2026-03-31 10:00:00 | 01
            9990000026 | RXX01     | 2026-03-31 11:00:00 | 01
        """,
    )
    assert told(feed, "person_ref") == [("kim",)]
    assert feed.coverage == {"kim": "found", "robin": "shared", "sam": "shared"}
    assert feed.needs_a_person


def test_no_data_is_told_apart_from_nobody_came(engine: Engine) -> None:
    feed = make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000026 | RXX01     | 2026-03-30 10:00:00 | 01
            9990000026 | RXX02     | 2026-01-05 10:00:00 | 01
            9990000026 | RXX01     | 2026-04-02 10:00:00 | 01
        """,
        ambulance="person_id | call_datetime\n9990000018 | 2026-03-29 10:00:00",
        locality=Locality(sites=(Site("RXX01", "Ashdown"), Site("RXX03", "Camber"))),
    )
    assert feed.cut_offs == {
        "attendances": datetime(2026, 3, 30, 10),
        "admissions": None,
        "ambulance": datetime(2026, 3, 29, 10),
        "calls_111": None,
    }
    assert feed.sites == {
        "RXX01": datetime(2026, 3, 30, 10),
        "RXX02": datetime(2026, 1, 5, 10),
    }
    assert feed.warnings == (
        "The store holds nothing of admissions before the as-of date.",
        "The store holds nothing of calls_111 before the as-of date.",
        "The newest attendance of RXX02 is of 5 January 2026: later ones are not here.",
        "The store has no attendance of Camber in the two years.",
    )
    assert feed.needs_a_person


def test_a_corrected_event_keeps_its_reference_and_a_reference_says_nothing(
    engine: Engine,
) -> None:
    drawn = """
        person_id  | provider_code | attendance_id | site_code | arrival_datetime | department_type
        9990000018 | RXX           | E1            | RXX01     | {}               | 01
    """
    first = make_feed(engine, ROBIN, attendances=drawn.format("2026-03-01 10:00:00"))
    again = make_feed(engine, ROBIN, attendances=drawn.format("2026-03-01 09:45:00"))
    assert told(first, "source_ref") == told(again, "source_ref")
    assert told(first, "began_at") != told(again, "began_at")
    assert "E1" not in first.events[0].source_ref

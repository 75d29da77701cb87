"""What a feed warns of, from drawn tables: the same on every engine."""

from __future__ import annotations

from openhiu.engines import Engine
from openhiu.locality import EarlyWarning, Locality
from openhiu.monitor.make import Feed
from support.drawn import expected
from support.monitoring import make_feed

CASELOAD = """
    person_ref | issuer | person_id  | phase             | supported_since | last_contact_on
    robin      | nhs    | 9990000018 | at_a_distance     | 2025-01-01      | 2026-03-01
    sam        | nhs    | 9990000026 | working_together  | 2025-01-01      | 2026-03-30
    kim        | nhs    | 9990000034 | working_together  | 2025-01-01      | 2026-03-01
"""


def signals(feed: Feed) -> list[tuple[str, str, str, str]]:
    return [(one.ref, one.rule, one.level, str(one.day)) for one in feed.signals]


def test_the_rules_speak_of_what_the_store_holds(engine: Engine) -> None:
    feed = make_feed(
        engine,
        CASELOAD,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type | arrival_mode     | chief_complaint | injury_intent | discharge_status
            9990000018 | RXX01     | 2025-06-01 10:00:00 | 01              |                  |                 |               |
            9990000018 | RXX01     | 2026-03-31 02:10:00 | 01              |                  | 29857009        |               |
            9990000026 | RXX01     | 2026-03-20 10:00:00 | 01              |                  | 312608009       | 276853009     |
            9990000026 | RXX01     | 2026-03-29 10:00:00 | 01              | 1048031000000100 |                 |               | 1066301000000103
            9990000026 | RXX01     | 2026-03-30 10:00:00 | 01              | 1048031000000100 |                 |               |
            9990000034 | RXX01     | 2026-02-01 10:00:00 | 01              |                  |                 |               |
        """,  # noqa: E501
        ambulance="""
            person_id  | call_id | call_datetime       | conveyed_to
            9990000026 | 1       | 2026-03-29 08:30:00 | ED
        """,
    )
    assert signals(feed) == expected("""
        ref   | rule              | level | day
        robin | at_a_distance     | amber | 2026-03-31
        robin | first_after_quiet | look  | 2026-03-31
        sam   | ambulance_twice   | amber | 2026-03-30
        kim   | silence           | look  | 2026-03-29
        sam   | individual        | red   | 2026-03-29
        sam   | left_before_seen  | look  | 2026-03-29
        sam   | first_after_quiet | look  | 2026-03-20
        sam   | self_harm         | red   | 2026-03-20
    """)


def test_a_known_death_silences_every_rule(engine: Engine) -> None:
    feed = make_feed(
        engine,
        CASELOAD,
        people="person_id | death_date\n9990000018 | 2026-03-31\n9990000034 | 2026-04-01",
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2026-03-31 02:10:00 | 01
            9990000034 | RXX01     | 2026-01-31 02:10:00 | 01
        """,
    )
    # Kim died on the as-of date, which is not known yet then.
    assert {one.ref for one in feed.signals} == {"kim"}


def test_somebody_the_store_does_not_know_is_said_to_be_unknown(engine: Engine) -> None:
    feed = make_feed(
        engine,
        CASELOAD,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2025-06-01 10:00:00 | 01
        """,
    )
    [kim] = [one for one in feed.signals if one.ref == "kim"]
    assert kim.why.endswith("There are no A&E data about them: that is not the same as no "
                            "attendance.")  # fmt: skip
    assert ("Of 2 people there are no data: no rule about attendances looks at them, and that is "
            "not the same as no attendance.") in feed.unspoken  # fmt: skip
    told = {one.person_ref: one for one in feed.clients}
    assert (told["kim"].standing, told["kim"].attendances) == ("not_found", None)
    assert (told["robin"].attendances, told["robin"].in_hospital) == (0, False)


def test_without_the_columns_about_support_the_rules_say_what_they_could_not_look_for(
    engine: Engine,
) -> None:
    feed = make_feed(
        engine,
        "person_ref | issuer | person_id\nrobin | nhs | 9990000018",
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2026-03-31 02:10:00 | 01
        """,
        locality=Locality(early_warning=EarlyWarning(self_harm=False)),
    )
    assert feed.signals == []
    no_phase = "Came while open at a distance: not looked for in 1 person"
    assert feed.unspoken == [
        "Self-harm or thoughts of suicide: switched off.",
        f"{no_phase} of whom the caseload says no phase.",
        "Silence: not looked for in 1 person of whom the caseload says no last contact.",
    ]


def test_what_each_client_did_since_the_last_contact_is_counted(engine: Engine) -> None:
    feed = make_feed(
        engine,
        CASELOAD,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2026-03-01 10:00:00 | 01
            9990000018 | RXX01     | 2026-03-02 10:00:00 | 01
            9990000026 | RXX01     | 2026-03-29 10:00:00 | 01
        """,
        admissions="""
            person_id  | admission_id | site_code | admission_datetime  | discharge_datetime  | admission_method | discharge_destination
            9990000018 | 1            | RXX01     | 2026-02-27 10:00:00 | 2026-03-05 09:00:00 | 21               | 19
            9990000026 | 2            | RXX01     | 2026-03-29 20:00:00 |                     | 21               |
        """,  # noqa: E501
        calls_111="person_id | call_datetime\n9990000018 | 2026-03-20 10:00:00",
    )
    # Since the day after the last contact: Robin's from 2 March, Sam's from 31 March.
    told = [
        (c.person_ref, str(c.since), c.attendances, c.admissions, c.came_home, c.in_hospital,
         c.calls_111)
        for c in feed.clients if c.person_ref != "kim"
    ]  # fmt: skip
    assert told == [
        ("robin", "2026-03-02", 1, 0, 1, False, 1),
        ("sam", "2026-03-31", 0, 0, 0, True, 0),
    ]
    assert [event.outcome for event in feed.events if event.kind == "admission"] == [
        "6 nights, went home", "in hospital when the data were made",
    ]  # fmt: skip


def test_self_inflicted_is_said_with_the_complaint(engine: Engine) -> None:
    feed = make_feed(
        engine,
        CASELOAD,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type | chief_complaint | injury_intent
            9990000018 | RXX01     | 2026-03-01 10:00:00 | 01              | 312608009       | 276853009
            9990000018 | RXX01     | 2026-03-02 10:00:00 | 01              | 248062006       | 276853009
            9990000018 | RXX01     | 2026-03-03 10:00:00 | 01              |                 | 276853009
            9990000018 | RXX01     | 2026-03-04 10:00:00 | 01              | 312608009       |
        """,  # noqa: E501
    )
    assert [event.complaint for event in feed.events] == [
        "wound (self-harm)", "self-harm", "self-harm", "wound",
    ]  # fmt: skip

"""What the store received, counted by month, day and site: the same on every engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from openhiu.engines import Engine
from openhiu.locality import Locality, Site
from openhiu.monitor import received, steps
from openhiu.monitor.make import Feed
from support.monitoring import make_feed

ROBIN = "person_ref | issuer | person_id\nrobin | nhs | 9990000018"
HEADER = "person_id | site_code | arrival_datetime | department_type"
FIRST = date(2025, 8, 1)


def drawn(*sites: tuple[str, date, int]) -> str:
    """So many attendances a day at each site from August on, up to a day, each by somebody else."""
    lines = [HEADER]
    for site, last, a_day in sites:
        for number in range((last - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            minute = f"{(number * 7) % 60:02d}"
            lines += [
                f"{site}P{number}x{n} | {site} | {day} {9 + n:02d}:{minute}:00 | 01"
                for n in range(a_day)
            ]
    return "\n".join(lines)


def feed_of(engine: Engine, attendances: str, **more: object) -> Feed:
    return make_feed(engine, ROBIN, attendances=attendances, **more)  # type: ignore[arg-type]


def test_rows_people_and_a_fingerprint_by_month_and_site(engine: Engine) -> None:
    make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2026-01-05 10:00:00 | 01
            9990000018 | RXX01     | 2026-01-31 23:59:59 | 05
            9990000026 | RXX01     | 2026-01-07 00:01:00 | 01
                       | RXX01     | 2026-02-07 00:01:00 | 01
            9990000026 |           | 2026-02-08 10:00:00 | 01
            9990000026 | RXX01     | 2025-07-31 10:00:00 | 01
        """,
        ambulance="""
            person_id  | provider_code | call_datetime
            9990000018 | RYC           | 2026-03-29 10:00:00
        """,
    )
    found = engine.run(steps.text("months_received")).to_pylist()
    # 600 + 1439 + 1 minutes; their squares 360,000 + 2,070,721 + 1. July lies outside the months.
    assert [
        (row["dataset"], row["site_code"], row["month"], row["rows_received"], row["people"],
         int(row["minutes"]), int(row["squares"]))
        for row in found
    ] == [
        ("ambulance", "RYC", datetime(2026, 3, 1), 1, 1, 600, 360_000),
        ("attendances", "", datetime(2026, 2, 1), 1, 1, 600, 360_000),
        ("attendances", "RXX01", datetime(2026, 1, 1), 3, 2, 2040, 2_430_722),
        ("attendances", "RXX01", datetime(2026, 2, 1), 1, 0, 1, 1),
    ]  # fmt: skip
    days = engine.run(steps.text("days_received")).to_pylist()
    assert [(row["site_code"], row["day"], row["rows_received"]) for row in days][1:3] == [
        ("", date(2026, 2, 8), 1), ("RXX01", date(2026, 1, 5), 1),
    ]  # fmt: skip


def test_rows_that_come_again_in_the_next_month_are_counted(engine: Engine) -> None:
    make_feed(
        engine,
        ROBIN,
        attendances="""
            person_id  | site_code | arrival_datetime    | department_type
            9990000018 | RXX01     | 2025-12-05 10:00:00 | 01
            9990000018 | RXX01     | 2026-01-06 10:00:30 | 01
            9990000018 | RXX01     | 2026-01-07 10:01:00 | 01
            9990000018 | RXX02     | 2026-01-07 10:00:00 | 01
            9990000026 | RXX01     | 2026-01-07 10:00:00 | 01
            9990000018 | RXX01     | 2026-03-06 10:00:00 | 01
        """,
    )
    found = engine.run(steps.text("received_again")).to_pylist()
    # December 2025 is month 2025 x 12 + 12; only Robin's own minute at the same site comes again.
    assert [(row["site_code"], int(row["month_number"]), row["again"]) for row in found] == [
        ("RXX01", 2026 * 12 + 1, 1)
    ]


def test_attendances_are_known_from_the_first_that_is_held(engine: Engine) -> None:
    feed = feed_of(engine, f"{HEADER}\n9990000026 | RXX01 | 2025-05-06 10:00:00 | 01")
    assert feed.begins == date(2025, 5, 6)
    assert (
        feed_of(engine, f"{HEADER}\n9990000026 | RXX01 | 2023-05-06 10:00:00 | 01").begins is None
    )
    assert received.begins(engine, steps.Period(date(2023, 1, 1), date(2026, 4, 1)).parameters())


def test_a_feed_in_health_has_no_fault(engine: Engine) -> None:
    feed = feed_of(engine, drawn(("RXX01", date(2026, 3, 31), 3), ("RXX02", date(2026, 3, 31), 1)))
    assert feed.health == []
    assert not feed.needs_a_person


def test_a_site_that_stopped_is_named_and_needs_a_person(engine: Engine) -> None:
    """Three a day: after four silent days 12 are missing (9.2 make it sure)."""
    place = Locality(sites=(Site("RXX01", "Ashdown"), Site("RXX02", "Camber")))
    feed = feed_of(
        engine,
        drawn(("RXX01", date(2026, 3, 26), 3), ("RXX02", date(2026, 3, 31), 1)),
        locality=place,
    )
    [fault] = feed.health
    assert (fault.kind, fault.site, fault.since) == ("stopped", "RXX01", date(2026, 3, 27))
    assert fault.words.startswith("No A&E attendances of Ashdown after 26 March 2026")
    assert feed.needs_a_person


def test_a_site_that_the_place_does_not_count_is_not_missed(engine: Engine) -> None:
    feed = feed_of(
        engine,
        drawn(("RXX01", date(2026, 3, 26), 3), ("RXX02", date(2026, 3, 31), 1)),
        locality=Locality(sites=(Site("RXX02", "Camber"),)),
    )
    assert feed.health == []


def test_last_months_content_under_new_dates_is_told(engine: Engine) -> None:
    lines = drawn(("RXX01", date(2026, 2, 28), 3)).splitlines()
    february = [line for line in lines if "2026-02-" in line]
    again = [line.replace("2026-02-", "2026-03-") for line in february]
    feed = feed_of(engine, "\n".join([*lines, *again]))
    assert [(fault.kind, fault.since) for fault in feed.health] == [("repeated", date(2026, 3, 1))]

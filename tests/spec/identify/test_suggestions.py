"""People to think of for their vulnerability: beside the list, never in its order."""

from __future__ import annotations

from openhiu.engines import Engine
from openhiu.identify.suggestions import suggestions
from support.drawn import expected
from support.listing import criteria, make_list, top

ATTENDANCES = """
    person_id | site_code | arrival_datetime    | chief_complaint | injury_intent | accommodation_status | safeguarding_concern | diagnoses
    twice     | RXX01     | 2026-03-01 10:00:00 | 248062006       |               |                      |                      |
    twice     | RXX01     | 2026-03-01 10:00:20 | 248062006       |               |                      |                      |
    twice     | RXX01     | 2026-03-02 10:00:00 |                 | 276853009     |                      |                      |
    spread    | RXX01     | 2026-03-01 10:00:00 |                 |               | 32911000             |                      |
    spread    | RXX02     | 2026-03-02 10:00:00 |                 |               | 32911000             | 123                  |
    once      | RXX01     | 2026-03-01 10:00:00 |                 |               | 32911000             |                      |
    no        | RXX01     | 2026-03-01 10:00:00 |                 |               | 160734000            | N                    | 22298006
    no        | RXX01     | 2026-03-02 10:00:00 |                 |               | 160734000            | N                    | 22298006
    primary   | RXX01     | 2026-03-01 10:00:00 |                 |               |                      |                      | 58214004,22298006
    primary   | RXX01     | 2026-03-02 10:00:00 |                 |               |                      |                      | 58214004
    secondary | RXX01     | 2026-03-01 10:00:00 |                 |               |                      |                      | 22298006,58214004
    secondary | RXX01     | 2026-03-02 10:00:00 |                 |               |                      |                      | 22298006,58214004
"""  # noqa: E501


def test_each_attendance_counts_once_and_across_sites_with_its_reason(engine: Engine) -> None:
    ranked = make_list(engine, ATTENDANCES, criteria(top(2)))
    found = suggestions(engine, ranked, keyed=False)
    rows = [(s.site_code, s.person_id, str(s.attendances), s.reason) for s in found]
    assert rows == expected("""
        site_code | person_id | attendances | reason
        ALL       | spread    | 2           | Was recorded as homeless twice and had a safeguarding concern recorded once in the window.
        RXX01     | primary   | 2           | Came with a mental health need twice in the window.
        RXX01     | twice     | 2           | Came after self-harm twice and came with a mental health need once in the window.
    """)  # noqa: E501
    # Whether a list has them anyway is told; it changes nothing about either.
    assert {s.person_id for s in found if s.on_list} <= {row.person_id for row in ranked.listed}

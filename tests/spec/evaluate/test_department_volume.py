"""How busy a department was, counted from the store: which attendances are its volume."""

from __future__ import annotations

from datetime import date

from openhiu.engines import Engine
from support.drawn import drawn
from support.evaluating import prepared


def test_the_volume_is_every_counted_attendance_linked_to_a_person_or_not(engine: Engine) -> None:
    # Two a month through 2023, the year before the service: 1 is two attendances. In January 2024
    # three count, one of them of nobody known; a minor injury, a planned visit and somebody
    # streamed away do not. In February one counts.
    year = "\n".join(
        f"{who}{month} | RXX01 | 2023-{month:02}-10 10:00:00 | 01 | 1 |"
        for month in range(1, 13) for who in "ab"
    )  # fmt: skip
    made = prepared(engine, drawn(f"""
        person_id | site_code | arrival_datetime    | department_type | attendance_category | discharge_status
        {year}
        c         | RXX01     | 2024-01-10 10:00:00 | 01              | 1                   |
        d         | RXX01     | 2024-01-11 10:00:00 | 01              |                     |
                  | RXX01     | 2024-01-12 10:00:00 | 01              | 1                   |
        e         | RXX01     | 2024-01-13 10:00:00 | 03              | 1                   |
        f         | RXX01     | 2024-01-14 10:00:00 | 01              | 4                   |
        g         | RXX01     | 2024-01-15 10:00:00 | 01              | 1                   | 1077031000000103
        h         | RXX01     | 2024-02-15 10:00:00 | 01              | 1                   |
    """), data_from="2022-12-01", as_of="2024-04-01", service_start="2024-01-15")  # noqa: E501  # fmt: skip
    index = made.sites[0].volume_by_month
    assert index[date(2023, 6, 1)] == 1
    assert index[date(2024, 1, 1)] == 1.5
    assert index[date(2024, 2, 1)] == 0.5

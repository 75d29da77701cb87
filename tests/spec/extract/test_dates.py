"""How dates and times are read, and which files are refused for theirs."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from openhiu.errors import InputNotUsable
from support.extracting import Outcome, batch, check, mapping


def _arrivals(
    *texts: str | None, words: str = "", date1904: bool = False, birth: str | None = None
) -> Outcome:
    rows = len(texts)
    given = {
        "person_id": ["p1"] * rows,
        "site_code": ["RXX01"] * rows,
        "arrival_datetime": list(texts),
        "birth_date": [birth] * rows,
    }
    how = 'dataset = "attendances"\nextends = "canonical-attendances"\n' + words
    return check(batch(given), mapping(how), date1904=date1904)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05 10:30", "2024-01-05T10:30:00", "2024-01-05 10:30:00.000", "20240105 1030",
        "202401051030", "05/01/2024 10:30", "5/1/2024 10:30", "05-01-2024 10:30:00",
        "05.01.2024 10:30", "05/01/2024 1030", "05/01/2024 10:30 AM", "05-Jan-2024 10:30",
        "5 January 2024 10:30", "05JAN2024:10:30:00", "2024/01/05 10:30", "2024-01-05T10:30:00Z",
        "2024-01-05T10:30:00+00:00", "2024-01-05 10:30+01:00",
        # A spreadsheet counts days from 1899-12-30: 45296 is 2024-01-05, and 0.4375 is 10.5/24.
        "45296.4375",
    ],
)  # fmt: skip
def test_every_accepted_way_to_write_a_moment(text: str) -> None:
    assert _arrivals(text).column("arrival_datetime") == [datetime(2024, 1, 5, 10, 30)]
    # The same where most of the file is written in another way.
    mixed = _arrivals("2024-02-29 00:00:01", "2024-02-29 00:00:01", text)
    assert mixed.column("arrival_datetime")[2] == datetime(2024, 1, 5, 10, 30)


@pytest.mark.parametrize(
    "text",
    ["30/02/2024", "2023-02-29", "05/01/2024 24:00", "05/01/2024 10:60", "soon", "1", "99999999",
     "2024-13-01", "2024-01-05 10:30+05:30", "05/01/2024 10:30 x", "0024-01-05", "2624-01-05"],
)  # fmt: skip
def test_what_is_not_a_moment_is_rejected(text: str) -> None:
    assert _arrivals("2024-02-29 10:00", text).rules == [
        (3, "arrival_datetime", "not a date and time")
    ]


def test_a_lost_zero_does_not_move_digits_from_one_part_to_the_next() -> None:
    compact = _arrivals("20240105", "20240106", "2024015")
    assert compact.rules == [(4, "arrival_datetime", "not a date and time")]
    said = _arrivals("05012024", "1012024", words='date_format = "%d%m%Y"')
    assert [row for row, _, _ in said.rules] == [3]


def test_spreadsheet_days_of_the_other_epoch() -> None:
    # 1904-01-01 plus 43834 days is 2024-01-05: the two epochs are 1462 days apart.
    assert _arrivals("43834.5", date1904=True).column("arrival_datetime") == [
        datetime(2024, 1, 5, 12)
    ]
    said = _arrivals("43834.5", words='date_format = "excel-1904"')
    assert said.column("arrival_datetime") == [datetime(2024, 1, 5, 12)]
    over = _arrivals("45296", words='date_format = "excel-1900"', date1904=True)
    assert over.column("arrival_datetime") == [datetime(2024, 1, 5)]


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [("09:05", 545), ("9:05", 545), ("0905", 545), ("905", 545), ("905.0", 545), ("09:05:00", 545),
     ("1899-12-30 09:05:00", 545), ("105", 65), ("0.375", 540), ("0", 0), ("9:05 PM", 1265),
     ("00:00", 0)],
)  # fmt: skip
def test_a_date_and_a_time_in_two_columns(clock: str, minutes: int) -> None:
    for usual in (clock, "10:00:00"):
        given = batch(
            {
                "NHS NUMBER": ["9990000018"] * 2,
                "SITE CODE (OF TREATMENT)": ["RXX01"] * 2,
                "EMERGENCY CARE ARRIVAL DATE": ["05/01/2024", "2024-01-05 00:00:00"],
                "EMERGENCY CARE ARRIVAL TIME": [usual, clock],
            }
        )
        read = check(given, "cds-6-2-3").column("arrival_datetime")[1]
        assert read == datetime(2024, 1, 5, minutes // 60, minutes % 60)


def test_a_date_without_a_time_counts_from_midnight_and_is_told() -> None:
    outcome = check(
        """
        NHS NUMBER | SITE CODE (OF TREATMENT) | EMERGENCY CARE ARRIVAL DATE | EMERGENCY CARE ARRIVAL TIME | EMERGENCY CARE DEPARTURE DATE | EMERGENCY CARE DEPARTURE TIME
        9990000018 | RXX01                    | 2024-01-05                  |                             | 2024-01-05                    |
        9990000018 | RXX01                    | 2024-01-05                  | late                        |                               |
        """,  # noqa: E501
        "cds-6-2-3",
    )
    assert outcome.column("arrival_datetime") == [datetime(2024, 1, 5)]
    assert outcome.column("departure_datetime") == [None]
    assert any("1 rows have a date but no time" in each for each in outcome.findings.warnings)
    assert outcome.rules == [
        (3, "EMERGENCY CARE ARRIVAL DATE + EMERGENCY CARE ARRIVAL TIME", "not a date and time")
    ]


def test_a_departure_of_which_only_the_day_is_known_is_not_before_its_arrival() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime | departure_datetime
        p1        | RXX01     | 2024-01-05 10:30 | 2024-01-05
        p2        | RXX01     | 2024-01-05 10:30 | 2024-01-04
    """)
    assert outcome.column("person_id") == ["p1"]
    assert [rule for _, _, rule in outcome.rules] == ["departure before arrival"]


def test_month_first_dates_are_refused_unless_the_mapping_says_so() -> None:
    american = ("01/13/2024 10:30", "02/03/2024 10:30")
    with pytest.raises(InputNotUsable, match="the month stands before the day") as refusal:
        _arrivals(*american)
    assert refusal.value.column == "arrival_datetime"
    assert "month-first" in refusal.value.remedy
    said = _arrivals(*american, words='date_format = "month-first"')
    assert said.column("arrival_datetime") == [
        datetime(2024, 1, 13, 10, 30), datetime(2024, 2, 3, 10, 30),
    ]  # fmt: skip


def test_one_slip_in_a_day_first_file_rejects_its_row_only() -> None:
    outcome = _arrivals("31/01/2024", "01/31/2024", "02/01/2024")
    assert outcome.rules == [(3, "arrival_datetime", "the month seems to stand before the day")]


def test_dates_that_could_be_read_both_ways_are_read_day_first_and_told() -> None:
    outcome = _arrivals("01/02/2024", "03/04/2024")
    assert outcome.column("arrival_datetime")[0] == datetime(2024, 2, 1)
    assert any("day first or month first" in warning for warning in outcome.findings.warnings)
    settled = _arrivals("01/02/2024", "13/04/2024")
    assert not any("month first" in warning for warning in settled.findings.warnings)
    said = _arrivals("01/02/2024", "03/04/2024", words='date_format = "day-first"')
    assert not any("month first" in warning for warning in said.findings.warnings)


def test_years_of_two_digits_are_refused_unless_the_mapping_says_so() -> None:
    with pytest.raises(InputNotUsable, match="years have two digits"):
        _arrivals("05/01/24", "06/01/24")
    said = _arrivals("05/01/24", words='date_format = "two-digit-year"', birth="07/03/31")
    assert said.column("arrival_datetime") == [datetime(2024, 1, 5)]
    assert said.column("birth_date") == [date(1931, 3, 7)]  # not in 2031
    slip = _arrivals("05/01/2024", "13/01/2024", "06/01/24")
    assert slip.rules == [(4, "arrival_datetime", "a year of two digits")]


def test_a_column_without_a_single_date_refuses_the_file() -> None:
    with pytest.raises(InputNotUsable, match="none of its 12 cells") as refusal:
        _arrivals(*["Monday"] * 12)
    assert refusal.value.column == "arrival_datetime"


@pytest.mark.parametrize("placeholder", ["1801-01-01", "1900-01-01 00:00:00", "9999-12-31"])
def test_placeholders_are_empty_where_a_date_may_be_missing(placeholder: str) -> None:
    outcome = _arrivals("2024-01-05 10:30", birth=placeholder)
    assert outcome.column("birth_date") == [None]
    assert any("1 cells hold a placeholder" in each for each in outcome.findings.warnings)
    assert _arrivals("2024-01-05", placeholder).rules == [
        (3, "arrival_datetime", "a placeholder stands for the date")
    ]


def test_the_hours_when_clocks_change_are_kept_as_recorded() -> None:
    # 2025-10-26 01:30 happens twice, 2026-03-29 01:30 never; both are what somebody wrote down.
    texts = ("2025-10-26 01:30", "2025-10-26 01:30", "2026-03-29 01:30")
    assert _arrivals(*texts).column("arrival_datetime") == [
        datetime(2025, 10, 26, 1, 30), datetime(2025, 10, 26, 1, 30), datetime(2026, 3, 29, 1, 30),
    ]  # fmt: skip


def test_utc_is_kept_as_written_and_told_unless_the_mapping_says_what_it_is() -> None:
    summer = ("2024-07-01T10:30:00Z", "2024-07-01T10:30:00+01:00", "2024-01-01T10:30:00Z")
    kept = _arrivals(*summer)
    assert [each.hour for each in kept.column("arrival_datetime")] == [10, 10, 10]
    assert any("timezone" in warning for warning in kept.findings.warnings)
    local = _arrivals(*summer, words='timezone = "UTC"')
    assert [each.hour for each in local.column("arrival_datetime")] == [11, 10, 10]


def test_a_pattern_of_the_mapping_is_the_only_one_read() -> None:
    words = '[date_formats]\narrival_datetime = "%Y %d %m %H.%M"'
    outcome = _arrivals("2024 05 01 10.30", "2024-01-05 10:30", words=words)
    assert outcome.column("arrival_datetime") == [datetime(2024, 1, 5, 10, 30)]
    assert [row for row, _, _ in outcome.rules] == [3]

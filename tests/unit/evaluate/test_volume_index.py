"""How busy the department was: the index by month and its mean over days, worked by hand."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from openhiu.evaluate.months import month_number
from openhiu.evaluate.rows import day_number
from openhiu.evaluate.service import Service
from openhiu.evaluate.sites import SiteMonth, SitePlan
from openhiu.evaluate.volume import VolumeIndex, volume_index

MOMENT = datetime(2024, 1, 1)


def plan(counts: dict[str, int], cut: str = "2024-07-01", first: str = "2023-01-01") -> SitePlan:
    sent = tuple(
        SiteMonth(month_number(date.fromisoformat(f"{name}-01")), n, n, n, 0, MOMENT, MOMENT)
        for name, n in counts.items()
    )
    return SitePlan("A", date(2024, 1, 15), date.fromisoformat(first), date.fromisoformat(cut),
                    sent)  # fmt: skip


# A year of 1,000 a month before the service, then 800, 1,500, 1,000, 100, 1,000 and 1,000.
YEAR = {f"2023-{month:02}": 1000 for month in range(1, 13)}
COUNTS = {**YEAR, "2024-01": 800, "2024-02": 1500, "2024-03": 1000, "2024-04": 100,
          "2024-05": 1000, "2024-06": 1000}  # fmt: skip


def mean(index: VolumeIndex, begin: str, end: str) -> float:
    days = [np.array([day_number(date.fromisoformat(day))]) for day in (begin, end)]
    return round(float(index.mean(days[0], days[1])[0]), 6)


def test_the_year_before_the_service_is_one_and_the_floor_a_fifth() -> None:
    index, told = volume_index(plan(COUNTS), Service(), 0.95, "A")
    found = [index.by_month[date(2024, month, 1)] for month in range(1, 7)]
    assert found == [0.8, 1.5, 1.0, 0.2, 1.0, 1.0]
    assert index.by_month[date(2023, 5, 1)] == 1
    assert told == []


def test_the_mean_is_by_days() -> None:
    index, _ = volume_index(plan(COUNTS), Service(), 0.95, "A")
    # 15 January to 14 April 2024: 17 days of 0.8, 29 of 1.5, 31 of 1 and 13 of 0.2.
    # (13.6 + 43.5 + 31 + 2.6) / 90 = 90.7 / 90
    assert mean(index, "2024-01-15", "2024-04-14") == round(90.7 / 90, 6)
    assert mean(index, "2024-02-29", "2024-03-01") == 1.5


def test_days_beyond_the_cut_are_not_known() -> None:
    index, _ = volume_index(plan(COUNTS, cut="2024-03-01"), Service(), 0.95, "A")
    # 90 days from 15 January: 17 of 0.8 and 29 of 1.5 are seen.
    assert mean(index, "2024-01-15", "2024-04-14") == round((13.6 + 43.5) / 46, 6)
    assert mean(index, "2024-03-01", "2024-05-30") == 1
    assert mean(index, "2024-01-15", "2024-01-15") == 1


def test_a_month_that_is_not_whole_takes_the_value_of_its_neighbour() -> None:
    index, _ = volume_index(
        plan(COUNTS, cut="2024-06-16", first="2023-01-10"), Service(), 0.95, "A"
    )
    assert index.by_month[date(2024, 6, 1)] == 1.0
    assert index.by_month[date(2023, 1, 1)] == 1.0
    index, _ = volume_index(
        plan({**COUNTS, "2024-05": 1200}, cut="2024-06-16"), Service(), 0.95, "A"
    )
    assert index.by_month[date(2024, 6, 1)] == 1.2


def test_given_volumes_go_before_counted_ones_and_gaps_are_told() -> None:
    given = {("A", date(2023, month, 1)): 2000.0 for month in range(1, 13)}
    given |= {("A", date(2024, month, 1)): 3000.0 for month in (1, 2, 3)}
    given |= {("B", date(2024, 4, 1)): 9000.0}
    index, told = volume_index(plan(COUNTS), Service(volumes=given), 0.1, "A")
    assert index.by_month[date(2024, 2, 1)] == 1.5
    assert index.by_month[date(2024, 6, 1)] == 1.5
    (said,) = told
    assert said.startswith("The volumes given for A lack 3 of 18 months: the nearest month")


@pytest.mark.parametrize(("singles", "used"), [(0.8, True), (0.79, False)])
def test_an_extract_of_frequent_attenders_is_no_measure_of_a_department(
    singles: float, used: bool
) -> None:
    index, told = volume_index(plan(COUNTS), Service(), singles, "A")
    assert (index.by_month[date(2024, 2, 1)] == 1.5) is used
    assert (told == []) is used
    assert set(volume_index(plan(COUNTS), Service(), 0.5, "A")[0].by_month.values()) == {1.0}


def test_a_service_that_starts_with_the_data_is_measured_against_all_months() -> None:
    counts = {"2024-01": 500, "2024-02": 1000, "2024-03": 1500}
    index, told = volume_index(
        plan(counts, cut="2024-04-01", first="2024-01-01"), Service(), 0.95, "A"
    )
    assert list(index.by_month.values())[:3] == [0.5, 1.0, 1.5]
    assert told[0].startswith("No whole month before the service started at A")

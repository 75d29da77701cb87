"""The sentence on every line: what a lead reads aloud."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from openhiu.identify.criteria import Criteria, Kind, Rule
from openhiu.identify.why import say_list, times, why

TOP = Rule(Kind.TOP, 250)
MONTH = Rule(Kind.MONTH, 4, strictly=True)
CRITERIA = Criteria("drawn", "Drawn", "a test", (TOP, MONTH))


def sentence(**facts: Any) -> str:
    usual: dict[str, Any] = {
        "list_id": "RXX01",
        "site_name": "Ashdown General",
        "attendances": 14,
        "attendances_12m": 14,
        "max_in_month": 6,
        "busiest_month": 2026 * 12 + 2,
        "max_in_30_days": 0,
        "by_ambulance": 9,
        "admissions": 2,
        "sites": 1,
        "first": datetime(2026, 1, 3, 10),
        "last": datetime(2026, 3, 29, 23),
        "rules": (TOP, MONTH),
        "criteria": CRITERIA,
    }
    return why(**{**usual, **facts})


def test_the_whole_sentence() -> None:
    assert sentence() == (
        "Came to Ashdown General 14 times between 3 January and 29 March 2026, 6 of those in "
        "February, 9 by ambulance, and was admitted twice; listed for being among the 250 with "
        "most attendances in the 3 months and more than 3 attendances in a calendar month."
    )


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"by_ambulance": 0, "admissions": 0}, "in February; listed for"),
        ({"sites": 2}, "; also came to 1 other hospital; listed"),
        ({"sites": 3}, "; also came to 2 other hospitals; listed"),
        ({"list_id": "ALL", "sites": 3}, "Came to 3 hospitals 14 times"),
        ({"attendances_12m": 30}, "; 30 times in 12 months; listed"),
        ({"attendances": 6}, "6 times between 3 January and 29 March 2026, 9 by ambulance"),
        ({"first": datetime(2025, 12, 3)}, "between 3 December 2025 and 29 March 2026"),
        ({"first": datetime(2026, 3, 29), "attendances": 1}, "once on 29 March 2026"),
        ({"rules": (Rule(Kind.MONTH, 4, rolling=True, strictly=True),), "max_in_30_days": 5},
         "listed for 5 attendances within 30 days (more than 3 in 30 days)."),
        ({"rules": (Rule(Kind.BAND, 5, 10),)}, "listed for 5 to 10 attendances in 12 months."),
        ({"rules": (Rule(Kind.BAND, 20),)}, "listed for 20 or more attendances in 12 months."),
    ],
)  # fmt: skip
def test_its_parts(facts: dict[str, Any], part: str) -> None:
    assert part in sentence(**facts)


def test_someone_who_was_quiet_in_the_window() -> None:
    told = sentence(attendances=0, attendances_12m=22, rules=(Rule(Kind.YEAR, 21, strictly=True),))
    assert told == (
        "Came to Ashdown General 22 times in 12 months, the last time on 29 March 2026; listed "
        "for more than 20 attendances in 12 months."
    )


def test_plain_words_for_numbers_and_lists() -> None:
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert [say_list(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == (
        ["", "a", "a and b", "a, b and c"]
    )

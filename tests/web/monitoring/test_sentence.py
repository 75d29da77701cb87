"""The sentence above the picture: counts before the start and lately, never a claim of effect."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from openhiu.web.monitoring import presenters
from openhiu.web.monitoring.queries import Freshness
from support.web_monitoring import at


def visits(*days: str) -> list[dict[str, Any]]:
    return [{"kind": "attendance", "began_at": at(f"{day} 10:00")} for day in days]


def said(events: list[dict[str, Any]], started: str, since: str = "2024-04-03") -> str:
    feed: Any = SimpleNamespace(since=date.fromisoformat(since))
    fresh = Freshness(feed, at("2026-04-02 20:39"), is_stale=False)
    return presenters.summary(events, fresh, date.fromisoformat(started))


def test_three_months_before_the_start_and_the_last_three_known() -> None:
    # Before 1 August: 1 May to 31 July counts, 30 April does not, nor does the day of the start.
    # Lately: 3 January to 2 April counts, 2 January does not.
    events = visits("2025-04-30", "2025-05-01", "2025-07-31", "2025-08-01",
                    "2026-01-02", "2026-01-03", "2026-04-02")  # fmt: skip
    assert said(events, "2025-08-01") == (
        "2 A&E visits in the 3 months before you started; 2 in the last 3 months (data to 2 April)."
    )


def test_someone_who_started_lately_is_counted_since_then() -> None:
    events = visits("2026-02-10", "2026-02-20", "2026-03-01", "2026-03-20")
    assert said(events, "2026-03-01") == (
        "2 A&E visits in the 3 months before you started; 2 since then (data to 2 April)."
    )


def test_a_start_after_the_data_end_is_said() -> None:
    assert said(visits("2026-04-01"), "2026-04-03") == (
        "1 A&E visit in the last 3 months (data to 2 April). The data end before you started."
    )


def test_data_that_begin_within_the_three_months_say_from_when() -> None:
    events = visits("2024-04-10", "2024-06-01")
    assert said(events, "2024-05-01") == (
        "1 A&E visit from 3 April 2024 until you started; 0 in the last 3 months (data to 2 April)."
    )
    assert said(events, "2024-04-01").startswith("What came before you started is not in the data")


def test_nobody_came_is_said_in_words() -> None:
    assert said([], "2025-08-01").startswith("No A&E visits in the 3 months before you started; 0")


@pytest.mark.parametrize("count", [0, 1, 7])
def test_nothing_in_it_speaks_of_effect(count: int) -> None:
    text = said(visits(*["2025-07-01"] * count), "2025-08-01")
    for word in ("%", "reduc", "fewer", "less", "fell", "drop", "improve", "saved"):
        assert word not in text

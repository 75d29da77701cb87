"""What goes before a return: counted against how much time there was, and protected."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from openhiu.monitor.occasions import OCCASIONS
from openhiu.monitor.patterns import Followed, patterns, ratio

SINCE, UNTIL = date(2025, 1, 1), date(2026, 1, 1)
DAY = timedelta(days=1)


def on(day: str, hour: int = 3) -> tuple[datetime, ...]:
    return (datetime.fromisoformat(f"{day} {hour:02d}:00"),)


def followed(n: int, *returns: datetime, **more: object) -> Followed:
    given: dict[str, Any] = {"spans": ((SINCE, UNTIL),)} | more
    return Followed(f"c{n}", returns=returns, **given)


def table(result: dict[str, Any], key: str) -> dict[str, dict[str, Any]]:
    [found] = [one for one in result["tables"] if one["key"] == key]
    return {row["label"]: row for row in found["rows"]}


def mondays(count: int) -> list[Followed]:
    """Everybody comes back on some Monday at three in the morning."""
    return [followed(n, *on(str(date(2025, 6, 2) + 7 * n * DAY))) for n in range(count)]


def test_mondays_are_judged_against_how_many_mondays_there_were() -> None:
    """20 came back on a Monday and 60 on the other days: a quarter, in a seventh of the time.

    (20 / 14) / (60 / 86) = 2.05, and with 95% between 1.2 and 3.4.
    """
    others = [followed(90 + n, *on(str(date(2025, 6, 3) + (7 * (n // 6) + n % 6) * DAY)))
              for n in range(60)]  # fmt: skip
    result = patterns(mondays(20) + others, SINCE, UNTIL)
    monday = table(result, "weekday")["Monday"]
    assert (monday["returned"], monday["share_of_returns"], monday["share_of_time"]) == (20, 25, 14)
    assert (monday["ratio"], monday["low"], monday["high"]) == (2.0, 1.2, 3.4)
    assert (
        "Day of the week, \u201cMonday\u201d: 25% of returns in 14% of the time, 2.0 times as "
        "often as otherwise (between 1.2 and 3.4 times)."
    ) in result["sentences"]


def test_where_the_days_would_show_too_few_they_are_taken_together() -> None:
    """8 Mondays and 8 Sundays leave five empty days; 8 and 2 leave a star, so weekends are told."""
    sundays = [followed(50 + n, *on(str(date(2025, 6, 1) + 7 * n * DAY))) for n in range(9)]
    assert len(table(patterns(mondays(8) + sundays, SINCE, UNTIL), "weekday")) == 7
    rows = table(patterns(mondays(12) + sundays[:2], SINCE, UNTIL), "weekday")
    assert {label: row["returned"] for label, row in rows.items()} == {
        "Monday to Friday": "*", "Saturday and Sunday": "*",
    }  # fmt: skip


def test_a_ratio_and_its_range_by_hand() -> None:
    """20 in 14 days of 100 against 20 in 86: (20 / 14) / (20 / 86) = 6.14.

    Clopper-Pearson for 20 of 40 is 0.338 to 0.662: odds of 0.511 and 1.957, times 86 / 14.
    """
    found, low, high = ratio(20, 20, 14, 86)
    assert found == pytest.approx(6.143, abs=0.001)
    assert low == pytest.approx(0.3380 / 0.6620 * 86 / 14, rel=1e-3)
    assert high == pytest.approx(0.6620 / 0.3380 * 86 / 14, rel=1e-3)
    assert ratio(0, 10, 20, 80)[0] == 0
    assert ratio(10, 0, 20, 80)[2] == float("inf")


def test_only_the_first_return_of_each_client_counts_and_only_while_they_were_steady() -> None:
    twice = [followed(n, *on("2025-03-04"), *on("2025-03-05")) for n in range(10)]
    busy = [followed(50 + n, *on("2025-03-04"), spans=((date(2025, 5, 1), UNTIL),))
            for n in range(10)]  # fmt: skip
    result = patterns(twice + busy, SINCE, UNTIL)
    assert (result["people"], result["returned"]) == (20, 10)
    rows = table(result, "day_of_month")
    assert rows["1st to 7th"]["returned"] == 10


def test_what_counts_as_before_a_return() -> None:
    everyone = [
        followed(
            n, *on("2025-06-10"),
            lead_changes=(date(2025, 6, 10),), housing=(date(2025, 5, 13),),
            anniversaries=(date(1970, 6, 17),), contacts=(date(2025, 6, 10), date(2025, 5, 20)),
            stepped_back=(date(2025, 5, 13),), phases=((date(2025, 1, 1), "at_a_distance"),),
        )
        for n in range(10)
    ]  # fmt: skip
    result = patterns(everyone, SINCE, UNTIL)
    assert table(result, "lead_changed")["Yes"]["returned"] == 10  # on the day itself
    assert table(result, "housing")["Yes"]["returned"] == 10  # 28 days before
    assert table(result, "anniversary")["Yes"]["returned"] == 10  # seven days ahead
    # The call on the day they came is not what went before: three weeks earlier is.
    assert table(result, "contact")["3 to 4 weeks"]["returned"] == 10
    assert table(result, "stepping_back")["Within 4 weeks"]["returned"] == 10
    assert table(result, "phase")["Open at a distance"]["returned"] == 10
    assert table(result, "hour")["Midnight to 6 am"]["returned"] == 10
    assert table(result, "open_hours")["Offices closed"]["returned"] == 10


@pytest.mark.parametrize(
    ("day", "paid"),
    # 30 May 2025 is a Friday, 31 a Saturday; 31 August a Sunday, so 29 August.
    [("2025-05-29", False), ("2025-05-30", True), ("2025-06-02", True), ("2025-06-03", False),
     ("2025-08-29", True), ("2025-09-01", True), ("2025-12-31", True)],
)  # fmt: skip
def test_the_last_working_day_of_the_month_and_three_days_after(day: str, paid: bool) -> None:
    [payday] = [one for one in OCCASIONS if one.key == "payday"]
    assert payday.labels[payday.cell(followed(0), on(day)[0])] == ("Yes" if paid else "No")


def test_the_time_in_all_cells_is_all_the_time() -> None:
    import numpy as np

    client = followed(
        0, stepped_back=(date(2025, 2, 1),), contacts=(date(2025, 3, 1),),
        phases=((date(2025, 2, 1), "walking_backwards"),), anniversaries=(date(2000, 12, 28),),
    )  # fmt: skip
    days = np.arange(SINCE.toordinal(), UNTIL.toordinal())
    for occasion in OCCASIONS:
        spent = occasion.time(client, days)
        assert spent.shape == (365, len(occasion.labels))
        assert spent.sum(axis=1) == pytest.approx(np.ones(365))


def test_with_fewer_than_eight_returns_nothing_is_said() -> None:
    result = patterns(mondays(7), SINCE, UNTIL)
    assert (result["returned"], result["enough"], result["tables"]) == ("*", False, [])
    assert patterns([], SINCE, UNTIL)["people"] == 0


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_is_shown_or_can_be_subtracted(seed: int) -> None:
    dice = random.Random(seed)
    everyone = [
        followed(
            n, datetime(2025, 1, 1) + timedelta(hours=dice.randint(0, 8759)),
            housing=(date(2025, 1, 1) + dice.randint(0, 364) * DAY,) if dice.random() < 0.3 else (),
            phases=((SINCE, dice.choice(("at_a_distance", "walking_backwards"))),),
        )
        for n in range(dice.randint(8, 40))
    ]  # fmt: skip
    result = patterns(everyone, SINCE, UNTIL)
    for one in result["tables"]:
        shown = [row["returned"] for row in one["rows"]]
        assert all(value in ("*", 0) or value >= 10 for value in shown)
        assert shown.count("*") != 1, one["key"]
        for row in one["rows"]:
            if row["returned"] == "*":
                assert row["ratio"] == row["share_of_returns"] == "*"
    told = json.dumps(result)
    assert not any(f'"{one.ref}"' in told for one in everyone)


def test_shares_of_what_is_shown_add_up() -> None:
    """11 in opening hours and 17 outside: shown as 10 and 15, and so 40% and 60%, not 33% and 50%
    of a total shown as 30.
    """
    by_day = [followed(n, *on(str(date(2025, 6, 2) + n * 7 * DAY), 12)) for n in range(11)]
    by_night = [followed(50 + n, *on(str(date(2025, 6, 2) + n * 7 * DAY), 22)) for n in range(17)]
    result = patterns(by_day + by_night, SINCE, UNTIL)
    rows = table(result, "open_hours")
    assert [(row["returned"], row["share_of_returns"]) for row in rows.values()] == [
        (10, 40), (15, 60),
    ]  # fmt: skip
    for one in result["tables"]:
        shares = [row["share_of_returns"] for row in one["rows"]]
        if "*" not in shares:
            assert abs(sum(shares) - 100) <= len(shares) / 2, one["key"]


def test_what_stands_out_is_said_in_a_sentence() -> None:
    """All 30 at three in the morning: 30 of 30 is at least 0.884 of them; odds of 7.6, times 3."""
    result = patterns(mondays(30), SINCE, UNTIL)
    assert (
        "Time of day, \u201cMidnight to 6 am\u201d: 100% of returns in 25% of the time, at least "
        "22.9 times as often as otherwise."
    ) in result["sentences"]
    assert "A ratio is no cause." in result["note"]

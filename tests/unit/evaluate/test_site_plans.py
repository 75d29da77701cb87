"""Which days of a site's data can be used: where they begin, where they end, and what is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from openhiu.evaluate.months import first_day, first_of, month_number, next_first
from openhiu.evaluate.roster import RosterRow
from openhiu.evaluate.rows import day_of
from openhiu.evaluate.service import Service
from openhiu.evaluate.sites import SiteMonth, SitePlan, plan_sites

AS_OF = date(2025, 1, 15)
START = RosterRow(2, "A", "x", start_date=date(2024, 1, 10))


def months(counts: dict[str, int], last_day: datetime | None = None) -> tuple[SiteMonth, ...]:
    """Months such as 2023-01 with so many attendances, spread from the first to the last day."""
    made = []
    for name, count in counts.items():
        first = datetime.fromisoformat(f"{name}-01T00:10:00")
        after = first_of(month_number(first.date()) + 1)
        last = datetime(after.year, after.month, after.day) - timedelta(minutes=10)
        made.append(SiteMonth(month_number(first.date()), count, count, count, 0, first, last))
    if last_day:
        final = made.pop()
        made.append(SiteMonth(final.month, *[final.sent] * 3, 0, final.oldest, last_day))
    return tuple(made)


def steady(first: str, last: str, count: int = 3000, **other: int) -> dict[str, int]:
    numbers = range(month_number(date.fromisoformat(f"{first}-01")),
                    month_number(date.fromisoformat(f"{last}-01")) + 1)  # fmt: skip
    named = {f"{first_of(number):%Y-%m}": count for number in numbers}
    return named | {f"20{name[1:3]}-{name[3:]}": value for name, value in other.items()}


def plan(sent: tuple[SiteMonth, ...], service: Service = Service()) -> tuple[SitePlan, list[str]]:  # noqa: B008
    (made,), told = plan_sites({"A": sent}, [START], service, AS_OF, lambda code: f"{code}sh")
    return made, told


def test_a_month_that_came_to_its_end_is_whole() -> None:
    made, told = plan(months(steady("2021-01", "2024-12")))
    assert (made.first_data, made.cut) == (date(2021, 1, 1), date(2025, 1, 1))
    assert first_of(made.lists[0]) == date(2022, 1, 1)
    assert first_of(made.lists[-1]) == date(2025, 1, 1)
    assert told == []


def test_a_month_that_did_not_is_not() -> None:
    made, _ = plan(months(steady("2021-01", "2024-12"), datetime(2024, 12, 27, 9)))
    assert made.cut == date(2024, 12, 1)


def test_newest_months_with_less_than_half_have_not_arrived() -> None:
    # The usual month of the year before the last three holds 3,000: 1,499 is less than half.
    made, told = plan(months(steady("2021-01", "2024-12", m2411=1499, m2412=1400)))
    assert made.cut == date(2024, 11, 1)
    (said,) = told
    assert said.startswith(
        "Ash sent less than half of its usual attendances for November 2024 and December 2024: "
    )
    assert plan(months(steady("2021-01", "2024-12", m2412=1500)))[0].cut == date(2025, 1, 1)


def test_a_cut_that_was_asked_for_is_kept_where_the_data_reach_it() -> None:
    sent = months(steady("2021-01", "2024-10"))
    assert plan(sent, Service(cut=date(2024, 7, 15))) == (plan(sent)[0].__class__(
        "A", date(2024, 1, 10), date(2021, 1, 1), date(2024, 7, 15), sent), [])  # fmt: skip
    made, told = plan(sent, Service(cut=date(2025, 1, 1)))
    assert made.cut == date(2024, 11, 1)
    (said,) = told
    assert said.startswith("The data of Ash end on 31 October 2024, before the cut")
    assert said.endswith("follow-up there ends with October 2024.")


def test_nothing_on_or_after_the_as_of_date_is_used() -> None:
    (made,), _ = plan_sites({"A": months(steady("2021-01", "2024-12"))}, [START], Service(),
                            date(2024, 6, 10))  # fmt: skip
    assert made.cut == date(2024, 6, 10)


def test_stray_early_rows_are_passed_over() -> None:
    # One row of 1901 and a thin month: below a tenth of the usual 3,000.
    sent = months({"1901-05": 1, "2020-12": 299, **steady("2021-01", "2024-12")})
    made, told = plan(sent)
    assert made.first_data == date(2021, 1, 1)
    assert told == [
        "Before January 2021 Ash sent hardly any attendances: its history begins there."
    ]
    assert plan(months({"2020-12": 300, **steady("2021-01", "2024-12")}))[0].first_data == date(
        2020, 12, 1)  # fmt: skip


@pytest.mark.parametrize(("day", "first"), [(7, date(2021, 3, 1)), (8, date(2021, 3, 8))])
def test_a_first_row_within_seven_days_stands_for_its_month(day: int, first: date) -> None:
    sent = months(steady("2021-03", "2024-12"))
    begun = SiteMonth(sent[0].month, 3000, 3000, 3000, 0, datetime(2021, 3, day), sent[0].newest)
    assert plan((begun, *sent[1:]))[0].first_data == first


def test_history_begins_no_earlier_than_is_asked_for() -> None:
    sent = months(steady("2021-01", "2024-12"))
    assert plan(sent, Service(data_from={"": date(2022, 5, 3)}))[0].first_data == date(2022, 5, 3)
    assert plan(sent, Service(data_from={"A": date(2015, 1, 1)}))[0].first_data == date(2021, 1, 1)
    # Lists from the first of June 2023: twelve months after the first of a month in the data.
    made, _ = plan(sent, Service(data_from={"A": date(2022, 5, 3)}))
    assert first_of(made.lists[0]) == date(2023, 6, 1)


def test_a_service_starts_with_the_first_offer_or_start_unless_it_says_when() -> None:
    sent = {"A": months(steady("2021-01", "2024-12"))}
    rows = [START, RosterRow(3, "A", "y", offer_date=date(2023, 12, 30)),
            RosterRow(4, "A", "z", offer_date=date(2024, 2, 1))]  # fmt: skip
    (made,), _ = plan_sites(sent, rows, Service(), AS_OF)
    assert made.service_start == date(2023, 12, 30)
    stated = Service(service_start={"A": date(2023, 11, 1), "": date(2023, 1, 1)})
    (made,), _ = plan_sites(sent, rows, stated, AS_OF)
    assert made.service_start == date(2023, 11, 1)


def test_sites_of_which_nothing_can_be_said_are_told() -> None:
    sent = {"A": months(steady("2021-01", "2024-12")), "C": months(steady("2021-01", "2021-01", 0))}
    rows = [RosterRow(2, "A", "x"), RosterRow(3, "B", "y", start_date=date(2024, 1, 1)),
            RosterRow(4, "C", "y", start_date=date(2024, 1, 1))]  # fmt: skip
    plans, told = plan_sites(sent, rows, Service(), AS_OF)
    assert plans == []
    assert [sentence[:55] for sentence in told] == [
        "Nobody was offered or started support at A, and no star",
        "The store has no attendance at B of the kind that lists",
        "The store has no attendance at C of the kind that lists",
    ]


def test_a_service_that_starts_after_the_data_has_no_plan_yet() -> None:
    sent = {"A": months(steady("2021-01", "2023-12"))}
    late = RosterRow(2, "A", "x", start_date=date(2024, 1, 1))
    plans, told = plan_sites(sent, [late], Service(), AS_OF)
    assert (plans, told) == (
        [],
        ["Support at A starts after its data end: nothing can be estimated there yet."],
    )
    before = RosterRow(2, "A", "x", start_date=date(2023, 12, 31))
    assert len(plan_sites(sent, [before], Service(), AS_OF)[0]) == 1


def test_months_are_numbered() -> None:
    assert month_number(date(2024, 12, 31)) == 2024 * 12 + 12
    assert first_of(2024 * 12 + 12) == date(2024, 12, 1)
    assert first_of(2024 * 12 + 13) == date(2025, 1, 1)
    assert day_of(first_day(2024 * 12 + 3)) == date(2024, 3, 1)
    assert next_first(date(2024, 2, 1)) == date(2024, 2, 1)
    assert next_first(date(2023, 12, 2)) == date(2024, 1, 1)

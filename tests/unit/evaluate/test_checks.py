"""The checks of the plan: what passes, what is to be looked at, what cannot be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from bench.evaluate.rows import rows_of
from bench.evaluate.simulator import simulate

from openhiu.evaluate.checks import Check, checks, lower_ranks
from openhiu.evaluate.estimate import Standing
from openhiu.evaluate.placebo import moved_back, placebo
from openhiu.evaluate.plan import W3, W12
from openhiu.evaluate.rows import Cohort, Rows, day_number
from openhiu.evaluate.together import models, together
from support.made_rows import made_site
from support.simulated import SMALL, small_site

KEY = "attendances"


def run(rows: Rows, cohort: Cohort = Cohort(started=60, off_list=2)) -> dict[str, Check]:  # noqa: B008
    return {one.id: one for one in checks([rows], models([rows], KEY), cohort)}


def with_people_since(count: float, people: int = 40, *, rank: int = 150, no: bool = False) -> Rows:
    """600 clean rows of 4 expected each, and people listed since who have `count` each."""
    rows = made_site({KEY: (4.0, [[count] * 4] * people)})
    since = rows.client.copy()
    return replace(rows, client=np.zeros(rows.size, bool), rank=np.full(rows.size, rank, np.int32),
                   said_no=since & no,
                   anchor=np.where(since, rows.index, rows.anchor).astype(np.int32))  # fmt: skip


@pytest.mark.parametrize(("count", "result"), [
    (4.0, "pass"), (4.4, "pass"), (4.6, "look"), (3.6, "pass"), (3.4, "look"),
])  # fmt: skip
def test_people_lower_on_the_list_should_behave_as_they_did(count: float, result: str) -> None:
    found = run(with_people_since(count))["lower_ranks"]
    # Then 4 of 4 expected; now `count` of 4: limits 0.88 and 1.12.
    assert found.value == pytest.approx(count / 4, rel=1e-3)
    assert found.result == result


def test_the_first_hundred_are_not_part_of_it() -> None:
    assert run(with_people_since(9.0, rank=100))["lower_ranks"].result == "cannot"


@pytest.mark.parametrize(("count", "people", "result"), [
    (4.0, 30, "pass"), (6.0, 30, "pass"), (6.5, 30, "look"), (1.8, 30, "look"), (4.0, 29, "cannot"),
])  # fmt: skip
def test_people_who_said_no(count: float, people: int, result: str) -> None:
    # One site: 1.02 give or take 2 x 0.27, so 0.48 to 1.56; 6 of 4 is 1.5, 1.8 of 4 is 0.45.
    found = run(with_people_since(count, people, no=True))["said_no"]
    assert found.result == result
    assert found.limits == (0.48, 1.56)


def test_one_client_of_whom_most_is_expected() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    assert run(rows)["one_client"].value == pytest.approx(1 / 40, abs=1e-3)
    alone = made_site({KEY: (10.0, [[3] * 4] * 4)})
    assert run(alone)["one_client"].result == "look"  # a quarter of all


@pytest.mark.parametrize(("off", "result"), [(6, "pass"), (7, "look")])
def test_people_off_the_list(off: int, result: str) -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    found = run(rows, Cohort(started=60, off_list=off))["off_list"]
    assert found.result == result
    assert str(off) not in str(found.value)  # a few people are not counted out


@pytest.mark.parametrize(("level", "result"), [
    (0.8, "pass"), (0.79, "look"), (1.25, "pass"), (1.26, "look"),
])  # fmt: skip
def test_the_department_itself(level: float, result: str) -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    months = {date(2023, 12, 1): 3.0, date(2024, 1, 1): 1.0, date(2024, 2, 1): level}
    assert run(replace(rows, volume_by_month=months))["volume"].result == result
    assert run(rows)["volume"].result == "cannot"


def test_a_placebo_service_takes_people_of_the_same_ranks_a_year_earlier() -> None:
    rows = small_site()
    moved = moved_back(rows)
    assert moved is not None
    assert moved.service_start == date(2023, 1, 1)
    assert moved.cut == rows.service_start
    pretended, real = moved.client, rows.client
    assert moved.anchor[pretended].min() >= day_number(date(2023, 1, 1))
    assert (moved.index[pretended] + 90).max() <= day_number(rows.service_start)
    assert len(set(moved.person[pretended])) == pretended.sum()
    middle = np.median(rows.rank[real]) - np.median(moved.rank[pretended])
    assert abs(middle) <= 10
    assert not np.isin(moved.event_row, [0]).any()


def test_a_placebo_service_did_nothing() -> None:
    found = placebo([small_site(seed) for seed in range(1, 7)])
    assert found is not None
    assert found.standing is Standing.ENOUGH
    assert found.low is not None and found.high is not None
    assert found.low <= 1 <= found.high


def test_nothing_can_be_said_of_a_site_without_a_year_to_go_back() -> None:
    rows = made_site({KEY: (4.0, [[3] * 4] * 40)})
    assert placebo([rows]) is None
    assert run(rows)["placebo"].result == "cannot"


def test_checks_are_plain_data() -> None:
    for check in run(small_site()).values():
        plain = check.plain()
        assert set(plain) == {"id", "what", "value", "limits", "result"}
        assert plain["result"] in {"pass", "look", "cannot"}


def test_a_new_site_borrows_from_sites_whose_lists_behave() -> None:
    young = rows_of(simulate(replace(SMALL, months_before=17), 9), "YOUNG")
    sites = [small_site(1), small_site(2), small_site(3), young]
    known = models(sites, KEY)
    behave = [s for s in sites[:3] if 0.9 <= (lower_ranks([s], known) or 0) <= 1.1]
    assert behave
    found = together(sites, KEY, W12, known)
    assert found is not None
    own = found.by_site["YOUNG"]
    assert own.borrowed
    assert own.standing is Standing.ENOUGH
    assert found.whole.borrowed
    assert not found.by_site["SIM01"].borrowed


def test_nobody_lends_whose_lists_changed() -> None:
    young = rows_of(simulate(replace(SMALL, months_before=17), 9), "YOUNG")
    other = small_site(1)
    counts = other.outcomes[KEY].copy()
    since = ~other.client & (other.anchor >= day_number(other.service_start))
    counts[since] *= 3
    changed = replace(other, outcomes={KEY: counts})
    found = together([changed, young], KEY, W12, models([changed, young], KEY))
    assert found is not None
    assert found.by_site["YOUNG"].standing is Standing.NO_HISTORY
    assert found.whole.left_out == ("YOUNG",)


def test_a_site_with_two_years_of_history_does_not_borrow() -> None:
    older = rows_of(simulate(replace(SMALL, months_before=24), 9), "OLDER")
    sites = [small_site(1), older]
    found = together(sites, KEY, W3, models(sites, KEY))
    assert found is not None
    assert not found.by_site["OLDER"].borrowed

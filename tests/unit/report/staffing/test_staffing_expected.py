"""What may be expected from each number of leads: ranges, order, and which way things move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from openhiu.locality import StaffingSettings
from openhiu.report.staffing import draws, measured
from openhiu.report.staffing.demand import Demand
from openhiu.report.staffing.draws import NEVER, Chance, Sets
from openhiu.report.staffing.inputs import Inputs, Known, inputs_of
from openhiu.report.staffing.shape import WithLeads
from openhiu.report.staffing.simulate import numbers_of, simulate
from openhiu.report.staffing.sizing import Counted
from openhiu.report.staffing.work_out import enough

USUAL = StaffingSettings(horizon_months=24)
STAYS = tuple(0.4 ** (month / 12) for month in range(1, 13))
DEMAND = Demand(Counted(60, 60, 60), 70, 0.1, 0.0, STAYS, 30, frozenset())


def expected(
    demand: Demand = DEMAND, inputs: Inputs | None = None, numbers: Sequence[int] = (1, 2, 3),
    in_post: float = 0, name: str = "NORTH",
) -> list[WithLeads]:  # fmt: skip
    return simulate(demand, inputs or inputs_of(USUAL), numbers, in_post, name)


@pytest.fixture(scope="module")
def usual() -> list[WithLeads]:
    return expected(numbers=(1, 2, 3, 4))


def test_more_leads_never_look_worse(usual: list[WithLeads]) -> None:
    for key in ("wait_median", "wait_90", "overload", "overload_weeks", "pressed", "pressed_weeks",
                "alone"):  # fmt: skip
        values = [getattr(line, key).value for line in usual]
        at_most = [np.inf if value is None else value for value in values]
        assert at_most == sorted(at_most, reverse=True), key
    for key in ("reached", "began", "starts"):
        values = [getattr(line, key).value for line in usual]
        assert values == sorted(values), key


def test_every_value_lies_in_its_range(usual: list[WithLeads]) -> None:
    for line in usual:
        for key, found in vars(line).items():
            if key == "leads":
                continue
            low, value, high = (
                np.inf if one is None else one for one in (found.low, found.value, found.high)
            )
            assert low <= value <= high, key


def test_the_same_service_gives_the_same_numbers(usual: list[WithLeads]) -> None:
    assert expected(numbers=(1, 2, 3, 4)) == usual
    assert expected(name="SOUTH") != usual[:3]


def test_other_numbers_of_leads_beside_it_change_nothing(usual: list[WithLeads]) -> None:
    """The same people come whether four numbers are looked at or two: only averaging may differ."""
    alone = expected(numbers=(1, 2))
    assert alone[0].starts == usual[0].starts
    assert alone[1].wait_median == usual[1].wait_median


def test_few_leads_are_too_few_and_many_are_enough(usual: list[WithLeads]) -> None:
    """60 wait and 70 a year come: at 60% yes, 42 begin a year in the long run. One lead has room
    for about 12 at a time, of 3.5 months each: some 40 a year less leave, and 12 to begin with.
    """
    one, *_, most = usual
    assert 38 <= (one.starts.value or 0) <= 52
    assert (one.wait_median.value or 99) > 8
    assert (most.reached.value or 0) > 0.95
    assert (most.wait_90.value or 0) < 6
    assert (one.pressed.value or 0) > (most.pressed.value or 0)


def test_one_lead_alone_leaves_the_weeks_of_leave_and_sickness(usual: list[WithLeads]) -> None:
    assert usual[0].alone.value == pytest.approx(9.5, abs=1.5)
    assert (usual[3].alone.value or 0) < 0.5


@pytest.mark.parametrize(
    ("change", "key", "up"),
    [({"support_months": 5.0}, "wait_median", True), ({"acceptance": 0.9}, "reached", False),
     ({"leave_weeks": 20.0}, "starts", False), ({"return_share": 0.6}, "pressed_weeks", True),
     ({"intensive_most": 20.0}, "reached", True), ({"new_a_quarter": 4.0}, "reached", False)],
)  # fmt: skip
def test_each_setting_moves_what_it_should(
    usual: list[WithLeads], change: dict[str, float], key: str, up: bool
) -> None:
    changed = expected(inputs=inputs_of(replace(USUAL, **change)))  # type: ignore[arg-type]
    before, after = (
        [np.inf if getattr(line, key).value is None else getattr(line, key).value for line in each]
        for each in (usual[:1], changed[:1])
    )
    assert (after > before) is up


def test_what_is_not_known_widens_the_range() -> None:
    usual = inputs_of(USUAL)
    sure = replace(usual, acceptance=Known(0.6, 5000), support=Known(usual.support.value, 5000),
                   returns=Known(0.2, 5000))  # fmt: skip
    unsure, surer = (expected(inputs=one)[0].reached for one in (usual, sure))
    assert (unsure.high or 0) - (unsure.low or 0) > 1.3 * ((surer.high or 0) - (surer.low or 0))


def test_people_who_leave_the_tier_by_themselves_shorten_the_queue() -> None:
    stay = replace(DEMAND, stays=tuple([0.99] * 12))
    staying, leaving = expected(stay)[0], expected()[0]
    assert staying.wait_median.value is None or staying.wait_median.value > (
        leaving.wait_median.value or 0
    )


def test_a_lead_in_post_has_less_room_at_first() -> None:
    fresh, working = expected()[0], expected(in_post=1)[0]
    assert (working.wait_median.value or 99) > (fresh.wait_median.value or 0)


def test_nobody_and_nothing_to_come_is_no_wait() -> None:
    nobody = replace(DEMAND, counted=Counted(0, 0, 0), a_year=0.0)
    assert expected(nobody)[0].wait_median.value == 0


def test_the_draws_are_what_they_say() -> None:
    sets, chance = Sets(40, 20), Chance(7, "HERE")
    sure = replace(DEMAND, spread=0.0, left=1e9)
    crowd = draws.crowd(sure, inputs_of(USUAL), sets, 104, chance)
    come = crowd.arrives < NEVER
    assert (crowd.arrives == 0).sum(1).mean() >= 60
    assert come.sum(1).mean() == pytest.approx(60 + 140, rel=0.02)
    assert (np.diff(crowd.arrives, axis=1) >= 0).all()
    stayed = ((crowd.leaves - crowd.arrives) > 52)[come].mean()
    assert stayed == pytest.approx(0.4, abs=0.02)
    assert crowd.says_yes.mean() == pytest.approx(0.6, abs=0.03)
    assert crowd.support.mean() == pytest.approx(13 + 2, rel=0.05)
    assert (crowd.gaps[:, :, 0] < NEVER).mean() == pytest.approx(0.2, abs=0.03)
    assert ((crowd.gaps[:, :, 1] < NEVER) <= (crowd.gaps[:, :, 0] < NEVER)).all()
    away = draws.away(inputs_of(USUAL), 3, 400, 104, chance)
    assert away.mean() * 52 == pytest.approx(9.5 - 7 * 2.5 / 52, abs=0.3)


def test_a_quantile_is_the_smallest_value_that_the_share_does_not_pass() -> None:
    values = np.array([[[3.0, 1.0, np.inf, 2.0, np.nan]], [[np.nan] * 5]])
    assert measured._quantile(values, 0.5).tolist() == [[2.0], [0.0]]
    assert measured._quantile(values, 0.9).tolist() == [[np.inf], [0.0]]


def test_neighbours_in_the_wrong_order_are_averaged() -> None:
    assert measured._in_order(np.array([0.5, 0.2, 0.3, 0.0]), falls=True) == [0.5, 0.25, 0.25, 0.0]
    assert measured._in_order(np.array([1.0, 3.0, 2.0]), falls=False) == [1.0, 2.5, 2.5]
    assert measured._in_order(np.array([np.inf, 4.0]), falls=True) == [np.inf, 4.0]


def test_chance_alone_puts_hardly_anything_in_the_wrong_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The averaging must not be what makes more leads look better."""
    monkeypatch.setattr(measured, "_in_order", lambda values, *, falls: values.tolist())
    raw = expected(numbers=(1, 2, 3, 4, 5))
    for key in ("overload", "pressed", "pressed_weeks"):
        assert np.diff([getattr(line, key).value for line in raw]).max() < 0.01
    assert np.diff([line.reached.value for line in raw]).min() > -0.01


def test_a_large_place_is_looked_at_in_steps() -> None:
    assert numbers_of(4) == (1, 2, 3, 4)
    assert len(numbers_of(40)) == 12
    assert (numbers_of(40)[0], numbers_of(40)[-1]) == (1, 40)


def test_enough_is_the_first_number_that_meets_both(usual: list[WithLeads]) -> None:
    reached = [line.reached.value or 0 for line in usual]
    target = replace(USUAL, target_share=reached[1], overload_at_most=1.0)
    assert enough(usual, target) == 2
    assert enough(usual, replace(target, target_share=1.01)) is None
    strict = replace(target, overload_at_most=usual[2].pressed.value or 0.0)
    assert enough(usual, strict) == 3

"""Where the effect is from: an evaluation that can tell, the place's own figure, or the study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openhiu.locality import Assumed, BusinessCase
from openhiu.report.board.evidence import read_evidence
from openhiu.report.business_case.effect import ENTERED, EVALUATED, PLANNED, effect_of

SAMPLE = Path(__file__).parents[3] / "support" / "evaluation_sample.json"
OWN = BusinessCase(effect={"attendances": Assumed(-5.0, 10.0, 25.0, "our pilot, 2025")})


def told() -> dict[str, Any]:
    """An evaluation with an estimate over 3 months and a range only over 12."""
    found: dict[str, Any] = json.loads(SAMPLE.read_bytes())
    return found


def test_without_an_evaluation_the_controlled_study_is_planned_with() -> None:
    found = effect_of(None, BusinessCase())
    assert found.basis == PLANNED
    assert "BMC Health Services Research 2022" in found.source
    ratio = found.ratios["attendances"]
    assert (ratio.central, ratio.low, ratio.high) == (0.856, 0.631, 1.160)
    # 1 - 0.856 = 14.4 % fewer; at worst 1.160: 16 % more; at best 0.631: 36.9 % fewer.
    assert found.fewer("attendances") == pytest.approx((14.4, -16.0, 36.9))
    assert found.may_be_none


def test_the_places_own_figure_comes_before_the_study() -> None:
    found = effect_of(None, OWN)
    assert (found.basis, found.source) == (ENTERED, "our pilot, 2025")
    # 10 % fewer is 0.90; 25 % fewer 0.75; 5 % more 1.05.
    ratio = found.ratios["attendances"]
    assert (ratio.central, ratio.low, ratio.high) == pytest.approx((0.9, 0.75, 1.05))


def test_an_evaluation_with_an_estimate_comes_before_both_and_is_of_its_own_months() -> None:
    """The window of 12 months has a range only, that of 3 months an estimate with money: of
    £95,277 expected £8,463 (£32,405 more to £36,200 fewer) were released."""
    found = effect_of(read_evidence(told()), OWN)
    assert (found.basis, found.months) == (EVALUATED, 3)
    ratio = found.ratios["attendances"]
    assert ratio.central == pytest.approx(1 - 8_463 / 95_277)
    assert ratio.high == pytest.approx(1 + 32_405 / 95_277)
    assert ratio.low == pytest.approx(1 - 36_200 / 95_277)
    assert set(found.ratios) == {"attendances"}, "only what was counted in the money"


def test_without_money_the_estimate_of_attendances_is_used() -> None:
    raw = told()
    raw["money"] = {}
    ratio = effect_of(read_evidence(raw), BusinessCase()).ratios["attendances"]
    assert (ratio.central, ratio.low, ratio.high) == (0.9112, 0.62, 1.34)


def test_an_evaluation_that_cannot_tell_yet_is_shown_beside_what_is_planned_with() -> None:
    raw = told()
    del raw["windows"]["3"]
    found = effect_of(read_evidence(raw), BusinessCase())
    assert found.basis == PLANNED
    assert "anything from 58% more to 42% fewer is possible" in found.beside


def test_the_naive_fall_is_never_the_effect() -> None:
    """The resource pack's figure in the sample is 55 % and more: nothing of the kind is used."""
    assert effect_of(read_evidence(told()), BusinessCase()).fewer("attendances")[0] < 15

"""Samples of activity and early warnings, for the matrix: a client's in all eight situations."""

from __future__ import annotations

from typing import Any

from support.samples import Situation, sample
from support.samples_work import case_in
from support.web_monitoring import make_hard_day, make_signal

ABOUT_A_CLIENT = (
    "activity", "client_signals", "pick_up", "not_picked_up", "what_helped", "add_hard_day",
)  # fmt: skip


@sample(*(f"monitoring:{name}" for name in ABOUT_A_CLIENT), about_people=True)
def activity(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}


@sample("monitoring:signal", "monitoring:answer", "monitoring:open_again", about_people=True)
def signal(situation: Situation) -> dict[str, Any]:
    return {"signal_id": make_signal(case_in(situation)).pk}


@sample("monitoring:end_hard_day", about_people=True)
def hard_day(situation: Situation) -> dict[str, Any]:
    day = make_hard_day(case_in(situation))
    return {"case_id": day.case_id, "day_id": day.pk}

"""The weeks of a quarter as words and bars: a plan comes in, what the picture shows goes out."""

from __future__ import annotations

from dataclasses import dataclass

from openhiu.web.design.words import short_day
from openhiu.web.intake.pacing import Plan, Week

# A bar of so many people fills the height of the picture.
_TALLEST = 5
_HEIGHT = 60
_STEP = 28


@dataclass(frozen=True)
class Bar:
    """One week: its words, and where its parts stand in the picture (of 60 units' height)."""

    week: Week
    label: str
    words: str
    x: int
    chosen_height: int
    portion_height: int
    now: bool


def weeks(plan: Plan) -> list[Bar]:
    """The weeks in order; heights in units, a person 12, never more than the picture has."""
    most = max((week.chosen + week.portion for week in plan.weeks), default=0)
    unit = _HEIGHT / max(_TALLEST, most)
    return [
        Bar(
            week,
            short_day(week.monday),
            _words(plan, week),
            number * _STEP,
            round(week.chosen * unit),
            round(week.portion * unit),
            week.monday <= plan.today <= week.last,
        )
        for number, week in enumerate(plan.weeks)
    ]


def _words(plan: Plan, week: Week) -> str:
    said = [f"{week.chosen} chosen"] if week.chosen or week.last < plan.today else []
    if week.portion:
        said.append(f"{week.portion} to come")
    if week.away:
        said.append("away")
    elif week.paused and week.last >= plan.today:
        said.append("paused")
    return ", ".join(said) or "nobody new"

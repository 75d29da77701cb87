"""What staffing says in words: what the numbers cannot tell, and values as they are read."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Final

from openhiu.locality import StaffingSettings
from openhiu.report.staffing.shape import Estimate, Needed, Reading

LIMITS: Final = (
    ("Demand is taken to stay as it was. Once a service is known, people are told of it by others, "
    "and more may come than the list shows."),
    ("People are asked in the order in which they came into the tier. A lead who begins with those "
    "in greatest need asks as many, and others wait."),
    ("Support works as the settings say, all year round and for everybody. Nothing here says "
    "whether it helps: that is the evaluation's question."),
    ("Somebody who said no, or not now, is not asked again, and somebody who could not be reached "
    "counts as waiting no longer. A lead may do better."),
    ("Leads are all in post from the first day and stay. Recruiting, learning the work and "
    "somebody leaving come on top."),
    ("Colleagues look in on people while a lead is away. That work is not counted against their "
    "limits, and one lead alone has nobody."),
    "People whom a lead supports already may also be counted in the tier, as if they still waited.",
)  # fmt: skip


def enough_means(settings: StaffingSettings) -> str:
    """What the simulation calls enough."""
    return (
        f"at least {settings.target_share:.0%} of the tier are asked within 12 months, and the "
        f"chance that a lead is overloaded in a year stays at or below "
        f"{settings.overload_at_most:.0%} even if nobody were kept waiting"
    )


def weeks(estimate: Estimate) -> str:
    """Such as 7 weeks (2 to 15)."""
    return f"{_whole_weeks(estimate.value)}{_range(estimate, _bare_weeks)}"


def briefly(value: float | None) -> str:
    """The same in a cell of a picture: no range, and few letters."""
    return "over a year" if value is None else "days" if round(value) == 0 else weeks_bare(value)


def share(estimate: Estimate) -> str:
    """Such as 82% (61 to 93)."""
    return f"{percent(estimate.value)}{_range(estimate, lambda one: percent(one).rstrip('%'))}"


def number(estimate: Estimate) -> str:
    """Such as 40 (30 to 50): people, to the nearest 5."""
    return f"{_by_five(estimate.value)}{_range(estimate, _by_five)}"


def percent(value: float | None) -> str:
    """A share as a whole percent; never quite 0 or 100 where it is not."""
    if value is None:
        return "not known"
    if 0 < value < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < value < 1 else f"{100 * value:.0f}%"


def carries(reading: Reading) -> str:
    """What a lead carries by a reading, such as 40 to 45 at once."""
    ends = f"{reading.least:g}"
    if reading.most > reading.least:
        ends = f"{reading.least:g} to {reading.most:g}"
    return f"{ends} {reading.per}"


def before_rounding(needed: Needed) -> str:
    """Such as 1.3 to 1.6."""
    places = 1 if ceil(round(needed.low, 1)) == ceil(needed.low) else 2
    low, high = f"{needed.low:.{places}f}", f"{needed.high:.{places}f}"
    return low if low == high else f"{low} to {high}"


def _range(estimate: Estimate, shown: Callable[[float | None], str]) -> str:
    if estimate.low == estimate.high == estimate.value:
        return ""
    low, high = shown(estimate.low), shown(estimate.high)
    return "" if low == high else f" ({low} to {high})"


def _whole_weeks(value: float | None) -> str:
    if value is None:
        return "over a year"
    return weeks_bare(value) if round(value) else "under a week"


def weeks_bare(value: float) -> str:
    """Such as 1 week, 20 weeks."""
    return "1 week" if round(value) == 1 else f"{round(value)} weeks"


def _bare_weeks(value: float | None) -> str:
    return "over 52" if value is None else f"{round(value)}"


def _by_five(value: float | None) -> str:
    return "not known" if value is None else f"{5 * round(value / 5):g}"

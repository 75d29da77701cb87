"""The timeline: the place's own steps, or usual ones counted from the first day of the contract,
come in; table rows, the short version and the picture go out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openhiu.paper import timeline
from openhiu.paper.blocks import Block, Figure, Table
from openhiu.report import printed
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.words import after, month

_FIND: Final = 4  # months to find a provider or fill the posts, before the contract
NAME: Final = "timeline"


@dataclass(frozen=True)
class Line:
    """A step in months of the contract: 0 is its first day; before it is negative."""

    what: str
    short: str
    first: int
    last: int
    milestone: bool = False


def wanted(case: Case) -> bool:
    """Whether there is anything to plan: leads, or steps that the place wrote."""
    return case.asks or bool(case.settings.timeline)


def usual(case: Case) -> list[Line]:
    """The steps of the recommended option."""
    begin, months = case.chosen.mobilise, case.settings.months
    full = min(months, begin + case.settings.ramp_up_months)
    return [
        Line("Find the provider or fill the posts", "Procure or appoint the leads", -_FIND, 0),
        Line("Set up: sharing agreements, hospital list, training", "Set up", 0, begin),
        Line("First person is rung", "First person is rung", begin, begin, milestone=True),
        Line("Build up to full numbers", "Build up to full numbers", begin, full),
        Line("Full service", "Full service", full, months),
        Line("First look at reach and caseload", "", begin + 6, begin + 6, milestone=True),
        Line("Evaluate, and decide what follows", "Evaluate and decide what follows", months - 6,
             months),
    ]  # fmt: skip


def short(case: Case) -> tuple[tuple[str, str], ...]:
    """When and what, for one page."""
    if case.settings.timeline:
        return tuple((_days(step.first, step.last), step.what) for step in case.settings.timeline)
    return tuple((_when(case, line), line.short) for line in usual(case) if line.short)


def table(case: Case) -> Table:
    """Every step."""
    note = "" if case.settings.timeline else (
        "Months counted from the first day of the contract; setting up takes "
        f"{case.chosen.mobilise} months in this option. The place's own steps take their place "
        "when they are entered."
    )  # fmt: skip
    rows = short(case) if case.settings.timeline else tuple(
        (_when(case, line), line.what) for line in usual(case)
    )  # fmt: skip
    return Table("Timeline", ("When", "What"), rows, note=note, widths=(1.2, 3), sheet="Timeline")


def blocks(case: Case) -> list[Block]:
    """The picture with its table; the table alone where there is no date to draw from."""
    plan = _plan(case)
    if not plan:
        return [table(case)]
    drawing = timeline.gantt(plan)
    alt = "A bar for each step. " + " ".join(f"{when}: {what}." for when, what in table(case).rows)
    return [Figure(NAME, drawing, alt, "Timeline of the recommended option", table(case),
                   data_in_print=False), table(case)]  # fmt: skip


def _plan(case: Case) -> list[timeline.Task | timeline.Milestone]:
    if case.settings.timeline:
        return [_drawn(step.what, step.first, step.last) for step in case.settings.timeline]
    first = case.settings.starts
    if first is None:
        return []
    return [_drawn(line.what, _at(first, line.first),
                   None if line.milestone else _at(first, line.last) - timedelta(days=1))
            for line in usual(case)]  # fmt: skip


def _drawn(what: str, first: date, last: date | None) -> timeline.Task | timeline.Milestone:
    if last is None or last <= first:
        return timeline.Milestone(what, first)
    return timeline.Task(what, first, last)


def _at(first: date, months: int) -> date:
    return after(first, months)


def _when(case: Case, line: Line) -> str:
    first = case.settings.starts
    if first is not None:
        begin = _at(first, line.first)
        if line.milestone or line.last <= line.first:
            return month(begin)
        return f"{month(begin)} to {month(_at(first, line.last - 1))}"
    if line.last <= 0:
        return f"{-line.first} months before the start"
    if line.milestone or line.last <= line.first + 1:
        return f"Month {line.first + 1}"
    return f"Months {line.first + 1} to {line.last}"


def _days(first: date, last: date | None) -> str:
    return f"{printed.day(first)} to {printed.day(last)}" if last else printed.day(first)

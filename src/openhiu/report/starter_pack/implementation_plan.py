"""The implementation plan: the steps with the dates worked back from go-live, as a picture and a
table, and plainly what can no longer be done in time.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Final

from openhiu.paper import timeline
from openhiu.paper.blocks import Block, Bullets, Figure, Heading, Note, Paragraph, Table
from openhiu.paper.timeline import Milestone, Task
from openhiu.report import printed
from openhiu.report.folder import Missing
from openhiu.report.starter_pack.schedule import Dated, Schedule
from openhiu.report.starter_pack.sheet import Paper, Sheet, day, paper, short
from openhiu.report.starter_pack.source import Source
from openhiu.report.starter_pack.steps import (
    AFTERWARDS,
    BY_KEY,
    CALDICOTT,
    COMMISSIONER,
    COMMUNICATIONS,
    HOSPITAL,
    PHASES,
    PROTECTION,
    PROVIDER,
    STEPS,
    Later,
)

SHEET: Final = Sheet(
    "implementation-plan",
    "Implementation plan",
    "What has to be done before the first call, by whom and by when.",
    "commissioner and provider",
    ("date", "provider", "controllers", "dpo", "caldicott_guardian", "analyst",
     "communications_lead"),
)  # fmt: skip
_DECEMBER: Final = 12
_FIRST, _NEXT = 9, 16  # steps to a picture: below the verdict, and on a page of its own


def make(source: Source) -> Paper:
    """The whole plan; without a go-live date the steps and how long they take."""
    schedule = source.schedule
    blocks = _dated(source, schedule) if schedule else _undated(source)
    return paper(source, SHEET, blocks, also=unknown(source))


def unknown(source: Source) -> list[Missing]:
    """Keys of [go_live] done and takes that are no step."""
    given = (*source.go.done, *source.go.takes)
    return [
        Missing(f"[go_live] names a step that does not exist: {key}",
                f"Use one of: {', '.join(BY_KEY)}.")
        for key in dict.fromkeys(given) if key not in BY_KEY
    ]  # fmt: skip


def _dated(source: Source, schedule: Schedule) -> list[Block]:
    goes_live = schedule.goes_live
    return [
        *verdict(source, schedule),
        *_how(source),
        Heading("The plan as a picture"),
        *_pictures(schedule),
        Heading("Step by step"),
        Paragraph(
            "Each step has the latest days on which it can begin and end. A step that waits for "
            "others begins on the next working day after the last of them. Numbers in the last "
            "column are those it waits for."
        ),
        *_tables(source, schedule),
        Heading("After the first call"),
        _afterwards(source, goes_live),
    ]


def verdict(source: Source, schedule: Schedule) -> list[Block]:
    """Whether the date can be kept, in words that cannot be misread."""
    goes_live = schedule.goes_live
    blocks: list[Block] = []
    if not source.days.open(goes_live):
        after = source.days.on_or_after(goes_live)
        blocks.append(Note("Not a working day", (
            (f"{short(goes_live)} is a weekend, a bank holiday or closed here. The first calls can "
            f"be made on {short(after)}."),), warning=True))  # fmt: skip
    if schedule.in_time:
        return [*blocks, _can_be_kept(schedule)]
    return [*blocks, *_too_soon(schedule)]


def _can_be_kept(schedule: Schedule) -> Note:
    first = schedule.next
    if first is None:
        return Note("Every step is done", ("Go through the readiness check together.",))
    return Note(f"Going live on {day(schedule.goes_live)} can be kept", (
        ("Everything fits if each step begins by its day. The first to begin is "
         f"“{first.step.words}”, by {short(first.begins)}."),
        ("If every step began as soon as it could, the service could go live on "
         f"{short(schedule.earliest)}."),
    ))  # fmt: skip


def _too_soon(schedule: Schedule) -> list[Block]:
    late = schedule.late
    return [
        Note(f"Going live on {day(schedule.goes_live)} is too soon", (
            f"Working days that are missing: {max(-one.slack for one in late)}.",
            ("If every step begins as soon as it can, the earliest day is "
             f"{short(schedule.earliest)}."),
            ("Move the date, shorten a step, or record who accepts going without it. Nobody "
             "should be rung before the agreements, the assessment and cover are in place."),
        ), warning=True),
        Heading("What cannot be done in time"),
        Table(
            "Steps that end too late even if all begins today",
            ("Step", "Needed by", "Earliest end", "Working days too late"),
            tuple((one.step.words, short(one.ends), short(one.soonest), -one.slack)
                  for one in late),
            widths=(3, 1.3, 1.3, 1),
        ),
    ]  # fmt: skip


def _pictures(schedule: Schedule) -> list[Figure]:
    """The steps in pictures that fit on a page each."""
    numbers = _numbers(schedule.steps)
    steps = schedule.steps
    later = range(_FIRST, len(steps), _NEXT)
    parts = [steps[:_FIRST], *(steps[at : at + _NEXT] for at in later)]
    return [_picture(schedule, part, numbers, n, len(parts)) for n, part in enumerate(parts, 1)]


def _picture(
    schedule: Schedule, part: tuple[Dated, ...], numbers: Mapping[str, int], n: int, of: int
) -> Figure:
    rows: list[Task | Milestone] = [
        Task(f"{numbers[one.step.key]} {one.step.words}", one.begins, one.ends, light=one.done)
        for one in part
    ]
    rows.append(Milestone("The service goes live", schedule.goes_live, line=True))
    first, last = part[0], max(part, key=lambda one: one.ends)
    which = f", part {n} of {of}, all to one scale of time" if of > 1 else ""
    return Figure(
        f"implementation-plan-{n}",
        timeline.gantt(rows, (schedule.steps[0].begins, schedule.goes_live)),
        f"A bar for each of {len(part)} steps, the earliest at the top. They run from "
        f"{day(first.begins)} ({first.step.words.lower()}) to {day(last.ends)} "
        f"({last.step.words.lower()}); the service goes live on {day(schedule.goes_live)}. The "
        "tables below hold every date. All parts have the same scale of time.",
        f"The steps, worked back from the day the service goes live{which}",
    )


def _numbers(steps: tuple[Dated, ...]) -> dict[str, int]:
    return {one.step.key: number for number, one in enumerate(steps, 1)}


def _tables(source: Source, schedule: Schedule) -> list[Block]:
    numbers = _numbers(schedule.steps)
    blocks: list[Block] = []
    for phase, words in PHASES.items():
        rows = tuple(
            (
                f"{numbers[one.step.key]} {one.step.words}", owner(source, one.step.owner),
                "done" if one.done else f"{short(one.begins)} to {short(one.ends)}",
                one.step.evidence,
                _waits(sorted(numbers[key] for key in one.step.after)),
            )
            for one in schedule.steps if one.step.phase == phase
        )  # fmt: skip
        columns = ("Step", "Whose it is", "Latest days", "What shows it is done", "Waits")
        blocks.append(Table(words, columns, rows, widths=(2.2, 1.6, 1.5, 2.2, 0.8)))
    return blocks


def _waits(numbers: list[int]) -> str:
    return f"for {', '.join(map(str, numbers))}" if numbers else "none"


def owner(source: Source, role: str) -> str:
    """A role with the name the settings have for it."""
    names = {
        COMMISSIONER: source.commissioner, PROVIDER: source.go.provider_named,
        HOSPITAL: source.go.analyst, PROTECTION: source.go.dpo,
        CALDICOTT: source.go.caldicott_guardian, COMMUNICATIONS: source.go.communications_lead,
    }  # fmt: skip
    name = names.get(role, "")
    return f"{role}: {name}" if name else role


def _undated(source: Source) -> list[Block]:
    rows = tuple(
        (one.words, owner(source, one.owner), source.go.takes.get(one.key, one.takes), one.evidence)
        for one in STEPS
    )
    return [
        Note("No day is set", (
            ("Without a go-live date no step can have a day of its own. The table says how long "
            "each step takes and whose it is."),), warning=True),
        Heading("Step by step"),
        Table("The steps, in the order in which they wait for each other",
              ("Step", "Whose it is", "Working days", "What shows it is done"), rows,
              widths=(2.2, 1.6, 0.8, 2.4)),
        *_how(source),
    ]  # fmt: skip


def _afterwards(source: Source, goes_live: date) -> Table:
    rows = tuple(
        (one.words, owner(source, one.owner), short(_due(source, one, goes_live)), one.evidence)
        for one in AFTERWARDS
    )
    return Table("What follows", ("What", "Whose it is", "By", "What shows it is done"), rows,
                 widths=(2.4, 1.5, 1.2, 2.2))  # fmt: skip


def _due(source: Source, one: Later, goes_live: date) -> date:
    if one.days:
        return source.days.after(goes_live, one.days)
    later = source.go.review_months if one.consent else one.months
    months = goes_live.year * _DECEMBER + goes_live.month - 1 + later
    year, month = divmod(months, _DECEMBER)
    last = calendar.monthrange(year, month + 1)[1]
    then = date(year, month + 1, min(goes_live.day, last))
    return source.days.before(then) if one.lapses else source.days.on_or_after(then)


def _how(source: Source) -> list[Block]:
    lines = [
        "Days are working days in England: Monday to Friday without bank holidays.",
        (
            "How long each step takes is a planning figure of OpenHIU. A place writes its own "
            "under [go_live.takes], and what is finished under [go_live] done."
        ),
    ]
    schedule = source.schedule
    if schedule and (closed := source.days.closed_between(schedule.as_of, schedule.goes_live)):
        told = printed.listed([f"{short(found)} ({words})" for found, words in closed])
        lines.append(f"Closed on the way: {told}.")
    return [Heading("How the days were worked out"), Bullets(tuple(lines))]

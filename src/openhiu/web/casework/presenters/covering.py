"""Cover in words: what is known of each client comes in, lines in the order they help go out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openhiu.web.casework.lifecycle import PHASES
from openhiu.web.casework.models import Case, Contact
from openhiu.web.casework.presenters.client import COLOURS
from openhiu.web.casework.presenters.contacts import title_of
from openhiu.web.casework.presenters.in_touch import Safely, safely
from openhiu.web.casework.queries.noted import Noted
from openhiu.web.design.words import day, days_away, initial_lower, moment, short_day, today
from openhiu.web.team.models import Leave


@dataclass(frozen=True)
class NoteLines:
    """One client on the note: marks, what is to be done, how to be in touch, what helps.

    `last` is the last contact: what it was, when, and the row. `why` says why they stand among the
    first; empty for the others.
    """

    case: Case
    name: str
    phase: tuple[str, str]
    watch: tuple[str, ...]
    to_do: tuple[str, ...]
    contact: str
    safety: Safely
    last: tuple[str, str, Contact] | None
    why: str


def noted(one: Noted, when: Callable[[datetime], str] = days_away) -> NoteLines:
    """One client as the page shows them; `when` puts a moment of the past into words."""
    case = one.case
    worries = [
        f"{'Urgent: a' if worry.urgent else 'A'} worry raised {when(worry.at)}, not answered"
        for worry in one.worries
    ]
    return NoteLines(
        case,
        case.person.full_name,
        (PHASES[case.phase].label, COLOURS[case.phase]),
        (*one.watch, *worries),
        tuple(_to_do(one)),
        _contact(case),
        safely(one.rules, one.notices),
        (title_of(one.last), when(one.last.at), one.last) if one.last else None,
        f"{'; '.join(one.reasons).capitalize()}." if one.pressing else "",
    )


def days(leave: Leave) -> str:
    """From when until when."""
    if leave.from_day == leave.until_day:
        return short_day(leave.from_day)
    return f"{short_day(leave.from_day)} to {short_day(leave.until_day)}"


def by_lead(clients: list[Case]) -> list[dict[str, Any]]:
    """Clients without a lead, grouped by who it was."""
    groups: dict[Any, dict[str, Any]] = {}
    for case in clients:
        group = groups.setdefault(case.lead_id, {"lead": case.lead, "cases": []})
        group["cases"].append((case, PHASES[case.phase].label, COLOURS[case.phase]))
    return list(groups.values())


def _contact(case: Case) -> str:
    if case.next_contact_on is None:
        return "No next contact set"
    if case.next_contact_on < today():
        return f"Next contact {_by(case.next_contact_on)}"
    return f"Next contact {short_day(case.next_contact_on)}"


def _to_do(one: Noted) -> list[str]:
    tasks = [f"{task.words}, {_by(task.due_on)}" for task in one.tasks]
    steps = [f"Promised: {step.words}, {_by(step.due_on)}" for step in one.steps]
    visits = [f"Visit planned {moment(visit.starts_at)}" for visit in one.visits]
    reviews = [
        f"Ask again about \u201c{initial_lower(str(answer.get_kind_display()))}\u201d, "
        f"{_by(answer.review_on)}"
        for answer in one.reviews
    ]
    return [*visits, *steps, *tasks, *reviews]


def _by(when: date) -> str:
    """Until when; what is late says so, with its year."""
    return f"by {day(when)}, late" if when < today() else f"by {short_day(when)}"

"""Words and colours of the registers: rows come in, what lists and pages show goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.utils import timezone

from openhiu.web.assurance.models import Duty, Entry, Lesson
from openhiu.web.assurance.queries.registers import due_day
from openhiu.web.assurance.registers.kinds import DUTIES, KINDS
from openhiu.web.design import words

Tag = tuple[str, str]
_SOON = timedelta(days=3)
COLOURS = {"incident": "red", "near_miss": "orange", "complaint": "purple", "compliment": "green"}


@dataclass(frozen=True)
class ShownDuty:
    """One duty as the page of an entry shows it."""

    row: Duty
    label: str
    source: str
    due: str
    tag: Tag


def shown_duty(duty: Duty) -> ShownDuty:
    """Its words, when it is due and how it stands."""
    kind = DUTIES[duty.what]
    return ShownDuty(duty, kind.label, kind.source, due_words(duty), duty_tag(duty))


def due_words(duty: Duty) -> str:
    """Its day; its moment and the hours left where the clock runs in hours."""
    if duty.due_at is None:
        return words.day(duty.due_on)
    if duty.outcome or duty.due_at <= timezone.now():
        return words.moment(duty.due_at)
    hours = ceil((duty.due_at - timezone.now()).total_seconds() / 3600)
    return f"{words.moment(duty.due_at)} ({words.plural(hours, 'hour')} left)"


def duty_tag(duty: Duty) -> Tag:
    """How it stands, in a word and a colour."""
    if duty.outcome:
        return (duty.get_outcome_display(), "green" if duty.outcome == "done" else "grey")
    if is_late(duty):
        return ("Overdue", "red")
    if due_day(duty) - timezone.localdate() <= _SOON:
        return ("Soon", "yellow")
    return ("Owed", "blue")


def is_late(duty: Duty) -> bool:
    """Whether its clock has run out and it is not answered."""
    if duty.outcome:
        return False
    if duty.due_at is not None:
        return bool(duty.due_at <= timezone.now())
    return due_day(duty) < timezone.localdate()


@dataclass(frozen=True)
class ShownEntry:
    """One line of a register: reference, kind, clocks; nothing of what happened."""

    row: Entry
    reference: str
    kind: str
    colour: str
    standing: Tag
    next: str
    next_tag: Tag


def shown_entry(entry: Entry) -> ShownEntry:
    """One line; its duties are prefetched."""
    owed = sorted((duty for duty in entry.duties.all() if not duty.outcome), key=due_day)
    first = owed[0] if owed and entry.closed_at is None else None
    return ShownEntry(
        entry, entry.reference, KINDS[entry.kind], COLOURS[entry.register], standing(entry),
        f"{DUTIES[first.what].label}: {due_words(first)}" if first else "",
        duty_tag(first) if first else ("", ""),
    )  # fmt: skip


def standing(entry: Entry) -> Tag:
    """Open or closed."""
    return ("Closed", "grey") if entry.closed_at else ("Open", "blue")


def lesson_tag(lesson: Lesson) -> Tag:
    """How a change stands."""
    if lesson.done_on:
        return ("Done", "green")
    if lesson.let_go_at:
        return ("Let go", "grey")
    return ("Overdue", "red") if lesson.due_on < timezone.localdate() else ("Asked", "blue")


def met(duty: Duty) -> bool:
    """Whether it was answered by its day."""
    if not duty.outcome:
        return not is_late(duty)
    day: date | None = duty.on
    return day is not None and day <= due_day(duty)

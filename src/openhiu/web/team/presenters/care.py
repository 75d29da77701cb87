"""Looking after people in words: rows and dates come in; lines, tags and a picture go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from openhiu.web.access.models import Membership
from openhiu.web.design import words
from openhiu.web.team import rhythms
from openhiu.web.team.models import BusySpell, CareSettings, TalkWish, Training
from openhiu.web.team.queries.care import DBS, Due
from openhiu.web.team.queries.own import MOST, Strain

_BAR: Final = 16
_GAP: Final = 6
_HIGH: Final = 96


@dataclass(frozen=True)
class DueLine:
    """One thing that comes round: its name, when it last was, when it is due, and a tag."""

    label: str
    last: str
    due: str
    tag: tuple[str, str]
    note: str = ""


@dataclass(frozen=True)
class PersonLine:
    """One colleague as who looks after them sees them; nothing to be compared by."""

    member: Membership
    due: list[DueLine]
    missing: str  # what was never noted, as words of one sentence
    wish: TalkWish | None
    spell: BusySpell | None

    @property
    def calm(self) -> bool:
        """Nothing is due and nothing was said."""
        return not (self.due or self.missing or self.wish or self.spell)


@dataclass(frozen=True)
class Bar:
    """One check in the picture: where its bar stands, how high it is, and what it says."""

    x: int
    y: int
    high: int
    day: str
    sum: int


@dataclass(frozen=True)
class Picture:
    """One's own checks over time, the oldest first."""

    bars: list[Bar]
    wide: int
    high: int = _HIGH
    bar: int = _BAR


def due_line(due: Due, settings: CareSettings) -> DueLine:
    """One thing that comes round, in words."""
    last = words.day(due.last_on) if due.last_on else "Never noted"
    when = f"{words.day(due.due_on)}, {words.days_away(due.due_on)}" if due.due_on else "For good"
    return DueLine(due.label, last, when, _tag(due), _note(due, settings))


def due_words(due: Due) -> str:
    """The same in one short sentence."""
    if due.last_on is None and due.overdue:
        return f"{due.label}: none noted yet"
    verb = "was due" if due.overdue else "is due"
    return f"{due.label} {verb} {words.days_away(due.due_on)}"


def never_noted(due: Iterable[Due]) -> list[Due]:
    """What should have been by now and was never noted; a DBS check is said by itself."""
    return [one for one in due if one.overdue and one.last_on is None and one.what != DBS]


def labels(due: Iterable[Due]) -> str:
    """Their names as words of one sentence: supervision, telephone coaching."""
    return ", ".join(words.initial_lower(one.label) for one in due)


def _tag(due: Due) -> tuple[str, str]:
    if due.last_on is None and due.overdue:
        return ("Not noted", "red" if due.what == DBS else "orange")
    if due.overdue:
        return ("Overdue", "red")
    return ("Soon", "yellow") if due.soon else ("", "")


def _note(due: Due, settings: CareSettings) -> str:
    if due.what != DBS or not due.overdue:
        return ""
    return settings.without_check or rhythms.WITHOUT_CHECK


def subject(training: Training) -> str:
    """What a training was about."""
    known = rhythms.SUBJECTS.get(training.subject)
    return known.label if known else training.subject_words


def with_whom(row: Any) -> str:
    """With whom a talk or a buddyship is."""
    return str(row.with_member.user.name) if row.with_member else str(row.with_words)


def picture(checks: list[Strain], most: int = 24) -> Picture:
    """Bars of the newest checks in the order of time; 12 is as high as the picture."""
    shown = checks[:most][::-1]
    bars = []
    for number, one in enumerate(shown):
        high = max(2, round(one.sum / MOST * _HIGH))
        x = number * (_BAR + _GAP)
        bars.append(Bar(x, _HIGH - high, high, words.short_day(one.at), one.sum))
    return Picture(bars, max(1, len(shown)) * (_BAR + _GAP))


def names(members: list[Membership]) -> str:
    """Names as they stand in a sentence."""
    said = [member.user.name for member in members]
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)

"""What follows from a trace: how somebody stands and what it says come in; what to do goes out.

Fails towards care. A number in doubt and a death stop contact at once; a restriction is put on at
once and never lifted by a file. Another number, a death that only a file tells of and one that a
file takes back wait for a person. A death our own people told of is never undone by a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CURRENT, SUPERSEDED, INVALID = "current", "superseded", "invalid"
REPORTED, REGISTERED = "1", "2"


class Do(StrEnum):
    """One thing that follows. The words are kept with the check."""

    REPLACE_NUMBER = "asked: another number"
    PROPOSE_MERGE = "joining proposed"
    HOLD_NUMBER = "held: number in doubt"
    VALID_AGAIN = "number valid again: a person has to look"
    RESTRICT = "details restricted"
    ASK_UNRESTRICTED = "asked: no longer restricted"
    MARK_REPORTED = "held: death reported"
    MARK_REGISTERED = "death registered"
    RESTORE = "asked: death taken back"
    RESTORE_HELD = "asked: registered death taken back"
    ASK_DEATH = "asked: trace says less of a death"


@dataclass(frozen=True)
class Answer:
    """What one trace says about one person. `number` is the one it returned; empty is none."""

    person_ref: str
    checked_on: date
    status: str
    number: str = ""
    restricted: bool = False
    death: str = ""
    died_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """How somebody stands here. `traced_death` and `traced_restricted`: what the last trace said;
    `taken`: the number it returned is another record's.
    """

    number: str = ""
    number_held: bool = False
    restricted: bool = False
    died: str = ""  # "", "informal", "formal"
    traced_death: str = ""
    traced_restricted: bool = False
    taken: bool = False


def what_follows(now: Standing, answer: Answer) -> tuple[Do, ...]:
    """Everything to do, the most careful first."""
    return (*_place(now, answer), *_death(now, answer), *_number(now, answer))


def _place(now: Standing, answer: Answer) -> tuple[Do, ...]:
    if answer.restricted and not now.restricted:
        return (Do.RESTRICT,)
    if now.restricted and now.traced_restricted and not answer.restricted:
        return (Do.ASK_UNRESTRICTED,)
    return ()


def _death(now: Standing, answer: Answer) -> tuple[Do, ...]:
    if answer.death == REGISTERED:
        return () if now.died == "formal" else (Do.MARK_REGISTERED,)
    if answer.death == REPORTED and not now.died:
        return (Do.MARK_REPORTED,)
    less = now.traced_death > answer.death  # "2" before, "1" or nothing now
    if not now.died or not less:
        return ()
    if answer.death == REPORTED:
        return (Do.ASK_DEATH,)
    if now.died == "informal":
        return (Do.RESTORE,)
    return (Do.RESTORE_HELD,) if now.traced_death == REGISTERED else (Do.ASK_DEATH,)


def _number(now: Standing, answer: Answer) -> tuple[Do, ...]:
    if answer.status == INVALID:
        return () if now.number_held else (Do.HOLD_NUMBER,)
    if answer.number and answer.number != now.number:
        return (Do.PROPOSE_MERGE,) if now.taken else (Do.REPLACE_NUMBER,)
    if now.number_held and answer.status == CURRENT:
        return (Do.VALID_AGAIN,)
    return ()

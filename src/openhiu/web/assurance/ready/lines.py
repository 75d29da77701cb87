"""The lines of readiness: each says what must be true, where that is asked for, and how to look.

A topic hangs up its own lines with `register` in the room's `ready()`. Software looks where it can;
what it cannot know is confirmed by a named person, with evidence, until a day (`asks`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from openhiu.report.starter_pack import essentials
from openhiu.web.access.models import Service


class State(StrEnum):
    """How a line stands."""

    IN_PLACE = "in place"
    MISSING = "missing"
    WRONG = "wrong"
    TO_CONFIRM = "needs confirming"


@dataclass(frozen=True)
class Standing:
    """How one line stands: `evidence` in a sentence without personal data, `link` to see it.

    Raises:
        ValueError: in place without evidence. Nothing is green because nobody looked.
    """

    state: State
    evidence: str
    link: str = ""

    def __post_init__(self) -> None:
        if not self.evidence.strip():
            raise ValueError("Say what this standing rests on.")

    @property
    def good(self) -> bool:
        """Whether the line is green."""
        return self.state is State.IN_PLACE


Look = Callable[[Service], Standing]


@dataclass(frozen=True)
class Noted:
    """Who typed in what a line rests on, and when: another person confirms it, and afterwards."""

    by: UUID
    at: datetime


# In the order of the page; those of the starter pack, and what software adds.
PEOPLE = essentials.RIGHT_PERSON
SOFTWARE: Final = "The software, safe and running"
LAW, LIST, WORK, AROUND = essentials.LAW, essentials.LIST, essentials.WORK, essentials.AROUND
GROUPS: Final = (*essentials.GROUPS, SOFTWARE)


@dataclass(frozen=True)
class Line:
    """One thing that must be in place.

    `words`: what is true when it is. `source`: who asks for it, "seed" left out: "Service
    specification, section 4" or "Resource pack, data sharing". `look`: how software sees it.
    `asks`: what a person who confirms it shows; set where software cannot know, or not all.
    A line has at least one of the two; with both, both have to be good. `noted`: who typed in what
    software sees, where that is a person's word.
    """

    key: str
    group: str
    words: str
    source: str
    look: Look | None = None
    asks: str = ""
    # Where somebody goes to put it in place (a url name without arguments), before it is.
    where: str = ""
    noted: Callable[[Service], Noted | None] | None = None

    def __post_init__(self) -> None:
        if self.look is None and not self.asks:
            raise ValueError(f"Nobody looks at the line {self.key}.")


LINES: Final[dict[str, Line]] = {}


def register(*lines: Line) -> None:
    """Hang up lines; one key, one line: whoever registers last says it."""
    for line in lines:
        if line.group not in GROUPS:
            raise ValueError(f"{line.key}: there is no group {line.group}.")
        LINES[line.key] = line


def in_place(evidence: str, link: str = "") -> Standing:
    """It is there, and this shows it."""
    return Standing(State.IN_PLACE, evidence, link)


def missing(why: str, link: str = "") -> Standing:
    """It is not there yet."""
    return Standing(State.MISSING, why, link)


def wrong(why: str, link: str = "") -> Standing:
    """It is there and does not hold: expired, failed, contradicted."""
    return Standing(State.WRONG, why, link)


def to_confirm(why: str, link: str = "") -> Standing:
    """A person has to confirm it, for the first time or again."""
    return Standing(State.TO_CONFIRM, why, link)

"""What somebody writes for their own eyes: a signed-in person comes in, their own pages go out.

Three walls: every row is found by its owner, the database shows it only while that owner is named
as reader (sql/own_only.sql), and its words are sealed for that owner. No role opens it, and nothing
is counted over several people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from openhiu.web.access.actor import Actor
from openhiu.web.access.sign_in.sealing import opened
from openhiu.web.team.models import PrivateNote, StrainCheck

_READER: Final = "openhiu.reader"
# Our own questions, three, each from 0 (not at all) to 4 (very much); no licensed scale.
QUESTIONS: Final = {
    "heavy": "How heavy has your work felt lately?",
    "home": "How much of it have you taken home with you?",
    "worn": "How worn out have you been when a day began?",
}
ANSWERS: Final = {
    0: "Not at all", 1: "A little", 2: "Somewhat", 3: "A lot", 4: "Very much",
}  # fmt: skip
MOST: Final = 4 * len(QUESTIONS)
HIGH: Final = 8  # of 12: between "somewhat" and "a lot" on every question, or worse


@dataclass(frozen=True)
class Strain:
    """One check, opened for its owner: answers by question, words, and their sum (0 to 12)."""

    id: UUID
    at: datetime
    answers: dict[str, int]
    words: str

    @property
    def sum(self) -> int:
        """All answers together."""
        return sum(self.answers.values())

    @property
    def high(self) -> bool:
        """At least 8 of 12."""
        return self.sum >= HIGH


@dataclass(frozen=True)
class Note:
    """One private note, opened for its owner."""

    id: UUID
    at: datetime
    talk_id: UUID | None
    words: str


@contextmanager
def reading_as(user_id: Any) -> Iterator[None]:
    """Name the one who reads to the database, for as long as they do."""
    _name(str(user_id))
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _name("")


def about(kind: str, user_id: Any, row_id: Any) -> bytes:
    """What a page is sealed as: it cannot be opened as another's."""
    return f"team.{kind}:{user_id}:{row_id}".encode()


def strain_of(actor: Actor, most: int = 60) -> list[Strain]:
    """One's own checks, newest first."""
    with reading_as(actor.user.pk):
        rows = list(_mine(StrainCheck, actor).order_by("-at")[:most])
    return [_strain(row) for row in rows]


def high_twice(checks: list[Strain]) -> bool:
    """Whether the two newest of these were both high: then help is offered."""
    return len(checks) >= 2 and checks[0].high and checks[1].high


def notes_of(actor: Actor, most: int = 200) -> list[Note]:
    """One's own private notes, newest first."""
    with reading_as(actor.user.pk):
        rows = list(_mine(PrivateNote, actor).order_by("-at")[:most])
    return [
        Note(row.pk, row.at, row.talk_id, opened(row.sealed, about("note", row.user_id, row.pk)))
        for row in rows
    ]


def _mine(kind: type[Any], actor: Actor) -> Any:
    return kind.objects.filter(service=actor.service_id, user=actor.user)


def _strain(row: StrainCheck) -> Strain:
    said = json.loads(opened(row.sealed, about("strain", row.user_id, row.pk)))
    answers = {key: int(said["answers"][key]) for key in QUESTIONS}
    return Strain(row.pk, row.at, answers, said["words"])


def _name(user_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [_READER, user_id])

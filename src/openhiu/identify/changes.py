"""What changed since the previous list: who came, stayed, left, or came back after a gap.

The new rows and the folder of the previous list come in; marked rows and changes go out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.errors import InputNotUsable
from openhiu.identify.rank import ListedPerson

Place = tuple[str, str]  # list and person
HISTORY_SCHEMA: Final = pa.schema(
    {"list_id": pa.string(), "person_id": pa.string(), "last_listed": pa.string()}
)

_NOT_MADE: Final = "This list was not made this time."


@dataclass(frozen=True)
class Change:
    """One line of changes.csv. `change` is came, returned, stayed or left."""

    list_id: str
    person_id: str
    change: str
    reason: str


@dataclass(frozen=True)
class Previous:
    """The previous list: who stood on it, and who on any list before it."""

    listed: frozenset[Place]
    ever: dict[Place, str]
    manifest: dict[str, Any]

    def differences(self, as_of: str, criteria: dict[str, Any], footprint: str) -> list[str]:
        """Sentences on why this list and that one cannot be compared, if they cannot."""
        told = []
        if self.manifest.get("criteria", criteria) != criteria:
            told.append("The previous list was made with other criteria: its changes mean little.")
        if self.manifest.get("footprint", footprint) != footprint:
            told.append("The previous list was made for another area: its changes mean little.")
        if self.manifest.get("as_of", "") >= as_of:
            told.append("The previous list is not older than this one.")
        return told


def read_previous(folder: Path) -> Previous:
    """The previous list from its output folder. Raises InputNotUsable when it is not one."""
    try:
        rows = pq.read_table(folder / "list.parquet", columns=["list_id", "person_id"])
    except (OSError, KeyError, pa.ArrowInvalid):
        raise InputNotUsable(
            "the folder of the previous list has no readable list.parquet",
            file=str(folder),
            remedy="give the folder that an earlier hiu identify wrote",
        ) from None
    listed = frozenset(_places(rows))
    history = folder / "history.parquet"
    ever: dict[Place, str] = {}
    if history.exists():
        table = pq.read_table(history)
        ever = {(row["list_id"], row["person_id"]): row["last_listed"] for row in table.to_pylist()}
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        manifest = {}
    return Previous(listed, ever, manifest)


def _places(table: pa.Table) -> list[Place]:
    return [
        (str(row["list_id"]), str(row["person_id"]))
        for row in table.select(["list_id", "person_id"]).to_pylist()
    ]


def mark(listed: Sequence[ListedPerson], previous: Previous | None) -> tuple[ListedPerson, ...]:
    """The rows with `change` set to new, again or returned; left empty without a previous list."""
    if previous is None:
        return tuple(listed)

    def change(row: ListedPerson) -> str:
        place = (row.list_id, row.person_id)
        if place in previous.listed:
            return "again"
        return "returned" if place in previous.ever else "new"

    return tuple(replace(row, change=change(row)) for row in listed)


def changes(
    listed: Sequence[ListedPerson],
    previous: Previous | None,
    lists: Sequence[str],
    why_left: Callable[[str, Sequence[str]], dict[str, str]],
) -> list[Change]:
    """Every coming, staying and leaving, list by list.

    `lists` are those made this time. `why_left(list_id, people)` gives the reason for each person
    who left one of them; people of a list that nobody asked for this time are told too.
    """
    if previous is None:
        return []
    words = {"new": "came", "again": "stayed", "returned": "returned"}
    rows = [Change(row.list_id, row.person_id, words[row.change], row.why) for row in listed]
    now = {(row.list_id, row.person_id) for row in listed}
    for list_id in sorted({*lists, *(name for name, _ in previous.listed)}):
        gone = sorted(person for (name, person) in previous.listed - now if name == list_id)
        made = list_id in lists
        reasons = why_left(list_id, gone) if gone and made else {}
        rows.extend(
            Change(list_id, person, "left", reasons.get(person, _NOT_MADE)) for person in gone
        )
    return rows


def history(listed: Sequence[ListedPerson], previous: Previous | None, as_of: str) -> pa.Table:
    """Everyone ever listed, with the as-of date of their last list: what the next run reads."""
    ever = dict(previous.ever) if previous else {}
    if previous:
        ever |= {place: ever.get(place, "before") for place in previous.listed}
    ever |= {(row.list_id, row.person_id): as_of for row in listed}
    rows = [
        {"list_id": list_id, "person_id": person, "last_listed": day}
        for (list_id, person), day in sorted(ever.items())
    ]
    return pa.Table.from_pylist(rows, schema=HISTORY_SCHEMA)

"""What changed since the previous list: who came, stayed, left, or came back after a gap.

The new rows and the folder of the previous list come in; marked rows and changes go out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.errors import InputNotUsable
from openhiu.identify.rank import ListedPerson

Place = tuple[str, str]  # list and person
HISTORY_SCHEMA: Final = pa.schema(
    {"list_id": pa.string(), "person_id": pa.string(), "last_listed": pa.string()}
)


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
    return Previous(listed, ever)


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

    `why_left(list_id, people)` gives the reason for each person who left that list. A list that
    was not made this time is passed over.
    """
    if previous is None:
        return []
    words = {"new": "came", "again": "stayed", "returned": "returned"}
    rows = [Change(row.list_id, row.person_id, words[row.change], row.why) for row in listed]
    now = {(row.list_id, row.person_id) for row in listed}
    for list_id in lists:
        gone = sorted(person for (name, person) in previous.listed - now if name == list_id)
        reasons = why_left(list_id, gone) if gone else {}
        rows.extend(Change(list_id, person, "left", reasons[person]) for person in gone)
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

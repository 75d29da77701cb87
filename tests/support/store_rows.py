"""Drawn tables for the store's tests: text comes in; submissions, and what is true, go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.extract.store import ControlTotal, Period, Store, SubmissionFacts
from openhiu.tables.activity import TABLES

Row = Mapping[str, Any]

# The words of the drawn tables and the columns they stand for.
WORDS = {
    "record": "attendance_id", "provider": "provider_code", "person": "person_id",
    "site": "site_code", "arrived": "arrival_datetime", "sent": "submitted_at",
    "action": "record_action",
}  # fmt: skip
YEAR = 2024


def moment(text: str) -> datetime:
    """ "03-05" is 3 May at noon; "03-05 09:30" is a minute of it; the year is 2024."""
    day, _, minute = text.partition(" ")
    return datetime.strptime(f"{YEAR}-{day[3:]}-{day[:2]} {minute or '12:00'}", "%Y-%m-%d %H:%M")


def drawn(table: str) -> list[dict[str, Any]]:
    """Rows of a drawn table; an empty cell is null. Columns nobody draws are null."""
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in table.strip().splitlines()
    ]
    head, *body = lines
    return [_row(dict(zip(head, cells, strict=True))) for cells in body]


def _row(cells: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for word, text in cells.items():
        name = WORDS.get(word, word)
        row[name] = (moment(text) if word in ("arrived", "sent") else text) if text else None
    return row


def typed(dataset: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as the reader hands them over, numbered from 1."""
    schema = pa.schema([*TABLES[dataset].arrow_schema(), pa.field("_row", pa.int64())])
    numbered = [{**row, "_row": number} for number, row in enumerate(rows, 1)]
    return pa.Table.from_pylist(numbered, schema=schema)


def facts(
    name: str, rows: int, received: datetime, replaces: Period | None = None, rejected: int = 0
) -> SubmissionFacts:
    """Facts of a made-up file."""
    return SubmissionFacts(
        file=f"{name}.csv", sha256=name, dialect="canonical", mapping_digest="m", who="a test",
        received_at=received, read=rows + rejected, rejected=rejected, replaces=replaces,
    )  # fmt: skip


def put(
    store: Store,
    name: str,
    rows: Sequence[Row],
    *,
    received: datetime,
    replaces: Period | None = None,
    dataset: str = "attendances",
) -> ControlTotal:
    """Extract a made-up file called `name` into the store."""
    identifier = store.submission_id(dataset, name, "m")
    with store.stage(dataset, identifier) as stage:
        stage.write(typed(dataset, rows))
        return store.commit(stage, facts(name, len(rows), received, replaces))


def true_rows(store: Store, dataset: str = "attendances") -> list[dict[str, Any]]:
    """What is true now: the declared columns that are filled, with the person's own key."""
    activity = store.activity()
    paths = activity.files.get(dataset, ())
    rows = [row for path in paths for row in _rows(path)]
    if dataset != "people":
        names = {row["person_no"]: row["person_id"] for row in _rows(activity.persons)}
        rows = [{**row, "person_id": names.get(row["person_no"])} for row in rows]
    declared = TABLES[dataset].names
    filled = [{n: row[n] for n in declared if row[n] is not None} for row in rows]
    return sorted(filled, key=repr)


def _rows(path: Path | None) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist() if path else []


def files_of(store: Store) -> set[str]:
    """Every file in the store's folder."""
    found = (path for path in store.path.rglob("*") if path.is_file())
    return {path.relative_to(store.path).as_posix() for path in found}


def holds(store: Store, key: str) -> list[str]:
    """Every file of the store that says a text, in its bytes or in a cell of a table."""
    return sorted(
        name
        for name in files_of(store)
        if key.encode() in (store.path / name).read_bytes()
        or (name.endswith(".parquet") and key in str(_rows(store.path / name)))
    )

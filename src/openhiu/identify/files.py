"""Writing a finished list: its contents come in, the files of the contract go out.

`list.csv`, `list.parquet`, `list.xlsx`, `flow.csv`, `changes.csv`, `suggestions.csv`,
`fairness.csv`, `history.parquet` and `manifest.json`. The folder is replaced as a whole, so a list
is never half old and half new.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.errors import WrongUsage
from openhiu.identify.changes import Change
from openhiu.identify.fairness import FairnessRow
from openhiu.identify.flow import FlowStep
from openhiu.identify.rank import ListedPerson
from openhiu.identify.suggestions import Suggestion
from openhiu.identify.workbook import write_workbook
from openhiu.tables.handover import LIST_COLUMNS, PEOPLE_COLUMNS

LIST_SCHEMA: Final = pa.schema(
    [
        pa.field("list_id", pa.string()), pa.field("rank", pa.int32()),
        pa.field("person_id", pa.string()), pa.field("attendances", pa.int32()),
        pa.field("max_in_month", pa.int32()), pa.field("attendances_12m", pa.int32()),
        pa.field("by_ambulance", pa.int32()), pa.field("admissions", pa.int32()),
        pa.field("sites_attended", pa.int32()), pa.field("first_arrival", pa.timestamp("us")),
        pa.field("last_arrival", pa.timestamp("us")), pa.field("age", pa.int32()),
        pa.field("sex", pa.string()), pa.field("imd_decile", pa.int32()),
        pa.field("rules", pa.string()), pa.field("tied", pa.bool_()),
        pa.field("change", pa.string()), pa.field("why", pa.string()),
    ]
)  # fmt: skip
_FILES: Final = {
    "list.csv", "list.parquet", "list.xlsx", "flow.csv", "changes.csv", "suggestions.csv",
    "fairness.csv", "history.parquet", "manifest.json",
}  # fmt: skip
# A spreadsheet takes these for a formula; the last four are their full-width twins.
_FORMULA_STARTS: Final = (*"=+-@\t\r\n\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class FinishedList:
    """Everything one run of identify has to say. `people` maps person_id to their details."""

    listed: Sequence[ListedPerson]
    people: Mapping[str, Mapping[str, Any]] | None
    flow: Sequence[FlowStep]
    changes: Sequence[Change]
    suggestions: Sequence[Suggestion]
    fairness: Sequence[FairnessRow]
    history: pa.Table
    manifest: Mapping[str, Any]
    cover: Sequence[str]
    stale: bool = False


def list_table(
    listed: Sequence[ListedPerson], people: Mapping[str, Mapping[str, Any]] | None
) -> pa.Table:
    """The list in the columns of the contract, ordered by list and rank."""
    rows = [_row(person) for person in sorted(listed, key=lambda p: (p.list_id, p.rank))]
    table = pa.Table.from_pylist(rows, schema=LIST_SCHEMA)
    if people is None:
        return table
    for column in PEOPLE_COLUMNS:
        values = [people.get(row["person_id"], {}).get(column) for row in rows]
        table = table.append_column(column, pa.array(values, pa.string()))
    return table


def _row(person: ListedPerson) -> dict[str, Any]:
    row = {name: getattr(person, name) for name in LIST_COLUMNS}
    return {**row, "rules": ";".join(person.rules)}


def write(out: Path, finished: FinishedList) -> list[Path]:
    """Write every file into a new folder beside `out`, then put it in its place.

    A folder that holds anything but an earlier list is refused with WrongUsage. Whatever goes
    wrong, `out` is the old list or the new one, whole.
    """
    out = out.resolve()
    _refuse_foreign_folder(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    building = out.parent / f".{out.name}-{os.getpid()}.tmp"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        _write_all(building, finished)
        _put_in_place(building, out)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return sorted(out.iterdir())


def _write_all(folder: Path, finished: FinishedList) -> None:
    table = list_table(finished.listed, finished.people)
    pq.write_table(table, folder / "list.parquet", compression="zstd")
    pq.write_table(finished.history, folder / "history.parquet", compression="zstd")
    write_csv(folder / "list.csv", table.column_names, (row.values() for row in table.to_pylist()))
    for name, kind, rows in (
        ("flow", FlowStep, finished.flow),
        ("changes", Change, finished.changes),
        ("suggestions", Suggestion, finished.suggestions),
        ("fairness", FairnessRow, finished.fairness),
    ):
        columns = [field.name for field in fields(kind)]
        write_csv(folder / f"{name}.csv", columns, (astuple(row) for row in rows))
    write_workbook(
        folder / "list.xlsx",
        table,
        cover=finished.cover,
        flow=[asdict(row) for row in finished.flow],
        changes=[asdict(row) for row in finished.changes],
        suggestions=[asdict(row) for row in finished.suggestions],
        fairness=[asdict(row) for row in finished.fairness],
    )
    text = json.dumps(finished.manifest, indent=2, ensure_ascii=False, default=str)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """A CSV with CRLF line ends (RFC 4180) in which no cell can be taken for a formula."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return value.isoformat()
        case str() if value.startswith(_FORMULA_STARTS):
            return f"'{value}"
        case _:
            return str(value)


def _refuse_foreign_folder(out: Path) -> None:
    """Only an earlier list, and nothing beside it, is ever replaced."""
    if out.exists() and not out.is_dir():
        raise WrongUsage("the output is a file, not a folder", remedy="name a folder for --out")
    if not out.is_dir():
        return
    strange = sorted(entry.name for entry in out.iterdir() if entry.name not in _FILES)
    if strange:
        raise WrongUsage(
            "the output folder holds files that are not of a list",
            file=out.name,
            remedy="name a new or empty folder for --out, or move the other files elsewhere",
        )


def _put_in_place(building: Path, out: Path) -> None:
    """Swap folders by renaming; where the second renaming fails, the old list comes back."""
    old = out.parent / f".{out.name}-{os.getpid()}.old"
    if out.exists():
        out.rename(old)
    try:
        building.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)

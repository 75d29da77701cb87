"""Writing a finished list: its contents come in, the files of the contract go out.

`list.csv`, `list.parquet`, `list.xlsx`, `flow.csv`, `changes.csv`, `suggestions.csv`,
`fairness.csv`, `history.parquet` and `manifest.json`. The folder is replaced as a whole, so a list
is never half old and half new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.identify.changes import Change
from openhiu.identify.fairness import FairnessRow
from openhiu.identify.flow import FlowStep
from openhiu.identify.rank import ListedPerson
from openhiu.identify.suggestions import Suggestion
from openhiu.identify.workbook import write_workbook
from openhiu.tables.delivery import write_csv, write_folder
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
    """Write every file of a list; `out` is the old list or the new one, whole.

    A folder that holds anything but an earlier list is refused with WrongUsage.
    """
    return write_folder(out, "a list", _FILES, lambda folder: _write_all(folder, finished))


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

"""From text to typed rows: record batches of text come in; accepted rows, rejects with their rule
and, at the end, the findings on the whole file go out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from openhiu.engines import Engine
from openhiu.extract import notes
from openhiu.extract.account import EMPTY, Account
from openhiu.extract.findings import Findings
from openhiu.extract.layout import Layout, Source
from openhiu.extract.profile import profile
from openhiu.extract.statement import GIVEN, READING_FAULT, Statement, compose

REJECTS: Final = pa.schema(
    [
        pa.field("row", pa.int64()),
        pa.field("column", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("remedy", pa.string()),
    ]
)
_READING_REMEDY: Final = "correct the line in the file, or export it again"


@dataclass(frozen=True)
class Checked:
    """One batch, judged. `accepted` has `_row` and the table's columns; `rejects` is `REJECTS`."""

    accepted: pa.Table
    rejects: pa.Table


class Validator:
    """Checks one file, batch by batch; `close` gives the verdict on the whole.

    The first batch decides how identifiers and dates are written. Batches hold `_row` (int64),
    `_fault` (text or null) and text columns under the file's own headers. The engine's table
    `given` is used; the caller keeps and closes the engine.
    """

    def __init__(
        self,
        layout: Layout,
        *,
        engine: Engine,
        today: date,
        received_at: datetime,
        date1904: bool = False,
        file: str | None = None,
    ) -> None:
        self.layout = layout
        self._engine = engine
        self._today = today
        self._received_at = received_at.replace(tzinfo=None)
        self._date1904 = date1904
        self._file = file
        self._statement: Statement | None = None
        self._account = Account(layout)

    def check(self, batch: pa.RecordBatch) -> Checked:
        """Accepted rows in the table's shape, and the first broken rule of every other row."""
        statement = self._settle(batch)
        batch = _without_empty_words(batch, set(statement.copied.values()))
        read = self._run(statement, statement.usual, batch)
        clean = read.column("_clean").combine_chunks()
        if clean.true_count == len(clean):
            self._count(statement, batch, [read], None)
            checked = Checked(self._assemble(statement, read, batch), REJECTS.empty_table())
        else:
            rest = batch.filter(pc.invert(clean))
            usual = read.filter(clean)
            full = self._run(statement, statement.full, rest)
            self._count(statement, batch, [usual, full], rest)
            kept = self._assemble(statement, usual, batch.filter(clean))
            checked = self._judge(statement, full, rest, kept)
        self._account.add(checked.accepted, checked.rejects)
        return checked

    def _count(
        self,
        statement: Statement,
        batch: pa.RecordBatch,
        readings: list[pa.Table],
        rest: pa.RecordBatch | None,
    ) -> None:
        """Count how the cells of a batch are written; dates closer where `rest` could not be read,
        or, until it is settled whether days come first, among all.
        """
        unsettled = self._account.unsettled()
        for source in self._account.add_cells(statement.computed, batch, readings):
            if rest is not None and source not in unsettled:
                self._look_closer(statement, source, rest)
        for source in unsettled:
            self._look_closer(statement, source, batch)

    def _look_closer(self, statement: Statement, source: Source, batch: pa.RecordBatch) -> None:
        self._give(statement, batch)
        counts = self._engine.run(statement.closer[source.column.name], statement.parameters)
        self._account.look_closer(source, counts.to_pylist()[0])

    def _judge(
        self, statement: Statement, full: pa.Table, rest: pa.RecordBatch, usual: pa.Table
    ) -> Checked:
        broken = full.column("_broken").combine_chunks()
        kept = self._assemble(statement, full, rest).filter(pc.is_null(broken))
        accepted = pa.concat_tables([usual, kept]).sort_by("_row") if kept.num_rows else usual
        return Checked(accepted, self._rejects(statement, broken, rest))

    def close(self) -> Findings:
        """The account of the file. Raises InputNotUsable where the file as a whole will not do."""
        return self._account.close(self._file)

    def _settle(self, batch: pa.RecordBatch) -> Statement:
        if self._statement is None:
            first = profile(self.layout, batch, date1904=self._date1904)
            self._account.begin(first)
            self._statement = compose(
                self.layout, first, today=self._today, received_at=self._received_at
            )
        return self._statement

    def _run(self, statement: Statement, sql: str, batch: pa.RecordBatch) -> pa.Table:
        self._give(statement, batch)
        read = self._engine.run(sql, statement.parameters)
        # The engine promises no order; the columns that never went there are in the batch's.
        if not read.column("_row").combine_chunks().equals(batch.column("_row")):
            read = read.sort_by("_row")
        return read

    def _give(self, statement: Statement, batch: pa.RecordBatch) -> None:
        inputs = {alias: batch.column(header) for alias, header in statement.inputs.items()}
        fault = batch.column("_fault").cast(pa.string())
        table = pa.table({"_row": batch.column("_row"), "_fault": fault, **inputs})
        self._engine.register(GIVEN, table)

    def _assemble(self, statement: Statement, read: pa.Table, batch: pa.RecordBatch) -> pa.Table:
        columns: dict[str, Any] = {"_row": batch.column("_row")}
        for column in self.layout.table.columns:
            if column.name in statement.computed:
                columns[column.name] = read.column(column.name)
            elif column.name in statement.copied:
                columns[column.name] = batch.column(statement.copied[column.name])
            else:
                columns[column.name] = pa.nulls(batch.num_rows, column.type.arrow)
        self._default(columns, batch.num_rows)
        schema = pa.schema([pa.field("_row", pa.int64()), *self.layout.table.arrow_schema()])
        return pa.table(columns).cast(schema)

    def _default(self, columns: dict[str, Any], rows: int) -> None:
        """What stands where the sender said nothing: see `tables.activity`."""
        given = {
            "submitted_at": pa.scalar(self._received_at, pa.timestamp("us")),
            "record_action": pa.scalar("upsert"),
            "provider_code": columns.get("site_code"),
            "person_id": columns.get("nhs_number"),
        }
        for name, default in given.items():
            if name not in columns or default is None or not columns[name].null_count:
                continue
            if columns[name].null_count == rows and isinstance(default, pa.Scalar):
                columns[name] = pa.repeat(default, rows)
            else:
                columns[name] = pc.coalesce(columns[name], default)

    def _rejects(self, statement: Statement, broken: pa.Array, batch: pa.RecordBatch) -> pa.Table:
        if broken.null_count == len(broken):
            return REJECTS.empty_table()
        mask = pc.is_valid(broken)
        numbers = broken.filter(mask)
        lost = batch.filter(mask)
        labels = pa.array([None, *(rule.column for rule in statement.rules)], pa.string())
        texts = pa.array([None, *(rule.rule for rule in statement.rules)], pa.string())
        remedies = pa.array([_READING_REMEDY, *(rule.remedy for rule in statement.rules)])
        unread = pc.equal(numbers, READING_FAULT)
        rejects = pa.table(
            {
                "row": lost.column("_row"),
                "column": labels.take(numbers),
                "rule": pc.if_else(unread, lost.column("_fault").cast(pa.string()),
                                   texts.take(numbers)),
                "remedy": remedies.take(numbers),
            },
            schema=REJECTS,
        )  # fmt: skip
        return notes.mark(self.layout, lost, rejects)


def _without_empty_words(batch: pa.RecordBatch, headers: set[str]) -> pa.RecordBatch:
    for header in headers:
        hollow = pc.is_in(batch.column(header), EMPTY)
        if pc.any(hollow).as_py():
            index = batch.schema.get_field_index(header)
            cleaned = pc.if_else(hollow, pa.scalar(None, pa.string()), batch.column(header))
            batch = batch.set_column(index, header, cleaned)
    return batch

"""What the child hands to its parent: numbered rows as Arrow batches, with the facts beside them.

The schema carries what is known before the first row; every batch carries what has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.headers import Header
from openhiu.extract.reading.limits import Facts, Limits

ROW: Final = "_row"
FAULT: Final = "_fault"
# Spreadsheets stop here: what came after was cut without a word.
CUT_AT: Final = (65_536, 1_048_576)
_PENDING_BYTES: Final = 64 << 20


class Outbox:
    """Takes rows from a reader in row order and writes them to the parent."""

    def __init__(self, stream: BinaryIO, limits: Limits, facts: Facts) -> None:
        self._stream = stream
        self._limits = limits
        self.facts = facts
        self._header = Header((), ())
        self._types: Sequence[str] = ()
        self._schema: pa.Schema | None = None
        self._writer: Any = None
        self._pending: list[pa.Table] = []
        self._pending_rows = 0
        self._pending_bytes = 0
        self._last_row = 0
        self._empty_so_far = 0
        self.size = 0

    def begin(self, header: Header, types: Sequence[str]) -> None:
        """Say which columns will come, and of which type each is in the file."""
        self._header, self._types = header, types
        fields = [pa.field(ROW, pa.int64()), pa.field(FAULT, pa.string())]
        self._schema = pa.schema([*fields, *(pa.field(name, pa.string()) for name in header.names)])

    def rows(self, rows: pa.Table, faults: pa.Table | None, done: int) -> None:
        """Rows as `_row` and one string column per header column in any order, and faults.

        Spaces around cells go, empty cells become null, rows without any value are passed over.
        `done` is how many bytes of the file have been taken.
        """
        numbers = rows[ROW].combine_chunks()
        columns = [
            _tidy(column)
            for name, column in zip(rows.column_names, rows.columns, strict=True)
            if name != ROW
        ]
        for place, column in enumerate(columns):
            self._check_cells(column, numbers, self._header.names[place])
        if len(numbers):
            self._last_row = max(self._last_row, numbers[-1].as_py())
        numbers, columns = self._without_empty_rows(numbers, columns)
        good = self._batch(numbers, pa.nulls(len(numbers), pa.string()), columns)
        self._write(self._joined(good, faults), done)

    def end(self) -> None:
        """Close the stream. Raises InputNotUsable where there was no row at all."""
        self._flush(self.size)
        if self._writer is None:
            raise InputNotUsable(
                "there is a header but no row below it",
                remedy="check the period that was exported, and ask for the file again",
            )
        if self._last_row in CUT_AT:
            self.facts.warn(
                f"the data stops at exactly row {self._last_row:,}, where spreadsheets cut files: "
                "data may be missing"
            )
        if self.facts.empty_rows:
            self.facts.warn(f"{self.facts.empty_rows:,} empty rows were passed over")
        nothing = pa.RecordBatch.from_pylist([], schema=self._schema)
        self._writer.write_batch(nothing, custom_metadata=self._metadata(self.size))
        self._writer.close()
        self._stream.flush()

    def _batch(self, numbers: pa.Array, rules: pa.Array, columns: list[pa.Array]) -> pa.Table:
        return pa.Table.from_arrays([numbers, rules, *columns], schema=self._schema)

    def _joined(self, good: pa.Table, faults: pa.Table | None) -> pa.Table:
        """Good rows and faults in row order."""
        if faults is None or not faults.num_rows:
            return good
        self._last_row = max(self._last_row, pc.max(faults[ROW]).as_py())
        self._count_empty(0, True)
        blank = [pa.nulls(faults.num_rows, pa.string())] * len(self._header.names)
        bad = self._batch(faults[ROW], faults[FAULT], blank)
        return pa.concat_tables([good, bad]).sort_by(ROW)

    def _write(self, rows: pa.Table, done: int) -> None:
        if rows.num_rows:
            self._pending.append(rows)
            self._pending_rows += rows.num_rows
            self._pending_bytes += rows.nbytes
        full = self._pending_rows >= self._limits.batch_rows
        if full or self._pending_bytes > _PENDING_BYTES:
            self._flush(done)

    def _flush(self, done: int) -> None:
        if not self._pending:
            return
        if self._writer is None:
            self._open()
        rows = pa.concat_tables(self._pending).combine_chunks()
        for batch in rows.to_batches(max_chunksize=self._limits.batch_rows):
            self._writer.write_batch(batch, custom_metadata=self._metadata(done))
        self._stream.flush()
        self._pending, self._pending_rows, self._pending_bytes = [], 0, 0

    def _open(self) -> None:
        assert self._schema is not None  # noqa: S101  (a reader begins before it sends rows)
        described = json.dumps({"types": list(self._types), "facts": asdict(self.facts)})
        self._writer = pa.ipc.new_stream(
            self._stream, self._schema.with_metadata({"openhiu": described})
        )

    def _metadata(self, done: int) -> dict[str, str]:
        return {"done": str(done), "facts": json.dumps(asdict(self.facts))}

    def _without_empty_rows(
        self, numbers: pa.Array, columns: list[pa.Array]
    ) -> tuple[pa.Array, list[pa.Array]]:
        if not len(numbers):
            return numbers, columns
        empty: pa.Array | None = None
        for column in columns:
            missing = pc.is_null(column)
            empty = missing if empty is None else pc.and_(empty, missing)
            if not pc.any(empty).as_py():
                self._count_empty(0, True)
                return numbers, columns
        if empty is None:
            return numbers, columns
        keep = pc.invert(empty)
        kept = numbers.filter(keep)
        trailing = _after(numbers, kept)
        self._count_empty(len(numbers) - len(kept) - trailing, len(kept) > 0)
        self._empty_so_far += trailing
        return kept, [column.filter(keep) for column in columns]

    def _count_empty(self, within: int, has_rows: bool) -> None:
        # Empty rows at the very end of a file are nobody's news; between others they are.
        if has_rows:
            self.facts.empty_rows += self._empty_so_far + within
            self._empty_so_far = 0

    def _check_cells(self, column: pa.Array, numbers: pa.Array, name: str) -> None:
        lengths = pc.binary_length(column)
        longest = pc.max(lengths).as_py() or 0
        if longest > self._limits.max_cell_bytes:
            place = pc.index(lengths, longest).as_py()
            raise too_big(self._limits, numbers[place].as_py(), name)


def too_big(limits: Limits, row: int | None, column: str | None) -> InputNotUsable:
    """The refusal of a cell larger than any real one."""
    return InputNotUsable(
        f"a cell holds more than {limits.max_cell_bytes:,} bytes",
        remedy="check for a quote that is never closed, or leave that column out of the file",
        row=row,
        column=column,
    )


def _tidy(column: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _after(numbers: pa.Array, kept: pa.Array) -> int:
    """How many of the numbers come after the last one kept."""
    if not len(kept):
        return len(numbers)
    return len(numbers) - 1 - int(pc.index(numbers, kept[-1]).as_py())

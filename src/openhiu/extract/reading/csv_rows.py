"""A CSV file as numbered rows: parsed in blocks by Arrow, with the rows it cannot cut as faults.

Every record of the file comes out once, as cells or as a fault, under the number it has in a
spreadsheet (the header of an ordinary file is row 1, the first data row 2).
"""

from __future__ import annotations

import io
from collections import deque
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.characters import NOT_TEXT, Utf8Stream
from openhiu.extract.reading.csv_form import Form, csv_form
from openhiu.extract.reading.limits import Limits, Reading
from openhiu.extract.reading.outbox import FAULT, ROW, Outbox
from openhiu.extract.reading.sources import opener

_HEAD: Final = 1 << 20
# Also the longest record. Arrow reads many blocks ahead, so this decides how much memory is used.
_BLOCK: Final = 4 << 20
# Clinical text runs over a few lines; a cell over hundreds has swallowed the rows that follow.
_MOST_LINES_IN_A_CELL: Final = 200
_LAST: Final = "openhiu:end-of-file"
_NOT_TEXT_BYTES: Final = NOT_TEXT.encode()
_FAULTS: Final = pa.schema([(ROW, pa.int64()), (FAULT, pa.string())])


def read_csv(path: Path, form: str, reading: Reading, limits: Limits, outbox: Outbox) -> None:
    """Send every row of a CSV file to the outbox. Raises InputNotUsable where it is none."""
    stream = Utf8Stream(opener(path, form, limits), reading.encoding, outbox.facts)
    try:
        head = stream.read(_HEAD)
        laid_out = csv_form(head, len(head) < _HEAD, reading, limits, outbox.facts)
        outbox.begin(laid_out.header, ["text"] * len(laid_out.header.names))
        feed = Feed(head[laid_out.data_at :], stream, laid_out)
        CsvRows(feed, laid_out, outbox).send()
    finally:
        stream.close()


class Feed(io.RawIOBase):
    """The data rows as UTF-8, and after them one row of ours.

    If the parser does not hand that last row back as a row, an open quote has swallowed it.
    """

    def __init__(self, head: bytes, stream: Utf8Stream, form: Form) -> None:
        super().__init__()
        self._head = head
        self._stream = stream
        self._last = (_LAST + form.delimiter * form.width).encode()
        self._ends_line = True
        self._over = False
        self._done: list[int] = []
        self.marked = False

    def done(self, block: int) -> int:
        """Bytes of the file on disk taken when the parser had this block (it reads ahead)."""
        return self._done[min(block, len(self._done) - 1)]

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end."""
        data, self._head = self._head[:size], self._head[size:]
        if len(data) < size:
            data += self._stream.read(size - len(data))
        if not self.marked and _NOT_TEXT_BYTES in data:
            self.marked = True
        self._done.append(self._stream.done)
        if data:
            self._ends_line = data.endswith((b"\n", b"\r"))
            return data
        return self._end()

    def _end(self) -> bytes:
        if self._over:
            return b""
        self._over = True
        return self._last if self._ends_line else b"\n" + self._last


class CsvRows:
    """Pairs the rows Arrow could cut with the numbers of those it could not."""

    def __init__(self, feed: Feed, form: Form, outbox: Outbox) -> None:
        self._feed = feed
        self._form = form
        self._outbox = outbox
        self._faults: list[tuple[int, str]] = []
        self._next = form.row + 1
        self._names = [f"c{place}" for place in form.header.places]
        self._block = 0
        self._ended = False
        self._stopped_at: int | None = None

    def send(self) -> None:
        """Send all rows. Raises InputNotUsable for a quote that is never closed."""
        try:
            for batch in self._reader():
                self._send(batch)
        except pa.ArrowInvalid:
            # Arrow's own words may quote a cell. What it means is a record longer than a block, or
            # the one `_not_cut` stopped at.
            raise open_quote(self._stopped_at or self._next) from None
        if not self._ended:
            raise open_quote(self._next - 1)
        if self._faults:  # no good row came after them
            nothing = pa.schema([(name, pa.string()) for name in self._names]).empty_table()
            self._send(nothing.combine_chunks())
        self._outbox.end()

    def _reader(self) -> Any:
        names = [f"c{place}" for place in range(self._form.width)]
        return pacsv.open_csv(
            self._feed,
            read_options=pacsv.ReadOptions(
                use_threads=False, column_names=names, block_size=_BLOCK
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=self._form.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=self._not_cut,
            ),
            convert_options=pacsv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=self._names,
                null_values=[""],
                strings_can_be_null=True,
            ),
        )

    def _not_cut(self, row: Any) -> str:
        number = self._form.row + row.number
        if row.text.startswith(_LAST):
            self._ended = True
            return "skip"
        if _LAST in row.text or _lines(row.text) > _MOST_LINES_IN_A_CELL:
            self._stopped_at = number
            return "error"  # an exception raised here would be lost
        few = row.actual_columns < row.expected_columns
        widths = f"({row.actual_columns} of {self._form.width})"
        self._faults.append((number, f"too {'few' if few else 'many'} columns {widths}"))
        return "skip"

    def _send(self, batch: pa.RecordBatch | pa.Table) -> None:
        """One block: the rows that were cut, and the faults met on the way, in row order."""
        numbers, ready = self._numbered(batch.num_rows)
        rows = pa.Table.from_arrays(batch.columns, names=self._names).append_column(ROW, numbers)
        self._refuse_swallowed(rows)
        faults = pa.table({ROW: [n for n, _ in ready], FAULT: [rule for _, rule in ready]}, _FAULTS)
        if self._feed.marked:
            rows, marked = self._without_marked(rows)
            faults = pa.concat_tables([faults, marked])
        self._outbox.rows(rows, faults, self._feed.done(self._block))
        self._block += 1

    def _numbered(self, count: int) -> tuple[pa.Array, list[tuple[int, str]]]:
        """The numbers of the next `count` good rows and the faults that stand among them."""
        if not self._faults:
            self._next += count
            return pa.arange(self._next - count, self._next), []
        good: list[int] = []
        ready: list[tuple[int, str]] = []
        faults = deque(self._faults)
        while len(good) < count or (faults and faults[0][0] == self._next):
            if faults and faults[0][0] == self._next:
                ready.append(faults.popleft())
            else:
                good.append(self._next)
            self._next += 1
        self._faults = list(faults)
        return pa.array(good, pa.int64()), ready

    def _refuse_swallowed(self, rows: pa.Table) -> None:
        """Raise where a cell runs over so many lines that an open quote must have made it."""
        for name in self._names:
            cells = rows[name]
            if (pc.max(pc.binary_length(cells)).as_py() or 0) > _MOST_LINES_IN_A_CELL:
                lines = pc.count_substring_regex(cells, r"\r\n|\r|\n")
                most = pc.max(lines).as_py()
                if most > _MOST_LINES_IN_A_CELL:
                    raise open_quote(rows[ROW][pc.index(lines, most).as_py()].as_py())

    def _without_marked(self, rows: pa.Table) -> tuple[pa.Table, pa.Table]:
        """Rows whose bytes were text, and the others as faults."""
        marked = pa.chunked_array([pa.repeat(pa.scalar(False), len(rows))])
        for name in self._names:
            found = pc.match_substring(rows[name], NOT_TEXT)
            marked = pc.or_(marked, pc.fill_null(found, False))
        numbers = rows[ROW].filter(marked)
        rules = pa.array(["not text in the file's encoding"] * len(numbers), pa.string())
        return rows.filter(pc.invert(marked)), pa.table({ROW: numbers, FAULT: rules}, _FAULTS)


def open_quote(row: int) -> InputNotUsable:
    """The refusal of a file in which one quote swallows the rows that follow."""
    return InputNotUsable(
        "a quote opened in this row is not closed, so the rows after it cannot be told apart",
        remedy="close or remove the quote, or export the file again with quotes doubled",
        row=row,
    )


def _lines(text: str) -> int:
    return text.count("\n") + text.count("\r")

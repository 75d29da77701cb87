"""A Parquet file as numbered rows of text, its footer never believed.

A few kilobytes can claim to be small and hold a terabyte, so what is counted is what comes out, and
dictionaries are looked at before they are spread over rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.headers import Header, check_header
from openhiu.extract.reading.limits import Limits
from openhiu.extract.reading.outbox import ROW, Outbox, too_big
from openhiu.extract.reading.rendering import as_text, can_render

_ROWS: Final = 16_384
_BATCH_BYTES: Final = 128 << 20
_FIRST_ROW: Final = 2  # below the header, as if the table stood in a spreadsheet


def read_parquet(path: Path, limits: Limits, outbox: Outbox) -> None:
    """Send every row of a Parquet file to the outbox. Raises InputNotUsable where it is damaged."""
    try:
        with pq.ParquetFile(path, memory_map=False, pre_buffer=False) as file:
            rows = ParquetRows(path, file, limits, outbox)
            rows.send()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError, OSError) as error:
        raise _unreadable(error) from None


class ParquetRows:
    """Reads one row group after the other, in batches that fit."""

    def __init__(self, path: Path, file: Any, limits: Limits, outbox: Outbox) -> None:
        self._path = path
        self._file = file
        self._limits = limits
        self._outbox = outbox
        self._unpacked = 0
        self._header = self._checked_header()
        self._next = _FIRST_ROW

    def send(self) -> None:
        """Send all rows, stopping at the limit of logical bytes."""
        total = max(1, self._file.metadata.num_rows)
        for group in range(self._file.metadata.num_row_groups):
            for batch in self._batches(group):
                numbers = pa.arange(self._next, self._next + batch.num_rows)
                self._next += batch.num_rows
                rows = self._as_text(batch, numbers)
                done = self._outbox.size * (self._next - _FIRST_ROW) // total
                self._outbox.rows(rows, None, done)
        self._outbox.end()

    def _checked_header(self) -> Header:
        schema = self._file.schema_arrow
        header = check_header(schema.names, None, self._limits, self._outbox.facts)
        readable = [place for place in header.places if self._readable(schema.field(place))]
        named = dict(zip(header.places, header.names, strict=True))
        kept = Header(tuple(named[place] for place in readable), tuple(readable))
        if not readable:
            raise InputNotUsable(
                "no column of the file is a plain column",
                remedy="write it with one text, number or date column for each field",
            )
        self._outbox.begin(kept, [str(schema.field(place).type) for place in readable])
        self._warn_of_legacy_times(kept)
        return kept

    def _readable(self, field: Any) -> bool:
        if can_render(field.type):
            return True
        self._outbox.facts.warn(f"column {field.name} holds {_kind(field.type)} and was not read")
        return False

    def _warn_of_legacy_times(self, header: Header) -> None:
        schema = self._file.schema
        leaves = [schema.column(place) for place in range(len(schema))]
        legacy = {leaf.path for leaf in leaves if leaf.physical_type == "INT96"}
        for name in legacy & set(self._names(header)):
            self._outbox.facts.warn(
                f"column {name} is in the old INT96 form, which has no time zone: "
                "its times were read as they stand"
            )

    def _names(self, header: Header) -> list[str]:
        return [self._file.schema_arrow.names[place] for place in header.places]

    def _batches(self, group: int) -> Iterator[Any]:
        """Batches of one row group; their size follows from the longest known cells."""
        longest = self._longest_in_dictionaries(group)
        claimed = self._file.metadata.row_group(group).num_rows
        if self._unpacked + longest * claimed > self._limits.max_unpacked_bytes:
            self._refuse_bomb(group)
        rows = max(1, min(_ROWS, self._limits.batch_rows, _BATCH_BYTES // max(1, longest)))
        yield from self._file.iter_batches(
            batch_size=rows, row_groups=[group], columns=self._names(self._header),
            use_threads=False,
        )  # fmt: skip

    def _longest_in_dictionaries(self, group: int) -> int:
        """Bytes of the longest entries of this row group's dictionaries, added up.

        The first row brings the whole dictionary along and nothing more.
        """
        first = next(self._with_dictionaries(group, 1), None)
        if first is None:
            return 0
        pairs = zip(first.schema.names, first.columns, strict=True)
        return sum(self._longest_entry(name, column) for name, column in pairs)

    def _refuse_bomb(self, group: int) -> None:
        """Add up what a row group would be as text, from its dictionaries, before making it."""
        size = self._unpacked
        for batch in self._with_dictionaries(group, _ROWS):
            for column in batch.columns:
                if isinstance(column.type, pa.DictionaryType):
                    lengths = pc.binary_length(column.dictionary).take(column.indices)
                    size += pc.sum(lengths).as_py() or 0
            self._check_size(size)

    def _with_dictionaries(self, group: int, rows: int) -> Iterator[Any]:
        """The text columns of a row group with their dictionaries as they lie in the file."""
        schema = self._file.schema_arrow
        names = [name for name in self._names(self._header) if _is_text(schema.field(name).type)]
        if not names:
            return
        with pq.ParquetFile(self._path, read_dictionary=names, pre_buffer=False) as file:
            yield from file.iter_batches(
                batch_size=rows, row_groups=[group], columns=names, use_threads=False
            )

    def _longest_entry(self, name: str, column: Any) -> int:
        if not isinstance(column.type, pa.DictionaryType):
            return 0
        longest = int(pc.max(pc.binary_length(column.dictionary)).as_py() or 0)
        if longest > self._limits.max_cell_bytes:
            raise too_big(self._limits, None, name)
        return longest

    def _as_text(self, batch: Any, numbers: Any) -> pa.Table:
        columns = []
        for name, column in zip(self._header.names, batch.columns, strict=True):
            try:
                text = as_text(column)
            except pa.ArrowInvalid:
                raise InputNotUsable(
                    "the column holds bytes or values that cannot be written as text",
                    remedy="write it as a text, number, date or time column",
                    column=name,
                ) from None
            self._unpacked += int(pc.sum(pc.binary_length(text)).as_py() or 0)
            self._check_size(self._unpacked)
            columns.append(text)
        return pa.Table.from_arrays([numbers, *columns], names=[ROW, *self._header.names])

    def _check_size(self, size: int) -> None:
        if size > self._limits.max_unpacked_bytes:
            raise InputNotUsable(
                f"it holds more than {self._limits.max_unpacked_bytes:,} bytes of text",
                remedy="send it in parts, for example one file a month",
            )


def _is_text(kind: Any) -> bool:
    kind = kind.value_type if isinstance(kind, pa.DictionaryType) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


def _kind(kind: Any) -> str:
    return "lists or structures" if pa.types.is_nested(kind) else "values that are not plain cells"


def _unreadable(error: Exception) -> InputNotUsable:
    # Arrow's own words stay here: they may quote what is in the file.
    if "encrypt" in str(error).lower() or "decrypt" in str(error).lower():
        return InputNotUsable(
            "the file has encrypted columns", remedy="send it without column encryption"
        )
    if "timezone" in str(error).lower():
        return InputNotUsable(
            "this computer has no time-zone data, so times with a zone cannot be read",
            remedy="install the tzdata package",
        )
    return InputNotUsable(
        "the Parquet file is damaged or was cut off while it was sent",
        remedy="ask for it to be sent again",
    )

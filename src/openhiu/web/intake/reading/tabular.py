"""The bytes of a CSV or Parquet file become rows of texts under exactly the declared columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from openhiu.web.intake.reading import limits
from openhiu.web.intake.reading.faults import Fault, NotUsable

Row = dict[str, str]
# What hiu identify puts an apostrophe before, so that no spreadsheet takes it for a formula.
_FORMULA_STARTS: Final = (*"=+-@\t\r\n\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_VERSION: Final = "Make the list with the hiu identify that belongs to this service"


def rows_of_csv(file: str, data: bytes, *columns: Sequence[str]) -> list[Row]:
    """The rows of a CSV file whose heading is exactly one of the given lists of columns.

    Raises:
        NotUsable: not UTF-8, other columns, a row of another length, too many rows.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUsable(Fault("the file is not UTF-8 text", _VERSION, file=file)) from None
    csv.field_size_limit(limits.MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = next(reader, [])
        _check_columns(file, heading, columns)
        return _csv_rows(file, heading, reader)
    except csv.Error:
        row = reader.line_num
        raise NotUsable(
            Fault("the row cannot be read as CSV", "Send the file again", file=file, row=row)
        ) from None


def _csv_rows(file: str, heading: list[str], reader: Any) -> list[Row]:
    rows = []
    for number, cells in enumerate(reader, start=2):
        if len(cells) != len(heading):
            words = f"the row has {len(cells)} cells where {len(heading)} are wanted"
            raise NotUsable(Fault(words, "The file may have arrived in part", file, number))
        _check_count(file, number - 1)
        rows.append(dict(zip(heading, map(_without_apostrophe, cells), strict=True)))
    return rows


def rows_of_parquet(file: str, data: bytes, *columns: Sequence[str]) -> list[Row]:
    """The same from a Parquet file, each value as the CSV would have it.

    Raises:
        NotUsable: damaged, other columns, too many rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        parquet = pq.ParquetFile(pa.BufferReader(data))
        _check_columns(file, parquet.schema_arrow.names, columns)
        _check_count(file, parquet.metadata.num_rows)
        rows: list[Row] = []
        for batch in parquet.iter_batches(batch_size=1000):
            _check_count(file, len(rows) + batch.num_rows)
            _check_width(file, batch)
            rows += [{name: _text(cell) for name, cell in row.items()} for row in batch.to_pylist()]
        return rows
    except (pa.ArrowException, OSError) as damage:
        raise NotUsable(
            Fault("the file is damaged or arrived in part", "Send it again", file=file)
        ) from damage


def _check_columns(file: str, found: Sequence[str], wanted: Sequence[Sequence[str]]) -> None:
    if any(list(found) == list(columns) for columns in wanted):
        return
    missing = [name for name in wanted[0] if name not in found]
    told = f"it has no column {missing[0]}" if missing else "its columns are not those of a list"
    raise NotUsable(Fault(told, _VERSION, file=file))


def _check_count(file: str, count: int) -> None:
    if count > limits.MOST_ROWS:
        raise NotUsable(Fault(f"there are more than {limits.MOST_ROWS:,} rows", file=file))


def _check_width(file: str, batch: Any) -> None:
    """A short file can unpack to very long texts: look at lengths before making them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        texts = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        if texts and (pc.max(pc.binary_length(column)).as_py() or 0) > limits.MOST_CELL:
            raise NotUsable(Fault("a cell is longer than a list has", file=file, column=name))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _without_apostrophe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell

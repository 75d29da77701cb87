"""One set of types for the rows of every engine: Arrow tables come in, plain ones go out.

Engines disagree about what `sum` and `count` return (128-bit, decimal, unsigned); rooms should not.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa


def plain(table: pa.Table) -> pa.Table:
    """The same rows with whole decimals as int64, other decimals as double, text as string.

    Unsigned numbers become int64 (they wrap on subtraction), dictionaries their values, and
    timestamps microseconds. Widths of signed integers stay as the engine gave them.
    """
    wanted = pa.schema([pa.field(field.name, _plain(field.type)) for field in table.schema])
    if wanted.equals(table.schema):
        return table
    columns = [
        column if column.type == field.type else column.cast(field.type, safe=False)
        for column, field in zip(table.columns, wanted, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=wanted)


def _plain(kind: pa.DataType) -> Any:
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    if pa.types.is_decimal(kind):
        return pa.int64() if kind.scale == 0 else pa.float64()
    if pa.types.is_unsigned_integer(kind):
        return pa.int64()
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", kind.tz)
    # A column of nothing but nulls still needs a type that can be joined and written.
    return pa.string() if pa.types.is_null(kind) else kind

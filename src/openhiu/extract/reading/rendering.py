"""Arrow values as text: a typed column comes in; the column as a careful person would write it."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

LOCAL_TIME: Final = "Europe/London"


def can_render(kind: Any) -> bool:
    """True for the types that have one plain value in each cell."""
    if isinstance(kind, pa.DictionaryType):
        return can_render(kind.value_type)
    return _renderer(kind) is not None


def as_text(column: Any) -> Any:
    """A string column: whole numbers as digits, decimal numbers with their tail, dates as ISO.

    A number from a float column keeps its `.0`, which is how a damaged identifier is told. Times
    with a zone become local time; times without are kept as they stand. Raises ArrowInvalid where
    bytes are not text.
    """
    if isinstance(column.type, pa.DictionaryType):
        column = column.cast(column.type.value_type)
    text = _renderer(column.type)(column)
    # A file may call bytes text; nothing after this looks again.
    text.validate(full=True)
    return text


def _renderer(kind: Any) -> Any:
    for fits, render in _RENDERERS:
        if fits(kind):
            return render
    return None


def _plain(column: Any) -> Any:
    return column.cast(pa.string())


def _floats(column: Any) -> Any:
    return pa.array([_float(value) for value in column.to_pylist()], pa.string())


def _float(value: float | None) -> str | None:
    return None if value is None or value != value else repr(value)


def _days(column: Any) -> Any:
    return column.cast(pa.date32()).cast(pa.string())


def _moments(column: Any) -> Any:
    if column.type.tz is not None:
        column = pc.local_timestamp(column.cast(pa.timestamp("us", LOCAL_TIME), safe=False))
    exact = column.cast(pa.timestamp("us"), safe=False)
    whole = exact.cast(pa.timestamp("s"), safe=False)
    text = whole.cast(pa.string())
    if not pc.all(pc.equal(exact, whole.cast(pa.timestamp("us")))).as_py():
        text = pc.if_else(pc.equal(exact, whole), text, exact.cast(pa.string()))
    return pc.replace_substring(text, " ", "T", max_replacements=1)


def _times(column: Any) -> Any:
    return pc.replace_substring_regex(column.cast(pa.string()), r"\.0+$", "")


_RENDERERS: Final = (
    (pa.types.is_null, _plain),
    (pa.types.is_string, lambda column: column),
    (pa.types.is_large_string, _plain),
    (pa.types.is_string_view, _plain),
    (pa.types.is_binary, _plain),
    (pa.types.is_large_binary, _plain),
    (pa.types.is_integer, _plain),
    (pa.types.is_boolean, _plain),
    (pa.types.is_floating, _floats),
    (pa.types.is_decimal, _plain),
    (pa.types.is_date, _days),
    (pa.types.is_timestamp, _moments),
    (pa.types.is_time, _times),
)

"""The user's own frame in, the same kind out.

A pandas, Polars, Arrow, DuckDB or PySpark frame comes in; the engine that reads it where it is,
and a function that turns an Arrow table into the same kind, go out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from openhiu.engines.base import Engine
from openhiu.engines.duckdb import DuckDBEngine
from openhiu.engines.kinds import kind_of
from openhiu.errors import WrongUsage

Giver = Callable[[pa.Table], Any]


def adopt(frame: Any, *, memory_limit: str | None = None) -> tuple[Engine, Giver]:
    """The engine for a frame (hand the frame to its `register`) and the way back to its kind.

    pandas, Polars (eager or lazy), Arrow tables and DuckDB relations are read by DuckDB; a PySpark
    frame stays on its own session. Use the engine as a context manager. The giver's results do not
    need the engine any more. Raises WrongUsage for any other object.
    """
    match kind_of(frame):
        case "pyspark":
            from openhiu.engines.spark import SparkEngine, given

            session = frame.sparkSession
            return SparkEngine.on(session), lambda table: given(session, table)
        case "unknown":
            raise WrongUsage(
                f"a {type(frame).__name__} is not a table OpenHIU can read",
                remedy="give a pandas, Polars, Arrow, DuckDB or PySpark frame",
            )
        case kind:
            return DuckDBEngine(memory_limit=memory_limit), _givers(frame)[kind]


def _givers(frame: Any) -> dict[str, Giver]:
    return {
        "arrow": lambda table: table,
        "pandas": _pandas,
        "polars": _polars,
        "polars-lazy": lambda table: _polars(table).lazy(),
        "duckdb": lambda table: _relation(frame, table),
    }


def _pandas(table: pa.Table) -> Any:
    import pandas

    # Without these, a missing value would turn a column of whole numbers into fractions.
    nullable = {pa.int32(): pandas.Int32Dtype(), pa.int64(): pandas.Int64Dtype(),
                pa.bool_(): pandas.BooleanDtype()}  # fmt: skip
    return table.to_pandas(types_mapper=nullable.get)


def _polars(table: pa.Table) -> Any:
    import polars

    return polars.from_arrow(table)


def _relation(given: Any, rows: pa.Table) -> Any:  # noqa: ARG001 (named in the SQL)
    # On the connection of the relation that was given, so that the two can be joined; DuckDB finds
    # `rows` by its name in this function.
    return given.query("openhiu_given", "select * from rows")

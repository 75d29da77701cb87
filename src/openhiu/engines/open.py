"""Choosing an engine: a name or address comes in, a running engine goes out."""

from __future__ import annotations

from openhiu.engines.base import Engine
from openhiu.errors import WrongUsage


def open_engine(name: str = "duckdb", *, memory_limit: str | None = None) -> Engine:
    """The engine called `duckdb`, `spark`, or Spark at an address (`spark://…`, `sc://…`).

    Raises WrongUsage for a name nobody knows.
    """
    if name == "duckdb":
        from openhiu.engines.duckdb import DuckDBEngine

        return DuckDBEngine(memory_limit=memory_limit)
    if name == "spark" or name.startswith(("spark://", "sc://", "local[")):
        from openhiu.engines.spark import SparkEngine

        return SparkEngine("local[*]" if name == "spark" else name)
    raise WrongUsage(
        f"there is no engine called {name}",
        remedy="use duckdb, spark, or the address of a Spark master or Spark Connect server",
    )

"""Reading one CSV: the product with all its checks against the plain readers.

A folder with `attendances.csv` comes in; a table with one number, the rows read, goes out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa


def _rows(number: int) -> pa.Table:
    return pa.table({"rows": [number]})


def _pyarrow(path: Path) -> pa.Table:
    from pyarrow import csv

    return _rows(csv.read_csv(path).num_rows)


def _duckdb(path: Path) -> pa.Table:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false").fetchall()
        connection.execute(f"create table t as from read_csv('{path}')").fetchall()
        return _rows(connection.execute("select count(*) from t").fetchall()[0][0])


def _polars(path: Path) -> pa.Table:
    import polars

    return _rows(polars.read_csv(path, try_parse_dates=True).height)


def _openhiu(path: Path) -> pa.Table:
    from openhiu import extract

    with tempfile.TemporaryDirectory() as store:
        received = extract.receive(
            path, Path(store), extract.Options(dataset="attendances"),
            on_progress=extract.no_progress,
        )  # fmt: skip
        assert received.state == "taken in", received.state
        assert received.total is not None
        return _rows(received.total.read)


def candidates(folder: Path) -> dict[str, Callable[[], pa.Table]]:
    """Every reader, by name."""
    path = folder / "attendances.csv"
    return {
        "pyarrow": lambda: _pyarrow(path),
        "DuckDB": lambda: _duckdb(path),
        "Polars": lambda: _polars(path),
        "OpenHIU, checked and stored": lambda: _openhiu(path),
    }

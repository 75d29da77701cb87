"""Apache Spark: the same definitions, translated, where the data lives.

SQL and Arrow tables, Parquet paths or frames come in; Arrow tables come out. `persist` cuts the
lineage (a checkpoint or Parquet files), because Spark works a cached step out again and again.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from openhiu.engines.arrow import plain
from openhiu.engines.base import NO_PARAMETERS, Bound, Parameters, bind, each_marker
from openhiu.engines.duckdb import DuckDBEngine
from openhiu.engines.kinds import kind_of
from openhiu.errors import ConfigurationFault


class SparkEngine:
    """One Spark session: started for an address and stopped on leaving, or the user's own."""

    name = "spark"

    def __init__(self, address: str = "local[*]", *, scratch: str | None = None) -> None:
        """Start or reach Spark at `local[*]`, `spark://host:port` or `sc://host:port`.

        With `scratch`, a folder that this machine and every worker see under the same path, named
        steps are kept there as Parquet instead of on the workers' own disks, so that they outlive
        a worker that is taken away; they are removed on leaving.
        """
        from openhiu.engines.spark_session import start

        self._attach(start(address), ours=True, scratch=scratch)

    @classmethod
    def on(cls, session: Any, *, scratch: str | None = None) -> SparkEngine:
        """Use a running session; on leaving only our own names are taken out of it."""
        engine = cls.__new__(cls)
        engine._attach(session, ours=False, scratch=scratch)
        return engine

    def _attach(self, session: Any, *, ours: bool, scratch: str | None) -> None:
        try:
            from openhiu.engines.translate import translate
        except ModuleNotFoundError as missing:
            raise ConfigurationFault(
                "sqlglot is not installed", remedy="pip install 'openhiu[spark]'"
            ) from missing
        self._translate = translate
        self._session = session
        self._ours = ours
        self._scratch = scratch
        # Our names carry a mark of their own: the user's session may have an `attendances` too.
        self._mark = f"openhiu_{uuid.uuid4().hex[:8]}"
        self._names: dict[str, str] = {}
        self._views: list[str] = []
        self._folders: list[str] = []

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(self, *exception: object) -> None:
        for own in self._views:
            self._session.catalog.dropTempView(own)
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        if self._ours:
            self._session.stop()

    def run(self, sql: str, parameters: Parameters = NO_PARAMETERS) -> pa.Table:
        """The rows of a query, as Arrow."""
        return plain(self._frame(sql, parameters).toArrow())

    def persist(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Work a query out once, on the workers, and cut it off from what it was made of."""
        self._show(name, self._kept(self._frame(sql, parameters)))

    def view(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Give a query a name without working it out."""
        self._show(name, self._frame(sql, parameters))

    def register(self, name: str, data: pa.Table | Sequence[Path] | object) -> None:
        """Make Parquet files, an Arrow table, or a pandas, Polars or PySpark frame a named table.

        Paths must be ones the workers can open. Times with a zone: see `_naive` for Spark's own;
        in other frames they become the wall clock of Europe/London.
        """
        if isinstance(data, Sequence) and not isinstance(data, str):
            frame = self._session.read.parquet(*[str(path) for path in data])
        elif kind_of(data) == "pyspark":
            frame = data
        else:
            frame = given(self._session, _as_defined(data))
        self._show(name, _naive(frame))

    def columns(self, name: str) -> tuple[str, ...]:
        """The column names of a named table."""
        return tuple(self._session.table(self._names[name]).columns)

    def _frame(self, sql: str, parameters: Parameters) -> Any:
        text, bound = bind(self._translate(sql, "spark", self._names), parameters)
        return self._session.sql(_typed(text, bound), args=_as_text(bound))

    def _show(self, name: str, frame: Any) -> None:
        # A new name each time: a view that is replaced may still be read by the step replacing it.
        own = f"{self._mark}_{len(self._views)}_{name}"
        # Columns get an identity of their own: Spark cannot tell apart the two sides of a join when
        # a kept step and what it was made of share theirs.
        frame.toDF(*frame.columns).createOrReplaceTempView(own)
        self._names[name] = own
        self._views.append(own)

    def _kept(self, frame: Any) -> Any:
        if self._scratch is None:
            try:
                return frame.localCheckpoint()
            except Exception as refused:
                if "checkpoint" not in str(refused).lower():
                    raise
                self._scratch = tempfile.mkdtemp(prefix="openhiu-")
                self._folders.append(self._scratch)
        folder = f"{self._scratch}/{self._mark}_{len(self._views)}"
        self._folders.append(folder)
        frame.write.parquet(folder)
        # The schema is said: a step without rows may have left no file to read it from.
        return self._session.read.schema(frame.schema).parquet(folder)


def given(session: Any, table: pa.Table) -> Any:
    """An Arrow table as a frame of a session; the types are said, for a table without rows."""
    from pyspark.sql.pandas.types import from_arrow_schema

    schema = from_arrow_schema(table.schema, prefer_timestamp_ntz=True)
    return session.createDataFrame(table, schema)


def _typed(text: str, bound: Bound) -> str:
    """Write the type of a date beside its marker.

    PySpark would send it as an instant of this machine's own zone.
    """

    def cast(key: str) -> str:
        match bound[key]:
            case datetime():
                return f"cast(:{key} as timestamp_ntz)"
            case date():
                return f"cast(:{key} as date)"
        return f":{key}"

    return each_marker(text, cast)


def _as_text(bound: Bound) -> dict[str, Any]:
    return {
        key: value.isoformat(sep=" ") if isinstance(value, datetime)
        else value.isoformat() if isinstance(value, date) else value
        for key, value in bound.items()
    }  # fmt: skip


def _naive(frame: Any) -> Any:
    """Spark's zoned times carry no zone of their own: keep the clock that the session shows."""
    zoned = {column for column, kind in frame.dtypes if kind == "timestamp"}
    if not zoned:
        return frame
    return frame.select(*[
        frame[column].cast("timestamp_ntz").alias(column) if column in zoned else frame[column]
        for column in frame.columns
    ])  # fmt: skip


def _as_defined(data: object) -> pa.Table:
    with DuckDBEngine() as engine:
        engine.register("given", data)
        return engine.run("select * from given")

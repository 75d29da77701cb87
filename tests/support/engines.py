"""The engines a spec table runs on, as pytest fixtures.

`engine` gives a test DuckDB, Sail (Spark's SQL without Java), Apache Spark and PostgreSQL in turn.
What this machine lacks is skipped and counted; with CI=true a missing Java is a failure.
OPENHIU_TEST_ENGINES=duckdb,sail picks some of them for a quick run.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from openhiu.engines import Engine
from openhiu.engines.duckdb import DuckDBEngine

ALL = ("duckdb", "sail", "spark", "postgres")
CHOSEN = tuple(os.environ.get("OPENHIU_TEST_ENGINES", ",".join(ALL)).split(","))
MARKS = {"spark": [pytest.mark.spark], "postgres": [pytest.mark.postgres]}
PARAMETERS = [pytest.param(name, marks=MARKS.get(name, [])) for name in ALL if name in CHOSEN]


@pytest.fixture(scope="session")
def spark_session() -> Iterator[Any]:
    """Apache Spark on this machine, one for the whole run."""
    from openhiu.engines.spark_session import java, start

    if java() is None:
        missing("Apache Spark was not tested: there is no Java here")
    pytest.importorskip("pyspark")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = start("local[2]")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def sail_session() -> Iterator[Any]:
    """Sail, reached the way a Spark Connect server is."""
    sail = pytest.importorskip("pysail.spark", reason="pysail is not installed")
    from openhiu.engines.spark_session import start

    server = sail.SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    session = start(f"sc://127.0.0.1:{port}")
    yield session
    session.stop()
    server.stop()


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    from support import postgres

    try:
        with postgres.server() as address:
            yield address
    except postgres.CannotStart as why:
        missing(f"PostgreSQL was not tested: {why}")


@pytest.fixture(params=PARAMETERS)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine in turn, empty."""
    with open_one(request.param, request) as opened:
        yield opened


@pytest.fixture
def duckdb_engine() -> Iterator[Engine]:
    """The embedded default only, for tests that are not about engines."""
    with DuckDBEngine() as opened:
        yield opened


def open_one(name: str, request: pytest.FixtureRequest) -> Engine:
    """The engine of a name; the sessions behind it are shared by the whole run."""
    if name == "duckdb":
        return DuckDBEngine()
    if name == "postgres":
        from support.postgres import PostgresEngine

        return PostgresEngine(request.getfixturevalue("postgres_address"))
    from openhiu.engines.spark import SparkEngine

    return SparkEngine.on(request.getfixturevalue(f"{name}_session"))


def missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """The rows of a table, in order, to be compared with a drawn one."""
    return list(zip(*[column.to_pylist() for column in table.columns], strict=True))

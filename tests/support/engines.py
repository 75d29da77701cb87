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
# With several workers (pytest -n 2 --dist loadgroup) one of them runs Java, not both.
MARKS = {
    "spark": [pytest.mark.spark, pytest.mark.xdist_group("spark")],
    "postgres": [pytest.mark.postgres],
}
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
    # Compiling a program for every statement takes far longer than a drawn table does; the cluster
    # test and the bench run with it.
    for setting in ("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled"):
        session.conf.set(setting, "false")
    session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    session.conf.set("spark.sql.shuffle.partitions", "1")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def sail_session() -> Iterator[Any]:
    """Sail, reached the way a Spark Connect server is."""
    pytest.importorskip("pysail", reason="Sail was not tested: pysail is not installed")
    from support import sail

    with sail.server() as address, sail.session(address) as session:
        yield session


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

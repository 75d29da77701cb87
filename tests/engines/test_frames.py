"""The user's own frame goes in and the same kind comes out, whatever is in its columns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from openhiu.engines import Engine
from openhiu.engines.frames import adopt
from openhiu.engines.kinds import kind_of
from openhiu.errors import WrongUsage
from support.engines import rows

VISITS = pa.table({"person_id": ["a", "a", "b"], "n": pa.array([1, None, 3], pa.int64())})
COUNTED = """
    select person_id, count(*) as visits, max(n) as most from given
    group by person_id order by person_id
"""


@pytest.fixture
def connection() -> Any:
    with duckdb.connect() as opened:
        yield opened


def there_and_back(frame: Any) -> Any:
    engine, give = adopt(frame)
    with engine:
        engine.register("given", frame)
        return give(engine.run(COUNTED))


def test_an_arrow_table_comes_back_as_one() -> None:
    back = there_and_back(VISITS)
    assert isinstance(back, pa.Table)
    assert rows(back) == [("a", 2, 1), ("b", 1, 3)]


def test_a_pandas_frame_comes_back_as_one() -> None:
    back = there_and_back(VISITS.to_pandas())
    assert isinstance(back, pd.DataFrame)
    assert back.to_dict("list") == {"person_id": ["a", "b"], "visits": [2, 1], "most": [1, 3]}


def test_whole_numbers_stay_whole_in_pandas_when_one_is_missing() -> None:
    engine, give = adopt(pd.DataFrame({"n": [1]}))
    with engine:
        back = give(engine.run("select 1 as n union all select null as n order by n"))
    assert str(back["n"].dtype) == "Int32"
    assert back["n"].tolist() == [1, pd.NA]


def test_a_polars_frame_comes_back_as_one() -> None:
    back = there_and_back(pl.from_arrow(VISITS))
    assert isinstance(back, pl.DataFrame)
    assert back.rows() == [("a", 2, 1), ("b", 1, 3)]


def test_a_lazy_polars_frame_comes_back_lazy() -> None:
    back = there_and_back(pl.from_arrow(VISITS).lazy())
    assert isinstance(back, pl.LazyFrame)
    assert back.collect().rows() == [("a", 2, 1), ("b", 1, 3)]


def test_a_duckdb_relation_comes_back_on_its_own_connection(connection: Any) -> None:
    relation = connection.from_arrow(VISITS)
    back = there_and_back(relation)
    assert kind_of(back) == "duckdb"
    assert back.fetchall() == [("a", 2, 1), ("b", 1, 3)]
    # The same connection: the two can be read together.
    assert back.join(relation.set_alias("r"), "person_id").count("*").fetchall() == [(3,)]


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_a_pyspark_frame_stays_on_its_session(spark_session: Any) -> None:
    frame = spark_session.createDataFrame(VISITS)
    frame.createOrReplaceTempView("given")  # the user's own table of the name we use
    back = there_and_back(frame)
    assert kind_of(back) == "pyspark"
    assert [tuple(row) for row in back.collect()] == [("a", 2, 1), ("b", 1, 3)]
    names = {table.tableName for table in spark_session.sql("show tables").collect()}
    assert "given" in names
    assert not [name for name in names if name.startswith("openhiu_")]
    assert spark_session.table("given").count() == 3
    spark_session.catalog.dropTempView("given")


@pytest.mark.parametrize("other", [[1, 2], {"a": 1}, "visits.csv", None])
def test_what_is_not_a_frame_is_refused_by_its_kind(other: Any) -> None:
    with pytest.raises(WrongUsage, match="is not a table") as refused:
        adopt(other)
    assert "visits.csv" not in refused.value.sentence


AWKWARD = {
    "unsigned": pd.Series([1, 2], dtype="uint32"),
    "category": pd.Series(["x", None], dtype="category"),
    "mixed": pd.Series(["x", 7], dtype="object"),
    "flag": pd.Series([True, None], dtype="boolean"),
    "flag_object": pd.Series([True, None], dtype="object"),
    "utc": pd.Series(pd.to_datetime(["2024-07-01 09:00", None])).dt.tz_localize("UTC"),
    "london": pd.Series(pd.to_datetime(["2024-07-01 10:00", None])).dt.tz_localize("Europe/London"),
    "nanoseconds": pd.Series(np.array(["2024-07-01 10:00:00.000001", "NaT"], "datetime64[ns]")),
    "seconds": pd.Series(np.array(["2024-07-01T10:00:00", "NaT"], "datetime64[s]")),
    "day": pd.Series([date(2024, 7, 1), None], dtype="object"),
    "nothing": pd.Series([None, None], dtype="object"),
}
TEN = datetime(2024, 7, 1, 10)
DEFINED = {
    "unsigned": [1, 2],
    "category": ["x", None],
    "mixed": ["x", "7"],
    "flag": [True, None],
    "flag_object": [True, None],
    "utc": [TEN, None],  # nine o'clock in UTC is ten on a wall in London in July
    "london": [TEN, None],
    "nanoseconds": [datetime(2024, 7, 1, 10, 0, 0, 1), None],
    "seconds": [TEN, None],
    "day": [date(2024, 7, 1), None],
    "nothing": [None, None],
}


@pytest.mark.parametrize("column", AWKWARD)
def test_an_awkward_pandas_column_means_what_it_says(duckdb_engine: Engine, column: str) -> None:
    duckdb_engine.register("given", pd.DataFrame({column: AWKWARD[column]}))
    assert duckdb_engine.run("select * from given")[column].to_pylist() == DEFINED[column]


def test_text_that_begins_after_many_missing_values_is_read(duckdb_engine: Engine) -> None:
    duckdb_engine.register("given", pd.DataFrame({"person_id": [None] * 5000 + ["p1"]}))
    assert rows(duckdb_engine.run("select max(person_id) from given")) == [("p1",)]


def test_unsigned_numbers_do_not_wrap(engine: Engine) -> None:
    numbers = {"a": pa.array([1], pa.uint32()), "b": pa.array([2], pa.uint8())}
    engine.register("given", pa.table(numbers))
    assert rows(engine.run("select a - b as difference from given")) == [(-1,)]


def test_awkward_polars_columns_mean_what_they_say(duckdb_engine: Engine) -> None:
    frame = pl.DataFrame({
        "unsigned": pl.Series([1, 2], dtype=pl.UInt8),
        "category": pl.Series(["x", None], dtype=pl.Categorical),
        "choice": pl.Series(["x", None], dtype=pl.Enum(["x", "y"])),
        "utc": pl.Series([datetime(2024, 7, 1, 9), None]).dt.replace_time_zone("UTC"),
        "nanoseconds": pl.Series([TEN, None], dtype=pl.Datetime("ns")),
        "nothing": pl.Series([None, None], dtype=pl.Null),
    })  # fmt: skip
    duckdb_engine.register("given", frame)
    assert duckdb_engine.run("select * from given").to_pydict() == {
        "unsigned": [1, 2], "category": ["x", None], "choice": ["x", None],
        "utc": [TEN, None], "nanoseconds": [TEN, None], "nothing": [None, None],
    }  # fmt: skip


def test_columns_nobody_typed_right_keep_their_names(duckdb_engine: Engine) -> None:
    duckdb_engine.register("given", pd.DataFrame({'Arrival "Date"': pd.Series([1], dtype="uint8")}))
    assert duckdb_engine.columns("given") == ('Arrival "Date"',)


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_spark_times_keep_the_clock_that_their_session_shows(spark_session: Any) -> None:
    zoned = spark_session.sql("select cast('2024-07-01 10:00:00' as timestamp_ltz) as t")
    engine, _ = adopt(zoned)
    with engine:
        engine.register("given", zoned)
        assert rows(engine.run("select t from given")) == [(TEN,)]

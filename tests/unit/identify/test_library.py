"""The library: a frame of any kind in, the list in the same kind out."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import openhiu
from openhiu.errors import InputNotUsable, WrongUsage
from openhiu.locality import Locality, Site
from openhiu.tables.handover import LIST_COLUMNS
from support.drawn import drawn

ATTENDANCES = """
    person_id | site_code | arrival_datetime    | department_type | attendance_category | age
    A         | RXX01     | 2026-01-05 10:00:00 | 01              | 1                   | 40
    A         | RXX01     | 2026-02-05 10:00:00 | 01              | 2                   | 40
    B         | RXX01     | 2026-03-05 10:00:00 | 01              |                     | 70
    B         | RXX02     | 2026-03-06 10:00:00 | 01              | 4                   | 70
    C         | RXX02     | 2026-03-07 10:00:00 | 01              | 1                   | 17
"""
# B's visit to RXX02 was planned and C is 17, so only RXX01 is left and needs no ALL.
EXPECTED = [("RXX01", 1, "A", 2), ("RXX01", 2, "B", 1)]
AS_OF = date(2026, 4, 1)


def key(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("list_id", "rank", "person_id", "attendances")
    return [tuple(row[name] for name in names) for row in rows]


def test_pandas() -> None:
    listed = openhiu.identify(drawn(ATTENDANCES).to_pandas(), as_of=AS_OF)
    assert isinstance(listed, pd.DataFrame)
    assert list(listed.columns) == list(LIST_COLUMNS)
    assert key(listed.to_dict("records")) == EXPECTED
    assert str(listed["attendances"].dtype) == "Int32"


def test_pandas_with_the_columns_people_really_have() -> None:
    frame = drawn(ATTENDANCES).to_pandas()
    frame["person_id"] = frame["person_id"].map({"A": 1, "B": 2, "C": 3})  # whole numbers
    frame["department_type"] = frame["department_type"].astype("category")
    frame["age"] = frame["age"].astype("float64")
    frame["unused"] = [object() for _ in range(len(frame))]
    del frame["unused"]
    listed = openhiu.identify(frame, as_of=AS_OF)
    assert key(listed.to_dict("records")) == [("RXX01", 1, "1", 2), ("RXX01", 2, "2", 1)]


def test_polars_eager_and_lazy() -> None:
    frame = pl.DataFrame(drawn(ATTENDANCES))
    listed = openhiu.identify(frame, as_of=AS_OF)
    assert isinstance(listed, pl.DataFrame)
    assert key(listed.to_dicts()) == EXPECTED
    lazy = openhiu.identify(frame.lazy(), as_of=AS_OF)
    assert isinstance(lazy, pl.LazyFrame)
    assert key(lazy.collect().to_dicts()) == EXPECTED


def test_arrow() -> None:
    listed = openhiu.identify(drawn(ATTENDANCES), as_of=AS_OF)
    assert isinstance(listed, pa.Table)
    assert key(listed.to_pylist()) == EXPECTED


def test_a_duckdb_relation() -> None:
    with duckdb.connect() as connection:
        attendances = drawn(ATTENDANCES)
        listed = openhiu.identify(connection.from_arrow(attendances), as_of=AS_OF)
        assert isinstance(listed, duckdb.DuckDBPyRelation)
        assert key(listed.to_arrow_table().to_pylist()) == EXPECTED


@pytest.mark.spark
def test_a_pyspark_frame(spark_session: Any) -> None:
    from pyspark.sql import DataFrame

    frame = spark_session.createDataFrame(drawn(ATTENDANCES))
    listed = openhiu.identify(frame, as_of=AS_OF)
    assert isinstance(listed, DataFrame)
    assert key([row.asDict() for row in listed.collect()]) == EXPECTED


def test_calling_it_twice_and_importing_its_room_do_not_get_in_each_others_way() -> None:
    first = openhiu.identify(drawn(ATTENDANCES), as_of=AS_OF)
    from openhiu.identify.criteria_file import load_preset

    second = openhiu.identify(drawn(ATTENDANCES), load_preset("spec-top-250"), as_of=AS_OF)
    assert first.equals(second)


def test_without_an_as_of_date_it_is_the_day_after_the_newest_attendance() -> None:
    listed = openhiu.identify(drawn(ATTENDANCES))  # newest: 7 March, so the window is from 8 Dec
    assert key(listed.to_pylist()) == EXPECTED


def test_a_locality_names_the_sites() -> None:
    here = Locality(sites=(Site("RXX01", "Ashdown General"),))
    listed = openhiu.identify(drawn(ATTENDANCES), as_of=AS_OF, locality=here)
    assert listed["why"][0].as_py().startswith("Came to Ashdown General twice")


def test_people_say_who_has_died_and_exclusions_who_is_set_aside() -> None:
    people = pa.table({"person_id": ["A"], "death_date": [date(2026, 3, 1)]})
    listed = openhiu.identify(drawn(ATTENDANCES), as_of=AS_OF, people=people)
    assert key(listed.to_pylist()) == [("RXX01", 1, "B", 1)]


def test_a_missing_column_is_named() -> None:
    frame = drawn(ATTENDANCES).drop_columns(["arrival_datetime"])
    with pytest.raises(InputNotUsable, match="no column arrival_datetime"):
        openhiu.identify(frame, as_of=AS_OF)


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(WrongUsage, match="a list is not a table"):
        openhiu.identify([1, 2, 3], as_of=AS_OF)


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(WrongUsage, match="no preset called top-ten"):
        openhiu.identify(drawn(ATTENDANCES), "top-ten", as_of=AS_OF)

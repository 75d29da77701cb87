"""Spark's own traps, and what a person is told when Spark is not there."""

from __future__ import annotations

import builtins
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from openhiu.engines.open import open_engine
from openhiu.engines.spark import SparkEngine
from openhiu.errors import ConfigurationFault, ExitCode, WrongUsage
from support.engines import rows

VISITS = pa.table({"person_id": ["a", "a", "b"]})


def test_an_engine_nobody_knows_is_wrong_usage() -> None:
    with pytest.raises(WrongUsage, match="no engine called oracle"):
        open_engine("oracle")


def test_without_java_the_fault_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ConfigurationFault) as fault:
        open_engine("spark")
    assert "there is none here" in fault.value.cause
    assert "install Java 17" in fault.value.remedy
    assert fault.value.exit_code is ExitCode.CONFIGURATION


@pytest.mark.parametrize(("package", "said"), [("pyspark", "pyspark"), ("sqlglot", "sqlglot")])
def test_without_the_extra_the_fault_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, package: str, said: str
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "openhiu.engines.translate", raising=False)
    imported = builtins.__import__

    def refusing(name: str, *rest: Any, **named: Any) -> Any:
        if name.split(".")[0] == package:
            raise ModuleNotFoundError(name)
        return imported(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(ConfigurationFault, match=f"{said} is not installed") as fault:
        if package == "pyspark":
            SparkEngine("sc://127.0.0.1:1")
        else:
            SparkEngine.on(object())
    assert "openhiu[spark]" in fault.value.remedy


def test_an_address_where_nobody_answers_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openhiu.engines.spark_session.PATIENCE_SECONDS", 0.2)
    with pytest.raises(ConfigurationFault, match="no Spark Connect server answers at sc://127"):
        SparkEngine("sc://127.0.0.1:9")


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_a_kept_step_is_cut_off_from_what_it_was_made_of(spark_session: Any) -> None:
    with SparkEngine.on(spark_session) as engine:
        engine.register("visits", VISITS)
        engine.persist("step", "with n as (select person_id, count(*) as n from visits "
                               "group by person_id) select * from n where n > 1")  # fmt: skip
        plan = engine._frame("select * from step", {})._jdf.queryExecution().toString()
    # The next step reads what was kept: nothing is grouped or filtered again.
    assert "Aggregate" not in plan
    assert "Filter" not in plan
    assert "ExistingRDD" in plan


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_steps_can_be_kept_as_parquet_where_every_worker_sees_them(
    spark_session: Any, tmp_path: Path
) -> None:
    with SparkEngine.on(spark_session, scratch=str(tmp_path)) as engine:
        engine.register("visits", VISITS)
        engine.persist("step", "select distinct person_id from visits")
        assert rows(engine.run("select person_id from step order by person_id")) == [("a",), ("b",)]
        assert list(tmp_path.glob("openhiu_*/*.parquet"))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def a_users_session(spark_session: Any) -> Iterator[Any]:
    """A session as users have it (times are instants), asked from a machine in Tokyo."""
    names = ("spark.sql.session.timeZone", "spark.sql.timestampType")
    before = {name: spark_session.conf.get(name) for name in names}
    spark_session.conf.set("spark.sql.timestampType", "TIMESTAMP_LTZ")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield spark_session
    time.tzset()
    for name, value in before.items():
        spark_session.conf.set(name, value)


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/New_York"])
def test_neither_the_zone_of_the_session_nor_of_the_machine_changes_anything(
    a_users_session: Any, zone: str
) -> None:
    skipped = datetime(2024, 3, 31, 1, 30)  # London's clocks skip it
    a_users_session.conf.set("spark.sql.session.timeZone", zone)
    with SparkEngine.on(a_users_session) as engine:
        engine.register("visits", pa.table({"t": [skipped]}))
        found = engine.run(
            "select date_trunc('minute', t) as m, date_diff('hour', :start, t) as h "
            "from visits where t >= :same and t <= :same",
            {"start": datetime(2024, 3, 30, 23), "same": skipped},
        )
    # 23, 0, 1: two hours begin after the first
    assert rows(found) == [(skipped, 2)]


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_the_users_session_is_left_running_and_clean(spark_session: Any) -> None:
    with SparkEngine.on(spark_session) as engine:
        engine.register("visits", VISITS)
        engine.persist("step", "select * from visits")
        engine.persist("step", "select * from step")
    assert not [
        row for row in spark_session.sql("show tables").collect() if "openhiu" in row.tableName
    ]
    assert spark_session.sql("select 1 as one").collect()[0].one == 1

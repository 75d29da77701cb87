"""The committed text for other engines is what the pinned sqlglot makes of the definitions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openhiu.engines.goldens import STANDING, definitions, differences, write
from openhiu.engines.translate import translate

GOLDENS = Path(__file__).parent / "goldens"


def test_the_committed_text_is_up_to_date() -> None:
    assert differences(GOLDENS) == [], "run: python -m openhiu.engines.goldens --write"


def test_every_definition_stands_there_in_every_dialect() -> None:
    for dialect in STANDING:
        assert {path.name for path in (GOLDENS / dialect).iterdir()} == {
            path.name for path in definitions()
        }


@pytest.mark.parametrize(
    ("dialect", "label"),
    [("spark", "-- run"), ("postgres", "-- run"),
     ("databricks", "-- generated, not run"), ("tsql", "-- generated, not run")],
)  # fmt: skip
def test_each_says_whether_it_has_been_run(dialect: str, label: str) -> None:
    for path in (GOLDENS / dialect).iterdir():
        assert path.read_text("utf-8").startswith(f"{label}:")


def test_a_changed_text_is_found_and_written_again(tmp_path: Path) -> None:
    write(tmp_path)
    one = next(tmp_path.glob("spark/*.sql"))
    one.write_text("select 1", "utf-8")
    (tmp_path / "spark" / "99_gone.sql").write_text("select 1", "utf-8")
    assert differences(tmp_path) == [f"spark/{one.name}", "spark/99_gone.sql"]
    write(tmp_path)
    assert differences(tmp_path) == []


def test_a_tie_break_by_identifier_does_not_depend_on_the_database_collation() -> None:
    sql = "select row_number() over (order by n desc, person_id asc) as place from counts"
    assert 'person_id COLLATE "C" ASC' in translate(sql, "postgres")
    assert "COLLATE Latin1_General_100_BIN2_UTF8" in translate(sql, "tsql")


def test_a_table_takes_another_name_and_its_columns_keep_theirs() -> None:
    names = {"visits": "x1", "other": "x2"}
    text = translate("select visits.n from visits, other o", "spark", names)
    assert re.sub(r"\s+", " ", text) == "SELECT visits.n FROM x1 AS visits, x2 AS o"


def test_a_step_may_not_hide_a_table() -> None:
    with pytest.raises(ValueError, match="rename the step"):
        translate("with visits as (select 1 as n) select * from visits", "spark", {"visits": "x1"})


def test_weeks_between_dates_are_outside_the_subset() -> None:
    with pytest.raises(ValueError, match="outside the portable subset"):
        translate("select date_diff('week', a, b) from t", "spark")

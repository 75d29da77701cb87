"""What the definitions may not say, because engines disagree about it (docs/adr/0001)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from openhiu.engines.goldens import definitions
from openhiu.engines.translate import TEXT_COLUMNS

# Where a rule is broken on purpose, and why it does no harm there.
MEANT = {"14_sites": "min(site_code) is read only where there is one site; few rows"}
CLOCKS = (exp.CurrentDate, exp.CurrentTimestamp, exp.CurrentTime, exp.Rand)
PARTS = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"}


def faults(sql: str) -> Iterator[str]:
    """Why a statement would not give the same rows everywhere."""
    statement = sqlglot.parse_one(sql, read="duckdb")
    for node in statement.walk():
        if isinstance(node, exp.Avg):
            yield "avg truncates whole numbers on SQL Server: write sum(x) * 1.0 / count(*)"
        if isinstance(node, exp.Year | exp.Month | exp.Day | exp.Hour | exp.Minute):
            yield "year(x) is not known everywhere: write extract(year from x)"
        if isinstance(node, exp.Max | exp.Min) and _is_text(node.this):
            yield "the largest or smallest text depends on collation and is slow on Spark"
        if isinstance(node, CLOCKS) or (isinstance(node, exp.Anonymous)
                                        and node.name.lower() in ("today", "now")):  # fmt: skip
            yield "dates are worked out in Python and come as parameters"
        if isinstance(node, exp.Interval):
            yield "dates are worked out in Python and come as parameters"


def _is_text(node: exp.Expression) -> bool:
    return isinstance(node, exp.Column) and node.name in TEXT_COLUMNS


@pytest.mark.parametrize("path", list(definitions()), ids=lambda path: path.stem)
def test_a_definition_stays_within_the_portable_subset(path: Path) -> None:
    assert len(list(faults(path.read_text("utf-8")))) == (1 if path.stem in MEANT else 0)


@pytest.mark.parametrize(
    "sql",
    ["select avg(n) from t", "select year(x) from t", "select max(site_code) from t",
     "select * from t where x < current_date", "select today()",
     "select x + interval 1 day from t"],
)  # fmt: skip
def test_what_engines_disagree_about_is_found(sql: str) -> None:
    assert len(list(faults(sql))) >= 1

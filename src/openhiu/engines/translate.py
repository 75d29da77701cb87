"""The definitions in other dialects: DuckDB text comes in, text for another engine goes out.

sqlglot writes the text; what it would write with another meaning is rewritten here first, so that
nothing depends on a session's time zone or collation. Markers stay in the form `:name`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import sqlglot
from sqlglot import exp

from openhiu.engines.base import markers
from openhiu.tables.activity import TABLES
from openhiu.tables.schema import Type

Rewrite = Callable[[exp.Expression], exp.Expression]

_TEXT_TYPES: Final = {Type.TEXT, Type.CODE, Type.PERSON}
TEXT_COLUMNS: Final = frozenset(
    column.name for table in TABLES.values() for column in table.columns
    if column.type in _TEXT_TYPES
) | {"list_id"}  # fmt: skip
_COLLATION: Final = {"postgres": '"C"', "tsql": "Latin1_General_100_BIN2_UTF8"}


def translate(sql: str, dialect: str, names: Mapping[str, str] | None = None) -> str:
    """The statement in `spark`, `databricks`, `postgres` or `tsql`.

    `names` gives tables other names (a session may have tables of the same name already).
    Raises ValueError for what the portable subset leaves out (docs/adr/0001).
    """
    return _translated(sql, dialect, tuple(sorted((names or {}).items())))


@lru_cache(maxsize=512)
def _translated(sql: str, dialect: str, names: tuple[tuple[str, str], ...]) -> str:
    statement = sqlglot.parse_one(sql, read="duckdb")
    _qualify_having(statement)
    _rename(statement, dict(names))
    for rewrite in _REWRITES[dialect]:
        statement = statement.transform(rewrite)
    if dialect in _COLLATION:
        _collate(statement, _COLLATION[dialect])
    text = statement.sql(dialect=dialect, pretty=True, identify=dialect == "tsql",
                         unsupported_level=sqlglot.ErrorLevel.RAISE)  # fmt: skip
    text = re.sub(r"%\((\w+)\)s", r":\1", text)
    return markers(text, "@") if dialect == "tsql" else text


def _rename(statement: exp.Expression, names: Mapping[str, str]) -> None:
    steps = {cte.alias for cte in statement.find_all(exp.CTE)}
    for table in list(statement.find_all(exp.Table)):
        if table.name in names and table.name in steps:
            raise ValueError(f"the step {table.name} has the name of a table: rename the step")
        if table.name in names:
            table.set("alias", table.args.get("alias") or exp.TableAlias(this=table.this.copy()))
            table.set("this", exp.to_identifier(names[table.name]))


def _qualify_having(statement: exp.Expression) -> None:
    """`max(age) as age … having min(age) > 1` means the column; some engines take the alias."""
    for having in list(statement.find_all(exp.Having)):
        select = having.parent
        source = select.args.get("from_") if isinstance(select, exp.Select) else None
        if source is None or select.args.get("joins"):
            continue
        aliases = {projection.alias for projection in select.expressions}
        for column in having.find_all(exp.Column):
            if column.name in aliases and not column.table and column.find_ancestor(exp.AggFunc):
                column.set("table", exp.to_identifier(source.this.alias_or_name))


def _collate(statement: exp.Expression, collation: str) -> None:
    # The tie-break of a rank is by text: upper before lower case, as the other engines do it.
    # PostgreSQL takes no expression in the order of a union or of distinct rows.
    for term in list(statement.find_all(exp.Ordered)):
        owner = term.parent.parent if term.parent else None
        if isinstance(owner, exp.SetOperation) or (owner and owner.args.get("distinct")):
            continue
        if isinstance(term.this, exp.Column) and term.this.name in TEXT_COLUMNS:
            term.set("this", exp.Collate(this=term.this.copy(), expression=exp.var(collation)))


def _call(name: str, *arguments: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def _date(x: exp.Expression) -> exp.Expression:
    return exp.cast(x.copy(), "date")


def _since_midnight(x: exp.Expression, unit: str) -> exp.Expression:
    """How many of the unit the clock shows."""
    terms = {"HOUR": "{hour}", "MINUTE": "{hour} * 60 + {minute}",
             "SECOND": "{hour} * 3600 + {minute} * 60 + {second}"}  # fmt: skip
    parts = {part: _call(part, x).sql("spark") for part in ("hour", "minute", "second")}
    return sqlglot.parse_one(terms[unit].format(**parts), read="spark")


def _whole(a: exp.Expression, part: str, times: int, b: exp.Expression) -> exp.Expression:
    years = exp.paren(exp.Sub(this=_call("year", b), expression=_call("year", a)))
    if not times:
        return years
    parts = exp.Sub(this=_call(part, b), expression=_call(part, a))
    scaled = exp.Mul(this=years, expression=exp.Literal.number(times))
    return exp.paren(exp.Add(this=scaled, expression=parts))


def _spark_difference(node: exp.Expression) -> exp.Expression:
    """DuckDB counts the midnights (or hours, months) passed; Spark counts whole 24 hours.

    Written with parts of the date and the clock, so that no session zone can shift it.
    """
    if not isinstance(node, exp.DateDiff):
        return node
    later, earlier, unit = node.this, node.expression, _unit(node)
    days = _call("datediff", _date(later), _date(earlier))
    match unit:
        case "DAY":
            return days
        case "HOUR" | "MINUTE" | "SECOND":
            in_day = exp.Literal.number({"HOUR": 24, "MINUTE": 1440, "SECOND": 86400}[unit])
            clock = exp.Sub(this=exp.paren(_since_midnight(later, unit)),
                            expression=exp.paren(_since_midnight(earlier, unit)))  # fmt: skip
            return exp.paren(exp.Add(this=exp.Mul(this=days, expression=in_day), expression=clock))
        case "YEAR":
            return _whole(earlier, "year", 0, later)
        case "MONTH":
            return _whole(earlier, "month", 12, later)
    raise ValueError(f"date_diff in {unit.lower()}s is outside the portable subset")


def _spark_truncation(node: exp.Expression) -> exp.Expression:
    """Spark's date_trunc passes through the session's zone and moves the hour lost in March."""
    if not isinstance(node, exp.TimestampTrunc | exp.DateTrunc):
        return node
    unit, x = _unit(node), node.this
    if unit == "DAY":
        return exp.cast(_date(x), "timestamp", dialect="duckdb")
    if unit in ("WEEK", "MONTH", "QUARTER", "YEAR"):
        start = _call("trunc", _date(x), exp.Literal.string(unit))
        return exp.cast(start, "timestamp", dialect="duckdb")
    kept = ("HOUR", "MINUTE", "SECOND").index(unit) + 1
    clock = [_call(part, x) if index < kept else exp.Literal.number(0)
             for index, part in enumerate(("hour", "minute", "second"))]  # fmt: skip
    parts = [_call(part, x) for part in ("year", "month", "day")]
    return _call("make_timestamp_ntz", *parts, *clock)


def _tsql_condition(node: exp.Expression) -> exp.Expression:
    """SQL Server has no yes-or-no type: a marker that stands alone as a condition is compared."""
    alone = isinstance(node.parent, exp.Connector | exp.Not | exp.Where | exp.Having) or (
        isinstance(node.parent, exp.If) and node.arg_key == "this"
    )
    if isinstance(node, exp.Placeholder) and alone:
        return exp.EQ(this=node.copy(), expression=exp.Literal.number(1))
    return node


def _unit(node: exp.Expression) -> str:
    unit: Any = node.args.get("unit")
    return str(unit.name).upper() if unit is not None else "DAY"


_SPARK: Final[tuple[Rewrite, ...]] = (_spark_difference, _spark_truncation)
_REWRITES: Final[dict[str, tuple[Rewrite, ...]]] = {
    "spark": _SPARK, "databricks": _SPARK, "postgres": (), "tsql": (_tsql_condition,),
}  # fmt: skip

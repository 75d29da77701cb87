"""What a database holds, without a single value: a connection comes in; counts and sums go out.

Two databases with the same sums hold the same rows. The order of rows makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from psycopg import Connection, sql

# How values are written as text must not depend on who asks.
_SAME_EVERYWHERE: Final = (
    "set local timezone = 'UTC'", "set local datestyle = 'ISO, YMD'",
    "set local intervalstyle = 'postgres'", "set local bytea_output = 'hex'",
    "set local extra_float_digits = 1", "set local row_security = off",
)  # fmt: skip
_SUM: Final = "select count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)"


@dataclass(frozen=True)
class Table:
    """One table: how many rows, and the sum of their fingerprints."""

    rows: int
    sum: str


def tables(connection: Connection[Any]) -> dict[str, Table]:
    """Every table of the database, within the transaction that is open."""
    prepare(connection)
    return {name: _measured(connection, name) for name in names(connection)}


def names(connection: Connection[Any]) -> list[str]:
    """The names of every table of ours."""
    found = connection.execute(
        "select tablename from pg_tables where schemaname = 'public' order by 1"
    )
    return [str(row[0]) for row in found.fetchall()]


def prepare(connection: Connection[Any]) -> None:
    """Have values written the same way on every server, until the transaction ends."""
    for statement in _SAME_EVERYWHERE:
        connection.execute(sql.SQL(statement))


def migrations(connection: Connection[Any]) -> list[str]:
    """The migrations applied, as "casework.0001_initial", sorted."""
    found = connection.execute("select app || '.' || name from django_migrations order by 1")
    return [str(row[0]) for row in found.fetchall()]


def made_anew(connection: Connection[Any]) -> list[str]:
    """Functions with an extension's own settings: only a superuser may take those from a dump.

    They are no loss: every start installs them afresh from the rooms' scripts.
    """
    found = connection.execute(
        "select proname from pg_proc where pronamespace = 'public'::regnamespace "
        "and array_to_string(proconfig, ' ') ~ '[a-z_]+[.][a-z_]+=' order by 1"
    )
    return [str(row[0]) for row in found.fetchall()]


def heads(connection: Connection[Any]) -> dict[str, dict[str, Any]]:
    """The last entry of every chain of the audit, as access.chain knows them."""
    found = connection.execute(
        "select distinct on (service_id) coalesce(service_id::text, 'system'), seq, hash "
        "from access_auditentry where seq > 0 order by service_id, seq desc"
    )
    return {str(chain): {"seq": seq, "hash": hash_} for chain, seq, hash_ in found.fetchall()}


def differences(before: dict[str, Table], after: dict[str, Table]) -> list[str]:
    """Sentences about tables that are not the same; none where all are."""
    return list(_different(before, after))


def _different(before: dict[str, Table], after: dict[str, Table]) -> Iterable[str]:
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield f"the table {name} is {'new' if was is None else 'missing'}"
        elif was.rows != now.rows:
            yield f"the table {name} has {now.rows} rows, not {was.rows}"
        elif was != now:
            yield f"the table {name} has as many rows, but not the same ones"


def _measured(connection: Connection[Any], name: str) -> Table:
    found = connection.execute(sql.SQL(_SUM + " from {} as t").format(sql.Identifier(name)))
    rows, added = found.fetchone() or (0, 0)
    return Table(int(rows), str(added))

"""A database as an earlier release left it: migrations up to a point, then a row in every table.

As a program (`python -m support.older_release '{"casework": "0003", ...}'`) it migrates the default
database up to those numbers, and other people's apps to their end.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import psycopg
from psycopg import sql

AS_WAS = "Quetzalcanary as it was"
NOW, TODAY = datetime(2026, 10, 7, 9, tzinfo=UTC), date(2026, 10, 7)
_COLUMNS = """
    select c.table_name, c.column_name, c.data_type, c.udt_name, c.character_maximum_length,
           c.is_nullable = 'YES', c.is_identity = 'YES' or c.is_generated = 'ALWAYS',
           (select split_part(k.confrelid::regclass::text, '.', 1)
              from pg_constraint as k
              join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
             where k.contype = 'f' and k.conrelid = format('public.%I', c.table_name)::regclass
               and a.attname = c.column_name limit 1)
    from information_schema.columns as c
    join pg_tables as t on t.tablename = c.table_name and t.schemaname = 'public'
    where c.table_schema = 'public' order by 1, c.ordinal_position"""
_NOT_OURS = ("django_", "auth_", "access_kept")


def main() -> None:
    """Migrate the default database to the numbers given."""
    import django

    django.setup()
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    released: dict[str, str] = json.loads(sys.argv[1])
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    theirs = [
        key for key in graph.leaf_nodes()
        if not apps.get_app_config(key[0]).name.startswith("openhiu.web.")
    ]  # fmt: skip
    ours = [key for key in graph.nodes if key[1].startswith(released.get(key[0], "none"))]
    assert {app for app, _ in ours} == set(released), ours
    executor.migrate(theirs + ours)


def key_of(table: str) -> UUID:
    """The key of the one row that `fill` puts into a table."""
    return uuid5(NAMESPACE_URL, table)


def fill(connection: psycopg.Connection[Any]) -> list[str]:
    """Put a row into every table of ours; the tables whose own rules did not allow it."""
    every: dict[str, list[Any]] = {}
    for table, *column in connection.execute(_COLUMNS).fetchall():
        every.setdefault(table, []).append(column)
    failed = []
    # Rows point at each other in circles: keys are known beforehand, triggers come later.
    connection.execute("set session_replication_role = replica")
    for table, columns in every.items():
        if not table.startswith(_NOT_OURS) and not _put(connection, table, columns, every):
            failed.append(table)
    connection.execute("set session_replication_role = origin")
    return failed


def _put(
    connection: psycopg.Connection[Any], table: str, columns: list[Any], every: dict[str, Any]
) -> bool:
    """First with everything filled in, then with no more than has to be."""
    for sparing in (False, True):
        told = {
            name: _value(table, name, kind, udt, longest, to, every)
            for name, kind, udt, longest, may_be_empty, made, to in columns
            if not made and not (sparing and may_be_empty)
        }
        names = sql.SQL(", ").join(map(sql.Identifier, told))
        blanks = sql.SQL(", ").join([sql.Placeholder()] * len(told))
        insert = sql.SQL("insert into {} ({}) overriding system value values ({})").format(
            sql.Identifier(table), names, blanks
        )
        try:
            with connection.transaction():
                connection.execute(insert, list(told.values()))
        except psycopg.errors.IntegrityError:
            continue
        return True
    return False


def _value(
    table: str, name: str, kind: str, udt: str, longest: int | None, to: str | None,
    every: dict[str, Any],
) -> Any:  # fmt: skip
    if name == "service_id":
        to = "access_service"  # histories have no constraint that would say so
    if kind == "uuid":
        return key_of(to) if to else key_of(table) if name == "id" else key_of(f"{table}.{name}")
    if kind in ("text", "character varying"):
        return AS_WAS[:longest] if longest else AS_WAS
    if udt == "jsonb":
        return json.dumps([AS_WAS])
    if kind == "ARRAY":
        return []
    if name == "ends_at":
        return NOW + timedelta(hours=1)  # a visit ends after it begins
    return {
        "boolean": True, "date": TODAY, "timestamp with time zone": NOW, "bytea": AS_WAS.encode(),
        "time without time zone": "09:30", "interval": "1 hour", "inet": "192.0.2.1",
    }.get(kind, 1)  # fmt: skip


def columns(connection: psycopg.Connection[Any]) -> dict[str, dict[str, str]]:
    """Every table's columns, each with a sum over its values."""
    from openhiu.web.config.backup import measuring

    found: dict[str, dict[str, str]] = {}
    with connection.transaction():
        measuring.prepare(connection)
        for table, name, *_ in connection.execute(_COLUMNS).fetchall():
            row = connection.execute(
                sql.SQL("select md5(string_agg(coalesce({0}::text, '~'), '|' order by {0}::text)) "
                        "from {1}").format(sql.Identifier(name), sql.Identifier(table))
            ).fetchone()  # fmt: skip
            found.setdefault(table, {})[name] = str(row and row[0])
    return found


if __name__ == "__main__":
    main()

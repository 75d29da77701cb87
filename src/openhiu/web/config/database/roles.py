"""Who may do what in the database: a superuser's connection comes in; roles and a database go out.

The owner makes tables and nothing else. The application writes rows and cannot make, change or
empty a table, nor see past row security.
"""

from __future__ import annotations

from typing import Any, Final

from psycopg import Connection, sql

DATABASE: Final = "openhiu"
OWNER: Final = "openhiu_owner"
APPLICATION: Final = "openhiu_app"
EXTENSIONS: Final = ("pg_trgm", "unaccent")
_POWERLESS: Final = sql.SQL(
    "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit"
)


def prepare_roles(connection: Connection[Any], passwords: dict[str, str]) -> None:
    """Make the roles if they are missing; give them these passwords, as scram hashes only."""
    for role, password in passwords.items():
        known = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
        # Hashed on this side, so that no log or statistics table ever sees the password.
        hashed = connection.pgconn.encrypt_password(
            password.encode(), role.encode(), b"scram-sha-256"
        ).decode()
        connection.execute(
            sql.SQL("{} role {} with {} password {}").format(
                sql.SQL("alter" if known else "create"), sql.Identifier(role), _POWERLESS, hashed
            )
        )


def prepare_database(connection: Connection[Any], name: str = DATABASE) -> None:
    """Make the database of the owner, closed to every role but the two."""
    if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        return
    database, owner = sql.Identifier(name), sql.Identifier(OWNER)
    connection.execute(sql.SQL("create database {} owner {}").format(database, owner))
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
    connection.execute(
        sql.SQL("grant connect on database {} to {}").format(database, sql.Identifier(APPLICATION))
    )


def prepare_template(connection: Connection[Any]) -> None:
    """Put the extensions into the template, for every database made from it."""
    for name in EXTENSIONS:
        connection.execute(
            sql.SQL("create extension if not exists {}").format(sql.Identifier(name))
        )

"""A database of the last release, with a row in every table, comes to this one unharmed.

Its migrations are those that existed at the release. What was there is there afterwards, column by
column, but for what this release says it changes: texts about people are sealed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from openhiu.web.access.sealed import rows
from openhiu.web.config import home as homes
from openhiu.web.config import serve
from openhiu.web.config.backup import measuring
from openhiu.web.config.database import roles, running
from openhiu.web.config.database.server import Supervised
from support import older_release, web_database

# The newest migration of each room in release 0.1.0.
RELEASED = {
    "access": "0002", "casework": "0003", "commissioning": "0001", "directory": "0001",
    "intake": "0001", "letters": "0001", "mdt": "0001", "monitoring": "0002", "people": "0001",
    "reporting": "0001", "team": "0001",
}  # fmt: skip
# Django's own lists of tables and rights grow with the tables.
GROWN = {"django_migrations", "django_content_type", "auth_permission"}
PATIENCE = 900.0
# One process makes the old release and brings it here; two would take minutes each.
pytestmark = pytest.mark.xdist_group("upgrade")


@dataclass
class Upgraded:
    """Before and after, column by column; `interrupted` where the first try was killed."""

    server: Supervised
    unfilled: list[str]
    before: dict[str, dict[str, str]]
    after: dict[str, dict[str, str]]
    migrations_when_killed: list[str]
    migrations: list[str]


@pytest.fixture(scope="module")
def upgraded() -> Iterator[Upgraded]:
    with web_database.short_folder() as place:
        home = place / "home"
        homes.make(home)
        with running(home / "database", web_database.CARELESS) as server:
            environment = as_owner(home, server)
            as_released(environment)
            with web_database.superuser(server, roles.DATABASE) as connection:
                unfilled = older_release.fill(connection)
                before = older_release.columns(connection)
            killed = killed_in_the_middle(server, environment)
            addresses = homes.addresses_of(server)
            serve.prepare(serve.environment_of(home, addresses, demo=False), addresses, 0)
            with web_database.superuser(server, roles.DATABASE) as connection:
                after = older_release.columns(connection)
                migrations = measuring.migrations(connection)
            yield Upgraded(server, unfilled, before, after, killed, migrations)


def as_owner(home: Path, server: Supervised) -> dict[str, str]:
    addresses = homes.addresses_of(server)
    found = Path(older_release.__file__).parents[1], web_database.WEB.parents[1]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("OPENHIU_")}
    return {
        **kept, "DJANGO_SETTINGS_MODULE": "openhiu.web.config.settings", "OPENHIU_POOL": "0",
        "OPENHIU_HOME": str(home), "DATABASE_URL": addresses.owner,
        "OPENHIU_APPLICATION_ROLE": addresses.application_role,
        "PYTHONPATH": os.pathsep.join(map(str, found)),
    }  # fmt: skip


def as_released(environment: dict[str, str]) -> None:
    words = [sys.executable, "-m", "support.older_release", json.dumps(RELEASED)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def killed_in_the_middle(server: Supervised, environment: dict[str, str]) -> list[str]:
    """Start to upgrade, kill it after its first migration; those that were applied by then."""
    words = [sys.executable, "-m", "openhiu.web.config.prepare", "http://localhost:0"]
    with (
        subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL) as upgrading,
        web_database.superuser(server, roles.DATABASE) as connection,
    ):
        had, until = len(measuring.migrations(connection)), time.monotonic() + PATIENCE
        while len(measuring.migrations(connection)) == had and time.monotonic() < until:
            with contextlib.suppress(subprocess.TimeoutExpired):
                upgrading.wait(0.2)
            assert upgrading.returncode is None, "it ended before it did anything"
        upgrading.send_signal(signal.SIGKILL)
        upgrading.wait()
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                           "where usename = 'openhiu_owner'")  # fmt: skip
        return measuring.migrations(connection)


# Numbers are found by a blind index now, and the words for searching are made anew.
MADE_ANEW = {
    ("people_phone", "digits"), ("people_phoneevent", "digits"), ("people_person", "search_text"),
}  # fmt: skip


def sealed_columns() -> set[tuple[str, str]]:
    """What this release says it changes."""
    return {
        (table.model._meta.db_table, field.column)
        for table in rows.tables() for field in table.fields
    }  # fmt: skip


def test_every_table_of_the_release_held_a_row(upgraded: Upgraded) -> None:
    assert upgraded.unfilled == []
    assert len(upgraded.before) > 120


def test_it_was_stopped_in_the_middle_and_then_came_to_its_end(upgraded: Upgraded) -> None:
    assert len(upgraded.migrations_when_killed) < len(upgraded.migrations)
    assert set(upgraded.migrations_when_killed) < set(upgraded.migrations)


def test_nothing_changed_but_what_is_declared(upgraded: Upgraded) -> None:
    declared = sealed_columns()
    different = {
        (table, column)
        for table, columns in upgraded.before.items() if table not in GROWN
        for column, value in columns.items()
        if upgraded.after.get(table, {}).get(column) != value
    }  # fmt: skip
    assert different - declared - MADE_ANEW == set()


def test_texts_about_people_are_sealed_and_nowhere_to_be_read(upgraded: Upgraded) -> None:
    sealed = {pair for pair in sealed_columns() if pair[1] in upgraded.before.get(pair[0], {})}
    assert len(sealed) > 20
    with web_database.superuser(upgraded.server, roles.DATABASE) as connection:
        read = [pair for pair in sorted(sealed) if in_the_open(connection, *pair)]
    assert read == []


def in_the_open(connection: psycopg.Connection[Any], table: str, column: str) -> int:
    """In how many rows the old release's text can still be read."""
    plain = psycopg.sql.SQL("select count(*) from {} where {}::text like %s").format(
        psycopg.sql.Identifier(table), psycopg.sql.Identifier(column)
    )
    found = connection.execute(plain, [f"%{older_release.AS_WAS[:12]}%"]).fetchone()
    return int(found[0]) if found else 0


def test_the_walls_stand_afterwards(upgraded: Upgraded) -> None:
    with psycopg.connect(upgraded.server.url()) as connection:
        assert connection.execute("select count(*) from people_person").fetchone() == (0,)
        found = connection.execute("select set_config('openhiu.service', %s, true)",
                                   [str(older_release.key_of("access_service"))])  # fmt: skip
        assert found.fetchone()
        assert connection.execute("select count(*) from people_person").fetchone() == (1,)

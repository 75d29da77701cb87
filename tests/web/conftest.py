"""Fixtures of the web half: a migrated, secured database, reached as the role that serves pages.

`db` gives a transaction that is undone. Rows of a service show only after `set_service(id)`, as in
the product; a request through `client` sets it by itself, and it stays set until the test ends.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from openhiu.web.access.sealed.keyfile import make as make_keys

_HOME = Path(tempfile.mkdtemp(prefix="ohw-"))
_HOME.chmod(0o711)
(_HOME / "static").mkdir()
(_HOME / "secret-key").write_text(secrets.token_urlsafe(64))
(_HOME / "secret-key").chmod(0o600)
make_keys(_HOME / "field-keys")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)

KEPT = ("OPENHIU_PG_BINDIR", "OPENHIU_CHROMIUM", "OPENHIU_TEST_ENGINES", "OPENHIU_SCREENSHOTS")
for _name in [name for name in os.environ if name.startswith("OPENHIU_")]:
    if _name not in KEPT:
        del os.environ[_name]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "openhiu.web.config.settings",
    "OPENHIU_HOME": str(_HOME),
    "OPENHIU_POOL": "0",
    # Replaced once the server runs; nothing may connect before.
    "DATABASE_URL": "postgresql://openhiu_app@/openhiu?host=/nowhere",
}

import django  # noqa: E402  (its settings are read from the environment above)
from django.conf import settings  # noqa: E402

# Hashed file names need a build step and slow hashes need time; neither is what is tested here.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
django.setup()

from django.db import connection, connections  # noqa: E402

from openhiu.web.config.database import Server, roles  # noqa: E402
from support import web_database  # noqa: E402


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """This process's own server."""
    with web_database.prepared_server(_HOME / "database") as server:
        yield server
        connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(database_server: Server) -> None:
    """Point Django at the server; Django makes no test database of its own."""
    _point_at(database_server, roles.DATABASE)


@pytest.fixture
def fresh_database(
    database_server: Server, django_db_setup: None, django_db_blocker: Any
) -> Callable[[], AbstractContextManager[str]]:
    """Databases of one's own, one after the other; each is dropped at the end of its block."""

    @contextlib.contextmanager
    def fresh() -> Iterator[str]:
        connections.close_all()
        with web_database.clone(database_server) as name, django_db_blocker.unblock():
            _point_at(database_server, name)
            try:
                yield name
            finally:
                connections.close_all()
                _point_at(database_server, roles.DATABASE)

    return fresh


@pytest.fixture
def own_database(fresh_database: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """A database of one's own, for tests that must commit; dropped afterwards."""
    with fresh_database() as name:
        yield name


@pytest.fixture
def owner_connection(db: None, database_server: Server) -> Iterator[Any]:
    """A psycopg connection of the tables' owner, to the same database; undone afterwards."""
    import psycopg

    address = database_server.url(roles.OWNER, connection.settings_dict["NAME"])
    with contextlib.closing(psycopg.connect(address)) as owner:
        yield owner
        owner.rollback()


def _point_at(server: Server, database: str) -> None:
    connections["default"].settings_dict.update(
        NAME=database,
        USER=roles.APPLICATION,
        HOST=str(server.socket),
        PASSWORD=server.places.password(roles.APPLICATION),
    )


@pytest.fixture(autouse=True)
def _an_ordinary_wednesday() -> Iterator[None]:
    """Every test begins on Wednesday 11 November 2026 at ten; weekends move planned contacts."""
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=True):
        yield

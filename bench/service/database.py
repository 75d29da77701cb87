"""A database for simulated years outside of pytest: one server a process, one fresh copy a seed.

Made by what the tests use (tests/support/web_database), which is put on the path for it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

TESTS: Final = str(Path(__file__).parents[2] / "tests")


@contextlib.contextmanager
def server() -> Iterator[Any]:
    """A prepared server of our own, with Django set up on it as the role that serves pages."""
    if TESTS not in sys.path:
        sys.path.insert(0, TESTS)
    from openhiu.web.access.sealed import keyfile
    from support import web_database

    with web_database.short_folder() as home:
        (home / "static").mkdir()
        (home / "secret-key").write_text(secrets.token_urlsafe(64))
        keyfile.make(home / "field-keys")
        with web_database.prepared_server(home / "database") as running:
            from openhiu.web.config.database import roles

            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "openhiu.web.config.settings", "OPENHIU_POOL": "0",
                "OPENHIU_HOME": str(home), "DATABASE_URL": running.url(roles.APPLICATION),
                "TMPDIR": tempfile.gettempdir(),
            }  # fmt: skip
            import django

            django.setup()
            yield running


@contextlib.contextmanager
def fresh(running: Any) -> Iterator[None]:
    """Django on a new copy of the prepared database, which is dropped afterwards."""
    from django.db import connections

    from support import web_database

    with web_database.clone(running) as name:
        connections["default"].settings_dict["NAME"] = name
        try:
            yield
        finally:
            connections.close_all()


def where() -> Path:
    """The tests' folder, whose support makes the database."""
    return Path(__file__).parents[2] / "tests"

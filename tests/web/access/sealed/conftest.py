"""Keys of a test's own, and the hand of the tables' owner."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from openhiu.web.access.sealed import keyfile
from openhiu.web.config.database import Server, roles


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    """A file of keys that only this test knows."""
    settings.FIELD_KEYS_FILE = tmp_path / "field-keys"
    keyfile.make(settings.FIELD_KEYS_FILE)
    return tmp_path / "field-keys"


@pytest.fixture
def as_owner(
    own_database: str, database_server: Server
) -> Callable[[], AbstractContextManager[None]]:
    """Blocks in which Django works as the owner of the tables, as an upgrade does."""

    @contextlib.contextmanager
    def block() -> Iterator[None]:
        _as(database_server, roles.OWNER)
        try:
            yield
        finally:
            _as(database_server, roles.APPLICATION)

    return block


def _as(server: Server, role: str) -> None:
    connections.close_all()
    connection.settings_dict.update(USER=role, PASSWORD=server.places.password(role))

"""A service of its own to save and bring back: a server on the embedded programs, with people."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction

from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.config.backup import sealing
from openhiu.web.config.backup.shelf import Shelf
from openhiu.web.config.database import roles
from openhiu.web.config.database.cluster import SUPERUSER
from openhiu.web.config.database.server import Supervised
from support import web_database
from support.web import make_member, make_service
from support.web_people import make_person

CANARY = "Quetzalcanary"
PATIENCE = 60.0


@dataclass
class Saved:
    """A home with a running database, a shelf for its backups and the key that opens them."""

    home: Path
    server: Supervised
    shelf: Shelf
    key: Path
    public: list[sealing.Recipient]

    @property
    def by(self) -> list[sealing.Identity]:
        return sealing.identities(self.key)

    @property
    def kept(self) -> dict[str, Path]:
        return {name: self.home / name for name in ("secret-key", "field-keys")}

    def superuser(self) -> contextlib.AbstractContextManager[psycopg.Connection[Any]]:
        return web_database.superuser(self.server, roles.DATABASE)

    def one(self, statement: bytes) -> Any:
        with self.superuser() as connection:
            row = connection.execute(statement).fetchone()
        return row[0] if row else None

    def add_person(self, blocker: Any) -> None:
        """Somebody new, with a line in the audit."""
        with here(self.server, blocker):
            _somebody(self._actor)

    _actor: Any = None


@contextlib.contextmanager
def saved_service(blocker: Any) -> Iterator[Saved]:
    """It hands its log over: OPENHIU_BACKUP_DIR is set while the server is started."""
    with web_database.short_folder() as place, pytest.MonkeyPatch.context() as patch:
        home = place / "home"
        home.mkdir(mode=0o711)
        (home / "secret-key").write_text(secrets.token_urlsafe(64))
        (home / "secret-key").chmod(0o600)
        shutil.copy2(settings.FIELD_KEYS_FILE, home / "field-keys")
        patch.setenv("OPENHIU_BACKUP_DIR", str(place / "shelf"))
        patch.delenv("DATABASE_URL")
        patch.delenv("OPENHIU_HOME")
        with web_database.prepared_server(home / "database") as server:
            public = sealing.new_identity(place / "key")
            saved = Saved(home, server, Shelf(place / "shelf"), place / "key",
                          sealing.recipients(public))  # fmt: skip
            with here(server, blocker):
                saved._actor = _a_service()
            yield saved


@contextlib.contextmanager
def here(server: Supervised, blocker: Any) -> Iterator[None]:
    """Django works on this server while the block runs, and writes for good."""
    held = dict(connections["default"].settings_dict)
    connections.close_all()
    connections["default"].settings_dict.update(
        NAME=roles.DATABASE, USER=roles.APPLICATION, HOST=str(server.socket),
        PASSWORD=server.places.password(roles.APPLICATION),
    )  # fmt: skip
    try:
        with blocker.unblock():
            yield
            connections.close_all()
    finally:
        connections["default"].settings_dict.update(held)


def hand_over(saved: Saved) -> None:
    """Close the piece of the log in use, and wait until it lies ready to be taken."""
    piece = saved.one(b"select pg_walfile_name(pg_switch_wal())")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if str(saved.one(b"select last_archived_wal from pg_stat_archiver")) >= piece:
            return
    raise AssertionError("the log was not handed over")


def _a_service() -> Any:
    with transaction.atomic():
        actor = make_member(make_service("Larkham"), Role.LEAD)
    for _ in range(3):
        _somebody(actor)
    return actor


def _somebody(actor: Any) -> None:
    with transaction.atomic():
        set_service(actor.service_id)
        person = make_person(actor, family_name=CANARY)
        record(actor, Did.LOOKED, person=person)


__all__ = ["CANARY", "SUPERUSER", "Saved", "hand_over", "here", "saved_service"]

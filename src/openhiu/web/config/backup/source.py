"""What is backed up: a home folder comes in; an address that may read every row of it goes out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from openhiu.errors import ConfigurationFault
from openhiu.web.config import home as homes
from openhiu.web.config.database import attached, roles, running
from openhiu.web.config.database.cluster import SUPERUSER
from openhiu.web.config.database.places import Places


@dataclass(frozen=True)
class Source:
    """A database to back up; `places` where it is the embedded server of this home."""

    address: str = field(repr=False)  # holds a password
    places: Places | None

    @property
    def remote(self) -> bool:
        """Whether it is a server of somebody's own."""
        return self.places is None

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection of the reading role, closed at the end."""
        try:
            opened = psycopg.connect(self.address, connect_timeout=10)
        except psycopg.OperationalError:
            raise ConfigurationFault(
                "the database to back up does not answer", remedy="see hiu check"
            ) from None
        with contextlib.closing(opened) as connection:
            yield connection


@contextmanager
def opened(home: Path) -> Iterator[Source]:
    """The database of a home folder: the named server, the one that runs, or one started here.

    Raises ConfigurationFault where there is none, or no role may read all of it.
    """
    places = Places((home / "database").resolve())
    if homes.named_addresses(os.environ) is not None:
        yield Source(_reading_address(), None)
    elif (server := attached(places.folder)) is not None:
        yield Source(server.url(SUPERUSER, roles.DATABASE), places)
    elif places.data.exists():
        with running(places.folder) as started:
            yield Source(started.url(SUPERUSER, roles.DATABASE), places)
    else:
        raise ConfigurationFault(
            "there is no service in this home folder", file=str(home.name),
            remedy="name its folder with --home, or its server with DATABASE_URL",
        )  # fmt: skip


def _reading_address() -> str:
    address = os.environ.get("OPENHIU_DATABASE_BACKUP_URL", "")
    if not address:
        raise ConfigurationFault(
            "no role is named that may read every row of the server",
            remedy="make one (docs/how-to/backup-and-restore.md) and name it with "
            "OPENHIU_DATABASE_BACKUP_URL: the wall between services hides rows from the others",
        )
    return address

"""`hiu backup`: a home folder and a shelf come in; one more sealed backup lies on the shelf.

It holds the database as a dump that any PostgreSQL can take in; of the embedded server also a copy
of its files, from which the write-ahead log leads on to the last minute; and what both have to
look like after a restore. It holds neither the secret key nor the keys of sealed fields: those are
kept apart, so that a backup alone tells nobody anything.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psycopg

from openhiu.errors import ConfigurationFault
from openhiu.web.assurance.notebook import Notebook, signature
from openhiu.web.config import home as homes
from openhiu.web.config.backup import measuring, programs, sealing, shipping, source
from openhiu.web.config.backup.shelf import Shelf
from openhiu.web.config.database.cluster import SUPERUSER

NOTE: Final = "backup"
DUMP: Final = "database.dump.age"
BASE: Final = "files.tar.gz.age"
MANIFEST: Final = "manifest.age"
ABOUT: Final = "about.json"
FORMAT: Final = 1
SMALL_FILES: Final = ("locality.toml", homes.STAMP)
_DUMPED: Final = ("--format=custom", "--no-owner", "--no-privileges", "--no-comments")
_COPIED: Final = ("--pgdata=-", "--format=tar", "--gzip", "--wal-method=fetch", "--checkpoint=fast",
                  "--manifest-checksums=SHA256", "--no-password", "--no-estimate-size")  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A backup that lies whole on its shelf."""

    name: str
    size: int
    seconds: float
    tables: int
    rows: int
    removed: tuple[str, ...]
    has_files: bool

    def as_dict(self) -> dict[str, Any]:
        """The same for --json."""
        return {**asdict(self), "removed": list(self.removed)}


def make(home: Path, shelf: Shelf, to: Sequence[sealing.Recipient], *, noted: bool = True) -> Made:
    """Make a backup, remove old ones, and note how it went (a drill's is not `noted`).

    Raises ConfigurationFault where it cannot be made; the newest ones are then as they were.
    """
    now = datetime.now(UTC)
    note = Notebook(home).add if noted else _no_note
    try:
        with shelf.held(), source.opened(home) as database:
            # First: what is too old goes even if no new one can be made.
            removed = tuple(shelf.tidy(now))
            made = _make(home, shelf, to, now, database)
            shipping.ship_removed(home, shelf, to, noted=noted)
            oldest = shelf.backups()[0].made_at
    except (OSError, psycopg.Error, ConfigurationFault) as fault:
        note(NOTE, failed_at=now, failed_why=_words(fault))
        if isinstance(fault, ConfigurationFault):
            raise
        raise ConfigurationFault(
            f"no backup was made: {_words(fault)}",
            remedy="the backups before it are as they were; see that the place has room and "
            "that the database answers, and run it again",
        ) from None
    note(NOTE, made_at=now, backup=made.name, size=made.size, seconds=made.seconds,
             rows=made.rows, oldest_at=oldest, failed_at=None, failed_why=None)  # fmt: skip
    return Made(**{**asdict(made), "removed": removed})


def _no_note(_name: str, **_facts: Any) -> None:
    """A drill's own backup is not one of the service's."""


def _make(
    home: Path,
    shelf: Shelf,
    to: Sequence[sealing.Recipient],
    now: datetime,
    database: source.Source,
) -> Made:
    began = time.monotonic()
    removed = shipping.lines_in(home / shipping.REMOVED)
    with shelf.new(now) as folder:
        files, inside = _dump(database, folder, to)
        wal_from = _wal_position(database)
        if database.places is not None:
            files.append(_copy(database, folder, to))
            inside["superuser"] = database.places.password(SUPERUSER)
        inside |= {
            "made_at": now.isoformat(), "small_files": _small_files(home),
            "files": {one.name: one.sha256 for one in files},
        }  # fmt: skip
        text = json.dumps(inside, sort_keys=True).encode()
        files.append(sealing.seal(io.BytesIO(text), folder / MANIFEST, to))
        open_facts = {"wal_from": wal_from, "to": [str(one) for one in to], "removed": removed}
        about = _about(home, now, files, inside, open_facts)
        _write(folder / ABOUT, about)
        name = folder.name
    counted = inside["tables"].values()
    return Made(
        name=name.removeprefix(".half-").rsplit("-", 1)[0], size=sum(one.size for one in files),
        seconds=round(time.monotonic() - began, 1), tables=len(counted),
        rows=sum(table["rows"] for table in counted), removed=(),
        has_files=database.places is not None,
    )  # fmt: skip


def _dump(
    database: source.Source, folder: Path, to: Sequence[sealing.Recipient]
) -> tuple[list[sealing.Sealed], dict[str, Any]]:
    """The dump, and what stood in the database at the very moment it is of."""
    program = programs.find("pg_dump", remote=database.remote)
    with database.connection() as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        row = connection.execute("select pg_export_snapshot()").fetchone()
        words = [*_DUMPED, f"--snapshot={row[0] if row else ''}"]
        with programs.reading_from(program, words, database.address) as stream:
            sealed = sealing.seal(stream, folder / DUMP, to)
        return [sealed], {
            "heads": measuring.heads(connection),
            "migrations": measuring.migrations(connection),
            "made_anew": measuring.made_anew(connection),
            "tables": {name: asdict(table) for name, table in measuring.tables(connection).items()},
            "server": connection.info.server_version,
        }


def _copy(database: source.Source, folder: Path, to: Sequence[sealing.Recipient]) -> sealing.Sealed:
    program = programs.find("pg_basebackup", remote=False)
    with programs.reading_from(program, list(_COPIED), database.address) as stream:
        return sealing.seal(stream, folder / BASE, to)


def _wal_position(database: source.Source) -> str | None:
    """The piece of the write-ahead log in use before the copy began; None of a named server."""
    if database.remote:
        return None
    with database.connection() as connection:
        row = connection.execute("select pg_walfile_name(pg_current_wal_lsn())").fetchone()
    return str(row[0]) if row else None


def _small_files(home: Path) -> dict[str, str]:
    return {
        name: (home / name).read_text("utf-8") for name in SMALL_FILES if (home / name).exists()
    }


def _about(
    home: Path,
    now: datetime,
    files: list[sealing.Sealed],
    inside: dict[str, Any],
    open_facts: dict[str, Any],
) -> dict[str, Any]:
    """What is said openly: nothing about anyone, and signed with the installation's key."""
    said = {
        "format": FORMAT, "made_at": now.isoformat(), "openhiu": version("openhiu"),
        "server": inside["server"], "demo": (home / homes.STAMP).exists(), **open_facts,
        "files": {one.name: {"size": one.size, "sha256": one.sha256} for one in files},
    }  # fmt: skip
    return {**said, "signature": signature(said, homes.secret_key(home).encode())}


def _write(path: Path, about: dict[str, Any]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(about, indent=1, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _words(fault: Exception) -> str:
    """Why, without anything that a row could have said."""
    if isinstance(fault, ConfigurationFault):
        return fault.sentence
    if isinstance(fault, OSError):
        return str(fault.strerror or fault)
    return f"the database said no ({getattr(fault, 'sqlstate', None) or type(fault).__name__})"

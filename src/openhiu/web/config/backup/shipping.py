"""Takes log and removals to the backups: finished pieces come in; sealed ones lie on the shelf.

As a program (`python -m openhiu.web.config.backup.shipping HOME`) it does so every few seconds for
as long as the process that started it lives. It knows the public keys alone. The log of a server of
one's own is its keeper's; the list of removals is always taken.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, LiteralString

import psycopg

from openhiu.errors import ConfigurationFault
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config.backup import sealing
from openhiu.web.config.backup.shelf import Shelf
from openhiu.web.config.database import archive, attached, roles
from openhiu.web.config.database.cluster import SUPERUSER
from openhiu.web.config.database.places import Places

NOTE: Final = "log"
LIST: Final = "removed-taken"  # which list of removals lies on the shelf
REMOVED: Final = "removed.jsonl"  # assurance.retention.ledger keeps it
SECONDS: Final = 10.0
_PADDING: Final = 300  # age adds up to so many bytes at random; a line of the list has more
_FAST: Final = 1  # most of a piece that was closed early is zeros


def ship(home: Path, shelf: Shelf, to: Sequence[sealing.Recipient]) -> int:
    """Seal every piece that waits, oldest first, and let go of it; how many there were.

    A piece is let go only when its sealed form is on the shelf's disk. Raises OSError where the
    shelf does not take it; nothing is lost then.
    """
    pieces = waiting(home)
    for piece in pieces:
        # 16 MB at the most: the size of a piece.
        packed = gzip.compress(piece.read_bytes(), _FAST, mtime=0)
        shelf.wal.mkdir(parents=True, exist_ok=True, mode=0o700)
        sealing.seal(io.BytesIO(packed), shelf.wal / f"{piece.name}.gz.age", to)
        piece.unlink()
    return len(pieces)


def close_piece(home: Path, known: str) -> str:
    """Have the database hand over what it has written since `known`; where it stands afterwards.

    PostgreSQL's own timer (archive_timeout) was seen not to fire: this one is not left to it.
    It asks for what was put into the log, not for what lies on the disk already: where a site does
    not wait for the disk (synchronous_commit off), the last commits are not there yet.
    """
    server = attached(home / "database")
    if server is None:
        return known
    address = server.url(SUPERUSER, roles.DATABASE)
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            if str(_one(connection, "select pg_current_wal_insert_lsn()")) == known:
                return known
            connection.execute("select pg_switch_wal()")
            return str(_one(connection, "select pg_current_wal_insert_lsn()"))
    except psycopg.Error:
        return known  # it is being started again: the next look finds it


def _one(connection: psycopg.Connection[Any], statement: LiteralString) -> Any:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None


def ship_removed(
    home: Path, shelf: Shelf, to: Sequence[sealing.Recipient], *, noted: bool = True
) -> None:
    """Take along what was removed from the records, unless this very list is there already.

    Without it a restore would bring back whom the service has promised to forget. An empty list is
    taken too: where none lies there, somebody took it away. Raises OSError where it cannot be kept.
    """
    book, place = Notebook(home), home / REMOVED
    held = place.read_bytes() if place.exists() else b""
    taken = shelf.folder / f"{REMOVED}.age"
    there = sealing.sha256(taken) if taken.exists() else None
    of = {"size": len(held), "sha256": hashlib.sha256(held).hexdigest(), "shelf": str(shelf.folder)}
    last = book.read(LIST) if noted else {}
    if there is not None and last == {**of, "sealed": there}:
        return
    shelf.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    grew = there == last.get("sealed") and len(held) >= last.get("size", 0)
    if there is not None and not grew:
        _keep_the_longer(taken, held, to)
    sealed = sealing.seal(io.BytesIO(held), taken, to)
    if noted:
        book.write(LIST, {**of, "sealed": sealed.sha256})


def set_aside(shelf: Shelf) -> list[Path]:
    """Lists that lay on the shelf, were not ours to replace, and were longer."""
    return sorted(shelf.folder.glob(f"{REMOVED}-*.age"))


def lines_in(place: Path) -> int:
    """How many lines a list has; none where there is no list."""
    return len(place.read_bytes().splitlines()) if place.exists() else 0


def _keep_the_longer(taken: Path, held: bytes, to: Sequence[sealing.Recipient]) -> None:
    """Whoever starts afresh beside an old shelf must not write an empty list over a full one.

    It cannot be read here; sealed for the same keys, one with more lines is the larger file.
    """
    counted = taken.with_name(f".half-{taken.name}")
    try:
        size = sealing.seal(io.BytesIO(held), counted, to).size
    finally:
        counted.unlink(missing_ok=True)
    if taken.stat().st_size > size + _PADDING:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        taken.rename(taken.with_name(f"{REMOVED}-{stamp}.age"))


def waiting(home: Path) -> list[Path]:
    """The finished pieces that nobody has taken yet, oldest first."""
    folder = archive.outgoing(Places((home / "database").resolve()))
    return sorted(path for path in folder.glob("[0-9A-F]*") if not path.name.startswith("."))


def ship_and_note(home: Path, shelf: Shelf, to: Sequence[sealing.Recipient]) -> None:
    """Ship, and note when it went well last, and what is in the way where it did not.

    The log comes last: what is in its way must not keep back whom the service has forgotten.
    """
    note, now = Notebook(home), datetime.now(UTC)
    try:
        ship_removed(home, shelf, to)
        ship(home, shelf, to)
    except OSError as fault:
        note.add(NOTE, failed_at=now, failed_why=str(fault.strerror or fault),
                 waiting=len(waiting(home)))  # fmt: skip
    else:
        if not os.environ.get("DATABASE_URL"):
            note.write(NOTE, {"looked_at": now, "waiting": 0})
        elif note.read(NOTE):
            note.write(NOTE, {})


def main() -> int:
    """Ship until told to stop, or until the parent is gone."""
    home, stop = Path(sys.argv[1]), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_told: stop.set())
    try:
        shelf = Shelf(Path(os.environ["OPENHIU_BACKUP_DIR"]))
        to = sealing.recipients(os.environ.get("OPENHIU_BACKUP_RECIPIENT", ""))
    except (KeyError, ConfigurationFault) as fault:
        print(f"the log is not taken to the backups: {fault}", file=sys.stderr)  # noqa: T201
        return 4
    known, closed = "", time.monotonic()
    while True:
        if time.monotonic() - closed >= archive.SECONDS:
            known, closed = close_piece(home, known), time.monotonic()
        ship_and_note(home, shelf, to)
        if stop.wait(SECONDS):
            ship_and_note(home, shelf, to)
            return 0


if __name__ == "__main__":
    sys.exit(main())

"""Puts a database back: a backup comes in; a data folder or rows in an empty one go out."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tarfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import psycopg

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.web.config.backup import making, programs, sealing
from openhiu.web.config.backup.shelf import Backup, Shelf
from openhiu.web.config.database import binaries
from openhiu.web.config.database.account import Account, choose
from openhiu.web.config.database.cluster import SUPERUSER
from openhiu.web.config.database.places import Places, write_closed
from openhiu.web.config.database.server import Supervised

if TYPE_CHECKING:
    from openhiu.web.config.backup.restoring import Wish

_OLDER: Final = "take an older backup, and find out what happened to this one"
_PATIENCE: Final = 3600.0
# The walls are put up afresh by the version that will serve; rows could not be counted behind them.
_LEFT_OUT: Final = (" POLICY ", " ROW SECURITY ")


def dump(
    scratch: Path,
    address: str,
    backup: Backup,
    by: Sequence[sealing.Identity],
    made_anew: Sequence[str],
) -> None:
    """Take a dump into an empty database as the owner of its tables; `scratch` is a closed folder.

    `made_anew` are functions that are installed afresh by the version that will serve.

    Raises InputNotUsable where it does not open, ConfigurationFault where it cannot be taken in.
    """
    opened, wanted = scratch / ".dump", scratch / ".wanted"
    remote = "host=%2F" not in address
    program = programs.find("pg_restore", remote=remote)
    try:
        _unseal(backup.file(making.DUMP), by, opened)
        contents = programs.run(program, ["--list", str(opened)], address)
        without = [*_LEFT_OUT, *(f" FUNCTION public {name}(" for name in made_anew)]
        kept = [line for line in contents.splitlines() if not any(x in line for x in without)]
        wanted.write_text("\n".join(kept) + "\n", "utf-8")
        words = ["--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--jobs=2"]
        database = str(psycopg.conninfo.conninfo_to_dict(address)["dbname"])
        words += [f"--use-list={wanted}", f"--dbname={database}", str(opened)]
        programs.run(program, words, address)
    except OSError as fault:
        raise ConfigurationFault(
            f"the dump could not be taken in: {fault.strerror or fault}",
            remedy="see that the disk has room, that the database is empty and that the programs "
            "are not older than the server",
        ) from None
    finally:
        opened.unlink(missing_ok=True)
        wanted.unlink(missing_ok=True)


def files(
    folder: Path, shelf: Shelf, backup: Backup, inside: dict[str, Any], wish: Wish
) -> list[str]:
    """Put the data folder back and play the log up to its end or the wished moment; warnings.

    Raises InputNotUsable where something does not open, ConfigurationFault where it does not start.
    """
    places, bin_folder = Places(folder), binaries.find()
    places.make()
    account = choose(places.folder, places.data, bin_folder / "postgres")
    _unpack(backup.file(making.BASE), wish.by, places.data)
    _verify(bin_folder, places.data)
    write_closed(places.folder / f"{SUPERUSER}.password", inside["superuser"])
    log, hole = _open_log(shelf, backup, wish.by, places.folder / "log")
    _give(account, places.data, log)
    (places.data / "recovery.signal").touch(mode=0o600)
    account.give(places.data / "recovery.signal")
    _play(places, account, bin_folder, log, wish.until)
    shutil.rmtree(log)
    return [hole] if hole else []


def last_commit(address: str) -> str | None:
    """When the newest entry of the audit was written, behind its wall."""
    with psycopg.connect(address) as connection:
        row = connection.execute("select max(at) from access_auditentry").fetchone()
    return row[0].isoformat() if row and row[0] else None


def _play(
    places: Places, account: Account, bin_folder: Path, log: Path, until: datetime | None
) -> None:
    settings = {
        "restore_command": f'cp "{log}/%f" "%p"', "archive_mode": "off",
        # Nobody looks in before its end: so it may have served more at once than it does here.
        "hot_standby": "off",
    }  # fmt: skip
    if until is not None:
        settings |= {
            "recovery_target_time": until.astimezone(UTC).isoformat(sep=" "),
            "recovery_target_action": "promote",
        }
    socket = places.new_socket_folder()
    account.give(socket)
    server = Supervised(places, socket, account, bin_folder, settings)
    try:
        _start(server, until)
        end = time.monotonic() + _PATIENCE
        with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            while _recovering(connection) and time.monotonic() < end:
                time.sleep(0.1)
    except psycopg.Error:
        raise ConfigurationFault("the log could not be played to its end", remedy=_OLDER) from None
    finally:
        server.stop()
        places.forget_socket_folder()


def _start(server: Supervised, until: datetime | None) -> None:
    try:
        server.start(_PATIENCE)
    except ConfigurationFault as fault:
        if until is None:
            raise
        raise ConfigurationFault(
            "the log does not reach the moment that was asked for",
            remedy="leave --until out to come as far as it goes, or name an earlier moment",
        ) from fault


def _recovering(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute("select pg_is_in_recovery()").fetchone()
    return bool(row and row[0])


def _open_log(
    shelf: Shelf, backup: Backup, by: Sequence[sealing.Identity], to: Path
) -> tuple[Path, str | None]:
    """Unseal every piece of the log from the backup on; a sentence where one is missing."""
    to.mkdir(mode=0o711)
    start = str(backup.about["wal_from"])
    names = [piece.name.removesuffix(".gz.age") for piece in shelf.wal.glob("*.gz.age")]
    wanted = sorted(name for name in names if len(name) != 24 or name[8:] >= start[8:])
    for name in wanted:
        packed = to / f".{name}"
        _unseal(shelf.wal / f"{name}.gz.age", by, packed)
        try:
            piece = gzip.decompress(packed.read_bytes())
        except (OSError, EOFError) as fault:
            raise InputNotUsable(
                "a piece of the log is damaged", file=name, remedy=_OLDER
            ) from fault
        with _closed(to / name) as out:
            out.write(piece)
        packed.unlink()
    return to, _hole([name for name in wanted if len(name) == 24])


def _hole(pieces: list[str]) -> str | None:
    """Names are TIMELINE LOG SEGMENT, in hexadecimal, 256 segments of 16 MB a log."""
    numbers = sorted({int(name[8:16], 16) * 256 + int(name[16:24], 16) for name in pieces})
    for one, after in pairwise(numbers):
        if after != one + 1:
            return "A piece of the log is missing: what was written after it is not here."
    return None


def _unpack(sealed: Path, by: Sequence[sealing.Identity], data: Path) -> None:
    data.mkdir(mode=0o700)
    with _stream(sealed, by) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|gz") as tar:
                tar.extractall(data, filter="data")
        except tarfile.TarError as fault:
            raise InputNotUsable("it is damaged", file=sealed.name, remedy=_OLDER) from fault


@contextmanager
def _stream(sealed: Path, by: Sequence[sealing.Identity]) -> Iterator[BinaryIO]:
    """What a sealed file holds, while another thread opens it. Raises InputNotUsable at its end."""
    reader, writer = os.pipe()
    faults: list[BaseException] = []

    def feed() -> None:
        with os.fdopen(writer, "wb") as out:
            try:
                sealing.unseal(sealed, by, out)
            except BaseException as fault:
                faults.append(fault)

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    with os.fdopen(reader, "rb") as stream:
        try:
            yield stream
            while stream.read(1 << 20):
                pass
        except (EOFError, OSError):
            thread.join(10)
            if not faults:
                raise
    thread.join()
    if faults:
        raise faults[0]


def _verify(bin_folder: Path, data: Path) -> None:
    """Every file is the one that was copied, by the list PostgreSQL made of them."""
    words = [str(bin_folder / "pg_verifybackup"), "--quiet", "--no-parse-wal", str(data)]
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode:
        raise InputNotUsable("a file of the database is damaged", file=making.BASE, remedy=_OLDER)


def _give(account: Account, *folders: Path) -> None:
    for folder in folders:
        account.give(folder)
        for path in folder.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
            account.give(path)


def _unseal(sealed: Path, by: Sequence[sealing.Identity], to: Path) -> None:
    with _closed(to) as out:
        sealing.unseal(sealed, by, out)


def _closed(path: Path) -> BinaryIO:
    """A new file that nobody else can read, from its first byte on."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "wb", buffering=1 << 20)

"""`hiu restore`: a backup and the key that opens it come in; a service in a new place goes out.

Nothing that is there is ever written over: a home folder must be new and a server's database empty.
A home folder gets its name only when everything in it was proved.
"""

from __future__ import annotations

import importlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psycopg

from openhiu.errors import ConfigurationFault, InputNotUsable, RefusedByPolicy
from openhiu.web.config import home as homes
from openhiu.web.config.backup import (
    bringing_back,
    making,
    measuring,
    proof,
    sealing,
    shipping,
    trusting,
)
from openhiu.web.config.backup.shelf import Backup, Shelf
from openhiu.web.config.database import running
from openhiu.web.config.database.places import write_closed

Say = Callable[[str], None]
_NO_ARCHIVE: Final = {"archive_mode": "off"}


@dataclass(frozen=True)
class Wish:
    """What to bring back: which backup, up to when, from the files or the dump, with which keys.

    `kept` are files that were kept apart from the backups and belong into the home, by name;
    `unsigned` says aloud that nobody can tell any more who made the backup.
    """

    by: Sequence[sealing.Identity] = field(repr=False)
    name: str | None = None
    until: datetime | None = None
    from_dump: bool = False
    kept: dict[str, Path] = field(default_factory=dict)
    unsigned: bool = False


@dataclass(frozen=True)
class Restored:
    """What came back, what was proved of it, and what a person has to look at first."""

    name: str
    of: str
    reached: str
    tables: int
    rows: int
    seconds: float
    proved: list[str]
    warnings: list[str]

    def as_dict(self) -> dict[str, Any]:
        """The same for --json."""
        return dict(vars(self))


def restore(home: Path, shelf: Shelf, wish: Wish, say: Say) -> Restored:
    """Bring a service back into a home folder that does not exist yet.

    Raises RefusedByPolicy where something is there already or nobody could tell who made the
    backup, InputNotUsable where it does not open or is damaged, ConfigurationFault where what came
    back does not prove right: nothing is left then.
    """
    began = time.monotonic()
    home = home.resolve()
    if home.exists() and any(home.iterdir()):
        raise RefusedByPolicy(
            "there is something in this folder already, and a restore writes over nothing",
            file=home.name, remedy="name a folder that does not exist yet",
        )  # fmt: skip
    key = trusting.secret_key(home, wish.kept)
    trusting.demand(key, unsigned=wish.unsigned)  # its files are started as they are
    backup, inside = opened(shelf, wish, key)
    with _half(home) as half:
        warnings = _keys(half, wish, key)
        warnings += _removed(half, shelf, wish, key)
        demo = bool(backup.about.get("demo"))
        for name, text in trusting.small_files(inside).items():
            write_closed(half / name, text)
        from_files = backup.has(making.BASE) and not wish.from_dump
        if from_files:
            say("bringing back the database's files and its log")
            warnings += bringing_back.files(half / "database", shelf, backup, inside, wish)
        with running(half / "database", _NO_ARCHIVE) as server:
            addresses = homes.addresses_of(server)
            if not from_files:
                say("taking the dump in")
                bringing_back.dump(half, addresses.owner, backup, wish.by, inside["made_anew"])
                same(addresses.owner, inside)
            say("proving what came back")
            proved, found = proof.of(half, addresses, inside["heads"], demo=demo)
            reached, tables, rows = _reached(addresses.owner, inside, from_files)
    return Restored(
        name=backup.folder.name, of=backup.about["made_at"], reached=reached, tables=tables,
        rows=rows, seconds=round(time.monotonic() - began, 1), proved=proved,
        warnings=warnings + found,
    )  # fmt: skip


def restore_into_server(
    home: Path, addresses: homes.Addresses, shelf: Shelf, wish: Wish, say: Say
) -> Restored:
    """Bring the dump back into an empty database of a server of one's own.

    Raises as restore(), and RefusedByPolicy where nobody could tell who made the backup; should the
    proof fail, the database is left for looking at, not served.
    """
    began = time.monotonic()
    key = trusting.secret_key(home, wish.kept)
    trusting.demand(key, unsigned=wish.unsigned)
    with psycopg.connect(addresses.owner) as connection:
        if measuring.names(connection):
            raise RefusedByPolicy(
                "this database holds tables already, and a restore writes over nothing",
                remedy="make an empty one (create database …) and name that",
            )
    backup, inside = opened(shelf, wish, key)
    if backup.about.get("demo"):
        raise RefusedByPolicy(
            "this is a backup of a demonstration: made-up people do not go into a named server",
            remedy="restore it into a home folder of its own",
        )
    warnings = _keys(home, wish, key)
    warnings += _removed(home, shelf, wish, key)
    say("taking the dump in")
    bringing_back.dump(home, addresses.owner, backup, wish.by, inside["made_anew"])
    same(addresses.owner, inside)
    say("proving what came back")
    proved, found = proof.of(home, addresses, inside["heads"], demo=False)
    return Restored(
        name=backup.folder.name, of=backup.about["made_at"], reached=backup.about["made_at"],
        tables=len(inside["tables"]), rows=_rows(inside), proved=proved, warnings=warnings + found,
        seconds=round(time.monotonic() - began, 1),
    )  # fmt: skip


def opened(shelf: Shelf, wish: Wish, key: bytes | None) -> tuple[Backup, dict[str, Any]]:
    """The wished backup and its manifest; every file of it proved whole, and signed with `key`.

    Nothing of it is opened before. Raises InputNotUsable.
    """
    backup = shelf.find(wish.name)
    if _numbers(backup.about["openhiu"]) > _numbers(version("openhiu")):
        raise ConfigurationFault(
            f"this backup was made by OpenHIU {backup.about['openhiu']}, which is newer",
            remedy="restore it with that version or a later one",
        )
    trusting.prove(backup, key)
    for name in backup.about["files"]:
        backup.file(name)
    text = trusting.opened(backup.file(making.MANIFEST), wish.by)
    inside: dict[str, Any] = json.loads(text)
    for name, digest in inside["files"].items():
        if backup.about["files"].get(name, {}).get("sha256") != digest:
            raise InputNotUsable("it does not belong to this backup", file=name, remedy=_OLDER)
    return backup, inside


def same(address: str, inside: dict[str, Any]) -> None:
    """Every table holds the rows it held; else ConfigurationFault with the first that does not."""
    wanted = {name: measuring.Table(**table) for name, table in inside["tables"].items()}
    with psycopg.connect(address) as connection:
        different = measuring.differences(wanted, measuring.tables(connection))
    if different:
        raise ConfigurationFault(
            f"what came back is not what was saved: {different[0]}", remedy=_OLDER
        )


@contextmanager
def _half(home: Path) -> Iterator[Path]:
    """A folder beside the home that takes its name when all went well.

    What a killed restore left is opened for all to read who have the disk: it goes first.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    for left in home.parent.glob(f".half-{home.name}-{'[0-9a-f]' * 6}"):
        with _taken(left) as free:
            if free:
                shutil.rmtree(left, ignore_errors=True)
    half = home.with_name(f".half-{home.name}-{secrets.token_hex(3)}")
    try:
        half.mkdir(mode=0o700)
        with _taken(half):
            yield half
            if home.exists():
                home.rmdir()
            half.rename(home)
            sealing.sync_folder(home.parent)
    finally:
        shutil.rmtree(half, ignore_errors=True)


@contextmanager
def _taken(folder: Path) -> Iterator[bool]:
    """Hold a folder as long as the block runs; False where another restore holds it."""
    fcntl: Any = importlib.import_module("fcntl")  # not on Windows
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free = True
        except BlockingIOError:
            free = False
        yield free
    finally:
        os.close(handle)


def _keys(home: Path, wish: Wish, key: bytes | None) -> list[str]:
    """Put what was kept apart into the home, over nothing; sentences about what is missing."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, file in wish.kept.items():
        if name != shipping.REMOVED and not (home / name).exists():
            write_closed(home / name, file.read_text("utf-8"))
    homes.make(home)
    return [] if key else [trusting.NOT_PROVED, _NEW_KEY]


def _removed(home: Path, shelf: Shelf, wish: Wish, key: bytes | None) -> list[str]:
    return trusting.take_removed(home, shelf, wish.by, key, wish.kept.get(shipping.REMOVED))


def _reached(address: str, inside: dict[str, Any], from_files: bool) -> tuple[str, int, int]:
    """How far the data goes, and how much there is."""
    if not from_files:
        return inside["made_at"], len(inside["tables"]), _rows(inside)
    with psycopg.connect(address) as connection:
        count = len(measuring.names(connection))
    return bringing_back.last_commit(address) or inside["made_at"], count, _rows(inside)


def _rows(inside: dict[str, Any]) -> int:
    return sum(table["rows"] for table in inside["tables"].values())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def no_shelf() -> ConfigurationFault:
    """What is said where nobody named the place of backups."""
    return ConfigurationFault(
        "the place for backups is not named",
        remedy="name it with --to or OPENHIU_BACKUP_DIR: a disk that is not this machine's own",
    )


_OLDER: Final = "take an older backup, and find out what happened to this one"
_NEW_KEY: Final = (
    "A new secret key was made: everybody signs in anew, authenticator apps are set up again, and "
    "the audit's anchor has to be made anew."
)

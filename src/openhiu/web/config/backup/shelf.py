"""The folder backups are kept in: it comes in; whole backups, the newest last, go out.

A backup is a folder that got its name when everything in it was on the disk. What a killed run
left has another kind of name and is removed by the next.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.web.config.backup import sealing

DAYS_KEPT: Final = 35
LEAST_KEPT: Final = 7
DAYS_AT_MOST: Final = 49  # of those seven too: who was removed since lives on in them
_HALF: Final = ".half-"
_STAMP: Final = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True)
class Backup:
    """One whole backup: its folder and what is said about it openly."""

    folder: Path
    about: dict[str, Any]

    @property
    def made_at(self) -> datetime:
        """The moment its database is of."""
        return datetime.fromisoformat(self.about["made_at"])

    def file(self, name: str) -> Path:
        """One of its sealed files, complete and as it was written.

        Raises InputNotUsable where it is missing, cut short or changed.
        """
        path, said = self.folder / name, self.about["files"].get(name)
        if said is None or not path.exists():
            raise InputNotUsable("a file of this backup is missing", file=name, remedy=_OLDER)
        if path.stat().st_size != said["size"] or sealing.sha256(path) != said["sha256"]:
            raise InputNotUsable("it is cut short or was changed", file=name, remedy=_OLDER)
        return path

    def has(self, name: str) -> bool:
        """Whether it holds a file of that name."""
        return name in self.about["files"]


@dataclass(frozen=True)
class Shelf:
    """The folder of all backups of one installation."""

    folder: Path

    @property
    def wal(self) -> Path:
        """Where the pieces of the write-ahead log are kept."""
        return self.folder / "wal"

    def backups(self) -> list[Backup]:
        """Every whole backup, the newest last."""
        found = []
        for about in self.folder.glob("*/about.json"):
            if not about.parent.name.startswith("."):
                with contextlib.suppress(OSError, ValueError, KeyError):
                    found.append(Backup(about.parent, json.loads(about.read_text("utf-8"))))
        return sorted(found, key=lambda backup: backup.made_at)

    def find(self, name: str | None = None) -> Backup:
        """The backup of that name, or the newest. Raises InputNotUsable."""
        for backup in reversed(self.backups()):
            if name in (None, backup.folder.name):
                return backup
        raise InputNotUsable(
            f"there is no backup {name}" if name else "there is no whole backup here",
            file=self.folder.name, remedy="see what is there with hiu backup --list",
        )  # fmt: skip

    @contextmanager
    def new(self, now: datetime) -> Iterator[Path]:
        """A folder to fill; it becomes a backup at the end of the block, if nothing goes wrong."""
        self._make()
        name = now.astimezone(UTC).strftime(_STAMP)
        half = self.folder / f"{_HALF}{name}-{secrets.token_hex(4)}"
        half.mkdir(mode=0o700)
        try:
            yield half
            sealing.sync_folder(half)
            half.rename(self.folder / name)
            sealing.sync_folder(self.folder)
        finally:
            shutil.rmtree(half, ignore_errors=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """One run at a time; what a killed one left is removed first."""
        self._make()
        fcntl: Any = importlib.import_module("fcntl")  # not on Windows
        handle = os.open(self.folder / "lock", os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ConfigurationFault(
                    "another backup is being made just now", remedy="wait until it is done"
                ) from None
            for left in self.folder.glob(f"{_HALF}*"):
                shutil.rmtree(left, ignore_errors=True)
            yield

    def tidy(self, now: datetime) -> list[str]:
        """Remove what is older than 35 days; the names of what went.

        The newest seven stay 49 days, so that a fortnight without backups takes none away, and the
        newest of all stays.
        """
        kept = self.backups()
        limit, end = (now - timedelta(days=days) for days in (DAYS_KEPT, DAYS_AT_MOST))
        gone = [backup for backup in kept[:-LEAST_KEPT] if backup.made_at < limit]
        gone += [backup for backup in kept[-LEAST_KEPT:-1] if backup.made_at < end]
        for backup in gone:
            # First it stops being a backup, then it goes: never half of one under its name.
            away = self.folder / f"{_HALF}{backup.folder.name}"
            backup.folder.rename(away)
            shutil.rmtree(away, ignore_errors=True)
        self._tidy_wal([backup for backup in kept if backup not in gone])
        return [backup.folder.name for backup in gone]

    def _tidy_wal(self, kept: list[Backup]) -> None:
        starts = [backup.about["wal_from"] for backup in kept if backup.about.get("wal_from")]
        if not starts:
            return
        # Names are TIMELINE LOG SEGMENT: those of another timeline can only be told by the rest.
        first = min(start[8:] for start in starts)
        for piece in self.wal.glob("[0-9A-F]*.gz.age"):
            if len(piece.name.split(".")[0]) == len(starts[0]) and piece.name[8:24] < first:
                piece.unlink(missing_ok=True)

    def _make(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.wal.mkdir(exist_ok=True, mode=0o700)
        except OSError as fault:
            raise ConfigurationFault(
                f"backups cannot be kept there: {os.strerror(fault.errno or 0)}",
                file=str(self.folder), remedy="see that the disk is mounted and has room",
            ) from None  # fmt: skip


_OLDER: Final = "take an older backup, and find out what happened to this one"

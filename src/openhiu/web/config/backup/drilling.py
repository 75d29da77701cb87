"""`hiu drill`: a service comes in; a timed proof that it could be brought back goes out.

Without a key the drill makes a backup for a key of its own, which nobody keeps, and brings that
back: it proves the way. With the key that is kept elsewhere it brings back the newest backup of the
shelf and its log: it proves the backups. Either leaves nothing but a signed line in the history.
"""

from __future__ import annotations

import importlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault, HiuError
from openhiu.web.assurance.notebook import Facts, Notebook
from openhiu.web.config import home as homes
from openhiu.web.config.backup import making, restoring, sealing, shipping
from openhiu.web.config.backup.shelf import Shelf

REHEARSAL: Final = "rehearsal"  # with a key made for the drill
REAL: Final = "real"  # with the key that is kept elsewhere
Say = Callable[[str], None]


def drill(home: Path, shelf: Shelf | None, by: Sequence[sealing.Identity], say: Say) -> Facts:
    """Bring a backup back into a scratch place, prove it, and sign it off in the history.

    The line says what was proved or what failed, never anything about anyone. Raises the fault
    itself after it was written down.
    """
    key = homes.secret_key(home).encode()
    facts: Facts = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "openhiu": version("openhiu"),
        "kind": REAL if by else REHEARSAL,
    }  # fmt: skip
    try:
        with _scratch(home) as scratch:
            found = _real(home, shelf, by, scratch, say) if by else _rehearsal(home, scratch, say)
    except HiuError as fault:
        Notebook(home).sign_off({**facts, "good": False, "why": fault.sentence}, key)
        raise
    return Notebook(home).sign_off({**facts, "good": True, **found}, key)


def _rehearsal(home: Path, scratch: Path, say: Say) -> Facts:
    identity = sealing.Identity.generate()
    shelf = Shelf(scratch / "backups")
    say("making a backup for the drill")
    made = making.make(home, shelf, [identity.to_public()], noted=False)
    return {
        "backup_seconds": made.seconds, "backup_bytes": made.size,
        **_brought_back(home, shelf, [identity], scratch, say, from_dump=True),
    }  # fmt: skip


def _real(
    home: Path, shelf: Shelf | None, by: Sequence[sealing.Identity], scratch: Path, say: Say
) -> Facts:
    if shelf is None:
        raise restoring.no_shelf()
    lag = _seconds_behind(home)
    found = _brought_back(home, shelf, by, scratch, say, from_dump=False)
    return {**found, "log_seconds_behind": lag}


def _brought_back(
    home: Path,
    shelf: Shelf,
    by: Sequence[sealing.Identity],
    scratch: Path,
    say: Say,
    *,
    from_dump: bool,
) -> Facts:
    began = time.monotonic()
    apart = {**homes.kept_apart(home), shipping.REMOVED: home / shipping.REMOVED}
    kept = {name: file for name, file in apart.items() if file.exists()}
    wish = restoring.Wish(by=by, from_dump=from_dump, kept=kept)
    restored = restoring.restore(scratch / "home", shelf, wish, say)
    return {
        "restore_seconds": round(time.monotonic() - began, 1), "of": restored.of,
        "reached": restored.reached, "tables": restored.tables, "rows": restored.rows,
        "proved": restored.proved, "warnings": restored.warnings,
    }  # fmt: skip


def _seconds_behind(home: Path) -> float | None:
    """How long ago the log was last taken to the shelf with nothing left waiting."""
    looked = Notebook(home).read(shipping.NOTE).get("looked_at")
    if not looked:
        return None
    return round((datetime.now(UTC) - datetime.fromisoformat(looked)).total_seconds(), 1)


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    """A closed place on the service's own disk; what a killed drill left is removed first."""
    scratch = home / "drill"
    fcntl: Any = importlib.import_module("fcntl")  # not on Windows
    handle = os.open(home / "drill.lock", os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigurationFault(
                "another drill is going on", remedy="wait until it is done"
            ) from None
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        scratch.chmod(0o711)  # the database's account has to pass through
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

"""A data folder on the disk: an account and places come in; files of the right version are there.

It is made under another name and then renamed, so that a killed first run leaves no half of one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from openhiu.errors import ConfigurationFault
from openhiu.web.config.database.account import Account
from openhiu.web.config.database.binaries import major_version
from openhiu.web.config.database.places import Places, write_closed

SUPERUSER: Final = "openhiu_super"
_SHAPE: Final = (
    "--encoding=UTF8",
    # Sorts the same on every machine; does not change when the operating system does.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--auth=scram-sha-256",
    "--data-checksums",
)


def ensure(places: Places, account: Account, programs: Path) -> None:
    """Make the data folder if it is missing; refuse one of another major version."""
    if (places.data / "PG_VERSION").exists():
        _same_version(places, programs)
        return
    if places.data.exists():
        raise ConfigurationFault(
            f"{places.data} is there but is not a PostgreSQL data folder",
            remedy="restore it from a backup, or move it away to start with an empty database",
        )
    half = places.folder / "data.new"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    account.give(half)
    _initialise(half, places, account, programs)
    half.rename(places.data)
    _sync(places.folder)


def _initialise(half: Path, places: Places, account: Account, programs: Path) -> None:
    secret = places.folder / ".initial"
    secret.unlink(missing_ok=True)
    write_closed(secret, places.password(SUPERUSER))
    account.give(secret)
    try:
        words: list[str | Path] = [programs / "initdb", "-D", half, "-U", SUPERUSER]
        made = account.run([*words, f"--pwfile={secret}", *_SHAPE], places.folder)
    finally:
        secret.unlink()
    if made.returncode:
        shutil.rmtree(half, ignore_errors=True)
        last = (made.stderr.strip() or "it gave no reason").splitlines()[-1]
        raise ConfigurationFault(
            f"the database could not be made in {places.folder}: {last}",
            remedy="see that the disk has room and that this account may write there",
        )


def _same_version(places: Places, programs: Path) -> None:
    held = (places.data / "PG_VERSION").read_text("utf-8").strip()
    have = major_version(programs)
    if held != have:
        raise ConfigurationFault(
            f"the data in {places.folder} was written by PostgreSQL {held}, this is {have}",
            remedy=f"point OPENHIU_PG_BINDIR at the programs of PostgreSQL {held}, or dump it "
            f"with those and restore it with {have} (docs/how-to/web.md)",
        )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

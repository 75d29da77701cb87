"""The file of field keys, outside the database: a path comes in; the ring of keys goes out.

One key a line, the newest first: its id, the day it was made, 256 random bits. Lines that begin
with # are remarks. The newest seals; every one of them opens.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from openhiu.errors import ConfigurationFault

_BYTES: Final = 32
_ID: Final = re.compile(r"[0-9a-f]{8}")
_REMARK: Final = (
    "# Field keys of OpenHIU, the newest first. Without them nobody can read sealed text.\n"
    "# Keep a copy apart from the database and its backups (docs/how-to/keys.md).\n"
)


@dataclass(frozen=True)
class Key:
    """One key: `id` (eight hexadecimal figures) stands on everything it sealed."""

    id: str
    made_on: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Ring:
    """The keys of one installation, the newest first; never empty."""

    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """The one that seals."""
        return self.keys[0]

    def find(self, key_id: str) -> Key | None:
        """The key of that id."""
        return next((key for key in self.keys if key.id == key_id), None)


def read(path: Path) -> Ring:
    """The ring as the file has it now; read anew only when the file was changed.

    Raises:
        ConfigurationFault: it is missing, open to other people, or no file of keys.
    """
    try:
        stat = path.stat()
    except OSError:
        raise ConfigurationFault(
            "the file of field keys is missing or cannot be read",
            file=path.name,
            remedy="put it back from its copy, or name it in OPENHIU_KEYS_FILE; without it sealed "
            "notes, addresses and documents stay closed (docs/how-to/keys.md)",
        ) from None
    if os.name == "posix" and stat.st_mode & 0o077:
        raise ConfigurationFault(
            "the file of field keys can be read by other accounts",
            file=path.name,
            remedy="give it to the account that runs OpenHIU, and run chmod 600 on it",
        )
    return _read(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


def make(path: Path) -> Ring:
    """A file with one new key, where there is none; an existing one is left as it is."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = _half(path, (_new(),))
        try:
            os.link(half, path)  # fails where another process was first
        except FileExistsError:
            pass
        finally:
            half.unlink()
    return read(path)


def add(path: Path) -> Key:
    """Put a new key in front; from now on it seals."""
    ring, key = read(path), _new()
    _write(path, (key, *ring.keys))
    return key


def remove(path: Path, key_id: str) -> None:
    """Take one key out for good. Raises ConfigurationFault where it is the newest or unknown."""
    ring = read(path)
    if ring.find(key_id) is None:
        raise ConfigurationFault(
            "no key has this id", file=path.name, remedy="see the ids with hiu keys check"
        )
    if ring.newest.id == key_id:
        raise ConfigurationFault(
            "this is the key that seals", file=path.name, remedy="first: hiu keys add"
        )
    _write(path, tuple(key for key in ring.keys if key.id != key_id))


@lru_cache(maxsize=8)
def _read(path: Path, *_as_it_is: int) -> Ring:
    try:
        lines = path.read_text("ascii").splitlines()
        keys = tuple(_key(line) for line in lines if line.strip() and not line.startswith("#"))
        if not keys or len({key.id for key in keys}) < len(keys):
            raise ValueError
    except (OSError, ValueError, binascii.Error):
        raise ConfigurationFault(
            "this is no file of field keys",
            file=path.name,
            remedy="put it back from its copy (docs/how-to/keys.md)",
        ) from None
    return Ring(keys)


def _key(line: str) -> Key:
    key_id, made_on, text = line.split()
    secret = base64.b64decode(text, validate=True)
    if not _ID.fullmatch(key_id) or len(secret) != _BYTES:
        raise ValueError
    return Key(key_id, made_on, secret)


def _new() -> Key:
    today = date.today()
    return Key(secrets.token_hex(4), today.isoformat(), secrets.token_bytes(_BYTES))


def _write(path: Path, keys: tuple[Key, ...]) -> None:
    _half(path, keys).replace(path)


def _half(path: Path, keys: tuple[Key, ...]) -> Path:
    """A whole file under a passing name beside it, closed to other people."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    lines = (f"{k.id} {k.made_on} {base64.b64encode(k.secret).decode()}\n" for k in keys)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_REMARK + "".join(lines))
        file.flush()
        os.fsync(file.fileno())
    return half

"""Sealing with age: a stream comes in; a file that only the holder of a key can open goes out.

Whoever seals needs the public half alone, so the machine that makes backups cannot read them. A
file that was cut short or changed does not open: age proves every 64 KB and the end.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol, TypeAlias

import pyrage

from openhiu.errors import ConfigurationFault, InputNotUsable

Identity: TypeAlias = pyrage.x25519.Identity
Recipient: TypeAlias = pyrage.x25519.Recipient
_HALF: Final = ".half-"
_KEYS_HOW: Final = "make a pair with hiu backup --new-key FILE and name its public half"


class Readable(Protocol):
    """What can be sealed."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""


class Writable(Protocol):
    """Where what was sealed can go."""

    def write(self, data: bytes, /) -> Any:
        """Take these bytes."""


@dataclass(frozen=True)
class Sealed:
    """A sealed file: its name, its length in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


def recipients(text: str) -> list[Recipient]:
    """The public halves in a text, with commas or spaces between; at least one.

    Raises ConfigurationFault where there is none, or one is not an age key.
    """
    named = text.replace(",", " ").split()
    if not named:
        raise ConfigurationFault("nobody is named who can open backups", remedy=_KEYS_HOW)
    try:
        return [Recipient.from_str(one) for one in named]
    except pyrage.RecipientError:
        raise ConfigurationFault(
            "a public key for backups is not one of age (age1…)", remedy=_KEYS_HOW
        ) from None


def identities(file: Path) -> list[Identity]:
    """The secret halves in a file as age-keygen writes it. Raises ConfigurationFault."""
    try:
        lines = file.read_text("ascii").split("\n")
        found = [Identity.from_str(line.strip()) for line in lines if line.startswith("AGE-SECRET")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise ConfigurationFault(
            "there is no key in this file that could open a backup", file=file.name,
            remedy="name the file that was made together with the public key of the backups",
        )  # fmt: skip
    return found


def new_identity(file: Path) -> str:
    """Make a pair; the secret half goes into a new file for its owner alone. The public half."""
    identity = Identity.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigurationFault(
            "there is a file of that name already", file=file.name, remedy="name another"
        ) from None
    public = str(identity.to_public())
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"# public key: {public}\n{identity}\n")
        out.flush()
        os.fsync(out.fileno())
    return public


def seal(source: Readable, target: Path, to: Iterable[Recipient]) -> Sealed:
    """Write a stream sealed; the file has its name only once all of it is on the disk.

    Raises OSError with the cause where reading or writing fails; nothing is left then.
    """
    half = target.with_name(f"{_HALF}{target.name}-{secrets.token_hex(4)}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb", buffering=1 << 20) as file:
            counted = _Counted(file)
            pyrage.encrypt_io(source, counted, list(to))
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    except (pyrage.EncryptError, OSError) as fault:
        raise OSError(f"it could not be written: {fault}") from fault
    finally:
        half.unlink(missing_ok=True)
    sync_folder(target.parent)
    return Sealed(target.name, counted.size, counted.digest.hexdigest())


def unseal(file: Path, by: Iterable[Identity], to: Writable) -> None:
    """Open a sealed file into `to`.

    Raises InputNotUsable where the key is another one, or the file was cut short or changed.
    """
    with file.open("rb") as source:
        try:
            pyrage.decrypt_io(source, to, list(by))
        except pyrage.DecryptError as fault:
            cause = (
                "it was sealed for another key" if "matching keys" in str(fault)
                else "it is cut short or was changed"
            )  # fmt: skip
            raise InputNotUsable(cause, file=file.name, remedy=_CANNOT) from None
        except OSError as fault:
            if fault.errno is not None:  # the disk, or the program that was reading
                raise
            raise InputNotUsable(
                "it is cut short or was changed", file=file.name, remedy=_CANNOT
            ) from None


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


_CANNOT: Final = "take the key that belongs to it, or an older backup"


class _Counted:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

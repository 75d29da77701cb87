"""Writes that survive a pulled plug: bytes come in; a whole file under its name goes out, or none.

Every write is a temporary name in the same folder, fsync, rename, fsync of the folder. The three
steps are module-level functions so that the fault tests can die at each of them.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from openhiu.errors import ConfigurationFault

TEMPORARY: Final = ".tmp"
_CHUNK: Final = 1 << 20


def sync_file(file: IO[bytes]) -> None:
    """Put a file's bytes on the disk."""
    file.flush()
    os.fsync(file.fileno())


def rename(source: Path, target: Path) -> None:
    """Give a file its name, replacing what had it."""
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def temporary_name(target: Path) -> Path:
    """A name beside `target` that no reader ever looks at."""
    return target.with_name(f".{target.name}.{secrets.token_hex(6)}{TEMPORARY}")


def is_temporary(path: Path) -> bool:
    """True for names made by `temporary_name`."""
    return path.name.startswith(".") and path.name.endswith(TEMPORARY)


def ensure_folder(folder: Path) -> None:
    """Make a folder and its parents, each known to the disk before it is used."""
    if folder.is_dir():
        return
    ensure_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


@contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """A file to write into, which takes its name only when the block ends well."""
    ensure_folder(target.parent)
    temporary = temporary_name(target)
    try:
        with temporary.open("xb") as file:
            yield file
            sync_file(file)
        publish(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def publish(temporary: Path, target: Path) -> None:
    """Rename a file that is already on the disk, and make the name last."""
    rename(temporary, target)
    sync_folder(target.parent)


def write_bytes(target: Path, data: bytes) -> None:
    """Write a small file whole."""
    with new_file(target) as file:
        file.write(data)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def disk_faults() -> Iterator[None]:
    """Turn what the disk refuses (full, read-only, not ours) into a fault with a remedy."""
    try:
        yield
    except OSError as error:
        raise ConfigurationFault(
            f"the store could not be written: {error.strerror or type(error).__name__}",
            remedy="make room or correct the permissions of the store's folder and run the "
            "command again; the store is as it was",
        ) from error

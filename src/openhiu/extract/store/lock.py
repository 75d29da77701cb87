"""One writer at a time: a file comes in; the right to write goes out, and back when it is done.

The operating system holds the lock for the process, so a killed writer never leaves it behind.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from openhiu.extract.store.durable import ensure_folder, temporary_name

_PATIENCE: Final = 1.0  # seconds before the person waiting is told why
_PAUSE: Final = 0.05


def _platform() -> tuple[str, Any]:
    for name in ("fcntl", "msvcrt"):
        try:
            return name, importlib.import_module(name)
        except ImportError:
            continue
    raise ImportError("this platform has neither fcntl nor msvcrt to lock files with")


def try_lock(handle: int) -> bool:
    """Take the lock of an open file if nobody has it."""
    name, module = _platform()
    try:
        if name == "fcntl":
            module.flock(handle, module.LOCK_EX | module.LOCK_NB)
        else:  # Windows: lock the first byte
            os.lseek(handle, 0, os.SEEK_SET)
            module.locking(handle, module.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def remove_abandoned(path: Path) -> None:
    """Remove a temporary file unless a living process holds its lock."""
    handle = os.open(path, os.O_RDWR)
    try:
        if try_lock(handle):
            path.unlink()
    finally:
        os.close(handle)


def create_locked(target: Path) -> tuple[Path, IO[bytes]]:
    """A new temporary file beside `target`, its lock held until it is closed.

    A sweep may remove the file between its making and its locking; then another one is made.
    """
    while True:
        ensure_folder(target.parent)
        path = temporary_name(target)
        try:
            file = path.open("xb")
        except FileNotFoundError:  # the folder went in a purge
            continue
        if try_lock(file.fileno()) and path.exists():
            return path, file
        file.close()


@contextmanager
def writing(path: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock of `path` for the block; calls `on_wait` once after a second of waiting."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(handle, on_wait)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, on_wait: Callable[[], None] | None) -> None:
    started = time.monotonic()
    told = False
    while not try_lock(handle):
        if on_wait and not told and time.monotonic() - started >= _PATIENCE:
            told = True
            on_wait()
        time.sleep(_PAUSE)

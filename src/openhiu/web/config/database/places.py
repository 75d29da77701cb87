"""What lies where in the database's folder: it comes in; paths, passwords and the lock go out.

Everything is closed to other people: folders 0700, files 0600. Only where root keeps the folder
for another account may that account pass through (0711); what it passes stays closed.
"""

from __future__ import annotations

import importlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault

PORT: Final = 5432
# The kernel's limit is 107 bytes for the whole path of a socket.
_LONGEST_SOCKET: Final = 100


@dataclass(frozen=True)
class Places:
    """The paths of one database folder."""

    folder: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What PostgreSQL says; it holds no values of rows."""
        return self.folder / "server.log"

    @property
    def _address(self) -> Path:
        return self.folder / "address"

    def make(self) -> None:
        """Make the folder if it is missing, and close it."""
        closed = 0o711 if os.name == "posix" and os.geteuid() == 0 else 0o700
        self.folder.mkdir(parents=True, exist_ok=True, mode=closed)
        self.folder.chmod(closed)

    def password(self, role: str) -> str:
        """The password of a role, made up at the first asking and kept in a 0600 file."""
        path = self.folder / f"{role}.password"
        if not path.exists():
            write_closed(path, secrets.token_urlsafe(32))
        return path.read_text("utf-8")

    def new_socket_folder(self) -> Path:
        """A folder for the socket, inside this one unless that makes its name too long."""
        self.forget_socket_folder()
        socket = self.folder / "socket"
        if len(os.fsencode(socket / f".s.PGSQL.{PORT}")) > _LONGEST_SOCKET:
            socket = Path(tempfile.mkdtemp(prefix="openhiu-", dir=_short_folder()))
        socket.mkdir(mode=0o700, exist_ok=True)
        write_closed(self._address, str(socket))
        return socket

    def socket_folder(self) -> Path | None:
        """Where the running server's socket is; None where nobody wrote it down."""
        try:
            return Path(self._address.read_text("utf-8"))
        except FileNotFoundError:
            return None

    def forget_socket_folder(self) -> None:
        """Remove the socket's folder, also one left by a run that was killed."""
        if (socket := self.socket_folder()) is not None:
            shutil.rmtree(socket, ignore_errors=True)
            self._address.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one run; the operating system lets go if the run is killed.

        Raises ConfigurationFault where another run holds it.
        """
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _try_lock(handle):
                raise _in_use(self.folder)
            yield
        finally:
            os.close(handle)


def write_closed(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def _short_folder() -> str:
    folder = tempfile.gettempdir()
    return folder if len(folder) <= _LONGEST_SOCKET // 2 else "/tmp"  # noqa: S108  (mkdtemp in it)


def _try_lock(handle: int) -> bool:
    fcntl: Any = importlib.import_module("fcntl")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _in_use(folder: Path) -> ConfigurationFault:
    return ConfigurationFault(
        f"another OpenHIU is already running on {folder}",
        remedy="use that one, stop it first, or start this one with another --home",
    )

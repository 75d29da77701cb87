"""One running PostgreSQL: a folder comes in; addresses for its roles go out; it stops at the end.

No network: a socket in a closed folder, scram passwords in closed files. One run holds a folder at
a time. When this process dies, by whatever cause, the server is told to stop.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg

from openhiu.errors import ConfigurationFault
from openhiu.web.config.database import archive, binaries, cluster, roles
from openhiu.web.config.database.account import Account, choose
from openhiu.web.config.database.places import PORT, Places

_START_SECONDS: Final = 60  # a long recovery after a crash is rare but real
_STOP_SECONDS: Final = 30
_PAUSE: Final = 0.02
_NO_SETTINGS: Final[Mapping[str, str]] = {}
_SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "50",
    # A row's values appear in details and statements of errors: neither is written down.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_checkpoints": "off",
    "timezone": "UTC",
}


@dataclass
class Server:
    """Where a running server is, and how each role gets in."""

    places: Places
    socket: Path

    def url(self, role: str = roles.APPLICATION, database: str = roles.DATABASE) -> str:
        """A libpq address with the role's password: for an environment, never for a log."""
        password = quote(self.places.password(role), safe="")
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.socket), safe='')}"


@dataclass
class Supervised(Server):
    """A server that this process started: it can be looked after and started again."""

    account: Account
    programs: Path
    settings: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self, patience: float = _START_SECONDS) -> None:
        """Start it and wait until it answers."""
        settings = {**_SETTINGS, "unix_socket_directories": str(self.socket), **self.settings}
        words: list[str | Path] = [
            self.programs / "postgres",
            "-D",
            self.places.data,
            "-p",
            str(PORT),
        ]
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.places.log.open("wb") as log:
            os.fchmod(log.fileno(), 0o600)
            self.process = self.account.start([*words, *options], self.places.folder, log)
        self._wait_until_it_answers(patience)

    @property
    def alive(self) -> bool:
        """False once it has ended without having been asked to."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Stop it: finish writing, then go; harder only when it will not."""
        if self.process is None:
            return
        for signal_number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal_number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(_STOP_SECONDS)
                break
        self.process = None

    def _wait_until_it_answers(self, patience: float) -> None:
        address = self.url(cluster.SUPERUSER, "postgres")
        until = time.monotonic() + patience
        while time.monotonic() < until and self.alive:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(address, connect_timeout=5).close()
                return
            time.sleep(_PAUSE)
        self.stop()
        raise ConfigurationFault(
            f"the database in {self.places.folder} did not start: {_last_words(self.places.log)}",
            remedy=f"see {self.places.log}; is the disk full, or the memory?",
        )


@contextmanager
def running(folder: Path, settings: Mapping[str, str] = _NO_SETTINGS) -> Iterator[Supervised]:
    """A server on the data in `folder`, made at the first run, stopped at the end of the block.

    `settings` are PostgreSQL's own, on top of ours. Raises ConfigurationFault where another run
    holds the folder, no PostgreSQL is found, or it does not start.
    """
    if sys.platform == "win32":
        raise ConfigurationFault(
            "the database that comes with OpenHIU does not run on Windows yet",
            remedy="name a PostgreSQL server with DATABASE_URL",
        )
    places = Places(folder.resolve())
    places.make()
    with places.locked():
        server = _prepared(places, settings)
        try:
            server.start()
            _prepare_inside(server)
            yield server
        finally:
            server.stop()
            places.forget_socket_folder()


def attached(folder: Path) -> Server | None:
    """The server that another process runs on `folder`; None where nothing answers."""
    places = Places(folder.resolve())
    socket = places.socket_folder()
    if socket is None:
        return None
    server = Server(places, socket)
    try:
        psycopg.connect(server.url(), connect_timeout=5).close()
    except psycopg.OperationalError:
        return None
    return server


def _prepared(places: Places, settings: Mapping[str, str]) -> Supervised:
    programs = binaries.find()
    account = choose(places.folder, places.data, programs / "postgres")
    cluster.ensure(places, account, programs)
    _stop_leftover(places, account, programs)
    socket = places.new_socket_folder()
    account.give(socket)
    handed_over = archive.settings(places, account)
    return Supervised(places, socket, account, programs, {**handed_over, **settings})


def _stop_leftover(places: Places, account: Account, programs: Path) -> None:
    """Stop a server whose supervisor was killed; on Linux it is stopping by itself already."""
    if not _is_running_on(places.data):
        return
    words: list[str | Path] = [programs / "pg_ctl", "stop", "-D", places.data, "-m", "fast", "-w"]
    account.run([*words, "-t", str(_STOP_SECONDS)], places.folder)


def _is_running_on(data: Path) -> bool:
    try:
        number = int((data / "postmaster.pid").read_text("utf-8").splitlines()[0])
        os.kill(number, 0)
    except (OSError, ValueError, IndexError):
        return False
    # The number may belong to another program by now: a server stands in its data folder.
    standing = Path(f"/proc/{number}/cwd")
    return not standing.parent.parent.joinpath("self").exists() or standing.resolve() == data


def _prepare_inside(server: Supervised) -> None:
    passwords = {role: server.places.password(role) for role in (roles.OWNER, roles.APPLICATION)}
    for database in ("template1", "postgres"):
        address = server.url(cluster.SUPERUSER, database)
        with contextlib.closing(psycopg.connect(address, autocommit=True)) as connection:
            if database == "template1":
                roles.prepare_template(connection)
            else:
                roles.prepare_roles(connection, passwords)
                roles.prepare_database(connection)


def _last_words(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return next((line for line in reversed(lines) if "FATAL" in line), (lines or ["no word"])[-1])

"""`hiu web`: a home folder and a port come in; the application is served until it is told to stop.

This process looks after two others, the database and the web server, and holds no one's data
itself. It starts the database first and stops it last; should the database fall over, it is
started again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.web.config import home as homes
from openhiu.web.config import keeping, unsafe
from openhiu.web.config.database import running
from openhiu.web.config.database.account import Account
from openhiu.web.config.database.server import Supervised
from openhiu.web.config.timetable import Timetable

LOOPBACK: Final = "127.0.0.1"
# The same in people's browsers: they take passkeys from a name only, never from a number.
NAMED: Final = "localhost"
WORKERS: Final = 2
THREADS: Final = 4
_START_SECONDS: Final = 120
_STOP_SECONDS: Final = 30
_LOOK_SECONDS: Final = 0.2
_NOT_FOR_PAGES: Final = ("OPENHIU_DATABASE_OWNER_URL", "OPENHIU_DATABASE_BACKUP_URL")
Say = Callable[[str], None]


def serve(home: Path, port: int, *, demo: bool = False, ready: Say = print) -> None:
    """Serve the application of a home folder until Ctrl-C or a polite signal.

    `ready` gets the sentences a person should read: the first administrator's address, where there
    is no account yet, and where to find the application. With DATABASE_URL that server is used and
    none is started. Raises ConfigurationFault where it cannot start.
    """
    if demo:
        homes.refuse_a_named_server(os.environ)
    home = homes.folder(home)
    homes.make(home)
    unsafe.refuse_settings(home, {**os.environ, "OPENHIU_DEMO": "1" if demo else "0"})
    _free(port)
    with (
        _told_to_stop() as stop,
        keeping.log_taken_away(home),  # ends last: what the database hands over at its end, too
        _database(home) as (addresses, database),
    ):
        environment = environment_of(home, addresses, demo=demo)
        unsafe.refuse(home, environment)
        for sentence in prepare(environment, addresses, port):
            ready(sentence)
        with _pages(environment, port) as web:
            _wait_for_pages(web, port, stop)
            ready(f"OpenHIU is ready at http://{NAMED}:{port}/ (stop it with Ctrl-C)")
            _look_after(web, database, stop, keeping.timetable(home, environment))


@contextlib.contextmanager
def _database(home: Path) -> Iterator[tuple[homes.Addresses, Supervised | None]]:
    named = homes.named_addresses(os.environ)
    if named is not None:
        yield named, None
        return
    with running(home / "database") as server:
        yield homes.addresses_of(server), server


def environment_of(home: Path, addresses: homes.Addresses, *, demo: bool) -> dict[str, str]:
    """What the web server may know: never the password of the owner, or of who reads all rows."""
    kept = {key: value for key, value in os.environ.items() if key not in _NOT_FOR_PAGES}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "openhiu.web.config.settings",
        "OPENHIU_HOME": str(home),
        "OPENHIU_DEMO": "1" if demo else "0",
        "DATABASE_URL": addresses.application,
    }


def prepare(environment: dict[str, str], addresses: homes.Addresses, port: int) -> list[str]:
    """Migrate and secure as the owner; the lines it has for the person who started it."""
    if not addresses.owner:
        return ["OPENHIU_DATABASE_OWNER_URL is not set: migrations are left to you."]
    as_owner = {
        **environment,
        "DATABASE_URL": addresses.owner,
        "OPENHIU_POOL": "0",
        "OPENHIU_APPLICATION_ROLE": addresses.application_role,
    }
    command = [sys.executable, "-m", "openhiu.web.config.prepare", _address(environment, port)]
    done = subprocess.run(command, env=as_owner, capture_output=True, text=True, check=False)
    if done.returncode:
        words = (done.stderr.strip() or "it gave no reason").splitlines()
        raise ConfigurationFault(
            f"the database could not be made ready: {words[-1 if len(words) > 2 else 0]}",
            remedy="run hiu manage migrate to see more; nothing was served",
        )
    return done.stdout.splitlines()


def _address(environment: dict[str, str], port: int) -> str:
    """Where people open it: behind TLS under the first name that is not this machine's own."""
    names = environment.get("OPENHIU_HOSTS", "").split(",")
    away = [name.strip() for name in names if name.strip() not in ("", NAMED, LOOPBACK)]
    if environment.get("OPENHIU_TLS") == "1" and away:
        return f"https://{away[0]}"
    return f"http://{NAMED}:{port}"


@contextlib.contextmanager
def _pages(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    words = ["--interface", "wsgi", "--host", LOOPBACK, "--port", str(port)]
    words += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    words += ["--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"]
    target = "openhiu.web.config.wsgi:application"
    command = Account("same").command(
        [sys.executable, "-m", "granian", *words, target], Path(environment["OPENHIU_HOME"])
    )
    web = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        yield web
    finally:
        _stop(web)


def _stop(web: subprocess.Popen[bytes]) -> None:
    if web.poll() is None:
        web.terminate()
    try:
        web.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(web.pid, signal.SIGKILL)
        web.wait()


def _look_after(
    web: subprocess.Popen[bytes],
    database: Supervised | None,
    stop: threading.Event,
    timetable: Timetable,
) -> None:
    while not stop.wait(_LOOK_SECONDS):
        if web.poll() is not None:
            raise ConfigurationFault(
                "the web server ended by itself",
                remedy="start it again; what it said stands above this line",
            )
        if database is not None and not database.alive:
            database.start()
        timetable.run_due()


def _wait_for_pages(web: subprocess.Popen[bytes], port: int, stop: threading.Event) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and web.poll() is None:
        if stop.wait(_LOOK_SECONDS / 2):
            return
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"http://{LOOPBACK}:{port}/ready", timeout=5).close()
            return
    raise ConfigurationFault(
        "the web server did not start", remedy="what it said stands above this line"
    )


def _free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise ConfigurationFault(
                f"port {port} of this machine is already in use",
                remedy="stop what uses it, or choose another with --port",
            ) from None


@contextlib.contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that Ctrl-C and the polite signals set; what they did before comes back after."""
    stop = threading.Event()

    def told(_number: int, _frame: Any) -> None:
        stop.set()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, told) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)

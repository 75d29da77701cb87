"""`hiu web` as its users run it: a folder comes in, where it runs goes out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openhiu.web.config import home as homes
from openhiu.web.config.serve import environment_of

ROOT = Path(__file__).parents[1]
START_SECONDS = 600


@dataclass(frozen=True)
class Served:
    """A running application: where it is, and its home folder."""

    address: str
    home: Path
    log: Path
    program: subprocess.Popen[bytes]

    def await_ready(self) -> None:
        """Wait for the sentence that it is ready."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.program.poll() is None:
            if "is ready" in self.log.read_text("utf-8"):
                return
            time.sleep(0.1)
        raise AssertionError(f"hiu web did not start:\n{self.log.read_text('utf-8')}")

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to act on its database as the application does."""
        addresses = homes.addresses_of(_server(self.home))
        known = environment_of(self.home, addresses, demo=False)
        return {**plain(known), "OPENHIU_POOL": "0", "PYTHONPATH": str(ROOT)}


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Served]:
    """Serve a fresh installation in `home`, with settings as environment variables.

    It may not have started yet: `await_ready` waits until it says that it has.
    """
    homes.make(home)
    port, log = free_port(), home / "served.log"
    environment = {**plain(os.environ), "OPENHIU_HOME": str(home), **settings}
    command = [sys.executable, "-m", "openhiu.cli", "web", "--port", str(port)]
    with log.open("w") as said:
        web = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            yield Served(f"http://localhost:{port}", home, log, web)
        finally:
            web.terminate()
            web.wait(60)


def free_port() -> int:
    """A port nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def plain(environment: dict[str, str] | os._Environ[str]) -> dict[str, str]:
    """The environment without what other tests, or whoever runs them, set for the product."""
    ours = ("OPENHIU_HOME", "OPENHIU_DEMO", "OPENHIU_PG_BINDIR")
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith("OPENHIU_") or name in ours
    }
    if isinstance(environment, os._Environ):
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "OPENHIU_HOME", "OPENHIU_DEMO"):
            kept.pop(name, None)
    return kept


def _server(home: Path) -> homes.Server:
    found = homes.attached(home / "database")
    assert found is not None, "the application's database is not running"
    return found

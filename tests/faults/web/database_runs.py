"""Programs of their own for the fault tests: they run until they are killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

_SUPERVISE = """
import sys, threading
from pathlib import Path
from openhiu.web.config.database import running
with running(Path(sys.argv[1])) as server:
    print(server.process.pid, flush=True)
    threading.Event().wait()
"""
PATIENCE = 60.0
Answer = TypeVar("Answer")


@contextlib.contextmanager
def supervisor(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that runs a database, and the number of the database's own process."""
    with subprocess.Popen(
        [sys.executable, "-c", _SUPERVISE, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


@contextlib.contextmanager
def application(home: Path) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """`hiu web` on a home folder: its process, its address, and what it said."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("OPENHIU_")
    }
    words = [sys.executable, "-m", "openhiu.cli", "web", "--port", str(port), "--home", str(home)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = _until_ready(process)
            yield process, f"http://127.0.0.1:{port}", said
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(PATIENCE)


def _until_ready(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line.strip())
        if "is ready" in line:
            return said
    raise AssertionError("hiu web ended before it was ready")


def get(address: str, cookie: str = "") -> tuple[int, str]:
    """Status and text of a page, errors included."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def wait_until(look: Callable[[], Answer], what: str) -> Answer:
    """The first true answer of `look`; fails when none comes in a minute."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain until {what}")


def gone(number: int) -> bool:
    """Whether a process has ended (a zombie has)."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def family(number: int) -> list[int]:
    """A process and its children, by number."""
    children = Path(f"/proc/{number}/task/{number}/children").read_text("utf-8").split()
    return [number, *map(int, children)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

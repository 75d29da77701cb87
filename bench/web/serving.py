"""The application as `hiu web` serves it: a home folder comes in; processes to watch go out."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERTZ: Final = os.sysconf("SC_CLK_TCK")
_READY_SECONDS: Final = 180


@dataclass(frozen=True)
class Served:
    """Where pages are, and the first processes of the web server and of the database."""

    port: int
    web: int
    database: int


@contextlib.contextmanager
def served(home: Path) -> Iterator[Served]:
    """`hiu web` on a free port of this machine, in processes of its own, until the end."""
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENHIU_", "DJANGO"))}
    environment.pop("DATABASE_URL", None)
    environment["OPENHIU_HOME"] = str(home)
    command = [sys.executable, "-c", "from openhiu.cli import run; raise SystemExit(run())"]
    process = subprocess.Popen(
        [*command, "web", "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        _wait(process)
        children = _children(process.pid)
        yield Served(port, _named(children, "granian"), _named(children, "postgres"))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def cpu(process: int) -> float:
    """Seconds of processor time of a process and of all that came from it, ended ones included."""
    seconds = 0.0
    for one in (process, *_children(process)):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            seconds += sum(int(field) for field in fields[11:15]) / HERTZ
    return seconds


def _wait(process: subprocess.Popen[str]) -> None:
    timer = threading.Timer(_READY_SECONDS, process.kill)
    timer.start()
    assert process.stdout is not None
    for line in process.stdout:
        if "is ready at" in line:
            timer.cancel()
            return
    raise RuntimeError("the application did not start: see above")


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_children(child)]
    return found


def _named(processes: list[int], name: str) -> int:
    for process in processes:
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
        if any(Path(word).name == name for word in words[:3]):
            return process
    raise RuntimeError(f"{name} is not running")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""Running `hiu monitor` on the service's own store: a caseload comes in, the files it wrote go out.

The run is a process of its own: it knows nothing of the database, and ends when it takes too long.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from openhiu.errors import ExitCode
from openhiu.web.monitoring.faults import Fault, NotUsable
from openhiu.web.monitoring.unpacking import WANTED

MOST_SECONDS: Final = 300
# What a process needs to start; nothing of ours, such as addresses of the database or keys.
_KEPT: Final = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "PYTHONPATH")


def run(store: str, caseload: str, as_of: date, *, wait: float = MOST_SECONDS) -> dict[str, bytes]:
    """The files of the feed that `hiu monitor` makes of a store for a caseload (CSV text).

    Raises:
        NotUsable: the run ended without a feed, or took longer than `wait` seconds.
    """
    with tempfile.TemporaryDirectory(prefix="openhiu-feed-") as folder:
        file, out = Path(folder) / "caseload.csv", Path(folder) / "feed"
        file.write_text(caseload, "utf-8", newline="")
        command = [
            sys.executable, "-m", "openhiu.cli", "monitor", "--store", store, "--caseload",
            str(file), "--as-of", as_of.isoformat(), "--out", str(out), "--json",
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command, env=_environment(), capture_output=True, text=True, check=False,
                timeout=wait,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            words = "Counting took too long and was stopped. Nothing was changed"
            raise NotUsable(Fault(words, "Try again later, or run hiu monitor yourself")) from None
        if done.returncode not in (ExitCode.DONE, ExitCode.NEEDS_A_PERSON):
            raise NotUsable(_said(done.stderr))
        return {name: (out / name).read_bytes() for name in WANTED}


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def _said(stderr: str) -> Fault:
    """The sentence and the remedy that `hiu` ends with: both are free of personal data."""
    lines = dict(line.split(": ", 1) for line in stderr.splitlines() if ": " in line)
    cause = lines.get("Error", "hiu monitor ended without a feed").rstrip(".")
    return Fault(cause, lines.get("What to do", "Run hiu monitor yourself to see why").rstrip("."))

"""The child process seen from outside: a job goes in, batches come out, and it can be killed.

Whatever ends the child early becomes one InputNotUsable that says the likely reason.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import pyarrow as pa

from openhiu.errors import InputNotUsable

_START: Final = Path(__file__).with_name("start.py")
_MOST_WORDS: Final = 64_000
_REFUSED: Final = 3
_OUT_OF_MEMORY: Final = 12
Answer = TypeVar("Answer")


class Child:
    """One parsing process. `close` always ends it and removes its scratch folder."""

    def __init__(self, job: dict[str, Any], *, wall_seconds: float, file: str) -> None:
        self._file = file
        self._left = wall_seconds
        self._late = False
        self._words = b""
        self._scratch = tempfile.TemporaryDirectory(prefix="openhiu-")
        self._process = self._start()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._send(job)

    @property
    def pid(self) -> int:
        """The process number."""
        return self._process.pid

    @property
    def output(self) -> IO[bytes]:
        """Where the batches come out."""
        assert self._process.stdout is not None  # noqa: S101  (asked for as a pipe)
        return self._process.stdout

    def wait_for(self, step: Callable[[], Answer]) -> Answer:
        """Run a step that waits for the child; kill the child when its time is used up.

        Raises InputNotUsable where the child was killed, crashed or refused the file.
        """
        try:
            return self._timed(step)
        except StopIteration:
            # A stream may look finished because its writer died between two batches.
            if self._timed(self._process.wait) == 0:
                raise
            raise self._failure() from None
        except (pa.ArrowInvalid, OSError, EOFError):
            raise self._failure() from None

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._listener.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        self._scratch.cleanup()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-B", "-P", "-s", str(_START)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd=self._scratch.name,
            close_fds=True,
            start_new_session=True,  # Ctrl-C is the parent's to handle
            pipesize=1 << 20,
        )

    def _send(self, job: dict[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101  (asked for as a pipe)
        try:
            self._process.stdin.write(json.dumps(job).encode())
            self._process.stdin.close()
        except OSError:  # it has died already; what it said is read with the first answer
            self._process.stdin = None

    def _listen(self) -> None:
        assert self._process.stderr is not None  # noqa: S101  (asked for as a pipe)
        while words := os.read(self._process.stderr.fileno(), 4096):
            self._words = (self._words + words)[-_MOST_WORDS:]

    def _timed(self, step: Callable[[], Answer]) -> Answer:
        watchdog = threading.Timer(max(0.0, self._left), self._too_late)
        watchdog.daemon = True
        watchdog.start()
        began = time.monotonic()
        try:
            return step()
        finally:
            watchdog.cancel()
            self._left -= time.monotonic() - began

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _failure(self) -> InputNotUsable:
        try:
            # It may have closed its pipe and be about to say why.
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return self._refusal(*_DAMAGED)  # it lives and writes nonsense; `close` ends it
        self._listener.join(timeout=5)
        if self._late or code == -getattr(signal, "SIGXCPU", 0) != 0:
            return self._refusal(*_TIME)
        if code == _REFUSED and (told := self._told()) is not None:
            return told
        memory = code == _OUT_OF_MEMORY or code in (-9, -6)
        return self._refusal(*(_MEMORY if memory else _DAMAGED))

    def _refusal(self, cause: str, remedy: str) -> InputNotUsable:
        return InputNotUsable(cause, remedy=remedy, file=self._file)

    def _told(self) -> InputNotUsable | None:
        """The child's own refusal: the last line it said, if it is one."""
        line = self._words.strip().rpartition(b"\n")[2]
        try:
            told = json.loads(line)
            return InputNotUsable(
                _printable(told["error"]),
                remedy=_printable(told["remedy"]),
                file=self._file,
                row=None if told["row"] is None else int(told["row"]),
                column=None if told["column"] is None else _printable(told["column"]),
            )
        except (ValueError, KeyError, TypeError):
            return None


_TIME: Final = (
    "reading it took longer than is allowed and was stopped",
    "send it in parts, or as Parquet; a file made to exhaust a computer looks like this too",
)
_MEMORY: Final = (
    "reading it needed more memory than is allowed and was stopped",
    "send it as CSV or in parts; in a workbook, look for stray cells far from the table",
)
_DAMAGED: Final = (
    "the reader stopped working on it: the file is damaged or not what it says it is",
    "ask for it to be sent again, or export it again as CSV UTF-8",
)


def _printable(words: object) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in str(words))[:500]


def _environment() -> dict[str, str]:
    """Nothing of the parent's environment but where Python finds its modules."""
    kept = {"PYTHONPATH": os.pathsep.join(p for p in map(os.path.abspath, filter(None, sys.path)))}
    if "SYSTEMROOT" in os.environ:  # Windows starts no process without it
        kept["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        # Address space is limited, so nothing may reserve it in advance.
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }

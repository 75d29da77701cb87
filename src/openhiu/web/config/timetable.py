"""What runs by the clock beside the pages: commands and their intervals come in, processes go out.

Each is a `hiu manage` command that may be run as often as one likes; a service with timers of its
own can run the same ones (docs/how-to/web.md).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

_MINUTE: Final = 60.0
_HOUR: Final = 3600.0
_DAY: Final = 24 * _HOUR
# A start that is followed by another soon after still leaves the first minutes to the people.
_AFTER_START: Final = 120.0
# One after another: a dozen programs that start in one second take the machine from the people.
_APART: Final = 15.0
COMMANDS: Final[Mapping[str, float]] = {
    # With the count itself, news is on the page within five minutes of reaching the store.
    "look_for_news": 3 * 60.0,
    "watch": _HOUR,
    "tell_overdue": _HOUR,
    "tell_uncovered": _HOUR,
    # Many looks within an hour are told of while they still go on.
    "watch_openings": 5 * _MINUTE,
    "purge_unchosen": _DAY,
    "appraise_records": _DAY,
    "clearsessions": _DAY,
    # Renews the anchor: what was forged since the last one is all that could pass.
    "verify_audit": _DAY,
    "send_letters": 120.0,
    "watch_outbox": _HOUR,
    "look_after_the_team": _HOUR,
    "remind_team": _HOUR,
    "remind_assurance": _HOUR,
    "empty_copies": _DAY,
    # Looks every minute for an hour, and is begun again: see casework's command of that name.
    "watch_visits": _MINUTE,
}
# Verbs of `hiu` itself, where backups were asked for: each looks whether it is due (day, week).
KEEPING: Final[Mapping[str, float]] = {"backup": _HOUR, "drill": _HOUR}
Start = Callable[[str], Any]
# Hears of every run: its name, when it began, when it ended and how; None while it goes on.
Note = Callable[[str, datetime, datetime | None, int | None], None]


@dataclass
class Timetable:
    """Starts what is due; nothing is started while its last run still goes on.

    `start` takes a command's name and gives something with `poll()`; `now` gives seconds.
    """

    start: Start
    now: Callable[[], float] = time.monotonic
    commands: Mapping[str, float] = field(default_factory=lambda: COMMANDS)
    note: Note = lambda *_run: None
    _due: dict[str, float] = field(default_factory=dict)
    _running: dict[str, Any] = field(default_factory=dict)
    _began: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = self.now() + _AFTER_START
        self._due = {name: first + place * _APART for place, name in enumerate(self.commands)}

    def run_due(self) -> None:
        """Start every command whose time has come, and note those that have ended."""
        for command, when in list(self._due.items()):
            self._note_end(command)
            if self.now() >= when and not self._goes_on(command):
                self._due[command] = self.now() + self.commands[command]
                self._began[command] = datetime.now(UTC)
                self._running[command] = self.start(command)
                self.note(command, self._began[command], None, None)

    def _note_end(self, command: str) -> None:
        running = self._running.get(command)
        code = running.poll() if running is not None else None
        if code is not None and command in self._began:
            self.note(command, self._began.pop(command), datetime.now(UTC), code)

    def _goes_on(self, command: str) -> bool:
        running = self._running.get(command)
        return running is not None and running.poll() is None


def in_a_process(environment: dict[str, str], keeping: Mapping[str, str] | None = None) -> Start:
    """Start a command in a process of its own; its faults go to standard error.

    `keeping` is the environment of the verbs that save the service: they may read every row.
    """

    def start(command: str) -> subprocess.Popen[bytes]:
        if command in KEEPING:
            words = [sys.executable, "-m", "openhiu.cli", command, "--if-due"]
            words += ["--home", environment["OPENHIU_HOME"]]
            return subprocess.Popen(words, env=keeping, stdout=subprocess.DEVNULL)
        words = [sys.executable, "-m", "openhiu.web.manage", command]
        quiet = {**environment, "OPENHIU_POOL": "0"}
        return subprocess.Popen(words, env=quiet, stdout=subprocess.DEVNULL)

    return start

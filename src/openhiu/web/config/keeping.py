"""What `hiu web` does beside the pages so that nothing is lost: a home comes in; runs go out.

Where a place for backups is named, the log is taken there all the time, a backup is made every day
and a drill held every week; what ran is noted for the page on how the service is running.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config.database.account import Account
from openhiu.web.config.timetable import COMMANDS, KEEPING, Timetable, in_a_process

NOTE: Final = "timetable"
_STOP_SECONDS: Final = 30
_NEEDED: Final = ("OPENHIU_BACKUP_DIR", "OPENHIU_BACKUP_RECIPIENT")


def asked_for(environment: Mapping[str, str]) -> bool:
    """Whether backups are to be made by the clock."""
    return all(environment.get(name) for name in _NEEDED)


def timetable(home: Path, environment: dict[str, str]) -> Timetable:
    """The commands that run by the clock, noted in the home."""
    book = Notebook(home)

    def note(name: str, began: datetime, ended: datetime | None, code: int | None) -> None:
        book.add(NOTE, **{name: {"began": began, "ended": ended, "code": code}})

    commands = {**COMMANDS, **(KEEPING if asked_for(os.environ) else {})}
    start = in_a_process(environment, dict(os.environ))
    return Timetable(start, commands=commands, note=note)


@contextmanager
def log_taken_away(home: Path) -> Iterator[None]:
    """While the block runs, a process takes the log and the removals to the backups.

    Of a server of one's own the removals alone: what was removed must not come back with a backup.
    """
    if not asked_for(os.environ):
        yield
        return
    words = [sys.executable, "-m", "openhiu.web.config.backup.shipping", str(home)]
    with subprocess.Popen(
        Account("same").command(words, home), stdin=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()

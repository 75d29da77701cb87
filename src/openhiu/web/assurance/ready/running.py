"""Lines of readiness about the machine: could what is written in this service be brought back?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.models import Service
from openhiu.web.assurance.queries import running
from openhiu.web.assurance.ready.lines import SOFTWARE, Line, Standing, in_place, missing
from openhiu.web.design.words import day

_SAFELY: Final = "Resource pack, client records and information governance"
# How old the proof with the key that is kept elsewhere may be: twice a year, and a month's grace.
_REAL: Final = timedelta(days=213)


def _saved(_service: Service) -> Standing:
    """Made by the clock, lately, with the log taken along, and on another disk than the home."""
    page = reverse("assurance:running")
    if not settings.BACKUP_DIR:
        return missing("No backups are made by the clock: no place or no key for them is set.",
                       page)  # fmt: skip
    made = _sign("backup")
    if not made.good:
        return made
    # Only where there is one: the log of a server of one's own is its keeper's.
    if any(one.key == "log" for one in running.of_machine()) and not (log := _sign("log")).good:
        return log
    if why := _why_not_away(Path(settings.BACKUP_DIR)):
        return missing(why, page)
    return made


def _why_not_away(shelf: Path) -> str:
    """Why what lies there would be lost with the machine, as far as software can see."""
    here, there = _device(Path(settings.HOME)), _device(shelf)
    if there is None:
        return "The folder that backups go to is not there."
    if here == there:
        return "Backups lie on the same disk as the service: one accident would take both."
    return ""


def _device(folder: Path) -> int | None:
    """The disk that a folder lies on; None where there is no such folder."""
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def _rehearsed(_service: Service) -> Standing:
    return _sign("drill")


def _record_holds(_service: Service) -> Standing:
    return _sign("chain")


def _key_proved(_service: Service) -> Standing:
    """A backup was opened with the key that is kept elsewhere: nothing else proves that key."""
    real = [
        one for one in running.drills() if one["kind"] == "real" and one["good"] and one["genuine"]
    ]
    at = running.moment(real[-1]["at"]) if real else None
    page = reverse("assurance:running")
    if at is None:
        return missing("No backup was ever opened with the key that is kept elsewhere.", page)
    if timezone.now() - at > _REAL:
        return missing(f"The last time was on {day(at)}.", page)
    return in_place(f"A backup was opened with it on {day(at)}.", page)


def _sign(key: str) -> Standing:
    sign = next(one for one in running.of_machine() if one.key == key)
    good = sign.state is running.State.GOOD
    words, page = f"{sign.label}: {sign.words}.", reverse("assurance:running")
    return in_place(words, page) if good else missing(words, page)


LINES: Final = (
    Line("saved", SOFTWARE, "What is written is saved every day, sealed, and away from the machine",
         _SAFELY, look=_saved, where="assurance:running",
         asks="On which other machine backups lie, and who looks after it."),
    Line("rehearsed", SOFTWARE, "A drill has shown that it can be brought back", _SAFELY,
         look=_rehearsed, where="assurance:running"),
    Line("key_proved", SOFTWARE, "The key that opens backups is kept elsewhere, and was tried",
         _SAFELY, look=_key_proved, where="assurance:running",
         asks="Where the key and its second copy are kept, and who can get at them."),
    Line("record_holds", SOFTWARE, "The record of who looked and wrote is proved unchanged",
         _SAFELY, look=_record_holds, where="assurance:running"),
)  # fmt: skip

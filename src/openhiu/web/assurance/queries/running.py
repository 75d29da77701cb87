"""How the application is running: the database, notes and disk come in; signs in words go out.

A sign is good, asks for a look, or is broken. Broken is only what keeps people from working safely;
whoever watches from outside is told of it with 503.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from openhiu.errors import ConfigurationFault
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.access.sealed import rotation
from openhiu.web.assurance.notebook import Facts, Notebook
from openhiu.web.letters.queries import oldest_open
from openhiu.web.monitoring.models import Feed

_BACKUP: Final = timedelta(hours=26)
_KEPT: Final = timedelta(days=36)  # backups; who was removed lives on in older ones
_LOG: Final = timedelta(minutes=5)
_DRILL: Final = timedelta(days=8)
_CHAIN: Final = timedelta(hours=26)
_OUTBOX: Final = timedelta(hours=24)
_LATE: Final = timedelta(hours=26)  # every command of the timetable runs at least once a day
_GIGABYTE: Final = 1_000_000_000
_LITTLE_ROOM, _NO_ROOM = 2 * _GIGABYTE, _GIGABYTE // 5


class State(StrEnum):
    """How one sign stands."""

    GOOD = "good"
    LOOK = "needs a look"
    BROKEN = "broken"


@dataclass(frozen=True)
class Sign:
    """One thing: what it is, how it stands, in words, and as a number for those that count.

    `why` is for people with an account: it may name a place on the disk.
    """

    key: str
    label: str
    state: State
    words: str
    number: float | None = None
    why: str = ""


def of_service(actor: Actor) -> list[Sign]:
    """Every sign, with feed and outbox of the actor's own service."""
    return [*_of_database(), *_work([actor.service_id]), *of_machine()]


def of_all() -> list[Sign]:
    """Every sign over all services, the worst of each; outside any transaction of a service."""
    database = _of_database()
    if any(sign.state is State.BROKEN for sign in database):
        return [*database, *of_machine()]
    with transaction.atomic():
        services = list(Service.objects.values_list("pk", flat=True))
        work = _work(services)
        set_service(None)
    return [*database, *work, *of_machine()]


def of_machine() -> list[Sign]:
    """What the installation noted of itself, and the disk."""
    book = Notebook(settings.HOME)
    return [
        _backup(book.read("backup")), *_log(book.read("log")), _drill(drills()),
        _chain(book.read("chain")), _disk(), _timetable(book.read("timetable")),
        *_removals(book.read("removals")),
    ]  # fmt: skip


def drills() -> list[Facts]:
    """Every drill, oldest first."""
    return Notebook(settings.HOME).drills(settings.SECRET_KEY.encode())


def runs() -> list[tuple[str, datetime | None, str]]:
    """The last run of each command of the timetable: its name, when it began, how it ended."""
    noted = Notebook(settings.HOME).read("timetable")
    return [(name, moment(run.get("began")), _ended(run)) for name, run in sorted(noted.items())]


def _of_database() -> list[Sign]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        keys = _keys()
    except DatabaseError:
        if not connection.in_atomic_block:
            connection.close()
        return [Sign("database", "Database", State.BROKEN, "does not answer", 0)]
    applied = "are those of this version" if not waiting else f"{waiting} migrations not applied"
    return [
        Sign("database", "Database", State.GOOD, "answers", 1),
        Sign("migrations", "Tables", State.BROKEN if waiting else State.GOOD, applied, waiting),
        keys,
    ]


def _keys() -> Sign:
    try:
        rotation.prove(note=False)
    except ConfigurationFault:
        return Sign("keys", "Field keys", State.BROKEN, "are not those of the database", 0)
    return Sign("keys", "Field keys", State.GOOD, "are there and belong to the database", 1)


def _work(services: Iterable[UUID]) -> list[Sign]:
    """Feed and outbox; the oldest of several services. Names the service of each look."""
    feeds, waits = list[datetime | None](), list[float]()
    for service in services:
        set_service(service)
        newest = Feed.objects.filter(service=service).order_by("-received_at").first()
        feeds.append(newest.data_cut_off if newest else None)
        waits.append(oldest_open(service) or 0.0)
    return [_feed(feeds), _outbox(max(waits, default=0.0))]


def _feed(newest: list[datetime | None]) -> Sign:
    known = [one for one in newest if one is not None]
    if len(known) < len(newest) or not newest:
        return Sign("feed", "Activity from hospitals", State.LOOK, "has never arrived")
    age = timezone.now() - min(known)
    state = State.LOOK if age > timedelta(days=settings.ACTIVITY_STALE_DAYS) else State.GOOD
    return Sign("feed", "Activity from hospitals", state, f"goes up to {_ago(age)}",
                age.total_seconds())  # fmt: skip


def _outbox(hours: float) -> Sign:
    wait = timedelta(hours=hours)
    words = f"the oldest letter has waited {_long(wait)}" if hours else "nothing waits"
    state = State.LOOK if wait > _OUTBOX else State.GOOD
    return Sign("outbox", "Outbox", state, words, wait.total_seconds())


def _backup(noted: Facts) -> Sign:
    made, failed = moment(noted.get("made_at")), moment(noted.get("failed_at"))
    if made is None:
        words = "none has been made" if failed is None else "none could be made"
        return Sign("backup", "Backup", State.LOOK, words, why=str(noted.get("failed_why") or ""))
    age = timezone.now() - made
    words = f"the last is of {_ago(age)}"
    if failed is not None:
        words += f"; one failed {_ago(timezone.now() - failed)}"
    oldest = moment(noted.get("oldest_at"))
    old = oldest is not None and timezone.now() - oldest > _KEPT
    if old:
        words += "; there are backups older than 35 days"
    bad = failed is not None or age > _BACKUP or old
    return Sign("backup", "Backup", State.LOOK if bad else State.GOOD, words, age.total_seconds(),
                str(noted.get("failed_why") or ""))  # fmt: skip


def _log(noted: Facts) -> Iterator[Sign]:
    looked = moment(noted.get("looked_at"))
    if looked is None and not noted:
        return
    age = timezone.now() - looked if looked else timedelta.max
    late = looked is None or age > _LOG
    words = "is taken to the backups" if not late else "has not been taken to the backups for long"
    if noted.get("waiting"):
        words += f"; {noted['waiting']} pieces wait"
    yield Sign("log", "Log of changes", State.LOOK if late else State.GOOD, words,
               None if looked is None else age.total_seconds())  # fmt: skip


def _drill(held: list[Facts]) -> Sign:
    genuine = [one for one in held if one["genuine"]]
    if len(genuine) < len(held):
        return Sign("drill", "Restore drill", State.LOOK, "a line of its history was changed")
    if not genuine:
        return Sign("drill", "Restore drill", State.LOOK, "none has been held")
    last = genuine[-1]
    age = timezone.now() - (moment(last["at"]) or timezone.now())
    if not last["good"]:
        return Sign("drill", "Restore drill", State.LOOK, f"failed {_ago(age)}", why=last["why"])
    words = f"went well {_ago(age)}, in {_long(timedelta(seconds=last['restore_seconds']))}"
    return Sign("drill", "Restore drill", State.LOOK if age > _DRILL else State.GOOD, words,
                age.total_seconds())  # fmt: skip


def _chain(noted: Facts) -> Sign:
    at = moment(noted.get("verified_at"))
    if at is None:
        return Sign("chain", "Record of who looked", State.LOOK, "has never been proved")
    age = timezone.now() - at
    if noted.get("breaks"):
        words = f"was changed: {noted['breaks']} breaks found {_ago(age)}"
        return Sign("chain", "Record of who looked", State.BROKEN, words, 0)
    words = f"holds: {noted.get('entries', 0):,} entries proved {_ago(age)}"
    state = State.LOOK if age > _CHAIN else State.GOOD
    return Sign("chain", "Record of who looked", state, words, 1)


def _removals(noted: Facts) -> Iterator[Sign]:
    """Only where a restore brought back what could not be removed once more."""
    waits = noted.get("waiting") or []
    if waits:
        words = f"{len(waits)} came back with a backup and wait"
        why = "; ".join(f"{one.get('reference')}: {one.get('why')}" for one in waits)
        yield Sign("removals", "Removed records", State.LOOK, words, len(waits), why)


def _disk() -> Sign:
    free = shutil.disk_usage(settings.HOME).free
    state = (
        State.BROKEN if free < _NO_ROOM
        else State.LOOK if free < _LITTLE_ROOM
        else State.GOOD
    )  # fmt: skip
    return Sign("disk", "Disk", state, f"{free / _GIGABYTE:.1f} GB free", free)


def _timetable(noted: dict[str, Any]) -> Sign:
    late = timezone.now() - _LATE
    failed = [name for name, run in noted.items() if run.get("code")]
    old = [name for name, run in noted.items() if (moment(run.get("began")) or late) < late]
    if not noted:
        return Sign("timetable", "Timetable", State.LOOK, "nothing has run by the clock yet")
    if failed or old:
        words = [f"{name} failed" for name in failed] + [f"{name} is late" for name in old]
        return Sign("timetable", "Timetable", State.LOOK, "; ".join(words), len(words))
    return Sign("timetable", "Timetable", State.GOOD, "everything ran", 0)


def moment(text: Any) -> datetime | None:
    """A noted time, aware; None where it is none."""
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _ended(run: Facts) -> str:
    if run.get("code") is None:
        return "goes on" if run.get("ended") is None else "ended"
    return "went well" if run["code"] == 0 else "failed"


def _ago(age: timedelta) -> str:
    return "just now" if age < timedelta(minutes=1) else f"{_long(age)} ago"


def _long(age: timedelta) -> str:
    seconds = age.total_seconds()
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a second"

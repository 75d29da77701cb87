"""After a restore: what was removed since the backup is removed once more, before anybody signs in.

Run by the tables' owner, who alone may write down again what two people agreed on. A line that
cannot be done waits and stops no other: it is told of, and how the service runs shows it until it
is settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from openhiu.errors import HiuError
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions.retention.appraising import new_reference
from openhiu.web.assurance.actions.retention.removing import remove_again
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.notebook import Facts, Notebook
from openhiu.web.assurance.retention import ledger
from openhiu.web.assurance.retention.clock import last_contacts
from openhiu.web.assurance.retention.standing import held
from openhiu.web.people.models import Person

NOTE: Final = "removals"
_DAYS: Final = ("due_on", "last_contact_on")
_MOMENTS: Final = ("proposed_at", "confirmed_at", "agreed_clock")
_FAULTS: Final = (HiuError, DatabaseError, ValidationError, KeyError, TypeError, ValueError)


@dataclass
class Replayed:
    """How many records were removed once more, were gone already, or wait, and why.

    `faults` are of the list itself: lines that are missing, changed or of somebody else.
    """

    removed: int = 0
    gone_already: int = 0
    waiting: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    waits: list[Facts] = field(default_factory=list, repr=False)

    def wait(self, line: ledger.Line, why: str) -> None:
        """Leave one undone, and remember it."""
        known = {name: line.get(name) for name in ("reference", "service", "about", "records")}
        self.waits.append({**known, "why": why})
        self.waiting.append(f"{line.get('reference')}: {why}")


def replay(
    home: Path | None = None, since: datetime | None = None, *, stores: bool = False
) -> Replayed:
    """Remove again what the list in the home folder says was removed; twice does no harm.

    Args:
        home: where the list lies; the installation's own home without it.
        since: only what was removed from then on; without it everything is looked at.
        stores: in the analysts' stores too. Not in a drill: those are the ones people work with.
    """
    told = Replayed()
    faults = ledger.verify(ledger.place(home))[1]
    told.faults += [fault for fault in faults if fault != ledger.MISSING]
    for line in ledger.lines(home, since):
        _line(line, told, _begun(line), stores)
    for line in ledger.doubtful(home, since):
        _line(line, told, "the line about it was not written here, or was changed.", stores)
    now = timezone.now().isoformat()
    Notebook(home or Path(settings.HOME)).write(NOTE, {"at": now, "waiting": told.waits})
    return told


def look_again(*, service: Service) -> int:
    """Take off the note what was settled since: it is gone or appraised anew. How many wait."""
    book = Notebook(Path(settings.HOME))
    noted = book.read(NOTE)
    waits = noted.get("waiting") or []
    left = [one for one in waits if one["service"] != str(service.pk) or _open(service, one, noted)]
    if len(left) < len(waits):
        book.add(NOTE, waiting=left)
    return sum(one["service"] == str(service.pk) for one in left)


def _open(service: Service, one: Facts, noted: Facts) -> bool:
    anew = Appraisal.objects.filter(service=service, about=one["about"], ended_at__gt=noted["at"])
    return bool(_there(service, one["records"])) and not anew.exists()


def _begun(line: ledger.Line) -> str:
    """Only what is known to have been done is done once more."""
    if line["step"] == ledger.Step.BEGINS:
        return "its removal had begun, and nobody knows whether it was done."
    return ""


def _line(line: ledger.Line, told: Replayed, doubt: str, stores: bool) -> None:
    try:
        if line.get("step") != ledger.Step.GIVEN_UP:
            with transaction.atomic():
                _again(line, told, doubt, stores)
    except _FAULTS as fault:
        told.wait(line, f"it could not be removed ({type(fault).__name__}).")


def _again(line: ledger.Line, told: Replayed, doubt: str, stores: bool) -> None:
    service = Service.objects.filter(pk=line["service"]).first()
    set_service(service.pk if service else None)
    found = _there(service, line["records"]) if service else []
    if service is None or not found:
        told.gone_already += 1
        return
    whole = {_whole(person) for person in found}
    if why := doubt or _why_not(service, line, whole):
        told.wait(line, why)
        return
    for key in sorted(whole, key=str):
        remove_again(appraisal=_written_down(service, line, key), stores=stores)
    told.removed += 1


def _there(service: Service, keys: Iterable[Any]) -> list[Person]:
    """Whose record, of these, is not removed."""
    return list(Person.objects.filter(service=service, pk__in=list(keys), forgotten_at=None))


def _whole(person: Person) -> UUID:
    """The record it is part of now: since, or before, they may have been apart."""
    while person.merged_into is not None:
        person = person.merged_into
    return UUID(str(person.pk))


def _why_not(service: Service, line: ledger.Line, whole: set[UUID]) -> str:
    """What stands against it in the database that was brought back; nothing is gone without it."""
    keys = [UUID(key) for key in line["records"]]
    if held(service.pk, keys, line["class"]):
        return "it is held."
    if not whole <= set(keys):
        return "it is joined with a record that stays. Part them, and decide anew."
    last = max(last_contacts(service.pk, keys).values(), default=date.min)
    if last > timezone.localdate(datetime.fromisoformat(line["at"])):
        return "somebody was in touch after the day on which it is said to be removed."
    return ""


def _written_down(service: Service, line: ledger.Line, about: UUID) -> Appraisal:
    """What two people agreed on, in the name of each record that was one of it."""
    decided = UUID(line["appraisal"])
    key = decided if str(about) == line["about"] else uuid5(decided, str(about))
    others = Appraisal.objects.filter(service=service, about=about)
    for row in others.filter(state__in=("waiting", "proposed", "cooling")).exclude(pk=key):
        row.state, row.ended_at = Appraisal.State.OVERTAKEN, timezone.now()
        row.ended_words = "Removed by an earlier decision."
        row.save()
    row = Appraisal.objects.filter(pk=key).first() or Appraisal(
        pk=key, service=service, about=about, reference=new_reference()
    )
    if key == decided:
        row.reference = line["reference"]
    for name, value in _facts(line).items():
        setattr(row, name, value)
    row.save()
    return row


def _facts(line: ledger.Line) -> dict[str, Any]:
    moments = {name: datetime.fromisoformat(line[name]) for name in _MOMENTS if line.get(name)}
    days = {name: date.fromisoformat(line[name]) for name in _DAYS if line.get(name)}
    return {
        "records": line["records"],
        "why": line["why"],
        "record_class": line["class"],
        "rules_version": line["rules"],
        "cooling_days": line["cooling_days"],
        "state": Appraisal.State.COOLING,
        "decision": Appraisal.Decision.REMOVE,
        "proposed_by": _member(line.get("proposed_by")),
        "confirmed_by": _member(line.get("confirmed_by")),
        **moments,
        **days,
    }


def _member(key: str | None) -> Membership | None:
    """Who decided, where the backup knows them already."""
    return Membership.objects.filter(pk=key).first() if key else None

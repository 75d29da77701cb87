"""Forgetting for good, by the clock: what two people agreed on comes in; a certificate goes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from openhiu.errors import HiuError, RefusedByPolicy
from openhiu.programme import Whose
from openhiu.tables.handover import NHS_ISSUER
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions.retention.appraising import undecide
from openhiu.web.assurance.actions.retention.erasures import open_again
from openhiu.web.assurance.actions.retention.passing import clear_drafts, end_sessions
from openhiu.web.assurance.models.retention import Appraisal, Certificate
from openhiu.web.assurance.policies.retention import why_not_remove, why_open
from openhiu.web.assurance.retention import ledger
from openhiu.web.assurance.retention.classes import LEAST_COOLING
from openhiu.web.assurance.retention.elsewhere import (
    Key,
    forget_if_there,
    forget_in_store,
    left_alone,
    whose_numbers,
)
from openhiu.web.assurance.retention.ledger import Step
from openhiu.web.assurance.retention.mentions import names_of
from openhiu.web.assurance.retention.standing import standing_of
from openhiu.web.intake.actions.forgetting import Reference, empty_elsewhere, references_of
from openhiu.web.people.models import Identifier, Person

_STATE: Final = Appraisal.State
Store = Callable[[Service, Collection[Key], Mapping[str, Whose]], str]


@dataclass
class Round:
    """What one round of the clock did in one service."""

    removed: int = 0
    overtaken: int = 0
    waiting: list[str] = field(default_factory=list)  # reference and why, for whoever runs it
    lawful: set[str] = field(default_factory=set)  # references that wait as they should: no fault


def remove_due(*, service: Service) -> Round:
    """Remove every record whose days of cooling off have passed, each in its own transaction.

    What stands against one (a hold, somebody was in touch, a store that cannot be written) leaves
    that one for the next round, or takes it out of the queue; the others go on.
    """
    told = Round()
    settle(service=service)
    for key, reference in _ready(service):
        try:
            with transaction.atomic():
                set_service(service.pk)
                _one(key, told)
        except HiuError as fault:
            told.waiting.append(f"{reference}: {fault.cause}")
        except DatabaseError:
            told.waiting.append(f"{reference}: the database would not remove it.")
    settle(service=service)
    return told


def settle(*, service: Service) -> int:
    """Write down how removals ended that were begun and not answered; the database knows. How many.

    One that another process is about just now is left to it.
    """
    begun = [
        line for line in ledger.lines()
        if line["step"] == Step.BEGINS and line["service"] == str(service.pk)
    ]  # fmt: skip
    for line in begun:
        with transaction.atomic():
            set_service(service.pk)
            rows = Appraisal.objects.select_for_update(of=("self",), skip_locked=True)
            row = rows.filter(pk=line["appraisal"]).first()
            if row is not None:
                gone = row.state == _STATE.REMOVED
                now = {**line, "at": timezone.now().isoformat()}
                ledger.note(now, Step.DONE if gone else Step.GIVEN_UP)
    return len(begun)


@transaction.atomic
def _ready(service: Service) -> list[tuple[Any, str]]:
    set_service(service.pk)
    rows = Appraisal.objects.filter(
        service=service, state=_STATE.COOLING, remove_from__lte=timezone.localdate()
    )
    wanted = ("pk", "agreed_clock", "cooling_days", "reference")
    told = rows.order_by("confirmed_at").values_list(*wanted)
    now = _databases_clock()
    return [(key, reference) for key, agreed, days, reference in told if _passed(agreed, days, now)]


def _databases_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def _passed(agreed: datetime | None, days: int, now: datetime) -> bool:
    """Whether the days of cooling off are over to the second, as the database's function asks."""
    return agreed is not None and agreed + timedelta(days=max(days, LEAST_COOLING)) <= now


def _one(key: Any, told: Round) -> None:
    row = Appraisal.objects.select_for_update(of=("self",)).get(pk=key)
    if row.state != _STATE.COOLING:
        return  # taken back, or done by another process meanwhile
    if overtaken(row):
        told.overtaken += 1
    elif why := why_not_remove(row):
        told.waiting.append(f"{row.reference}: {why}")
        told.lawful.add(row.reference)
    elif why := why_open(row.service_id, row.records):
        told.waiting.append(f"{row.reference}: {why}")
    else:
        remove(appraisal=row)
        told.removed += 1


def overtaken(row: Appraisal) -> bool:
    """Take it out of the queue where somebody was in touch since, or the record is another now.

    What somebody asked for is not lost with it: it is to be decided about the record as it is now.
    """
    standing = standing_of(row.service_id, row.about)
    words, another = "", standing is None or set(standing.records) != set(row.records)
    if another:
        words = "The record was joined with another one, or parted, since."
    elif row.why == Appraisal.Why.TIME and standing and standing.due_on > timezone.localdate():
        words = "Somebody was in touch since, or its class changed: it is not due yet."
    if not words:
        return False
    undecide(row, "")
    row.state, row.ended_at, row.ended_words = _STATE.OVERTAKEN, timezone.now(), words
    row.save()
    record(None, Did.RETURNED, person=row.about, about=row, service_id=row.service_id)
    if another and row.why != Appraisal.Why.TIME:
        open_again(row)
    return True


@transaction.atomic
def remove(*, appraisal: Appraisal) -> Certificate:
    """Forget one record everywhere this installation keeps it.

    The database's own function does it, and refuses unless two people agreed and the days have
    passed (sql/forget.sql). The store, which cannot be taken back, comes when the database has
    agreed: where it fails all is as it was, and the next round does it.

    Raises:
        DatabaseError: the database refuses.
        HiuError: it is not yet time, or the analyst's store could not be written.
    """
    if not _passed(appraisal.agreed_clock, appraisal.cooling_days, _databases_clock()):
        raise RefusedByPolicy("its days have not passed yet.", remedy="leave it to the next round")
    line = _line(appraisal)
    ledger.note(line, Step.BEGINS)
    # Should this not be written any more, `settle` does it.
    transaction.on_commit(partial(ledger.note, line, Step.DONE), robust=True)
    return _removed(appraisal, forget_in_store)


@transaction.atomic
def remove_again(*, appraisal: Appraisal, stores: bool) -> Certificate:
    """The same once more after a restore; a store that is not there stands in nobody's way.

    Raises DatabaseError where the database refuses.
    """
    return _removed(appraisal, forget_if_there if stores else left_alone, again=True)


def _removed(appraisal: Appraisal, store: Store, *, again: bool = False) -> Certificate:
    known = _Known(appraisal, list(appraisal.records))
    rows = _forget(appraisal)
    lists = empty_elsewhere(
        service_id=appraisal.service_id, references=known.references, numbers=known.numbers
    )
    if lists:
        rows["intake.Listed elsewhere"] = lists
    elsewhere = [
        end_sessions(known.names, known.keys),
        clear_drafts(appraisal.service_id, known.names),
        store(appraisal.service, known.to_the_store, known.whose),
    ]
    return Certificate.objects.create(
        service_id=appraisal.service_id, appraisal=appraisal, number=_number(appraisal), rows=rows,
        elsewhere=[words for words in elsewhere if words], again=again,
    )  # fmt: skip


class _Known:
    """By what somebody is known outside their own rows: read before they are gone."""

    def __init__(self, appraisal: Appraisal, keys: list[Any]) -> None:
        here = {"service": appraisal.service_id}
        numbers = Person.objects.filter(**here, pk__in=keys).exclude(nhs_number="")
        others = Identifier.objects.filter(**here, person__in=keys)
        self.numbers = {*numbers.values_list("nhs_number", flat=True)}
        self.numbers |= {*others.filter(issuer=NHS_ISSUER).values_list("value", flat=True)}
        local = others.exclude(issuer=NHS_ISSUER).values_list("issuer", "value")
        self.references = references_of(appraisal.service_id, keys)
        self.references |= {Reference(issuer, value) for issuer, value in local}
        self.to_the_store = {(one.issuer, one.value) for one in self.references}
        self.to_the_store |= {(NHS_ISSUER, number) for number in self.numbers}
        self.whose = whose_numbers(appraisal.service_id, keys, self.numbers)
        self.names = names_of(appraisal.service_id, keys)
        self.keys = {str(key) for key in keys}


def _forget(appraisal: Appraisal) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("select assurance_forget(%s)", [appraisal.pk])
        told: Any = cursor.fetchone()[0]
    found: dict[str, int] = json.loads(told) if isinstance(told, str) else told
    return dict(sorted(found.items()))


def _line(appraisal: Appraisal) -> dict[str, Any]:
    return {
        "at": timezone.now().isoformat(),
        "service": appraisal.service_id,
        "appraisal": appraisal.pk,
        "reference": appraisal.reference,
        "about": appraisal.about,
        "records": [str(key) for key in appraisal.records],
        "why": appraisal.why,
        "class": appraisal.record_class,
        "rules": appraisal.rules_version,
        "due_on": appraisal.due_on,
        "last_contact_on": appraisal.last_contact_on,
        "cooling_days": appraisal.cooling_days,
        "proposed_by": appraisal.proposed_by_id,
        "proposed_at": appraisal.proposed_at,
        "confirmed_by": appraisal.confirmed_by_id,
        "confirmed_at": appraisal.confirmed_at,
        "agreed_clock": appraisal.agreed_clock,
    }


def _number(appraisal: Appraisal) -> int:
    newest = Certificate.objects.filter(service=appraisal.service_id).aggregate(n=Max("number"))
    return int(newest["n"] or 0) + 1

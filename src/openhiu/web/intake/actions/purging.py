"""Identifiers of people nobody chose are emptied; counts, reasons by kind and decisions stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.models import Service
from openhiu.web.intake.models import Approach, Change, Listed, ReceivedList
from openhiu.web.people.holding_back import held_back

EMPTY: dict[str, Any] = {
    "name": "", "nhs_number": "", "phone": "", "warning_flags": "", "person_ref": "",
    "person": None, "reason": "",
}  # fmt: skip


@dataclass(frozen=True)
class Purged:
    """How many rows of one service were (or would be) emptied."""

    service: str
    rows: int
    changes: int


def empty_rows(rows: QuerySet[Listed]) -> int:
    """Empty who is on these rows, unless they were chosen; the number emptied."""
    return _empty(rows.exclude(state=Listed.State.CHOSEN))


def empty_list(received: ReceivedList) -> int:
    """Empty a whole list: who is on it unless chosen, and who had left it; the rows emptied.

    Nothing while an inquiry holds lists.
    """
    kept = held_back(received.service_id)
    if kept.holds(None, "listed"):
        return 0
    _empty_changes(Change.objects.filter(received=received, purged_at=None))
    return empty_rows(received.rows.exclude(person__in=kept.people))


def _empty_changes(changes: QuerySet[Change]) -> None:
    changes.update(person_ref="", reason="", purged_at=timezone.now())


def _empty(rows: QuerySet[Listed]) -> int:
    return int(rows.filter(purged_at=None).update(**EMPTY, purged_at=timezone.now()))


@transaction.atomic
def purge_unchosen(*, service: Service, dry_run: bool = False) -> Purged:
    """Empty rows older than the service's `purge_after_days` of people who were not chosen.

    The same for people who were chosen and whose approach ended that long ago without a yes.

    Args:
        service: whose lists; its rows must be open (access.row_security.set_service).
        dry_run: only count.
    """
    before = timezone.now() - timedelta(days=service.purge_after_days)
    kept = held_back(service.pk)
    if kept.holds(None, "listed"):  # an inquiry has asked for the lists themselves
        return Purged(service.name, 0, 0)
    old = Q(service=service, received__uploaded_at__lt=before, purged_at=None)
    rows = Listed.objects.filter(old).exclude(
        Q(state=Listed.State.CHOSEN) & ~Q(person__in=_said_no(service, before))
    )
    rows = rows.exclude(person__in=kept.people)
    changes = Change.objects.filter(old)
    found = Purged(service.name, rows.count(), changes.count())
    if dry_run or not (found.rows or found.changes):
        return found
    _empty(rows)
    _empty_changes(changes)
    record(
        None,
        Did.PURGED,
        purpose=Purpose.SYSTEM,
        service_id=service.pk,
        rows=found.rows,
        changes=found.changes,
        older_than_days=service.purge_after_days,
    )
    return found


def _said_no(service: Service, before: datetime) -> Any:
    """People whose approaches all ended before then, without a yes and nothing to wait for."""
    going_on = Approach.objects.filter(service=service).filter(
        Q(ended_at=None)
        | Q(ended_at__gte=before)
        | Q(outcome=Approach.Outcome.YES)
        | Q(ask_again_on__gte=before.date())
    )
    ended = Approach.objects.filter(service=service, ended_at__lt=before)
    return ended.exclude(person__in=going_on.values("person")).values("person")

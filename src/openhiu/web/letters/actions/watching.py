"""Nothing sits unseen: what waits long is told to its writer, then to supervisors; a day's account.

Run by the clock; running it again tells nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.announce import announce
from openhiu.web.access.models import Membership, Role, Service
from openhiu.web.letters import keeping, lifecycle
from openhiu.web.letters.actions.leaving import tell_writer
from openhiu.web.letters.models import Outgoing, Reconciled

State: Any = Outgoing.State
_LOG: Final = logging.getLogger(__name__)
WRITER_AFTER: Final = timedelta(hours=12)
SUPERVISOR_AFTER: Final = timedelta(hours=23)
_WAITS: Final = "A letter waits in the outbox. Say what became of it."
_WAITS_LONG: Final = "A letter has waited in the outbox for nearly a day."


@dataclass(frozen=True)
class Watched:
    """How many were told of, and what the day's account found."""

    writers: int
    supervisors: int
    faults: list[str]


@transaction.atomic
def watch(service: Service) -> Watched:
    """Tell of what waits, and once a day account for everything. Its rows must be open."""
    now = timezone.now()
    open_rows = Outgoing.objects.filter(service=service, state__in=lifecycle.OPEN)
    unseen = Outgoing.objects.filter(service=service, state=State.FAILED, seen_at=None)
    stuck = (open_rows | unseen).select_related("put_in_by", "letter__case")
    half, day = now - WRITER_AFTER, now - SUPERVISOR_AFTER
    writers = [_tried(item, _remind_writer, told_writer_at=now)
               for item in stuck.filter(told_writer_at=None, put_in_at__lte=half)]  # fmt: skip
    late = [_tried(item, _tell_supervisors, told_supervisor_at=now)
            for item in stuck.filter(told_supervisor_at=None, put_in_at__lte=day)]  # fmt: skip
    return Watched(sum(writers), sum(late), _account(service))


def _tried(item: Outgoing, tell: Callable[[Outgoing], None], **when: Any) -> bool:
    """Tell of one by itself: one that breaks keeps nobody from being told of the others."""
    try:
        with transaction.atomic():
            tell(item)
            Outgoing.objects.filter(pk=item.pk).update(**when)
    except Exception as fault:
        _LOG.exception("nobody could be told of a letter: %s", type(fault).__name__)
        return False
    return True


def _remind_writer(item: Outgoing) -> None:
    tell_writer(item, _WAITS)


def _tell_supervisors(item: Outgoing) -> None:
    """Those of the client's team; else any of the service; else its writer, once more."""
    rows = Membership.objects.filter(
        service=item.service_id, role=Role.SUPERVISOR, ended_at=None, user__is_active=True
    )
    rows = resting.to_tell(rows)
    near = list(rows.filter(Q(team=None) | Q(team=item.letter.case.team_id)))
    found = near or list(rows) or [item.put_in_by]
    for member in found:
        announce(to=member, words=_WAITS_LONG, link=reverse("letters:item", args=[item.pk]))


def _account(service: Service) -> list[str]:
    """Once a day: everything put in is sent, failed, cancelled or open, and each is as it says."""
    last = Reconciled.objects.filter(service=service).order_by("-at").first()
    if last and timezone.localdate(last.at) == timezone.localdate():
        return []
    rows = Outgoing.objects.filter(service=service)
    counts = dict(rows.values_list("state").annotate(Count("pk")).order_by("state"))
    since = last.at if last else None
    fresh = rows.filter(ended_at__gte=since) if since else rows
    faults = [*_altered(fresh), *_without_contact(fresh)]
    Reconciled.objects.create(service=service, counts=counts, faults=faults)
    return faults


def _altered(rows: Any) -> list[str]:
    bad = 0
    for item in rows.select_related("pdf", "word").iterator(chunk_size=20):
        for copy in filter(None, (item.pdf, item.word)):
            try:
                keeping.kept(copy)
            except keeping.Altered:
                bad += 1
    return [f"{bad} kept copies are not as they were made."] if bad else []


def _without_contact(rows: Any) -> list[str]:
    lost = rows.filter(state=State.SENT, contact=None).exclude(way="sign_in").count()
    return [f"{lost} sent letters are not among the contacts."] if lost else []

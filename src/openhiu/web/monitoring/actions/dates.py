"""Days of the year that are hard for a client: noted with them, and ended when they are no more."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case
from openhiu.web.monitoring.models import Anniversary

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@transaction.atomic
def add_hard_day(*, by: Actor, case: Case, month: int, day: int, words: str = "") -> Anniversary:
    """Note one hard day of every year.

    Raises:
        NotAllowed: not theirs, or there is no such day.
    """
    policies.must_be_theirs(by, case)
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1]:
        raise NotAllowed("There is no such day of the year.")
    made: Anniversary = Anniversary.objects.create(
        service=by.service, case=case, month=month, day=day, words=words.strip()[:200],
        added_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, person=case.person_id, about=made)
    return made


@transaction.atomic
def end_hard_day(*, by: Actor, day: Anniversary) -> Anniversary:
    """It is hard no longer, or was noted by mistake; the row stays."""
    if day.service_id != by.service_id:
        raise Missing
    policies.must_be_theirs(by, day.case)
    if day.ended_at is None:
        day.ended_at = timezone.now()
        day.save(update_fields=["ended_at"])
        record(by, Did.CHANGED, person=day.case.person_id, about=day, ended=True)
    return day

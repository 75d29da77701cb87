"""Visits past their end, by the clock: the buddy is told, then who manages; old places go."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Membership, Service
from openhiu.web.casework.actions.visits import page_of
from openhiu.web.casework.models import Visit
from openhiu.web.casework.queries import visits as found
from openhiu.web.people.holding_back import held_back
from openhiu.web.team.queries.care import settings_of
from openhiu.web.team.queries.staff import managers_of

_EMPTIED_AFTER: Final = timedelta(days=1)


@transaction.atomic
def tell_of_late_visits(service: Service) -> int:
    """Tell buddies, then managers, of visits past their end; each once. How many were told of.

    For the clock, every minute: the same however often it is run.
    """
    settings = settings_of(service)
    now = timezone.now()
    count = 0
    for visit in found.not_ended(service.pk).select_for_update(of=("self",), skip_locked=True):
        late = (now - visit.ends_at).total_seconds() / 60
        changed = False
        if late >= settings.buddy_after_minutes and visit.buddy_told_at is None:
            _tell(visit, found.looking_out(visit, now), settings.buddy_after_minutes)
            visit.buddy_told_at, changed = now, True
        if late >= settings.manager_after_minutes and visit.manager_told_at is None:
            _tell(visit, managers_of(visit.visitor), settings.manager_after_minutes)
            visit.manager_told_at, changed = now, True
        if changed:
            visit.save(update_fields=["buddy_told_at", "manager_told_at", "told"])
            record(None, Did.CHANGED, about=visit, service_id=service.pk, told=len(visit.told))
            count += 1
    return count


@transaction.atomic
def empty_old_visits(service: Service) -> int:
    """Where, who and the number are not needed the day after a visit: they go. How many."""
    before = timezone.now() - _EMPTIED_AFTER
    ended = Visit.objects.filter(
        Q(back_at__lt=before) | Q(cancelled_at__lt=before), service=service
    ).exclude(who_sealed="", where_sealed="", phone_sealed="")
    kept = held_back(service.pk)
    if kept.holds(None, "client"):
        return 0
    ended = ended.exclude(case__person__in=kept.people)
    return int(ended.update(who_sealed="", where_sealed="", phone_sealed=""))


def _tell(visit: Visit, whom: list[Membership], minutes: int) -> None:
    words = (
        f"{visit.visitor.user.name} should have been back from a visit more than "
        f"{minutes} minutes ago. Ring them now."
    )
    for member in whom:
        if str(member.pk) not in visit.told and member.user_id != visit.visitor.user_id:
            announce(to=member, words=words, link=page_of(visit), urgent=True)
            visit.told.append(str(member.pk))

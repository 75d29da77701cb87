"""Working weeks are set: a member's pattern from a day on, the service's hours and closed days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from openhiu.web.access import policies as house
from openhiu.web.access.actions.service import change_settings
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.permissions import Permission
from openhiu.web.team import policies
from openhiu.web.team.models import WorkingPattern

Kept = list[list[str] | None]


@transaction.atomic
def set_pattern(
    *, by: Actor, member: Membership, from_day: date, week: Kept, wte: Decimal
) -> WorkingPattern:
    """Note the working week of a member from a day on; one of the same day is replaced.

    Args:
        by: the member, or a supervisor.
        member: whose week it is.
        from_day: the first day it holds.
        week: Monday to Sunday, each [from, to] as "09:00", or None.
        wte: the share of a whole post, more than 0 and at most 1.

    Raises:
        NotAllowed: somebody else's, no day worked, hours that end before they begin, or a share
            that is none.
    """
    policies.must_concern(by, member)
    _must_be_a_week(week)
    if not 0 < wte <= 1:
        raise NotAllowed("The part of a whole post lies between 0.01 and 1.")
    found, made = WorkingPattern.objects.update_or_create(
        service=by.service,
        member=member,
        from_day=from_day,
        defaults={"week": week, "wte": wte, "noted_by": by.membership},
    )
    record(by, Did.ADDED if made else Did.CHANGED, about=found, wte=str(wte))
    if by.user.pk != member.user_id:
        announce(to=member, words="Your working hours were changed.", link="/us/")
    return found


@transaction.atomic
def set_opening(*, by: Actor, version: int, **values: Any) -> Service:
    """Set the service's opening hours, closed days and the pause of choosing before leave.

    Raises:
        NotAllowed: no day open, or hours that end before they begin.
        Stale: someone else saved since `version` was read.
    """
    house.needs(by, Permission.MANAGE_TEAM)
    _must_be_a_week(values.get("opening", by.service.opening))
    return change_settings(by=by, version=version, **values)


def _must_be_a_week(week: Kept) -> None:
    if len(week) != 7 or not any(week):
        raise NotAllowed("Enter the hours of at least one day.")
    if any(day and day[0] >= day[1] for day in week):
        raise NotAllowed("On each day the hours end after they begin.")

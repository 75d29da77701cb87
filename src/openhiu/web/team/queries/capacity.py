"""How much of a whole post each member has: members and a day come in, their shares go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from openhiu.web.access.models import Membership
from openhiu.web.team.models import WorkingPattern

WHOLE: Final = Decimal(1)


def wte_of(members: Sequence[Membership], day: date) -> dict[Any, Decimal]:
    """By membership, the share of a whole post on that day: 1 where no pattern was noted."""
    users = {one.user_id for one in members}
    noted = WorkingPattern.objects.filter(
        service__in={one.service_id for one in members}, member__user__in=users, from_day__lte=day
    ).order_by("from_day", "noted_at")
    found = {(service, user): wte for service, user, wte in noted.values_list(
        "service", "member__user", "wte")}  # fmt: skip
    return {one.pk: found.get((one.service_id, one.user_id), WHOLE) for one in members}


def scaled(limit: int, wte: Decimal) -> int:
    """The part of a service's limit that falls to such a post, to a whole person; at least 1."""
    part = (Decimal(limit) * wte).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return max(1, int(part)) if limit else 0

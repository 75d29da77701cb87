"""Samples of hours, leave and cover, for the matrix."""

from __future__ import annotations

import importlib.util
from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.leave import WORKERS
from support.samples import OTHER_SERVICE, Situation, sample
from support.web import make_member

if importlib.util.find_spec("support.samples_care"):
    importlib.import_module("support.samples_care")


@sample(
    "team:leave", "team:change_leave", "team:cancel_leave", "team:ask_cover",
    "casework:cover_note", "casework:while_away",
)  # fmt: skip
def leave(situation: Situation) -> dict[str, Any]:
    return {"leave_id": leave_for(_who(situation)).pk}


@sample("team:cover", "team:answer_cover")
def cover(situation: Situation) -> dict[str, Any]:
    asked = _who(situation)
    made = leave_for(make_member(situation.service, Role.LEAD, open_rows=False))
    row = Cover.objects.create(
        service=situation.service,
        leave=made,
        covering=asked.membership,
        from_day=made.from_day,
        until_day=made.until_day,
        asked_by=made.member,
    )
    return {"cover_id": row.pk}


@sample("team:hours_of", "team:away_for")
def member(situation: Situation) -> dict[str, Any]:
    found = make_member(
        situation.service, Role.LEAD, team=situation.actor.team, open_rows=False
    ) if situation.name != OTHER_SERVICE else make_member(
        situation.service, Role.LEAD, open_rows=False
    )  # fmt: skip
    return {"membership_id": found.membership.pk}


def leave_for(actor: Actor) -> Leave:
    """Leave of a member, from today for three days."""
    today = timezone.localdate()
    made: Leave = Leave.objects.create(
        service=actor.service,
        member=actor.membership,
        kind=Leave.Kind.ANNUAL,
        state=Leave.State.BOOKED,
        from_day=today,
        until_day=today + timedelta(days=3),
        noted_by=actor.membership,
    )
    return made


def _who(situation: Situation) -> Actor:
    """The asker where it can be theirs, else somebody of that service."""
    own = (*WORKERS, Role.SUPERVISOR)
    if situation.name != OTHER_SERVICE and situation.actor.role in own:
        return situation.actor
    return make_member(situation.service, Role.LEAD, open_rows=False)

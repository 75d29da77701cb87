"""Nobody supported is without somebody who answers: lead, cover, or a supervisor who knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.service.broken import hold
from bench.service.world import World
from openhiu.web.access.models import Announcement
from openhiu.web.casework.models import Case
from openhiu.web.team import hours
from openhiu.web.team.models import Leave
from openhiu.web.team.queries import leave as leaves


def somebody_answers(world: World) -> None:
    """For every client who is supported, today."""
    today = world.clock.today
    if not hours.is_workday(world.service, today):
        return
    for case in Case.objects.select_related("lead__user", "person").filter(
        person__merged_into=None
    ):
        person = case.person_id
        if world.ledger.is_dead(person) or not world.ledger.takes_part(person):
            continue
        hold(
            "responsible",
            _nobody(world, case),
            "a client nobody answers for, and no supervisor knows",
        )


def _nobody(world: World, case: Case) -> Any:
    today, lead = world.clock.today, case.lead
    if leaves.cover_for(lead, today):
        return ""
    if lead.ended_at is not None:
        return _unknown(world, world.kept["gone_at"][lead.pk]) and "their lead has left"
    away = leaves.away(lead, today)
    if away is None or away.share(today) < 1 or today not in leaves.uncovered(away):
        return ""
    return _unknown(world, max(away.noted_at, _since(away))) and "their lead is away"


def _since(away: Leave) -> Any:
    from bench.service.clock import at

    return at(away.from_day, 0)


def _unknown(world: World, since: Any) -> bool:
    """Whether a working day went by and no supervisor was told of it."""
    told = Announcement.objects.filter(
        to__in=[world.actors[one].membership for one in ("supervisor", "manager")],
        at__gte=since - timedelta(days=4),
    ).exclude(link="")
    known = told.filter(words__icontains="away") | told.filter(words__icontains="lead")
    late = hours.add_workdays(world.service, since.date(), 1) < world.clock.today
    return late and not known.exists()

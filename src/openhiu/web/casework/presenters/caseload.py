"""The end of the day and handing over in words: contacts and handovers in, groups of lines out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework import lifecycle
from openhiu.web.casework.models import Contact, Handover
from openhiu.web.casework.presenters.contacts import title_of
from openhiu.web.casework.queries import home as due
from openhiu.web.casework.queries.tasks import mine
from openhiu.web.team.hours import next_day_at_work


def day(contacts: list[Contact]) -> dict[str, Any]:
    """A day's contacts: each with its title, and how many were reached and tried."""
    ours = [each for each in contacts if each.who == Contact.Who.CLIENT]
    reached = sum(each.reached == Contact.Reached.YES for each in ours)
    return {
        "contacts": [(title_of(each), each) for each in contacts],
        "spoke": reached,
        "tried": len(ours) - reached,
        "others": len(contacts) - len(ours),
    }


def ahead(actor: Actor) -> dict[str, Any]:
    """What comes up to the end of the next working day, and what was due and not done."""
    tomorrow = next_day_at_work(actor.membership, timezone.localdate() + timedelta(days=1))
    return {
        "next_day": tomorrow,
        "calls": [
            (case, lifecycle.PHASES[case.phase].label)
            for case in due.own(actor)
            .filter(next_contact_on__lte=tomorrow)
            .order_by("next_contact_on", "pk")
        ],
        "tasks": list(mine(actor).filter(due_on__lte=tomorrow)),
    }


def taken(handover: Handover, last: Contact | None) -> dict[str, Any]:
    """A client taken on: what a colleague needs to know first."""
    case = handover.case
    return {
        "handover": handover,
        "case": case,
        "name": case.person.full_name,
        "phase": lifecycle.PHASES[case.phase].label,
        "last": (title_of(last), last) if last else None,
    }


def given(handovers: Any, actor: Actor) -> list[dict[str, Any]]:
    """What was given until a day, by act: no names, for whoever gave them sees them no more."""
    acts: dict[Any, dict[str, Any]] = {}
    for each in handovers:
        gave = each.from_lead_id == actor.membership.pk
        act = acts.setdefault(
            each.batch,
            {
                "batch": each.batch,
                "count": 0,
                "gave": gave,
                "with": each.to_lead.user.name if gave else each.from_lead.user.name,
                "until": each.until,
                "come": _come(each.until),
            },
        )
        act["count"] += 1
    return list(acts.values())


def _come(until: date) -> bool:
    return until <= timezone.localdate()

"""What the room before consent tells of a period: who was on lists, was asked, and said what."""

from __future__ import annotations

from typing import Any

from openhiu.tables.handover import ALL_SITES
from openhiu.web.access.actor import Actor
from openhiu.web.casework.facts import Period
from openhiu.web.intake.models import Approach, Attempt, Listed, ReceivedList

Outcome: Any = Approach.Outcome


def told(actor: Actor, period: Period) -> dict[str, dict[str, Any]]:
    """Counts of people for the section of what we did."""
    here = {"service": actor.service_id}
    tries = Attempt.objects.filter(**here, **period.within("at"))
    ended = Approach.objects.filter(**here, **period.within("ended_at"))

    def said(outcome: Any) -> int:
        return int(ended.filter(outcome=outcome).values("person").distinct().count())

    asked = {*tries.values_list("approach__person", flat=True)} | {
        *ended.filter(outcome__in=(Outcome.YES, Outcome.NO, Outcome.NOT_NOW)).values_list(
            "person", flat=True
        )
    }
    return {
        "did": {
            "on_list": _on_list(actor, period),
            "approached": len(asked),
            "said_yes": said(Outcome.YES),
            "not_now": said(Outcome.NOT_NOW),
            "said_no": said(Outcome.NO),
            "not_reached": said(Outcome.NOT_REACHED),
            "tries_before_a_yes": tries.count(),
        }
    }


def _on_list(actor: Actor, period: Period) -> int:
    """How many stand on each hospital's last list of the period; a purged row is still a person.

    Someone on two hospitals' lists is counted on both: who they are may have been emptied.
    """
    rows = Listed.objects.filter(
        service=actor.service_id, kind=Listed.Kind.RANKED,
        received__state=ReceivedList.State.RELEASED,
        received__as_of__gte=period.first, received__as_of__lt=period.to_exclusive,
    )  # fmt: skip
    if rows.exclude(list_id=ALL_SITES).exists():
        rows = rows.exclude(list_id=ALL_SITES)
    newest = dict(
        rows.order_by("received__as_of", "received__decided_at").values_list("list_id", "received")
    )
    return sum(
        rows.filter(list_id=place, received=received).count() for place, received in newest.items()
    )

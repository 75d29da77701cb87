"""What happened around a report since it was made: a report comes in; why it cannot go out, be read
or be handed out any more goes out, as a sentence or as nothing.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import story_lifecycle
from openhiu.web.casework.models import StoryUse
from openhiu.web.casework.queries.stories import taken_out_of
from openhiu.web.reporting import policies, queries
from openhiu.web.reporting.models import Report

State: Any = Report.State
AGAIN: Final = "A client took their words back: make this report again."
DECIDE: Final = "A client took their words back, and they stand in this report. Call it back."
WITHHELD: Final = "This report is being looked at again. Until that is done nobody is given it."
OVERTAKEN: Final = "Another report went out since this one was made. Make this one again."


def taken_back(actor: Actor) -> set[UUID]:
    """The reports that went out with words which were taken back afterwards."""
    uses = StoryUse.objects.filter(
        service=actor.service_id, published_at__isnull=False,
        story__state=story_lifecycle.TAKEN_OUT.key,
    )  # fmt: skip
    return set(uses.values_list("report", flat=True))


def to_decide(actor: Actor) -> list[Report]:
    """Published reports that hold words taken back: somebody has to call them back."""
    found = taken_back(actor)
    return list(queries.published(actor).filter(pk__in=found)) if found else []


def why_not_shown(actor: Actor, report: Report) -> str:
    """Why its words are not shown or handed out to this actor."""
    if report.state not in (State.PUBLISHED, State.CALLED_BACK):
        return AGAIN if taken_out_of(actor, report.pk) else ""
    # Whoever decides on calling it back has to be able to look.
    if may(actor.role, Permission.PUBLISH_REPORT):
        return ""
    return WITHHELD if report.pk in taken_back(actor) else ""


def why_not_review(by: Actor, report: Report) -> str:
    """Why this actor cannot say that they have read it."""
    return policies.why_not_review(by, report) or why_not_shown(by, report)


def why_not_publish(by: Actor, report: Report) -> str:
    """Why this actor cannot publish it now."""
    why = policies.why_not_publish(by, report) or why_not_shown(by, report)
    return why or (OVERTAKEN if _overtaken(report) else "")


def _overtaken(report: Report) -> bool:
    """Whether it was not held against what readers had last: the two could be subtracted."""
    nearest = queries.nearest(report.service_id, report.quarter)
    if (nearest.pk if nearest else None) != report.previous_id:
        return True
    return queries.went_out(report.service_id).filter(decided_at__gt=report.made_at).exists()

"""The morning page of those who watch over others' work: what waits for their word or review."""

from __future__ import annotations

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.home import OWN, Line, Section
from openhiu.web.casework.queries import client, supervision
from openhiu.web.design.words import initial_lower, moment


def limits(actor: Actor) -> list[Line]:
    """Limits that were passed and wait for the supervisor's word."""
    return [
        Line(
            f"{passed.lead.user.name}: {initial_lower(passed.words)}",
            reverse("casework:answer_limit", args=[passed.pk]),
            detail="A limit was passed and waits for your word",
            when=passed.at,
            tag=("Your word", "orange"),
        )
        for passed in supervision.limits_waiting(actor)
    ]


def silent(actor: Actor) -> list[Line]:
    """Clients with nothing written down for a while, as one line."""
    count = supervision.silent(actor).count()
    if not count:
        return []
    words = "1 client" if count == 1 else f"{count} clients"
    return [
        Line(
            f"{words} with nothing written down for {supervision.SILENT_DAYS} days",
            reverse("casework:silent"),
            detail="It may have happened all the same: ask kindly",
        )
    ]


def worries(actor: Actor) -> list[Line]:
    """Worries that nobody has answered yet."""
    return [
        Line(
            f"{'Urgent: a' if worry.urgent else 'A'} worry about someone",
            reverse("casework:concern", args=[worry.pk]),
            detail=f"Raised {moment(worry.at)} by {worry.by.user.name}",
            when=worry.at,
            tag=("Urgent", "red") if worry.urgent else ("Worry", "orange"),
        )
        for worry in client.concerns(actor).filter(answered_at=None)
    ]


def reviews(actor: Actor) -> list[Line]:
    """Sharing without consent that someone else looks at afterwards."""
    waiting = client.safety_records(actor).filter(reviewed_at=None).exclude(by__user=actor.user)
    return [
        Line(
            "Review sharing to keep someone safe"
            if shared.reasons_at
            else "Sharing to keep someone safe: the full reasons are not written yet",
            reverse("casework:safety_record", args=[shared.pk]),
            detail=f"Shared {moment(shared.at)} by {shared.by.user.name}",
            when=shared.at,
            tag=("Review", "orange") if shared.reasons_at else ("", ""),
        )
        for shared in waiting
    ]


def to_review(actor: Actor) -> list[Section]:
    """Worries and sharing that wait for a safeguarding lead or an auditor."""
    raised = Section(
        OWN,
        tuple(worries(actor)),
        title="Worries raised",
        why_empty="Nobody has raised a worry that is still open.",
        order=10,
    )
    shared = Section(
        OWN,
        tuple(reviews(actor)),
        title="Sharing to review",
        why_empty="Nothing was shared without consent that waits for a review.",
        order=20,
    )
    return [raised, shared] if actor.is_(Role.SAFEGUARDING) else [shared]

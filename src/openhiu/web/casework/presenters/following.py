"""A follow-up as its page shows it: what it follows comes in, plain values go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework import policies
from openhiu.web.casework.models import FollowUp, FollowUpStep
from openhiu.web.casework.queries.following import steps_of


@dataclass(frozen=True)
class Following:
    """The follow-up, its steps, whether the reader looks after it, and why it cannot end yet."""

    one: FollowUp
    steps: list[FollowUpStep]
    mine: bool
    why_not_close: str
    today: date


def following_of(actor: Actor, about: Any) -> Following | None:
    """What follows a sharing or a worry; None for one that is so old that nothing was kept yet."""
    one = FollowUp.objects.filter(
        **{"shared" if about._meta.model_name == "sharedwithoutconsent" else "concern": about}
    )
    found = one.select_related("shared__by", "concern", "owner__user", "closed_by__user").first()
    if found is None:
        return None
    return Following(
        found, list(steps_of(found)), policies.may_follow(actor, found),
        policies.why_not_close(found), timezone.localdate(),
    )  # fmt: skip

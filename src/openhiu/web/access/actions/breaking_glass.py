"""Opening a record outside one's own: a reason comes in, four hours and a review go out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access import policies, resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.models import BreakGlass, Membership, Role
from openhiu.web.access.permissions import Permission, may

LASTS: Final = timedelta(hours=4)


@transaction.atomic
def break_glass(*, by: Actor, person_id: Any, reason: str, tie: str = "none") -> BreakGlass:
    """Open one person's record for four hours; whoever reviews is told in the same breath.

    Asked again while it is open, it stays the same opening with the same end. `tie` is what they
    say of their own tie to the person (BreakGlass.tie).
    """
    policies.may_break_glass(by, reason, tie)
    now = timezone.now()
    mine = BreakGlass.objects.filter(
        service=by.service, membership=by.membership, person_id=person_id, expires_at__gt=now
    )
    opening = mine.first()
    if opening is None:
        opening = BreakGlass.objects.create(
            service=by.service,
            membership=by.membership,
            person_id=person_id,
            reason=reason.strip(),
            tie=tie,
            began_at=now,
            expires_at=now + LASTS,
        )
        _tell_reviewers(by, tie)
    record(by, Did.BROKE_GLASS, person=person_id, about=opening, purpose=Purpose.DIRECT_CARE)
    return opening


def _tell_reviewers(by: Actor, tie: str) -> None:
    """At once, by every way there is, and with nothing about anybody in the words."""
    words = "Someone opened a record outside their own and gave a reason."
    if tie not in ("", "none"):
        words = "Someone opened the record of a person they know, and gave a reason."
    roles = [role for role in Role.values if may(Role(role), Permission.REVIEW_BREAK_GLASS)]
    told = Membership.objects.filter(
        service=by.service, role__in=roles, ended_at=None, user__is_active=True
    )
    for membership in resting.to_tell(told.exclude(user=by.user)):
        announce(to=membership, words=words, link=policies.OPENINGS, urgent=True)


@transaction.atomic
def review_opening(*, by: Actor, opening: BreakGlass, justified: bool, note: str) -> BreakGlass:
    """Say whether an opening was right; whoever opened it is told."""
    policies.may_review_opening(by, opening)
    opening.reviewed_by = by.membership
    opening.reviewed_at = timezone.now()
    opening.justified = justified
    opening.review_note = note.strip()
    opening.save()
    said = "as justified" if justified else "as not justified"
    announce(to=opening.membership, words=f"Your opening of a record was reviewed {said}.")
    record(by, Did.REVIEWED, person=opening.person_id, about=opening, justified=justified)
    return opening

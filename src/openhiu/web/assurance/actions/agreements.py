"""Impact assessments: written down by one, their signing noted by another, ended when replaced."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from openhiu.web.access import policies
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.models import Assessment

_STATE: Any = Assessment.State
TAKEN: Final = "There is an assessment with this reference already."


@transaction.atomic
def draft_assessment(
    *, by: Actor, kind: str, reference: str, scope: str, risks: str, measures: str = ""
) -> Assessment:
    """Register an assessment before it is signed.

    Raises:
        NotAllowed: the reference is taken.
    """
    policies.needs(by, Permission.MANAGE_AGREEMENTS)
    try:
        with transaction.atomic():
            made: Assessment = Assessment.objects.create(
                service=by.service, kind=kind, reference=reference.strip(), scope=scope.strip(),
                risks=risks.strip(), measures=measures.strip(), drafted_by=by.membership,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed(TAKEN) from None
    record(by, Did.ADDED, about=made, kind=kind)
    return made


@transaction.atomic
def note_signed(
    *, by: Actor, assessment: Assessment, decision: str, signatory: str, post: str,
    signed_on: date, document: str, review_on: date,
) -> Assessment:  # fmt: skip
    """Note who signed it, what was decided and when it is looked at again.

    Raises:
        NotAllowed: by who drafted it, in the future, or signed already.
    """
    policies.needs(by, Permission.AGREE_AGREEMENT)
    held = _held(by, assessment)
    if why := why_not_sign(by, held):
        raise NotAllowed(why)
    if signed_on > timezone.localdate():
        raise NotAllowed("A signature is noted once it is given, not before.")
    if review_on <= signed_on:
        raise NotAllowed("It is looked at again after it is signed.")
    held.decision, held.signatory, held.post = decision, signatory.strip(), post.strip()
    held.signed_on, held.review_on, held.document = signed_on, review_on, document.strip()
    held.state, held.recorded_by, held.recorded_at = _STATE.SIGNED, by.membership, timezone.now()
    held.version += 1
    held.save()
    record(by, Did.AGREED, about=held, decision=decision)
    return held


@transaction.atomic
def end_assessment(*, by: Actor, assessment: Assessment) -> Assessment:
    """It was replaced: its reference is free for the next one, and nothing rests on it."""
    policies.needs_one_of(by, Permission.MANAGE_AGREEMENTS, Permission.AGREE_AGREEMENT)
    held = _held(by, assessment)
    held.state = _STATE.ENDED
    held.version += 1
    held.save()
    record(by, Did.ENDED_AGREEMENT, about=held)
    return held


def why_not_sign(by: Actor, held: Assessment) -> str:
    """Why this actor cannot note its signing, or nothing."""
    if held.state != _STATE.DRAFTED:
        return "Only a draft can be signed."
    if held.drafted_by.user_id == by.user.pk:
        return "You wrote this down. A second person notes that it was signed."
    return ""


def _held(by: Actor, assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("drafted_by")
    found: Assessment | None = rows.filter(service=by.service, pk=assessment.pk).first()
    if found is None:
        raise Missing
    return found

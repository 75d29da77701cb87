"""What a supervisor writes: thanks, a thought, what was agreed, a look together; and her word on
limits that were passed. It is all she may write in a record.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Announcement
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, Contact, LimitPassed, SupervisionNote

Kind: Any = SupervisionNote.Kind


@transaction.atomic
def note(
    *, by: Actor, case: Case, kind: str, words: str = "", contact: Contact | None = None
) -> SupervisionNote:
    """Write to the lead about a case or one of its contacts; the lead finds it on the morning page.

    Args:
        by: a supervisor of the team.
        case: of that team.
        kind: a value of SupervisionNote.Kind.
        words: what is said; thanks may stand alone.
        contact: of this case, when it is about one contact.

    Raises:
        NotAllowed: not supervised by them, or nothing is said.
        Missing: the contact is of another case.
    """
    policies.must_be_theirs(by, case, Permission.SUPERVISE)
    if contact is not None and contact.case_id != case.pk:
        raise Missing
    if kind not in Kind.values:
        raise NotAllowed("Choose what kind of note this is.")
    if kind != Kind.THANKS and not words.strip():
        raise NotAllowed("Write a few words.")
    thanked = _thanked(by, contact) if kind == Kind.THANKS and not words.strip() else None
    if thanked:
        return thanked
    said: SupervisionNote = SupervisionNote.objects.create(
        service=by.service,
        case=case,
        by=by.membership,
        kind=kind,
        words=words.strip(),
        contact=contact,
    )
    record(by, Did.REVIEWED, person=case.person_id, about=said, kind=str(kind))
    return said


def _thanked(by: Actor, contact: Contact | None) -> SupervisionNote | None:
    """Thanks said already for this contact: said once, it is said."""
    if contact is None:
        return None
    said: SupervisionNote | None = SupervisionNote.objects.filter(
        service=by.service, by=by.membership, contact=contact, kind=Kind.THANKS
    ).first()
    return said


@transaction.atomic
def notes_seen(*, by: Actor, case: Case) -> int:
    """Note that the lead has read what supervision wrote about a case; the number newly read."""
    if case.lead_id != by.membership.pk:
        return 0
    unread = SupervisionNote.objects.filter(service=by.service, case=case, seen_at=None)
    return unread.update(seen_at=timezone.now())


@transaction.atomic
def answer_limit(*, by: Actor, passed: LimitPassed, answer: str) -> LimitPassed:
    """Say a word to a limit that was passed; whoever passed it is told. Said once.

    Raises:
        NotAllowed: not a supervisor, their own act, or nothing said.
    """
    policies.must_hold(by, Permission.SUPERVISE)
    if passed.service_id != by.service_id:
        raise Missing
    held: LimitPassed = (
        LimitPassed.objects.select_for_update(of=("self",)).select_related("by").get(pk=passed.pk)
    )
    if held.by.user_id == by.user.pk:
        raise NotAllowed("You passed this limit yourself. Another supervisor answers.")
    if not answer.strip():
        raise NotAllowed("Write a few words, so that they know where they stand.")
    if held.seen_at is None:
        held.seen_by, held.seen_at = by.membership, timezone.now()
        held.answer = answer.strip()
        held.save(update_fields=["seen_by", "seen_at", "answer"])
        record(by, Did.REVIEWED, about=held, limit=held.limit)
        Announcement.objects.filter(
            service=by.service, link=reverse("casework:answer_limit", args=[held.pk]), seen_at=None
        ).update(seen_at=timezone.now())
        announce(
            to=held.by,
            words="Your supervisor answered about a caseload limit.",
            link=reverse("casework:caseload"),
        )
    return held

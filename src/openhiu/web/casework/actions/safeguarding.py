"""Keeping someone safe: worries raised, and sharing without consent; a record goes out.

Never blocked, always recorded. The emergency path takes four sentences. Reasons follow within
24 hours; someone else reviews.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role, Service
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.actions import following
from openhiu.web.casework.models import Case, Concern, SharedWithoutConsent, Task
from openhiu.web.people.models import Person

REASONS_WITHIN = timedelta(hours=24)
REVIEWED = "This was reviewed and can no longer be changed."


@transaction.atomic
def share_to_keep_safe(
    *,
    by: Actor,
    who_is_at_risk: str,
    told_whom: str,
    what_was_shared: str,
    why_now: str,
    person: Person | None = None,
    about_whom: str = "",
    emergency: bool = True,
) -> SharedWithoutConsent:
    """Record that something was told to someone to keep a person safe.

    No consent, withdrawal, scope or missing record stands in the way; only another service's
    person cannot be named.
    """
    policies.must_hold(by, Permission.SHARE_WITHOUT_CONSENT)
    if person is not None and person.service_id != by.service_id:
        raise Missing
    kept = SharedWithoutConsent.objects.create(
        service=by.service,
        person=person,
        about_whom=about_whom.strip(),
        who_is_at_risk=who_is_at_risk,
        told_whom=told_whom,
        what_was_shared=what_was_shared,
        why_now=why_now,
        emergency=emergency,
        by=by.membership,
        reasons_due_at=timezone.now() + REASONS_WITHIN,
    )
    following.open_for(shared=kept)
    record(
        by,
        Did.SHARED_WITHOUT_CONSENT,
        person=person,
        about=kept,
        purpose=Purpose.SAFEGUARDING,
        emergency=emergency,
    )
    _tell_reviewers(
        kept, "Something was shared to keep someone safe. It needs your review.", but=by.membership
    )
    return kept


@transaction.atomic
def give_reasons(
    *,
    by: Actor,
    shared: SharedWithoutConsent,
    gateway: str,
    capacity_view: str,
    consent_sought: str,
    person_told: str,
    adviser: str = "",
) -> SharedWithoutConsent:
    """Add the full reasons; whoever shared writes them, until someone has reviewed."""
    held = _open(by, shared)
    if held.by_id != by.membership.pk:
        raise NotAllowed("The person who shared this writes the reasons.")
    held.gateway, held.capacity_view, held.consent_sought = gateway, capacity_view, consent_sought
    held.person_told, held.adviser = person_told, adviser
    held.reasons_at = timezone.now()
    held.save()
    record(by, Did.CHANGED, person=held.person_id, about=held, purpose=Purpose.SAFEGUARDING)
    return held


@transaction.atomic
def review(*, by: Actor, shared: SharedWithoutConsent, words: str) -> SharedWithoutConsent:
    """Look at a sharing afterwards; from then on the database lets nobody change it.

    Raises:
        NotAllowed: by whoever shared it, before the reasons, twice, or without words.
    """
    policies.must_hold(by, Permission.REVIEW_SHARED_WITHOUT_CONSENT)
    held = _open(by, shared)
    why = why_not_review(by, held) or ("" if words.strip() else "Say what you think of it.")
    if why:
        raise NotAllowed(why)
    held.review, held.reviewed_by, held.reviewed_at = words.strip(), by.membership, timezone.now()
    held.save()
    record(by, Did.REVIEWED, person=held.person_id, about=held, purpose=Purpose.SAFEGUARDING)
    announce(to=held.by, words="What you shared to keep someone safe was reviewed.",
             link=reverse("casework:safety_record", args=[held.pk]))  # fmt: skip
    return held


def why_not_review(by: Actor, shared: SharedWithoutConsent) -> str:
    """Why this member cannot review a sharing now, or nothing."""
    if shared.reviewed_at:
        return REVIEWED
    if shared.by.user_id == by.user.pk:
        return "Someone else reviews what you shared."
    return "" if shared.reasons_at else "The reasons are not written yet."


def _open(by: Actor, shared: SharedWithoutConsent) -> SharedWithoutConsent:
    held: SharedWithoutConsent | None = (
        SharedWithoutConsent.objects.select_for_update(of=("self",))
        .select_related("by")
        .filter(pk=shared.pk, service=by.service_id)
        .first()
    )
    if held is None:
        raise Missing
    if held.reviewed_at:
        raise NotAllowed(REVIEWED)
    return held


@transaction.atomic
def escalate(service: Service) -> int:
    """Tell supervisors and the safeguarding lead of reasons that are overdue; once for each.

    Returns how many were newly overdue. Safe to call as often as one likes.
    """
    overdue = SharedWithoutConsent.objects.select_for_update(skip_locked=True).filter(
        service=service,
        reasons_at=None,
        reviewed_at=None,
        escalated_at=None,
        reasons_due_at__lte=timezone.now(),
    )
    told = list(overdue)
    for one in told:
        one.escalated_at = timezone.now()
        one.save(update_fields=["escalated_at"])
        _tell_reviewers(one, "Reasons for sharing to keep someone safe are overdue.")
    return len(told)


def _tell_reviewers(
    shared: SharedWithoutConsent, words: str, but: Membership | None = None
) -> None:
    link = reverse("casework:safety_record", args=[shared.pk])
    for member in reviewers(shared.service_id):
        if but is None or member.user_id != but.user_id:
            announce(to=member, words=words, link=link)


def reviewers(service_id: object) -> list[Membership]:
    """Supervisors and safeguarding leads of a service who can act now."""
    found = Membership.objects.filter(
        service=service_id,
        role__in=[Role.SUPERVISOR, Role.SAFEGUARDING],
        ended_at=None,
        user__is_active=True,
    )
    return list(resting.to_tell(found))


@transaction.atomic
def raise_concern(
    *,
    by: Actor,
    words: str,
    person: Person | None = None,
    about_whom: str = "",
    urgent: bool = False,
    call_back: str = "",
) -> Concern:
    """Pass a worry on: a task for the lead who knows them, a word to supervisors."""
    policies.must_hold(by, Permission.RAISE_CONCERN)
    if person is not None and person.service_id != by.service_id:
        raise Missing
    kept = Concern.objects.create(
        service=by.service,
        person=person,
        about_whom=about_whom.strip(),
        words=words,
        urgent=urgent,
        call_back=call_back,
        by=by.membership,
    )
    following.open_for(concern=kept)
    record(by, Did.ADDED, person=person, about=kept, purpose=Purpose.SAFEGUARDING, urgent=urgent)
    _pass_on(by, kept)
    return kept


def _pass_on(by: Actor, concern: Concern) -> None:
    link = reverse("casework:concern", args=[concern.pk])
    words = f"{'Urgent: a' if concern.urgent else 'A'} worry was raised by {by.organisation.name}."
    for member in reviewers(by.service_id):
        announce(to=member, words=words, link=link)
    case = Case.objects.filter(person=concern.person).select_related("lead").first()
    if concern.person is None or case is None:
        return
    announce(to=case.lead, words=words, link=link)
    Task.objects.create(
        service=by.service,
        case=case,
        owner=case.lead,
        words=words,
        due_on=timezone.localdate(),
        made_by=by.membership,
    )


@transaction.atomic
def answer_concern(*, by: Actor, concern: Concern, answer: str) -> Concern:
    """Say what came of a worry; whoever raised it is told that there is an answer."""
    held = Concern.objects.select_for_update().filter(pk=concern.pk, service=by.service_id).first()
    if held is None:
        raise Missing
    if held.answered_at:
        raise NotAllowed("This worry was answered already.")
    held.answer, held.answered_by, held.answered_at = answer, by.membership, timezone.now()
    held.save()
    record(by, Did.REVIEWED, person=held.person_id, about=held, purpose=Purpose.SAFEGUARDING)
    announce(to=held.by, words="The worry you raised was answered.",
             link=reverse("casework:concern", args=[held.pk]))  # fmt: skip
    return held

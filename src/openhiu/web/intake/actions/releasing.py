"""A second person looks at a proposed list: it is released, sent back, or later withdrawn."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Gateway, Membership, Role
from openhiu.web.intake import policies
from openhiu.web.intake.actions.purging import empty_list
from openhiu.web.intake.actions.receiving import received_url
from openhiu.web.intake.models import ReceivedList

State: Any = ReceivedList.State


@transaction.atomic
def release(
    *,
    by: Actor,
    received: ReceivedList,
    gateway: Gateway | None,
    note: str = "",
) -> ReceivedList:
    """Release a proposed list to the leads, under a legal gateway.

    Raises:
        NotAllowed: no gateway, one that does not hold or does not cover it, the uploader
            themselves, or a list that is not waiting any more.
    """
    held = _held(by, received)
    policies.must(policies.why_not_decide(by, held))
    # As it is now: it may have ended since the page was drawn.
    found = Gateway.objects.select_for_update().filter(pk=getattr(gateway, "pk", None)).first()
    if found is None or (why := policies.why_not_under(held, found)):
        raise NotAllowed(why if found else policies.NO_GROUND)
    held.gateway, held.legal_mode = found, found.kind
    held.legal_reference, held.legal_expires_on = found.reference, found.expires_on
    _decide(by, held, State.RELEASED, note)
    record(by, Did.RELEASED, about=held, legal_mode=found.kind)
    settle(by, received_url(held))
    announce(to=held.uploaded_by, words="Your list was released.", link=received_url(held))
    return held


@transaction.atomic
def send_back(*, by: Actor, received: ReceivedList, reason: str) -> ReceivedList:
    """Send a proposed list back to the analyst; its identifiers are emptied at once.

    Raises:
        NotAllowed: without a reason, or as for `release`.
    """
    held = _held(by, received)
    policies.must(policies.why_not_decide(by, held))
    _must_say_why(reason)
    _decide(by, held, State.RETURNED, reason)
    emptied = empty_list(held)
    record(by, Did.RETURNED, about=held, emptied=emptied)
    settle(by, received_url(held))
    announce(to=held.uploaded_by, words="Your list was sent back.", link=received_url(held))
    return held


@transaction.atomic
def withdraw(*, by: Actor, received: ReceivedList, reason: str) -> ReceivedList:
    """Take a released list back: leads no longer see it, and who was not chosen is emptied.

    People chosen from it stay with their lead; what becomes of them is a talk, not a button.

    Raises:
        NotAllowed: without a reason, or when the list is not released.
    """
    held = _held(by, received)
    policies.must(policies.why_not_withdraw(by, held))
    _must_say_why(reason)
    held.state = State.WITHDRAWN
    held.withdrawn_by, held.withdrawn_at = by.membership, timezone.now()
    held.withdrawn_note = reason.strip()
    held.version += 1
    held.save()
    emptied = empty_list(held)
    record(by, Did.WITHDREW, about=held, emptied=emptied)
    _tell_leads(by, "A hospital list was withdrawn. Do not call people from it.")
    return held


def _held(by: Actor, received: ReceivedList) -> ReceivedList:
    """The list as it is now, held until the transaction ends; Missing in another service."""
    found = (
        ReceivedList.objects.select_for_update(of=("self",))
        .select_related("uploaded_by")
        .filter(service=by.service, pk=received.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _decide(by: Actor, held: ReceivedList, state: str, note: str) -> None:
    held.state = state
    held.decided_by, held.decided_at = by.membership, timezone.now()
    held.decision_note = note.strip()
    held.version = F("version") + 1
    held.save()
    held.refresh_from_db()


def _must_say_why(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed("Say why, in a few words.")


def _tell_leads(by: Actor, words: str) -> None:
    leads = Membership.objects.filter(
        service=by.service, role__in=(Role.LEAD, Role.COVER), ended_at=None, user__is_active=True
    )
    for lead in leads:
        announce(to=lead, words=words)

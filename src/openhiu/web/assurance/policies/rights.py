"""Who may do what with a request about somebody's own record; a refusal is a sentence."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models import AccessPack, RightsRequest
from openhiu.web.casework.policies import must_hold, must_know
from openhiu.web.people.models import Person

CLOSED = "This request is closed."
_ALL = (Permission.DECIDE_RIGHT, Permission.CONFIRM_RIGHT)


def sees_all(actor: Actor) -> bool:
    """Whether every request of the service may be seen, and not only those about one's clients."""
    return any(may(actor.role, one) for one in _ALL)


def note(by: Actor, person: Person | None) -> None:
    """Note what somebody asks: a lead about their own clients, the others about anybody."""
    must_hold(by, Permission.ASK_RIGHT)
    if person is None:
        return
    if person.service_id != by.service_id or not sees_all(by):
        must_know(by, person)


def work_on(by: Actor, request: RightsRequest) -> None:
    """Write in an open request: ask back, note an answer, tell a recipient."""
    must_hold(by, Permission.ASK_RIGHT)
    if request.closed_at:
        raise NotAllowed(CLOSED)


def decide(by: Actor, request: RightsRequest) -> None:
    """Decide on an open request."""
    must_hold(by, Permission.DECIDE_RIGHT)
    if request.closed_at:
        raise NotAllowed(CLOSED)


def look_at_everything(by: Actor, request: RightsRequest) -> None:
    """See all that is held, to decide what is given: for a request whose maker is known."""
    decide(by, request)
    if request.person_id is None and not request.listed_number:
        raise NotAllowed("No record belongs to this request.")
    if not request.identity_confirmed_on:
        raise NotAllowed("First confirm who asks.")


def why_not_confirm(by: Actor, pack: AccessPack) -> str:
    """Why somebody cannot be the second person for a copy, or nothing."""
    if not may(by.role, Permission.CONFIRM_RIGHT):
        return f"Your role here cannot {Permission.CONFIRM_RIGHT}."
    if pack.made_by.user_id == by.user.pk:
        return "You made this copy, so somebody else has to confirm it."
    if pack.request.reviews.filter(by__user=by.user).exists():
        return "You decided what this copy gives, so somebody else has to confirm it."
    if pack.confirmed_at or pack.sent_back_at:
        return "This copy was decided already."
    if pack.request.closed_at:
        return CLOSED
    return why_not_fresh(pack)


def why_not_fresh(pack: AccessPack) -> str:
    """Why nothing more can be done with a copy, or nothing."""
    if pack.emptied_at:
        return "This copy was emptied. Make a new one."
    if timezone.localdate() > pack.expires_on:
        return "This copy is too old. Make a new one."
    return ""


def why_not_give(pack: AccessPack) -> str:
    """Why a copy cannot be given, or nothing."""
    if pack.sent_back_at:
        return "This copy was sent back. Make a new one."
    if not pack.confirmed_at:
        return "A second person has to confirm this copy first."
    if pack.given_on:
        return "This copy was given already."
    return why_not_fresh(pack)


def why_not_take(by: Actor, pack: AccessPack) -> str:
    """Why somebody cannot take the file, or nothing.

    The second person reads it before it is confirmed; then whoever decides takes it, to give it,
    until the day after it was given.
    """
    if why := why_not_fresh(pack):
        return why
    if not pack.confirmed_at:
        return why_not_confirm(by, pack)
    if not may(by.role, Permission.DECIDE_RIGHT):
        return f"Your role here cannot {Permission.DECIDE_RIGHT}."
    if pack.request.closed_at:
        return CLOSED
    if pack.given_on and timezone.localdate() > pack.given_on + timedelta(days=1):
        return "This copy was given already."
    return ""

"""Who has which role: granting, ending, disabling, confirming. Each ends the sessions it must."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from openhiu.web.access import policies
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.enforcing import must_not_enforce
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import (
    Invitation,
    Membership,
    Organisation,
    Role,
    Team,
    User,
)


@transaction.atomic
def grant(
    *,
    by: Actor,
    user: User,
    role: str,
    organisation: Organisation,
    team: Team | None = None,
    approved: Invitation | None = None,
) -> Membership:
    """Give someone a role in the actor's service.

    A role that two people decide on comes only through an approved invitation.
    """
    policies.may_grant(by, user.pk)
    must_not_enforce(organisation)
    if role in policies.BY_TWO and not (approved and approved.approved_by_id):
        raise NotAllowed("This role needs an invitation that a second person approved.")
    held = list(Membership.objects.filter(user=user, service=by.service, ended_at=None))
    policies.may_hold_beside(role, held)
    if any(one.role == role for one in held):
        raise NotAllowed("They have this role already.")
    membership = Membership.objects.create(
        user=user,
        service=by.service,
        organisation=organisation,
        team=team,
        role=role,
        granted_by=by.user,
    )
    end_sessions(user)
    record(by, Did.GRANTED, about=membership, role=role)
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership) -> None:
    """End a role now; whoever is signed in with it is out at their next request."""
    policies.may_end(by, membership)
    if membership.ended_at is None:
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
    end_sessions(membership.user)
    record(by, Did.ENDED_ROLE, about=membership, role=membership.role)


@transaction.atomic
def disable(*, by: Actor, user: User) -> None:
    """Close an account for now: no sign-in, and every session ends."""
    policies.may_end(by, _theirs(by, user))
    policies.may_close(by, user)
    user.is_active = False
    user.sessions_valid_from = timezone.now()
    user.save(update_fields=["is_active", "sessions_valid_from"])
    record(by, Did.DISABLED, about=user)


@transaction.atomic
def enable(*, by: Actor, user: User) -> None:
    """Open an account again."""
    policies.may_end(by, _theirs(by, user))
    policies.may_close(by, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by, Did.CHANGED, about=user, fields=["is_active"])


@transaction.atomic
def attest(*, by: Actor, membership: Membership) -> None:
    """Confirm that someone's access is still right."""
    policies.may_attest(by, membership)
    membership.attested_at = timezone.now()
    membership.save(update_fields=["attested_at"])
    record(by, Did.REVIEWED, about=membership, role=membership.role)


@transaction.atomic
def end_own_sessions(*, by: Actor) -> None:
    """Sign out everywhere, this browser included."""
    end_sessions(by.user)
    record(by, Did.CHANGED_SIGN_IN, about=by.user, fields=["sessions"])


def end_sessions(user: User) -> None:
    """Every session of this person begun before now is over."""
    user.sessions_valid_from = timezone.now()
    user.save(update_fields=["sessions_valid_from"])


def _theirs(by: Actor, user: User) -> Membership:
    """Their latest role in the actor's service; accounts of other services are not ours."""
    mine = Membership.objects.filter(user=user, service=by.service).order_by("-granted_at")
    found = mine.first()
    if found is None:
        raise NotAllowed("This person has no role in your service.")
    return found


def is_by_two(role: str) -> bool:
    """Whether two people have to decide on this role."""
    return Role(role) in policies.BY_TWO

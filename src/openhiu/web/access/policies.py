"""Who may do what in this room: an actor and a thing come in; NotAllowed with a reason, or nothing.

Each sentence is also what a person reads when a button is not there for them.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import BreakGlass, Invitation, Membership, Role, User
from openhiu.web.access.permissions import Permission, may

# Where openings are reviewed; announcements carry it.
OPENINGS: Final = "/openings/"
SHORTEST_REASON: Final = 10
# Whoever can change who gets in, or reads who did what, is let in by two people.
BY_TWO: Final[frozenset[Any]] = frozenset({Role.ADMIN, Role.AUDITOR})
# An auditor looks at what others did: they never also do it, and nobody grants and audits.
APART: Final[frozenset[Any]] = frozenset({Role.AUDITOR})


def needs(by: Actor, permission: Permission) -> None:
    """Refuse a role without this permission, wherever the action is called from."""
    if not may(by.role, permission):
        raise NotAllowed(f"Your role here cannot {permission}.")


def may_break_glass(by: Actor, reason: str, tie: str = "none") -> None:
    """A role that may, a reason a reviewer can judge, and never one's own record."""
    needs(by, Permission.BREAK_GLASS)
    if tie == "self":
        raise NotAllowed(
            "Nobody opens their own record here. Ask for it as anybody may: it is your right."
        )
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowed("Say in a sentence why you need to open this record.")


def may_review_opening(by: Actor, opening: BreakGlass) -> None:
    """Someone else than who opened, once."""
    needs(by, Permission.REVIEW_BREAK_GLASS)
    if opening.membership.user_id == by.user.pk:
        raise NotAllowed("Someone else has to review what you opened.")
    if opening.reviewed_at is not None:
        raise NotAllowed("This was reviewed already.")


def may_grant(by: Actor, user_id: object = None) -> None:
    """Administrators grant; never to themselves."""
    needs(by, Permission.MANAGE_USERS)
    if user_id is not None and user_id == by.user.pk:
        raise NotAllowed("Nobody gives themselves a role.")


def may_hold_beside(role: str, held: list[Membership]) -> None:
    """Information governance stands apart from every other role of the same service."""
    roles = {one.role for one in held} | {role}
    if len(roles) > 1 and roles & APART:
        raise NotAllowed(
            "Information governance looks at what others do, so nobody holds it with another role."
        )


def may_approve(by: Actor, invitation: Invitation) -> None:
    """A second person: not who invited, not who is invited."""
    needs_one_of(by, Permission.MANAGE_USERS, Permission.ATTEST_ACCESS)
    if invitation.made_by_id == by.user.pk:
        raise NotAllowed("A second person has to approve this invitation.")
    if invitation.email.lower() == by.user.email.lower():
        raise NotAllowed("Nobody approves their own invitation.")
    if invitation.used_at or invitation.expires_at <= timezone.now():
        raise NotAllowed("This invitation is used or out of date.")


def needs_one_of(by: Actor, *permissions: Permission) -> None:
    """Refuse a role that has none of these."""
    if not any(may(by.role, permission) for permission in permissions):
        raise NotAllowed(f"Your role here cannot {permissions[0]}.")


def may_end(by: Actor, membership: Membership) -> None:
    """Administrators end roles, and never their own: the service must not lock itself out."""
    needs(by, Permission.MANAGE_USERS)
    if membership.user_id == by.user.pk:
        raise NotAllowed("Another administrator has to change your own role.")


def may_close(by: Actor, user: User) -> None:
    """An account that only this service uses; where another uses it too, end the role here."""
    held = Membership.objects.filter(user=user, ended_at=None)
    if held.exclude(service=by.service).exists():
        raise NotAllowed("They also work in another service: end their role here instead.")


def may_attest(by: Actor, membership: Membership) -> None:
    """Someone else confirms that access is still right."""
    needs(by, Permission.ATTEST_ACCESS)
    if membership.user_id == by.user.pk:
        raise NotAllowed("Nobody confirms their own access.")

"""Invitations: whom and as what come in; a one-time link goes out, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access import policies
from openhiu.web.access.actions.memberships import end_sessions, is_by_two
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.enforcing import must_not_enforce
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import (
    Invitation,
    Membership,
    Organisation,
    Role,
    Service,
    Team,
    User,
)
from openhiu.web.access.row_security import set_service

WEEK: Final = timedelta(days=7)
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Invited:
    """An invitation and its token, which nobody can see again."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(
    *, by: Actor, email: str, role: str, organisation: Organisation, team: Team | None = None
) -> Invited:
    """Invite someone into the actor's service for seven days; some roles wait for approval."""
    policies.may_grant(by)
    must_not_enforce(organisation)
    email = email.strip().lower()
    if email == by.user.email.lower():
        raise NotAllowed("Nobody gives themselves a role.")
    held = Membership.objects.filter(user__email=email, service=by.service, ended_at=None)
    policies.may_hold_beside(role, list(held))
    invited = _make(
        WEEK, email=email, service=by.service, organisation=organisation, team=team, role=role,
        made_by=by.user,
    )  # fmt: skip
    record(by, Did.INVITED, about=invited.invitation, role=role)
    return invited


@transaction.atomic
def approve(*, by: Actor, invitation: Invitation) -> None:
    """Agree, as a second person, that someone may join as administrator or auditor."""
    policies.may_approve(by, invitation)
    must_not_enforce(invitation.organisation)
    invitation.approved_by = by.user
    invitation.save(update_fields=["approved_by"])
    record(by, Did.REVIEWED, about=invitation, role=invitation.role)


@transaction.atomic
def withdraw_invitation(*, by: Actor, invitation: Invitation) -> None:
    """Make an invitation's link worthless."""
    policies.may_grant(by)
    invitation.expires_at = timezone.now()
    invitation.save(update_fields=["expires_at"])
    record(by, Did.WITHDREW, about=invitation)


@transaction.atomic
def link_for_new_password(*, by: Actor, membership: Membership) -> Invited:
    """A link, for one hour, with which someone of this service chooses a new password.

    Their second factor stays as it is: the link alone lets nobody in. Someone whose organisation
    signs them in has none here, and gets no link: whoever holds it could set one up.
    """
    policies.may_end(by, membership)
    if not membership.user.has_usable_password():
        raise NotAllowed("Their organisation signs them in, so they have no password here.")
    invited = _make(HOUR, email=membership.user.email, made_by=by.user, role="")
    record(by, Did.CHANGED_SIGN_IN, about=membership.user, fields=["password"])
    return invited


@transaction.atomic
def first_admin_link(*, service: Service, organisation: Organisation | None = None) -> Invited:
    """The link that makes a service's first administrator, for one hour; only while it has none."""
    if _has_administrator(service):
        raise NotAllowed("This service has an administrator. Ask them for an invitation.")
    theirs = organisation or service.provider
    must_not_enforce(theirs)
    return _make(HOUR, service=service, organisation=theirs, role=Role.ADMIN)


def _make(lasts: timedelta, **fields: object) -> Invited:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=_hash(token), expires_at=timezone.now() + lasts, **fields
    )
    return Invited(invitation, token)


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, while it can still be used."""
    open_ones = Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())
    found = open_ones.select_related("service").filter(token_hash=_hash(token)).first()
    return None if found is None or _late_for_first(found) else found


def _late_for_first(invitation: Invitation) -> bool:
    """Whether this would make a first administrator although there is one: several were printed."""
    if invitation.made_by_id is not None or invitation.role != Role.ADMIN:
        return False
    return _has_administrator(invitation.service)


def _has_administrator(service: Service) -> bool:
    held = Membership.objects.filter(service=service, role=Role.ADMIN, ended_at=None)
    return bool(held.exists())


def waiting(invitation: Invitation) -> bool:
    """Whether a second person still has to approve."""
    if not invitation.role or not is_by_two(invitation.role) or invitation.approved_by_id:
        return False
    return invitation.made_by_id is not None  # the first administrator has nobody to ask


@transaction.atomic
def accept(*, token: str, name: str, password: str, email: str = "") -> User:
    """Make the account an invitation is for, or give a known one the new password it is for.

    `email` counts only for the first administrator, whose invitation names nobody. Someone who
    has an account already takes a role by `accept_signed_in`: a link to a role is no new password.
    """
    invitation = open_invitation(token)
    if invitation and invitation.role and known_to(invitation):
        raise NotAllowed("Sign in first: you have an account here.")
    user = _use(invitation, name, email)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    return user


@transaction.atomic
def accept_signed_in(*, token: str, user: User) -> None:
    """Give someone who is signed in the role they are invited to."""
    invitation = open_invitation(token)
    if invitation is None or known_to(invitation) != user or not invitation.role:
        raise NotAllowed("This invitation is for someone else.")
    _use(invitation, user.name, "")


def known_to(invitation: Invitation) -> User | None:
    """The account that has the invited address already."""
    found: User | None = User.objects.filter(email=invitation.email or None).first()
    return found


@transaction.atomic
def accept_from_provider(email: str, name: str = "") -> User | None:
    """Join someone whose identity provider proved the invited address; None: not invited."""
    now = timezone.now()
    mine = Invitation.objects.filter(email=email, used_at=None, expires_at__gt=now).exclude(role="")
    invitation = next((one for one in mine if not waiting(one)), None) if email else None
    return _use(invitation, name or email.partition("@")[0], "") if invitation else None


def _use(invitation: Invitation | None, name: str, email: str) -> User:
    if invitation is None or waiting(invitation):
        raise NotAllowed("This invitation cannot be used.")
    must_not_enforce(invitation.organisation)
    unused = Invitation.objects.filter(pk=invitation.pk, used_at=None)
    if not unused.update(used_at=timezone.now()):
        raise NotAllowed("This invitation was used already.")
    user = _account(invitation.email or email.strip().lower(), name)
    if invitation.service_id:
        _join(invitation, user)
    return user


def _account(email: str, name: str) -> User:
    found: User | None = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email=email, name=name)


def _join(invitation: Invitation, user: User) -> None:
    set_service(invitation.service_id)
    held = Membership.objects.filter(user=user, service=invitation.service, ended_at=None)
    policies.may_hold_beside(invitation.role, list(held))
    membership, _ = Membership.objects.get_or_create(
        user=user,
        service=invitation.service,
        role=invitation.role,
        ended_at=None,
        defaults={
            "organisation": invitation.organisation,
            "team": invitation.team,
            "granted_by": invitation.made_by,
        },
    )
    actor = Actor(user=user, membership=membership)
    record(actor, Did.GRANTED, about=membership, role=invitation.role)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

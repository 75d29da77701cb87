"""Samples of the access room: a membership, an invitation, an opening, an agreement, a passkey."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.utils import timezone

from openhiu.web.access.models import Announcement, BreakGlass, Invitation, Role
from support.samples import OWN, Situation, sample
from support.web import make_member


@sample(
    "access:member", "access:end_role", "access:disable", "access:new_password", "access:attest"
)
def membership(situation: Situation) -> dict[str, Any]:
    return {"membership_id": make_member(situation.service, Role.LEAD).membership.pk}


@sample("access:approve", "access:withdraw", "access:agree")
def invitation(situation: Situation) -> dict[str, Any]:
    other = make_member(situation.service, Role.ADMIN)
    made = Invitation.objects.create(
        email="invited@example.org",
        service=situation.service,
        organisation=situation.service.provider,
        role=Role.AUDITOR,
        token_hash=uuid4().hex,
        made_by=other.user,
        expires_at=timezone.now() + datetime.timedelta(days=7),
    )
    return {"invitation_id": made.pk}


@sample("access:opening")
def opening(situation: Situation) -> dict[str, Any]:
    lead = make_member(situation.service, Role.LEAD)
    made = BreakGlass.objects.create(
        service=situation.service,
        membership=lead.membership,
        person_id=uuid4(),
        reason="Their lead is away and they called.",
        expires_at=timezone.now() + datetime.timedelta(hours=4),
    )
    return {"opening_id": made.pk}


@sample("access:put_aside")
def announcement(situation: Situation) -> dict[str, Any]:
    to = situation.actor.membership
    if situation.name != OWN:
        to = make_member(situation.service, Role.LEAD).membership
    made = Announcement.objects.create(service=situation.service, to=to, words="A limit was passed")
    return {"announcement_id": made.pk}


@sample("mfa_remove_webauthn")
def passkey(situation: Situation) -> dict[str, Any]:
    owner = situation.actor.user
    if situation.name != OWN:
        owner = make_member(situation.service, Role.LEAD).user
    made = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Phone"})
    return {"pk": made.pk}


@sample("access:join")
def link(situation: Situation) -> dict[str, Any]:
    return {"token": "a-token-that-nobody-made"}


@sample("openid_connect_login", "openid_connect_callback")
def provider(situation: Situation) -> dict[str, Any]:
    return {"provider_id": "nobody"}

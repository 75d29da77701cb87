"""People who sign in, for tests of every room: a service and a role come in, an Actor goes out."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from openhiu.web.access import session
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Organisation, Role, Service, Team, User
from openhiu.web.access.row_security import set_service

PASSWORD = "seven green buckets by the door"


def make_organisation(
    name: str = "", kind: Organisation.Kind = Organisation.Kind.PROVIDER
) -> Organisation:
    return Organisation.objects.create(name=name or f"Organisation {uuid4().hex[:8]}", kind=kind)


def make_service(name: str = "", **more: Any) -> Service:
    provider = more.pop("provider", None) or make_organisation()
    return Service.objects.create(
        name=name or f"Service {uuid4().hex[:8]}", provider=provider, **more
    )


def make_team(service: Service, name: str = "North") -> Team:
    return Team.objects.create(service=service, name=name)


def make_user(name: str = "Ada Lead", email: str = "", password: str | None = None) -> User:
    return User.objects.create_user(
        email=email or f"{uuid4().hex[:10]}@example.org", name=name, password=password
    )


def make_member(
    service: Service,
    role: Role = Role.LEAD,
    *,
    name: str = "",
    user: User | None = None,
    organisation: Organisation | None = None,
    team: Team | None = None,
    open_rows: bool = True,
) -> Actor:
    """Someone with one role in a service; the test's transaction then sees that service's rows."""
    user = user or make_user(name or f"{Role(role).label} {uuid4().hex[:4]}")
    membership = Membership.objects.create(
        user=user,
        service=service,
        organisation=organisation or service.provider,
        team=team,
        role=role,
    )
    if open_rows:
        set_service(service.pk)
    return Actor(user=user, membership=membership)


def sign_in(client: Client, actor: Actor, *, factor: str = "webauthn") -> Client:
    """A session as it stands after password and second factor; `factor=""`: password only."""
    return sign_in_user(client, actor.user, factor=factor, membership=actor.membership)


def sign_in_user(
    client: Client, user: User, *, factor: str = "webauthn", membership: Membership | None = None
) -> Client:
    now = timezone.now().timestamp()
    records: list[dict[str, Any]] = [{"method": "password", "at": time.time()}]
    if factor:
        records.append({"method": "mfa", "type": factor, "at": time.time()})
    held = client.session
    held[SESSION_KEY] = str(user.pk)
    held[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    held[HASH_SESSION_KEY] = user.get_session_auth_hash()
    held[session.BEGAN] = held[session.LAST_USED] = now
    held["account_authentication_methods"] = records
    held["account_authentication_methods_user"] = str(user.pk)
    if membership is not None:
        held[session.MEMBERSHIP] = str(membership.pk)
    held.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = held.session_key
    return client

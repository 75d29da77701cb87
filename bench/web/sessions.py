"""People who have signed in: roles come in; cookies of sessions as they stand afterwards go out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from openhiu.web.access import session
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership

CSRF: Final = "b" * 32  # the secret of every form; each user's cookie carries it


@dataclass(frozen=True)
class SignedIn:
    """Someone with a session: what they send with every request, and who they are."""

    actor: Actor
    cookies: str


def signed_in(role: str) -> list[SignedIn]:
    """Everyone of a role, each with a session of their own, password and passkey proved."""
    members = Membership.objects.filter(role=role).select_related("user", "service__provider")
    return [_begin(member) for member in members.order_by("user__email")]


def _begin(member: Membership) -> SignedIn:
    held: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    held[SESSION_KEY] = str(member.user.pk)
    held[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    held[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    held[session.BEGAN] = held[session.LAST_USED] = timezone.now().timestamp()
    held[session.MEMBERSHIP] = str(member.pk)
    held["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "webauthn", "at": time.time()},
    ]
    held["account_authentication_methods_user"] = str(member.user.pk)
    held.save()
    cookies = {settings.SESSION_COOKIE_NAME: held.session_key, settings.CSRF_COOKIE_NAME: CSRF}
    return SignedIn(
        Actor(member.user, member), "; ".join(f"{name}={value}" for name, value in cookies.items())
    )

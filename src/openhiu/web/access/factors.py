"""Who can prove more than a password: users come in, how each proves it goes out.

What they keep here counts, and so does an account with an identity provider that proves a second
factor itself: `session` takes that as proof at signing in. Recovery codes do not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Q

PROVIDER: Final = "provider"
_KEPT_HERE: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def proves() -> Q:
    """Rows, such as memberships, whose `user` can prove a second factor."""
    return Q(user__in=_kept_here().values("user")) | Q(user__in=_elsewhere().values("user"))


def factors_of(users: Iterable[Any]) -> dict[UUID, list[str]]:
    """How each of these users proves it: "totp", "webauthn", "provider"; in two queries."""
    keys, found = set(users), dict[UUID, set[str]]()
    rows = [
        *_kept_here().filter(user__in=keys).values_list("user", "type"),
        *((user, PROVIDER) for user in _elsewhere().filter(user__in=keys).values_list(
            "user", flat=True)),
    ]  # fmt: skip
    for user, kind in rows:
        found.setdefault(user, set()).add(str(kind))
    return {user: sorted(kinds) for user, kinds in found.items()}


def _kept_here() -> Any:
    return Authenticator.objects.filter(type__in=_KEPT_HERE)


def _elsewhere() -> Any:
    proving = {*settings.PROVIDERS_THAT_PROVE, *settings.PROVIDERS_THAT_RESIST_PHISHING}
    return SocialAccount.objects.filter(provider__in=proving)

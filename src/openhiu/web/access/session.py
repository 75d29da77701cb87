"""What a session knows: when it began, when it was last used, how it was proved, as which role."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may

BEGAN: Final = "began"
LAST_USED: Final = "last_used"
MEMBERSHIP: Final = "membership"
# A session is written at most this often, so that reading a page does not cost a write each time.
STEP_SECONDS: Final = 15
PASSKEY: Final = "webauthn"
STRONG_PROVIDER: Final = "strong provider"
# Whoever can grant roles or read the audit proves themselves with something that cannot be phished.
NEED_PASSKEY: Final[frozenset[Any]] = frozenset({Role.ADMIN, Role.AUDITOR})


def begin(request: HttpRequest) -> None:
    """Start the clocks, at signing in."""
    request.session[BEGAN] = request.session[LAST_USED] = timezone.now().timestamp()


def touch(request: HttpRequest, *, at_once: bool = False) -> None:
    """Note that the session is being used."""
    now = timezone.now().timestamp()
    if at_once or now - request.session.get(LAST_USED, 0) >= STEP_SECONDS:
        request.session[LAST_USED] = now


def remaining(request: HttpRequest) -> int:
    """Seconds until the session locks, whichever limit comes first; 0 when it has."""
    now = timezone.now().timestamp()
    if BEGAN not in request.session:
        return 0
    idle = settings.IDLE_SECONDS - (now - request.session[LAST_USED])
    absolute = settings.ABSOLUTE_SECONDS - (now - request.session[BEGAN])
    return max(0, int(min(idle, absolute)))


def over(request: HttpRequest) -> bool:
    """Whether this session has ended: too long idle, too old, or ended by someone."""
    if remaining(request) == 0:
        return True
    began = datetime.fromtimestamp(request.session[BEGAN], UTC)
    valid_from: datetime = request.user.sessions_valid_from
    return began < valid_from


def second_factors(request: HttpRequest) -> set[str]:
    """Second factors proved in this session: totp, webauthn, recovery, (strong) provider."""
    return {_factor(record) for record in get_authentication_records(request, request.user)} - {""}


def _factor(record: dict[str, Any]) -> str:
    if record.get("method") == "mfa":
        return str(record.get("type", ""))
    if record.get("method") != "socialaccount":
        return ""
    if record.get("provider") in settings.PROVIDERS_THAT_RESIST_PHISHING:
        return STRONG_PROVIDER
    return "provider" if record.get("provider") in settings.PROVIDERS_THAT_PROVE else ""


def proved(request: HttpRequest) -> bool:
    """Whether a second factor was proved in this session."""
    return bool(second_factors(request))


def proved_enough_for(request: HttpRequest, role: str) -> bool:
    """Whether the session was proved as this role needs: some roles need a passkey."""
    if role not in NEED_PASSKEY:
        return proved(request)
    return bool(second_factors(request) & {PASSKEY, STRONG_PROVIDER})


def recently_proved(request: HttpRequest) -> bool:
    """Whether they proved who they are in the last few minutes: at sign-in or again since."""
    records = get_authentication_records(request, request.user)
    proofs = [one["at"] for one in records if _factor(one) or one.get("reauthenticated")]
    within = time.time() - max(proofs, default=0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return within and proved(request)


def just_began(request: HttpRequest) -> bool:
    """Whether they gave their password a moment ago and have no second factor to prove yet."""
    if proved(request) or Authenticator.objects.filter(user=request.user).exists():
        return False
    records = get_authentication_records(request, request.user)
    at = max((record["at"] for record in records), default=0)
    return bool(time.time() - at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def membership_of(request: HttpRequest) -> Membership | None:
    """The role this session acts under, while it is still held and does not rest; None when it
    has to be chosen.
    """
    held = held_by(request.user)
    request.roles_held = len(held)
    mine = resting.awake(held)
    chosen = request.session.get(MEMBERSHIP)
    if chosen:
        return next((one for one in mine if str(one.pk) == chosen), None)
    return mine[0] if len(mine) == 1 else None


def resting_membership_of(request: HttpRequest) -> Membership | None:
    """The role to keep somebody safe under, for whoever has only roles that rest: the one that may
    share to keep safe, else one that may raise a concern.
    """
    held = held_by(request.user)
    if resting.awake(held):
        return None
    for permission in (Permission.SHARE_WITHOUT_CONSENT, Permission.RAISE_CONCERN):
        for member in held:
            if may(Role(member.role), permission):
                return member
    return None


def holds_several(request: HttpRequest) -> bool:
    """Whether there is another role to change to; known since `membership_of` was asked."""
    return getattr(request, "roles_held", 0) > 1


def held_by(user: Any) -> list[Membership]:
    """Every role someone holds now."""
    mine = Membership.objects.filter(user=user, ended_at=None)
    return list(mine.select_related("service", "organisation", "team").order_by("granted_at"))

"""Recovery codes: an account comes in, ten codes go out once; afterwards only hashes are known."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import RecoveryCode, User
from openhiu.web.access.row_security import set_service

HOW_MANY: Final = 10
# Without the letters and figures that look alike; 12 of 31 are 59 bits, so a plain hash is enough.
LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH: Final = 12


def fresh_codes(user: User) -> list[str]:
    """New codes in place of all earlier ones, like "k7mq-2vxd-93pa"; shown once, never again."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, code_hash=_hash(user, code)) for code in codes
        )
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def spend(user: User, typed: str) -> bool:
    """Whether this is one of their unused codes; it is used now and never again."""
    code = "".join(letter for letter in typed.lower() if letter in LETTERS)
    if len(code) != LENGTH:
        return False
    unused = RecoveryCode.objects.filter(user=user, code_hash=_hash(user, code), used_at=None)
    # One statement: of two people sending the same code at once only one gets a row.
    return bool(unused.update(used_at=timezone.now()))


def left(user: User) -> int:
    """How many unused codes someone has."""
    return int(RecoveryCode.objects.filter(user=user, used_at=None).count())


def note_fresh(request: HttpRequest) -> None:
    """Record that someone made new codes, where the session has a role to record it under."""
    actor = getattr(request, "actor", None)
    if actor:
        set_service(actor.service_id)
        record(actor, Did.CHANGED_SIGN_IN, about=actor.user, fields=["recovery_codes"])


def _hash(user: User, code: str) -> str:
    return hashlib.sha256(f"{user.pk}:{code}".encode()).hexdigest()

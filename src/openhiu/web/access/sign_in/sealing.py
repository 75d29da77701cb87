"""What the database may keep and not read: text comes in, sealed text goes out.

For what belongs to one account alone: second factors and one's own pages. The key is made from the
application's secret key, which is not in the database. `about` names what the text is and whose:
sealed for one thing, it cannot be opened as another. What is written about people is sealed with
field keys instead (access.sealed).
"""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE: Final = 12
_ABOUT: Final = b"openhiu.access.second-factor"


def sealed(text: str, about: bytes = _ABOUT) -> str:
    """The text encrypted with AES-256-GCM, as letters."""
    nonce = os.urandom(_NONCE)
    cipher = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), about)
    return base64.b64encode(nonce + cipher).decode()


def opened(text: str, about: bytes = _ABOUT) -> str:
    """The text as it was, sealed with the present secret key or an earlier one still listed.

    Raises:
        cryptography.exceptions.InvalidTag: it was changed, is about something else, or the secret
            key is another.
    """
    raw = base64.b64decode(text)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        with suppress(InvalidTag):
            return AESGCM(_key(secret)).decrypt(raw[:_NONCE], raw[_NONCE:], about).decode()
    raise InvalidTag


def opened_or_nothing(text: str, about: bytes) -> str:
    """The same, and nothing for what cannot be opened any more."""
    try:
        return opened(text, about)
    except (InvalidTag, ValueError):
        return ""


def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_ABOUT).derive(secret.encode())

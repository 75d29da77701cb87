"""One sealed value: bytes and the place they belong to come in; an envelope goes out, and back.

AES-256-GCM under a key made for the service from the ring's. Column, row and service are bound in:
what is moved to another place cannot be opened there. `hiu1.KEY ID.` and then service, row, nonce
and cipher text; as letters for text columns, as they are for bytes.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from openhiu.errors import HiuError
from openhiu.web.access.sealed.keyfile import Key, Ring, read

VERSION: Final = "hiu1"
_MARK: Final = f"{VERSION}."
_HEAD: Final = len(_MARK) + 8 + 1  # version, key id, and a stop after each
_NONCE: Final = 12
_TAG: Final = 16
_NOBODY: Final = UUID(int=0)
_BLIND_LENGTH: Final = 16  # letters of five bits


class SealBroken(HiuError):
    """A sealed value is not what was sealed in this place. Never says what stands there."""


@dataclass(frozen=True)
class Place:
    """Where a value belongs: "app.model.field", the row's key, and the service's."""

    column: str
    row: UUID
    service: UUID | None


@dataclass(frozen=True)
class Opened:
    """What was in an envelope, and the place and key it was sealed for."""

    content: bytes
    place: Place
    key_id: str


def ring() -> Ring:
    """The keys of this installation. Raises ConfigurationFault where there are none to use."""
    return read(Path(settings.FIELD_KEYS_FILE))


def prefix(key_id: str = "") -> str:
    """How everything sealed begins, or what one key sealed."""
    return f"{_MARK}{key_id}." if key_id else _MARK


def seal(content: bytes, place: Place, keys: Ring | None = None) -> bytes:
    """The envelope as bytes, under the newest key."""
    key = (keys or ring()).newest
    head, bound = _head(key.id), _bound(place)
    nonce = os.urandom(_NONCE)
    cipher = _cipher(key, place.service).encrypt(nonce, content, head + _about(place))
    return head + bound + nonce + cipher


def unseal(envelope: bytes, column: str, keys: Ring | None = None) -> Opened:
    """What is in an envelope that stands in `column`; row and service are for the caller.

    Raises:
        SealBroken: it is no envelope, was changed, or was sealed for another column.
        ConfigurationFault: the file of keys cannot be used.
    """
    head, body = envelope[:_HEAD], envelope[_HEAD:]
    if not head.startswith(_MARK.encode()):
        raise _broken("is not sealed", column, "run hiu manage migrate, which seals what is not")
    if len(body) < 32 + _NONCE + _TAG:
        raise _broken("was cut short", column)
    key_id = head[len(_MARK) : -1].decode("ascii", "replace")
    key = (keys or ring()).find(key_id)
    if key is None:
        raise _broken(
            f"was sealed with the key {key_id}, which is not in the file of keys",
            column,
            "put that key's line back into the file (docs/how-to/keys.md)",
        )
    place = Place(column, UUID(bytes=body[16:32]), _service(body[:16]))
    nonce, cipher = body[32 : 32 + _NONCE], body[32 + _NONCE :]
    try:
        content = _cipher(key, place.service).decrypt(nonce, cipher, head + _about(place))
    except InvalidTag:
        raise _broken("was changed, or was sealed for another place", column) from None
    return Opened(content, place, key_id)


def check_place(opened: Opened, row: UUID, service: UUID | None) -> None:
    """Raises SealBroken where an envelope was sealed for another row or service."""
    if opened.place.row != row or opened.place.service != service:
        raise _broken("was sealed for another row", opened.place.column)


def as_text(envelope: bytes) -> str:
    """An envelope for a text column."""
    body = base64.urlsafe_b64encode(envelope[_HEAD:]).rstrip(b"=")
    return (envelope[:_HEAD] + body).decode()


def from_text(text: str, column: str) -> bytes:
    """The same back. Raises SealBroken where it is none."""
    if not text.startswith(_MARK):
        return text.encode()[:_HEAD]  # `unseal` says what is wrong with it
    try:
        body = text[_HEAD:].encode("ascii")
        if body.translate(None, _LETTERS):
            raise ValueError
        return text[:_HEAD].encode("ascii") + base64.urlsafe_b64decode(
            body + b"=" * (-len(body) % 4)
        )
    except (ValueError, binascii.Error):
        raise _broken("was changed", column) from None


def blind(text: str, column: str, service: UUID | None, key: Key) -> str:
    """A word that is the same for the same text, and from which the text cannot be told."""
    mac = HMAC(_made(key, b"openhiu.blind", service), SHA256())
    mac.update(f"{column}\0{text}".encode())
    letters = base64.b32encode(mac.finalize()).decode().lower()[:_BLIND_LENGTH]
    return f"{key.id}.{letters}"


_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _head(key_id: str) -> bytes:
    return f"{_MARK}{key_id}.".encode()


def _bound(place: Place) -> bytes:
    return (place.service or _NOBODY).bytes + place.row.bytes


def _about(place: Place) -> bytes:
    return _bound(place) + place.column.encode()


def _service(raw: bytes) -> UUID | None:
    return None if raw == _NOBODY.bytes else UUID(bytes=raw)


def _broken(cause: str, column: str, remedy: str = "") -> SealBroken:
    words = "find the row with hiu keys check, and put it back from a backup"
    return SealBroken(f"a sealed value {cause}", column=column, remedy=remedy or words)


@lru_cache(maxsize=256)
def _cipher(key: Key, service: UUID | None) -> AESGCM:
    return AESGCM(_made(key, b"openhiu.seal", service))


@lru_cache(maxsize=512)
def _made(key: Key, use: bytes, service: UUID | None) -> bytes:
    """A key for one use and one service, from the ring's."""
    info = use + (service or _NOBODY).bytes
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key.secret)

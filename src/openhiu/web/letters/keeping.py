"""Copies of what leaves, by the hash of what is in them: bytes come in; the same bytes go out."""

from __future__ import annotations

from hashlib import sha256

from openhiu.web.letters.models import Copy, Letter


class Altered(Exception):
    """A kept copy is not what it was: it is given to nobody."""


def keep(letter: Letter, form: str, content: bytes) -> Copy:
    """Keep the bytes of a letter as they were made."""
    copy: Copy = Copy.objects.create(
        service_id=letter.service_id, letter=letter, form=form, size=len(content),
        sha256=sha256(content).hexdigest(), content=content,
    )  # fmt: skip
    return copy


def kept(copy: Copy) -> bytes:
    """What was kept, hashed again at every reading.

    Raises:
        Altered: it is not what it was.
    """
    content = bytes(copy.content)
    if sha256(content).hexdigest() != copy.sha256:
        raise Altered
    return content

"""What passes by itself and may still name somebody: names come in; sessions that say one are
ended, and drafts that say one are deleted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone

from openhiu.web.access.models import Draft
from openhiu.web.assurance.retention.mentions import pattern_of
from openhiu.web.people.fold import fold


def end_sessions(names: set[str], keys: Collection[str]) -> str:
    """End sessions that still say a folded name or a key, as in "Saved what Ann said"."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if _says(session.get_decoded(), names, keys):
            session.delete()
            ended += 1
    return f"{ended} sessions that named them were ended." if ended else ""


def clear_drafts(service_id: UUID, names: set[str]) -> str:
    """Delete what somebody was still typing where it names them, whatever form it was for."""
    gone = 0
    for draft in Draft.objects.filter(service=service_id).order_by("pk"):
        if _says(draft.fields, names, ()):
            draft.delete()
            gone += 1
    return f"{gone} drafts that named them were deleted." if gone else ""


def _says(kept: Any, names: set[str], keys: Collection[str]) -> bool:
    """Whether any text in it has a name as whole words, or a key.

    Each text by itself: written as JSON, a line's end or an accent becomes letters of its own.
    """
    pattern = pattern_of(names)
    for text in _texts(kept):
        if any(key in text.casefold() for key in keys):
            return True
        if pattern is not None and pattern.search(fold(text)):
            return True
    return False


def _texts(kept: Any) -> Iterator[str]:
    match kept:
        case dict():
            for name, value in kept.items():
                yield str(name)
                yield from _texts(value)
        case list() | tuple() | set():
            for value in kept:
                yield from _texts(value)
        case str():
            yield from _inside(kept)
        case _:
            yield str(kept)


def _inside(text: str) -> Iterator[str]:
    """A text; where it is JSON itself, as messages are kept in a session, the texts in it."""
    found = None
    if text[:1] in ("[", "{"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
    if found is None:
        yield text
    else:
        yield from _texts(found)

"""How it went for people who were connected with a service: rooms above know, numbers go out.

The directory knows no client. A small number is never shown: it might be somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from openhiu.web.access.actor import Actor
from openhiu.web.directory.models import Listing

# (actor, service) in; words and protected numbers out: "Connected" with "12" or "fewer than 5"
Counter = Callable[[Actor, Listing], Mapping[str, str]]
_COUNTERS: Final[list[Counter]] = []


def counted_by(counter: Counter) -> None:
    """A room above that knows; called once when Django is ready."""
    _COUNTERS[:] = [counter]


def of(actor: Actor, listing: Listing) -> Mapping[str, str]:
    """How it went, as words and protected numbers; nothing where nobody counts."""
    return _COUNTERS[0](actor, listing) if _COUNTERS else {}

"""How far the data reach, on every page that stands on them: a room gives lines, pages show them.

    class Room(AppConfig):
        def ready(self) -> None:
            data_notices.tells(source)

In a template: `{% include "access/data_notices.html" %}`. A source takes an actor and gives plain
sentences without anything personal; it is asked only where a page includes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from openhiu.web.access.actor import Actor

Source = Callable[[Actor], Iterable[str]]
sources: Final[list[Source]] = []


def tells(source: Source) -> Source:
    """Hang up a source; hanging it up twice asks it once."""
    if source not in sources:
        sources.append(source)
    return source


def gather(actor: Actor | None) -> list[str]:
    """Every sentence for one actor, each once."""
    if actor is None:
        return []
    return list(dict.fromkeys(line for source in sources for line in source(actor)))

"""What cannot wait for the next look at the start page: rooms give lines, every page shows them.

    class Room(AppConfig):
        def ready(self) -> None:
            alerts.on_every_page(source)

A source takes an actor and gives alerts, without anything personal in them; it is asked while each
page is drawn, so it costs one short query at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.row_security import set_service
from openhiu.web.design.shell import Alert

Source = Callable[[Actor], Iterable[Alert]]
sources: Final[list[Source]] = []


def on_every_page(source: Source) -> Source:
    """Hang up a source; hanging it up twice asks it once."""
    if source not in sources:
        sources.append(source)
    return source


def gather(actor: Actor) -> tuple[Alert, ...]:
    """Everything that cannot wait, for one actor."""
    if not sources:
        return ()
    set_service(actor.service_id)  # pages of one's own account are drawn outside any service
    return tuple(alert for source in sources for alert in source(actor))

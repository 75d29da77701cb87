"""Sample objects for every address that takes arguments, so that the matrix can ask for each.

A room's builder adds to SAMPLES: url name -> function(Situation) -> kwargs of the address. The
function makes the rows it needs (the rows of `situation.service` are open when it is called).
`situation.actor` is who will ask; `situation.name` one of SITUATIONS. A function that cannot make
a situation for its kind of thing returns None, and the matrix leaves that pair out.

    @sample("casework:client", "casework:plan")
    def case(situation): ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Service

# How the thing stands to the one who asks.
OWN = "own"
SAME_TEAM = "same team, not assigned"
OTHER_TEAM = "other team"
OTHER_SERVICE = "other service"
WITHDRAWN = "consent withdrawn"
STEPPED_BACK = "open at a distance"
RESTRICTED = "restricted"
DECEASED = "died"
SITUATIONS = (
    OWN, SAME_TEAM, OTHER_TEAM, OTHER_SERVICE, WITHDRAWN, STEPPED_BACK, RESTRICTED, DECEASED,
)  # fmt: skip
# Every room tells apart at least these two; people and cases all eight.
SIMPLE = (OWN, OTHER_SERVICE)


@dataclass(frozen=True)
class Situation:
    """Who asks, in whose service the thing is, and how it stands to them."""

    name: str
    actor: Actor
    service: Service
    notes: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[Situation], dict[str, Any] | None]
SAMPLES: dict[str, Maker] = {}
# Addresses that differ in all eight situations; the others are asked in SIMPLE ones.
ABOUT_PEOPLE: set[str] = set()


def sample(*url_names: str, about_people: bool = False) -> Callable[[Maker], Maker]:
    """Register a function for some addresses."""

    def keep(maker: Maker) -> Maker:
        for name in url_names:
            SAMPLES[name] = maker
            if about_people:
                ABOUT_PEOPLE.add(name)
        return maker

    return keep

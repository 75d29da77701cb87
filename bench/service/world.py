"""A service while its year goes by: who is there, what the dice say, what happened, how often.

Whatever happens goes through `do`: a transaction of its own behind the service's wall, counted by
kind. What the rules forbid is counted too; what they must forbid goes through `must_refuse`.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any, Final, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from bench.service.broken import Broken
from bench.service.clock import Clock
from bench.service.ledger import Ledger
from bench.service.soul import Soul
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Agreement, Organisation, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.intake.reading.faults import NotUsable as ListNotUsable
from openhiu.web.letters.gates import Closed
from openhiu.web.monitoring.faults import NotUsable as FeedNotUsable
from openhiu.web.people.match import MaybeKnown

Result = TypeVar("Result")
REFUSALS: Final = (
    NotAllowed, Stale, Missing, ValidationError, MaybeKnown, ListNotUsable, FeedNotUsable,
    Closed,
)  # fmt: skip
_REMEMBERED: Final = 40


@dataclass
class World:
    """One simulated service, its neighbour, its place and its truth."""

    seed: int
    dice: Random
    clock: Clock
    service: Service
    neighbour: Service
    actors: dict[str, Actor]
    partners: list[Organisation]
    agreements: list[Agreement]
    souls: list[Soul]
    ledger: Ledger = field(default_factory=Ledger)
    tally: Counter[str] = field(default_factory=Counter)
    trace: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    told: Any = field(default_factory=sha256)  # of everything that happened, however long ago
    acts: int = 0  # how many things were done, each of which the audit must show
    kept: dict[str, Any] = field(default_factory=dict)  # what checks and acts remember by name

    @contextmanager
    def rows(self, service: Service | None = None) -> Iterator[None]:
        """A transaction that sees the service's rows."""
        with transaction.atomic():
            set_service((service or self.service).pk)
            yield

    def do(self, kind: str, act: Callable[[], Result]) -> Result | None:
        """Let something happen; None when the product's rules say no."""
        self.clock.pass_(minutes=self.dice.randint(1, 4))
        try:
            with self.rows():
                result = act()
        except REFUSALS as why:
            self.count(f"{kind}: refused", f"{type(why).__name__}: {why!s:.120}")
            return None
        self.acts += 1
        self.count(kind)
        return result

    def must_refuse(self, invariant: str, kind: str, act: Callable[[], Any]) -> None:
        """Try what must not be possible; break when it is."""
        self.clock.pass_(minutes=1)
        try:
            with self.rows():
                act()
        except REFUSALS:
            self.count(f"{kind}: refused, as it must")
            return
        raise Broken(invariant, f"this was possible: {kind}")

    def count(self, kind: str, more: str = "") -> None:
        """Note that something of a kind happened."""
        self.tally[kind] += 1
        self.trace.append(f"{self.clock.now:%a %d %b %H:%M} {kind} {more}".rstrip())
        self.told.update(f"{self.trace[-1]} {self.clock.now.timestamp()}\n".encode())

    def lead(self) -> Actor:
        """One of the leads who work here now."""
        return self.dice.choice(self.leads)

    @property
    def leads(self) -> list[Actor]:
        """Every lead whose role has not ended."""
        return [one for key, one in self.actors.items()
                if key.startswith("lead") and key not in self.kept.get("gone", ())]  # fmt: skip

    def actor_of(self, membership: UUID) -> Actor:
        """Who acts under a membership."""
        return next(one for one in self.actors.values() if one.membership.pk == membership)

    def soul_of(self, person: UUID) -> Soul:
        """Who a record is about."""
        root = self.ledger.root(person)
        return next(
            one for one in self.souls if one.person and self.ledger.root(one.person) == root
        )

    def chance(self, likely: float) -> bool:
        """Whether something with this probability happens."""
        return self.dice.random() < likely


def clients(world: World) -> set[UUID]:
    """Of whom the service may hear: with a case, alive as far as known, taking part, not joined."""
    ledger = world.ledger
    return {
        person for person in world.kept.get("cases", {})
        if person not in ledger.merged and not ledger.is_dead(person) and ledger.takes_part(person)
    }  # fmt: skip

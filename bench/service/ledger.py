"""What really happened to each person, kept beside the product: answers, shares, deaths, stops.

Written from what the acts did, never from the product's tables; the checks compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

# What may say where someone is: written down here a second time on purpose.
PLACES: Final = frozenset({"contact", "address", "gp", "network"})
TAKE_PART, SHARE, STORY = "take_part", "share", "story"


@dataclass
class Answer:
    """One answer to one question, as it was given."""

    person: UUID
    kind: str
    given: bool
    at: datetime
    review_on: date
    key: Any = None
    organisation: UUID | None = None
    purpose: str = ""
    items: frozenset[str] = frozenset()
    withdrawn_at: datetime | None = None


@dataclass
class Given:
    """What a lead let one organisation see, from when until when."""

    person: UUID
    organisation: UUID
    purpose: str
    items: frozenset[str]
    at: datetime
    key: Any = None
    until: datetime | None = None


@dataclass
class Agreed:
    """An agreement between the service and an organisation."""

    key: Any
    organisation: UUID
    purpose: str
    items: frozenset[str]
    starts_on: date
    ends_on: date


@dataclass
class While:
    """A time in which something was so; `until` None: still."""

    person: UUID
    since: datetime
    on: date | None = None
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether it was so then."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass
class Ledger:
    """Everything that decides who may see whom and whom nobody may be in touch with."""

    answers: list[Answer] = field(default_factory=list)
    shares: list[Given] = field(default_factory=list)
    agreements: list[Agreed] = field(default_factory=list)
    dead: list[While] = field(default_factory=list)
    stopped: list[While] = field(default_factory=list)
    restricted: set[UUID] = field(default_factory=set)
    merged: dict[UUID, UUID] = field(default_factory=dict)  # absorbed -> kept

    def root(self, person: UUID) -> UUID:
        """The record that stands for this one now."""
        while person in self.merged:
            person = self.merged[person]
        return person

    def is_dead(self, person: UUID) -> bool:
        """Whether the service knows that they died."""
        return any(one.until is None for one in self._of(self.dead, person))

    def takes_part(self, person: UUID) -> bool:
        """Whether their newest answer to taking part is a yes that was not taken back."""
        newest = self.newest(person, TAKE_PART)
        return newest is not None and newest.given and newest.withdrawn_at is None

    def newest(
        self, person: UUID, kind: str, organisation: UUID | None = None, purpose: str = ""
    ) -> Answer | None:
        """The latest answer to one question."""
        asked = [
            one for one in self._of(self.answers, person)
            if (one.kind, one.organisation, one.purpose) == (kind, organisation, purpose)
        ]  # fmt: skip
        return max(asked, key=lambda one: one.at, default=None)

    def answer(self, answer: Answer) -> None:
        """Keep an answer; a no ends what an earlier yes allowed."""
        self.answers.append(answer)
        if answer.kind == TAKE_PART:
            self._stop_or_go_on(answer)
        if answer.kind == SHARE and not answer.given:
            self.end_shares(answer.person, answer.at, answer.organisation, answer.purpose)

    def _stop_or_go_on(self, answer: Answer) -> None:
        if answer.given:
            _end(self._of(self.stopped, answer.person), answer.at)
            return
        self.end_shares(answer.person, answer.at)
        if not any(one.until is None for one in self._of(self.stopped, answer.person)):
            self.stopped.append(While(answer.person, answer.at))

    def withdraw(self, person: UUID, kind: str, now: datetime, question: Any = (None, "")) -> None:
        """They took an answer back; from taking part, everything else goes with it."""
        kinds = {kind} if kind != TAKE_PART else {TAKE_PART, SHARE, STORY}
        for one in self._of(self.answers, person):
            same = kind == TAKE_PART or (one.organisation, one.purpose) == question
            if one.kind in kinds and same and one.withdrawn_at is None:
                one.withdrawn_at = now
        if kind == TAKE_PART:
            self.end_shares(person, now)
            self.stopped.append(While(person, now))
        elif kind == SHARE:
            self.end_shares(person, now, *question)

    def share(self, given: Given) -> None:
        """Shared from now on; what was shared before for the same purpose ends."""
        self.end_shares(given.person, given.at, given.organisation, given.purpose)
        self.shares.append(given)

    def end_shares(
        self, person: UUID, now: datetime, organisation: UUID | None = None, purpose: str = ""
    ) -> None:
        """All live shares of a person end, or those with one organisation for one purpose."""
        for one in self.live_shares(person):
            if organisation is None or (one.organisation, one.purpose) == (organisation, purpose):
                one.until = now

    def live_shares(self, person: UUID) -> list[Given]:
        """What is being shared of someone."""
        return [one for one in self._of(self.shares, person) if one.until is None]

    def visible(self, organisation: UUID, person: UUID, today: date) -> frozenset[str]:
        """What one organisation may see of someone: agreement, consent and share agree."""
        seen: frozenset[str] = frozenset()
        for share in self.live_shares(person):
            yes = self.newest(person, SHARE, organisation, share.purpose)
            if share.organisation != organisation or yes is None or not yes.given:
                continue
            if yes.withdrawn_at is None and today < yes.review_on:
                allowed = self.allowed(organisation, share.purpose, today)
                seen |= share.items & yes.items & allowed
        if not self.takes_part(person):
            return frozenset()
        if self.is_dead(person):
            return seen & {"name"}
        return seen - PLACES if self.root(person) in self.restricted else seen

    def allowed(self, organisation: UUID, purpose: str, today: date) -> frozenset[str]:
        """What agreements in force let an organisation receive."""
        return frozenset().union(*(
            one.items for one in self.agreements
            if (one.organisation, one.purpose) == (organisation, purpose)
            and one.starts_on <= today <= one.ends_on
        ))  # fmt: skip

    def die(self, person: UUID, now: datetime, on: date | None) -> None:
        """Word came that someone died."""
        self.dead.append(While(person, now, on))

    def live_again(self, person: UUID, now: datetime) -> None:
        """The death was an error."""
        _end(self._of(self.dead, person), now)

    def _of(self, rows: Iterable[Any], person: UUID) -> list[Any]:
        root = self.root(person)
        return [one for one in rows if self.root(one.person) == root]


def _end(rows: Iterable[While], now: datetime) -> None:
    for one in rows:
        if one.until is None:
            one.until = now

"""The circle of support as a picture: people, services and connections come in; places go out.

The client stands in the middle. People are near, services that go on next, and what is still
waited for outside; what did not come about is in the list alone. What is shown to the client leaves
out notes, hard words and what was lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from openhiu.web.casework.connecting import OPEN, STATES
from openhiu.web.casework.models import Case, Connection, NetworkMember
from openhiu.web.casework.presenters import circle
from openhiu.web.design.wording import check

PEOPLE, SERVICES, WAITING, GONE = "people", "services", "waiting", "gone"
BESIDE = "beside"  # what did not come about: in the list, and nobody's company in the picture
RINGS: Final = {PEOPLE: 1, SERVICES: 2, WAITING: 3, GONE: 3}
_ORDER: Final = (*RINGS, BESIDE)
MOST: Final = 12  # in the picture; all are in the table beside it


@dataclass(frozen=True)
class One:
    """Someone or something around a client; `state` in words, `phone` only where it may be seen."""

    name: str
    relation: str
    ring: str
    state: str = ""
    phone: str = ""
    calls: bool = False
    held_back: str = ""  # why the client's own picture leaves this out


@dataclass(frozen=True)
class Around:
    """The picture, everyone in it and beside it, and what was left out of it."""

    called: str
    picture: circle.Picture
    everyone: list[One]
    more: int = 0
    held_back: list[One] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The picture in one sentence, for those who do not see it."""
        counts = {ring: sum(one.ring == ring for one in self.everyone) for ring in RINGS}
        parts = [
            f"{counts[ring]} {words}"
            for ring, words in ((PEOPLE, "close by"), (SERVICES, "of services and workers"),
                                (WAITING, "still waited for"), (GONE, "no longer there"))
            if counts[ring]
        ]  # fmt: skip
        return f"{self.called} in the middle; around: {', '.join(parts) or 'nobody noted yet'}."


def around(
    case: Case,
    members: Iterable[NetworkMember],
    connections: Iterable[Connection],
    *,
    to_client: bool,
) -> Around:
    """What the page of a lead shows, or what the client is shown (`to_client`)."""
    linked = list(connections)
    known = {_key(one.name) for one in linked}
    every = [
        _lead(case),
        *(_member(one) for one in members
          if not (one.kind == NetworkMember.Kind.SERVICE and _key(one.name) in known)),
        *(_connection(one) for one in linked),
    ]  # fmt: skip
    every = sorted(every, key=lambda one: (_ORDER.index(one.ring), one.name.casefold()))
    held_back = [one for one in every if one.held_back]
    if to_client:
        every = [one for one in every if not one.held_back and one.ring not in (GONE, BESIDE)]
    near = [one for one in every if one.ring != BESIDE]
    drawn = near[:MOST]
    called = case.person.called
    picture = circle.draw(called, [(one.name, one.relation, RINGS[one.ring], one.ring)
                                   for one in drawn])  # fmt: skip
    return Around(called, picture, every, len(near) - len(drawn), held_back)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _lead(case: Case) -> One:
    first = case.lead.user.name.split()[0] if case.lead.user.name.split() else "Your lead"
    return One(first, "HIU lead", SERVICES, "Walks alongside")


def _member(member: NetworkMember) -> One:
    service = member.kind == NetworkMember.Kind.SERVICE
    ring = GONE if member.ended_on else SERVICES if service else PEOPLE
    return One(
        member.name,
        member.relation,
        ring,
        "No longer around" if member.ended_on else "",
        member.phone if member.may_contact == "yes" else "",
        calls=member.may_contact == "yes" and bool(member.phone),
        held_back=_hard(member.name, member.relation),
    )


def _connection(connection: Connection) -> One:
    state = STATES[connection.state]
    ring = (SERVICES if connection.state == "connected"
            else WAITING if connection.state in OPEN else BESIDE)  # fmt: skip
    listing = connection.listing
    return One(
        connection.name,
        "",
        ring,
        state.label,
        listing.phone if listing else "",
        calls=bool(listing and listing.phone),
        held_back=_hard(connection.name),
    )


def _hard(*texts: str) -> str:
    """Why a name or relation is not shown to the client; nothing where every word is kind."""
    found = [finding for text in texts for finding in check(text)]
    return str(found[0]) if found else ""

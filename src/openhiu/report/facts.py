"""What the service says of itself in a period: service_facts.json comes in; checked facts go out.

The counts in it are as they were. Nothing but `disclosed.disclose_facts` may look at them: the rest
of the room is written from what came out of there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from openhiu.errors import InputNotUsable
from openhiu.locality import Claim
from openhiu.report.entries import Entries, refuse_identifiers

FILE: Final = "service_facts.json"
VERSION: Final = 1
READERS: Final = 2
Count = int | str | None  # None: not told; "*": hidden
# What somebody who was asked may have said. Each person is in one of them, or still being asked.
ANSWERS: Final = ("said_yes", "not_now", "said_no", "not_reached")
STILL_ASKED: Final = "still_being_asked"
DID: Final = ("on_list", "approached", *ANSWERS, STILL_ASKED, "opened", "stepped_back",
               "picked_up_again", "caseload_now", "plans_in_own_words", "signals",
               "signals_answered", "tries_before_a_yes")  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """A whole and its parts. `reached` is another way to part the same whole, where it is told."""

    whole: Count = None
    parts: Mapping[str, Count] = field(default_factory=dict)
    reached: Count = None


@dataclass(frozen=True)
class Named:
    """Something with a number of people, and of events where they were counted."""

    words: str
    people: Count
    events: Count = None
    direction: str = ""


@dataclass(frozen=True)
class Measure:
    """A well-being question: the first and the last mean of the people who answered twice."""

    words: str
    people: Count
    first: float | None = None
    last: float | None = None


@dataclass(frozen=True)
class Quote:
    """What a client lets us quote, and the quarter it is from."""

    words: str
    quarter: str = ""


@dataclass(frozen=True)
class Story:
    """A client's story, and in which roles it was read before it was told."""

    title: str
    words: str
    reviewers: tuple[str, ...]
    reviewed_on: str

    @property
    def read_by_two(self) -> bool:
        """Whether two different people read it and said that nobody could tell who it is."""
        return len({name.casefold() for name in self.reviewers}) >= READERS


@dataclass(frozen=True)
class Risk:
    """What may go wrong, what is done about it, whose it is and how it stands."""

    risk: str
    mitigation: str = ""
    owner: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Facts:
    """The facts of one service and period. `disclosed`: the counts may be told as they are, and
    stories that may not be told are gone; `withheld` is how many.
    """

    service: str
    organisation: str
    period: str
    first: date
    to_exclusive: date
    made_at: str
    disclosed: bool
    did: Mapping[str, Count]
    contacts: Parts
    connections: Parts
    limit_per_lead: int | None
    leads: int | None
    days_to_pick_up: float | None
    needs: tuple[Named, ...]
    missing: tuple[Named, ...]
    outcomes: tuple[Named, ...]
    wellbeing: tuple[Measure, ...]
    quotes: tuple[Quote, ...]
    stories: tuple[Story, ...]
    withheld: int
    incidents: Mapping[str, Count]
    risks: tuple[Risk, ...]
    claims: tuple[Claim, ...]


def parse_facts(data: bytes, file: str = FILE) -> Facts:
    """The facts in a file. Raises InputNotUsable naming the key, never what stands there."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise InputNotUsable(
            "not JSON that can be read", file=file, remedy="export the facts again"
        ) from None
    return read_facts(raw, file)


def read_facts(raw: Any, file: str = FILE) -> Facts:
    """The same of what was parsed already."""
    if not isinstance(raw, Mapping) or raw.get("what") != "service_facts":
        raise InputNotUsable(
            'not a file of service facts ("what" is not "service_facts")',
            file=file,
            remedy="export it from the workspace, or see docs/reference/service-facts.md",
        )
    if raw.get("version") != VERSION:
        raise InputNotUsable(
            f"its version is not {VERSION}", file=file, remedy="export it with this OpenHIU"
        )
    refuse_identifiers(raw, file)
    disclosed = raw.get("disclosed") is True
    top = Entries(raw, file, stars=disclosed)
    period, did = top.section("period"), top.section("did")
    return Facts(
        service=top.words("service"),
        organisation=top.words("organisation"),
        period=period.words("name"),
        **_days(period),
        made_at=top.words("made_at"),
        disclosed=disclosed,
        did={key: count for key in DID if (count := did.count(key)) is not None},
        contacts=_contacts(did.section("contacts")),
        connections=_parts(did.section("connections"), "by_kind"),
        limit_per_lead=did.whole("caseload_limit_per_lead"),
        leads=did.whole("leads"),
        days_to_pick_up=did.number("days_to_pick_up_median"),
        incidents=top.section("incidents").counts(),
        **_lists(top),
    )


def _lists(top: Entries) -> dict[str, Any]:
    """What people needed, reached and said, and what may go wrong."""
    return {
        "needs": _named(top, "needs", "need"),
        "missing": _named(top, "missing", "service"),
        "outcomes": _named(top, "outcomes", "outcome"),
        "wellbeing": tuple(_measure(one) for one in top.each("wellbeing")),
        "quotes": tuple(
            Quote(one.words("words", needed=True), one.words("quarter"))
            for one in top.each("quotes")
        ),
        "stories": tuple(_story(one) for one in top.each("stories")),
        "withheld": top.whole("stories_withheld") or 0,
        "risks": tuple(_risk(one) for one in top.each("risks")),
        "claims": tuple(_claim(one) for one in top.each("claims")),
    }


def _days(period: Entries) -> dict[str, Any]:
    first, to_exclusive = period.day("from"), period.day("to_exclusive")
    if to_exclusive <= first:
        raise period.fault("to_exclusive", "does not lie after from")
    return {"first": first, "to_exclusive": to_exclusive}


def _contacts(entry: Entries) -> Parts:
    found, reached = _parts(entry, "by_how"), entry.count("reached")
    if isinstance(reached, int) and isinstance(found.whole, int) and reached > found.whole:
        raise entry.fault("reached", "is more than all")
    return Parts(found.whole, found.parts, reached)


def _parts(entry: Entries, key: str) -> Parts:
    parts, whole = entry.section(key).counts(), entry.count("all")
    told = [count for count in parts.values() if isinstance(count, int)]
    if not entry.stars and isinstance(whole, int) and sum(told) > whole:
        raise entry.fault(key, "adds up to more than all")
    return Parts(whole, parts)


def _named(top: Entries, key: str, name: str) -> tuple[Named, ...]:
    return tuple(
        Named(
            one.words(name, needed=True), one.count("people", needed=True), one.count("events"),
            one.words("direction"),
        )
        for one in top.each(key)
    )  # fmt: skip


def _measure(one: Entries) -> Measure:
    return Measure(
        one.words("measure", needed=True), one.count("people", needed=True),
        one.number("first_mean"), one.number("last_mean"),
    )  # fmt: skip


def _story(one: Entries) -> Story:
    return Story(
        one.words("title"), one.words("words", needed=True), one.lines("reviewers"),
        one.words("reviewed_on"),
    )  # fmt: skip


def _risk(one: Entries) -> Risk:
    return Risk(one.words("risk", needed=True), *(one.words(key) for key in
                                                  ("mitigation", "owner", "standing")))  # fmt: skip


def _claim(one: Entries) -> Claim:
    claimed = one.raw.get("claimed_percent")
    if isinstance(claimed, bool) or not isinstance(claimed, int | float | str):
        raise one.fault("claimed_percent", "is not a number of percent")
    text = str(claimed).strip().rstrip("%").replace("\N{MINUS SIGN}", "-")
    try:
        float(text)
    except ValueError:
        raise one.fault("claimed_percent", "is not a number of percent") from None
    return Claim(
        one.words("words", needed=True), text, one.number("before"), one.number("after"),
        one.words("window") or Claim.window, one.words("method") or Claim.method,
    )  # fmt: skip

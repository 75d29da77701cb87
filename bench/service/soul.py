"""The made-up people of the place: names that nothing else holds, 999 numbers, visits.

A name is a canary: wherever it turns up, exactly this person turned up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from bench.service.clock import LONDON, at
from openhiu.tables.identifiers import check_digit

SITES: Final = ("ZT101", "ZT102")
COMPLAINTS: Final = ("chest pain", "fall", "breathlessness", "self-harm", "abdominal pain", "")
OUTCOMES: Final = ("went home", "went home", "admitted", "left before being seen", "")
CANARY: Final = "qzx[a-z]{5}"


@dataclass(frozen=True)
class Event:
    """One thing the hospitals know; `known_at` is when their data first had it."""

    kind: str
    ref: str
    began_at: datetime
    known_at: datetime
    ended_at: datetime | None = None
    site_code: str = ""
    by_ambulance: bool | None = None
    admitted: bool | None = None
    complaint: str = ""
    outcome: str = ""

    @property
    def told(self) -> tuple[Any, ...]:
        """What the service hears of it."""
        return (self.began_at, self.ended_at, self.site_code, self.by_ambulance, self.admitted,
                self.complaint, self.outcome)  # fmt: skip


@dataclass
class Soul:
    """Somebody who lives there. `rate`: visits a day; it rises and falls with how life goes."""

    nth: int
    given: str
    family: str
    number: str
    phone: str
    born: date
    sex: str
    rate: float
    events: list[Event] = field(default_factory=list)
    person: UUID | None = None  # once the service has a record
    alive: bool = True
    came: int = 0  # how often, ever: what the hospital took out keeps its number

    @property
    def name(self) -> str:
        """As the hospital writes it."""
        return f"{self.given} {self.family}"

    @property
    def address(self) -> str:
        """Where they live, in words nobody else's record holds."""
        return f"{self.nth + 1} Kqv{_letters(self.nth)} Street"

    def live(self, day: date, dice: Random) -> None:
        """One day of theirs: perhaps they come, perhaps in the night."""
        if not self.alive:
            return
        if dice.random() < 0.01:  # life turns
            self.rate = dice.choice((0.002, 0.01, 0.03, 0.08, 0.2))
        while dice.random() < self.rate:
            self.events += self._visit(day, dice)

    def _visit(self, day: date, dice: Random) -> list[Event]:
        began = at(day, 0) + timedelta(minutes=dice.randint(0, 1439))
        ended = began + timedelta(minutes=dice.randint(20, 600))
        late = dice.choice((1, 1, 1, 2, 3, 9, 20))
        known = at(day + timedelta(days=late), 5)
        self.came += 1
        ref, outcome = f"{self.nth}-{self.came}", dice.choice(OUTCOMES)
        came = Event(
            "attendance", ref, began, known, ended, dice.choice(SITES), dice.random() < 0.4,
            outcome == "admitted", dice.choice(COMPLAINTS), outcome,
        )  # fmt: skip
        around = [came]
        if came.by_ambulance:
            around.append(Event("ambulance", f"a{ref}", began - timedelta(minutes=40), known))
        if came.admitted:
            stays = ended + timedelta(days=dice.randint(1, 5))
            around.append(Event("admission", f"s{ref}", ended, known, stays, came.site_code))
        return around

    def correct(self, dice: Random) -> str:
        """The hospital puts something right: a code, an arrival, or an event that never was."""
        if not self.events:
            return ""
        place = dice.randrange(len(self.events))
        what = dice.choice(("outcome", "moved", "taken out"))
        if what == "taken out":
            del self.events[place]
        elif what == "outcome":
            self.events[place] = replace(self.events[place], outcome="went home, corrected")
        else:
            told = self.events[place]
            self.events[place] = replace(told, began_at=told.began_at - timedelta(hours=1))
        return what

    def known_by(self, moment: datetime) -> list[Event]:
        """What the hospitals' data hold at a moment."""
        return [one for one in self.events if one.known_at <= moment]


def population(number: int, dice: Random, begin: date) -> list[Soul]:
    """So many people; some come often, most hardly ever. A year of visits lies behind them."""
    souls = [_soul(nth, dice) for nth in range(number)]
    for soul in souls:
        for back in range(200, 0, -1):
            soul.live(begin - timedelta(days=back), dice)
    return souls


def _soul(nth: int, dice: Random) -> Soul:
    return Soul(
        nth, f"Qzx{_letters(nth)}", f"Sample{_letters(nth * 7 + 3)}", nhs_number(nth),
        f"07700 9{nth:05d}", date(1940 + dice.randint(0, 60), dice.randint(1, 12), 15),
        dice.choice(("1", "2")), dice.choice((0.01, 0.02, 0.03, 0.05, 0.1, 0.2)),
    )  # fmt: skip


def nhs_number(nth: int) -> str:
    """A valid made-up number, always the same for the same `nth`."""
    for running in range(nth * 11, nth * 11 + 11):
        nine = f"999{running:06d}"
        digit = check_digit(nine)
        if digit is not None:
            return f"{nine}{digit}"
    raise AssertionError("one of eleven in a row has a check digit")


def _letters(nth: int) -> str:
    """Five letters for a number below twelve million."""
    found = ""
    for _ in range(5):
        nth, place = divmod(nth, 26)
        found = chr(97 + place) + found
    return found


def as_recorded(moment: datetime) -> str:
    """A time as a hospital writes it: London, without an offset."""
    return moment.astimezone(LONDON).replace(tzinfo=None).isoformat(timespec="seconds")

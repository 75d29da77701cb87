"""Everything that happens to the people of one run: latent lives in, rows of every file out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final

from openhiu.synthetic import care, rows
from openhiu.synthetic.days import Calendar
from openhiu.synthetic.dice import Dice
from openhiu.synthetic.identity import nhs_numbers
from openhiu.synthetic.life import NATURE, Life, Moment, live
from openhiu.synthetic.person import Person, choose_site, meet
from openhiu.synthetic.places import Places, Site
from openhiu.synthetic.visits import Visit, brought_in_dead, streamed_on, visit

_UNLINKED: Final = 0.008
_TWICE_IN_A_MINUTE: Final = 0.002
_BROUGHT_IN_DEAD: Final = 0.08
_SETTLING: Final = timedelta(days=4, hours=6)  # the extract is taken some days after the last day
_EVERY: Final = 20_000


@dataclass
class World:
    """The rows so far; attendances with the minute they are sorted by."""

    dice: Dice
    calendar: Calendar
    places: Places
    attendances: list[tuple[int, list[str]]] = field(default_factory=list)
    admissions: list[tuple[int, list[str]]] = field(default_factory=list)
    ambulance: list[tuple[int, list[str]]] = field(default_factory=list)
    calls_111: list[tuple[int, list[str]]] = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)
    truth: list[list[str]] = field(default_factory=list)

    @property
    def extracted(self) -> datetime:
        """When the last file was taken from the hospital's system."""
        return datetime.combine(self.calendar.last, time()) + _SETTLING

    def extract_of(self, year: int) -> datetime:
        """When the file of one calendar year was taken."""
        whole_year = datetime(year + 1, 1, 5, 6)  # noqa: DTZ001  hospitals record local time
        return min(whole_year, self.extracted)


def happen(world: World, people: int, progress: Callable[[str], None]) -> None:
    """Fill the world with everyone of a catchment in which `people` attend in an average year."""
    numbers = nhs_numbers(world.dice)
    catchment = round(people / NATURE.attend_a_year)
    for done in range(catchment):
        if done % _EVERY == 0:
            progress(f"{done:,} of {catchment:,} people of the catchment")
        life = live(world.dice, world.calendar)
        if life is not None:
            person = meet(world.dice, world.calendar, world.places, numbers, life)
            _pass_through(world, person, life)


def _pass_through(world: World, person: Person, life: Life) -> None:
    """One person's visits in order; nobody arrives while still there or while in a bed."""
    free, before = -1, None
    for moment in life.moments:
        if moment.minute < free:
            continue
        before = _site(world, person, moment, before)
        free = _attend(world, person, moment, before)
    _end_of_life(world, person, free)
    care.other_calls(world, person)
    world.people.append(rows.person(world.calendar, person, str(world.extracted)))
    world.truth.extend(rows.truth(world.calendar, person))



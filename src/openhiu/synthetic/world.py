"""Everything that happens to the people of one run: latent lives in, rows of every file out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

from openhiu.synthetic import care, rows
from openhiu.synthetic.days import Calendar
from openhiu.synthetic.dice import Dice
from openhiu.synthetic.identity import nhs_numbers
from openhiu.synthetic.life import NATURE, Life, Moment, live
from openhiu.synthetic.person import Person, choose_site, meet
from openhiu.synthetic.places import Places, Site
from openhiu.synthetic.rows import Stay
from openhiu.synthetic.visits import MORTUARY, Visit, brought_in_dead, streamed_on, visit

Rows = list[tuple[int, list[str]]]
"""Rows of one file, each with the minute it is sorted by."""

_UNLINKED: Final = 0.008
_TWICE_IN_A_MINUTE: Final = 0.002
_BROUGHT_IN_DEAD: Final = 0.08
_SAME_SITE_AGAIN: Final = 0.85
_INCIDENT_RECORDED: Final = 0.9
_SETTLING: Final = timedelta(days=4, hours=6)  # files are taken some days after their last day
_EVERY: Final = 20_000


@dataclass
class World:
    """The calendar, the places, and the rows so far."""

    dice: Dice
    calendar: Calendar
    places: Places
    attendances: Rows = field(default_factory=list)
    admissions: Rows = field(default_factory=list)
    ambulance: Rows = field(default_factory=list)
    calls_111: Rows = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)
    truth: list[list[str]] = field(default_factory=list)

    @property
    def extracted(self) -> datetime:
        """When the last files were taken from the hospital's systems."""
        return datetime.combine(self.calendar.last, time()) + _SETTLING

    def extract_of(self, minute: int) -> datetime:
        """When the file that holds this minute was taken: there is one for each calendar year."""
        new_year = datetime(self.calendar.stamp(minute).year + 1, 1, 1)
        return min(new_year + _SETTLING, self.extracted)


def happen(world: World, people: int, progress: Callable[[str], None]) -> None:
    """Fill the world with everyone of a catchment in which `people` attend in an average year."""
    numbers = nhs_numbers(world.dice)
    absent = 1 + NATURE.absent_a_year * world.calendar.years
    catchment = round(people * absent / NATURE.attend_a_year)
    for done in range(catchment):
        if done % _EVERY == 0:
            progress(f"{done:,} of {catchment:,} people of the catchment")
        life = live(world.dice, world.calendar)
        if life is not None:
            person = meet(world.dice, world.calendar, world.places, numbers, life)
            _pass_through(world, person, life)


def _pass_through(world: World, person: Person, life: Life) -> None:
    """One person's visits in order; nobody arrives while in the department or in a bed."""
    visits: list[Visit] = []
    busy: care.Busy = []
    for moment in life.moments:
        if not busy or moment.minute > busy[-1][1]:
            made = _attend(world, person, moment, visits[-1] if visits else None)
            visits.append(made)
            busy.append((made.arrived, _consequences(world, made)))
    _end_of_life(world, person, visits, busy)
    _other_stays(world, visits, busy)
    _calls(world, visits, busy)
    world.people.append(rows.person(world.calendar, person, str(world.extracted)))
    world.truth.extend(rows.truth(world.calendar, person))


def _attend(world: World, person: Person, moment: Moment, before: Visit | None) -> Visit:
    again = moment.follow_up and before is not None and world.dice.chance(_SAME_SITE_AGAIN)
    site: Site = before.site if again and before else choose_site(
        world.dice, world.places, person, moment.minute
    )  # fmt: skip
    elsewhere = before is not None and before.site != site
    made = visit(world.dice, world.calendar, person, moment, site, elsewhere)
    if person.died is not None and person.died <= made.left:
        made.left, made.destination, made.admitted = person.died, MORTUARY, False
    return made


def _consequences(world: World, made: Visit) -> int:
    """Write the visit and what follows from it; the minute from which the person is free."""
    if made.by_ambulance:
        _conveyed(world, made)
    _write(world, made)
    if made.admitted:
        age = made.person.age_at(world.calendar.stamp(made.arrived).date())
        return _admit(world, care.emergency_stay(world.dice, made, age))
    second = streamed_on(world.dice, world.calendar, made)
    if second is None or _too_late(world, second):
        return made.left
    _write(world, second)
    return second.left


def _too_late(world: World, visit: Visit) -> bool:
    died = visit.person.died
    return visit.arrived >= world.calendar.end or (died is not None and died <= visit.left)


def _write(world: World, made: Visit) -> None:
    """One row; now and then without its number, or with a second row in the same minute."""
    row = rows.attendance(world.calendar, made, world.extract_of(made.arrived))
    if not made.admitted and world.dice.chance(_UNLINKED):
        row[0] = ""
    world.attendances.append((made.arrived, row))
    if world.dice.chance(_TWICE_IN_A_MINUTE):
        world.attendances.append((made.arrived, row.copy()))


def _conveyed(world: World, made: Visit) -> None:
    number = f"A{len(world.ambulance) + 1:08d}"
    row = care.conveyance(world.dice, world.calendar, made, number)
    world.ambulance.append((made.arrived, [*row, str(world.extracted)]))
    if world.dice.chance(_INCIDENT_RECORDED):
        made.incident = number


def _admit(world: World, stay: Stay) -> int:
    """Write the stay, open where it reaches beyond the extract; the minute it ends."""
    until = world.calendar.existing(stay.until)
    still_there = world.calendar.stamp(until) >= world.extracted
    stay = replace(stay, until=until, still_there=still_there)
    row = rows.stay(world.calendar, stay, str(world.extracted))
    world.admissions.append((stay.since, row))
    return stay.until


def _end_of_life(world: World, person: Person, visits: list[Visit], busy: care.Busy) -> None:
    """Some of those who die are brought in dead."""
    if person.died is None or person.died <= busy[-1][1]:
        return
    if world.dice.chance(_BROUGHT_IN_DEAD):
        last = visits[-1]
        site = person.home_at(person.died).area.nearest
        made = brought_in_dead(world.dice, person, person.died, site, last.complaint)
        _conveyed(world, made)
        _write(world, made)


def _other_stays(world: World, visits: list[Visit], busy: care.Busy) -> None:
    for stay in care.elective_stays(world.dice, world.calendar, visits[0], busy):
        _admit(world, stay)


def _calls(world: World, visits: list[Visit], busy: care.Busy) -> None:
    dice, calendar, taken = world.dice, world.calendar, str(world.extracted)
    for call in care.calls_not_conveyed(dice, calendar, visits, busy):
        number = f"A{len(world.ambulance) + 1:08d}"
        row = care.treated_there(dice, calendar, call, number)
        world.ambulance.append((call[0], [*row, taken]))
    for rung in care.calls_to_111(dice, calendar, visits, busy):
        row = care.call_111(dice, calendar, rung)
        world.calls_111.append((rung[0], [*row, taken]))

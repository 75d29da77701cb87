"""A latent life becomes somebody: name, numbers, home, and the site they usually go to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openhiu.synthetic import identity
from openhiu.synthetic.days import DAY, YEAR, Calendar
from openhiu.synthetic.dice import Dice
from openhiu.synthetic.life import NATURE, Life
from openhiu.synthetic.places import ETHNIC_CATEGORIES, Home, Places, Site, choose_home

_FREQUENT: Final = 8  # visits in the whole time; only flags and habits look at it
# A few spread their visits over every site; among frequent attenders more do.
_SPREADS: Final = 0.01
_FREQUENT_SPREADS: Final = 0.10
_ELSEWHERE: Final = 0.05


@dataclass(frozen=True)
class Person:
    """Somebody who attends. `moved` is the minute from which `later_home` is their home."""

    nhs_number: str
    name: str
    phone: str
    warning_flags: str
    sex: str
    born: date
    died: int | None
    ethnic_category: str
    homeless: bool
    home: Home
    moved: int
    later_home: Home
    spreads: bool
    life: Life

    def home_at(self, minute: int) -> Home:
        """Where they lived then."""
        return self.home if minute < self.moved else self.later_home

    def age_at(self, day: date) -> int:
        """Whole years."""
        had_birthday = (day.month, day.day) >= (self.born.month, self.born.day)
        return day.year - self.born.year - (0 if had_birthday else 1)


def meet(
    dice: Dice, calendar: Calendar, places: Places, numbers: Iterator[str], life: Life
) -> Person:
    """The person who lives this life."""
    frequent = len(life.moments) >= _FREQUENT
    homeless = dice.chance(_homeless_share(life))
    home = choose_home(dice, places, life.imd_decile, homeless)
    moved, later = calendar.end, home
    if dice.chance(NATURE.moves_within * calendar.years * (1.25 if frequent else 1.0)):
        moved = dice.whole(0, calendar.end)
        later = choose_home(dice, places, life.imd_decile, homeless)
    return Person(
        nhs_number=next(numbers),
        name=identity.name(dice, life.sex),
        phone=identity.phone(dice),
        warning_flags=identity.warning_flags(dice, frequent),
        sex=life.sex,
        born=calendar.first - timedelta(days=int(life.age * YEAR)),
        died=None if life.died is None else calendar.existing(int(life.died * DAY)),
        ethnic_category=dice.draw(ETHNIC_CATEGORIES),
        homeless=homeless,
        home=home,
        moved=moved,
        later_home=later,
        spreads=dice.chance(_FREQUENT_SPREADS if frequent else _SPREADS),
        life=life,
    )


def _homeless_share(life: Life) -> float:
    return max((spell.story.homeless for spell in life.spells), default=0.0) or 0.002


def choose_site(dice: Dice, places: Places, person: Person, minute: int) -> Site:
    """The nearest site, mostly; any of them for those who spread their visits."""
    if person.spreads or dice.chance(_ELSEWHERE):
        return dice.pick(places.sites)
    return person.home_at(minute).area.nearest

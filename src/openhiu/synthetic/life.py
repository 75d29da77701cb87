"""How often people come: a stream of draws comes in, latent lives with their moments go out.

Four things make a person's count: a steady personal rate (lognormal, by age and deprivation), bad
spells that come and pass, a few long hard times that do not pass, and the visit that brings another
within the week. The figures in `Nature` were fitted to the published distribution and persistence.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from openhiu.synthetic.days import DAY, YEAR, Calendar
from openhiu.synthetic.dice import Dice, Weighted
from openhiu.synthetic.stories import BACKGROUND_EVENING, BY_NAME, Story, stories_at


@dataclass(frozen=True)
class Nature:
    """What was fitted; rates are visits a year, lengths years."""

    attend_a_year: float = 0.19  # share of everyone living here with a visit to type 01 in a year
    absent_a_year: float = 0.026  # share who died, left or have yet to arrive; grows with time
    visits: float = 0.2395
    spread: float = 0.965  # of the logarithm of the steady rate, beyond age and deprivation
    another_within_days: float = 0.07
    minor_units: float = 0.25  # visits to departments of type 03, for each steady one to type 01
    spells: float = 0.0065
    spells_spread: float = 1.9
    spells_and_rate: float = 0.59  # correlation: those who come more also have more bad spells
    spell_least: float = 4.7
    spell_slope: float = 1.87
    spell_length: float = 0.293
    spell_longest: float = 2.0
    long: float = 0.0006  # share of everyone
    long_least: float = 4.26
    long_slope: float = 1.45
    arrives_or_leaves: float = 0.02  # a year, each
    moves_within: float = 0.04


NATURE: Final = Nature()
_AGE_BANDS: Final = Weighted(
    {(0, 1): 1.1, (1, 5): 4.5, (5, 18): 15.5, (18, 30): 15.0, (30, 45): 20.0, (45, 60): 19.5,
     (60, 75): 15.9, (75, 85): 6.0, (85, 100): 2.5}
)  # fmt: skip
_BY_AGE: Final = (2.2, 1.2, 0.7, 1.15, 0.92, 0.9, 1.0, 1.6, 2.4)
_SPELLS_BY_AGE: Final = (0.7, 0.3, 0.3, 1.15, 1.15, 1.0, 1.25, 1.9, 2.2)
_AGE_EDGES: Final = (1, 5, 18, 30, 45, 60, 75, 85)
# The most deprived tenth attends almost twice as much as the least (NHS Digital 2019/20) and has
# a larger share still of frequent attendance (Dorset 2024).
_BY_DECILE: Final = (1.38, 1.26, 1.13, 1.04, 0.98, 0.93, 0.88, 0.84, 0.79, 0.72)
_SPELLS_BY_DECILE: Final = (1.7, 1.45, 1.2, 1.05, 0.95, 0.88, 0.8, 0.72, 0.65, 0.6)


@dataclass(frozen=True)
class Spell:
    """A time in which someone comes far more often; `since` and `until` in days from the first."""

    story: Story
    since: float
    until: float
    visits_a_year: float


@dataclass(frozen=True)
class Moment:
    """One coming: when, what for (nothing but everyday trouble without a story), to what."""

    minute: int
    story: Story | None = None
    follow_up: bool = False
    minor_unit: bool = False


@dataclass
class Life:
    """One person as they are, before any form is filled in. `since` and `until`: living here."""

    age: float  # at the first day; below nothing for those born later
    sex: str
    imd_decile: int
    visits_a_year: float
    spells: tuple[Spell, ...]
    since: float
    until: float
    died: float | None
    moments: list[Moment] = field(default_factory=list)


def live(dice: Dice, calendar: Calendar) -> Life | None:
    """One person of the catchment, or None where nothing brought them to a department."""
    low, high = dice.draw(_AGE_BANDS)
    age = dice.between(low, high) - calendar.years / 2
    sex, decile = _sex(dice), dice.whole(1, 10)
    band = bisect_right(_AGE_EDGES, age + calendar.years / 2)
    rate, spells = _rate_and_spells(dice, calendar, band, decile, int(max(age, 0)))
    since, until = _stay(dice, calendar, age)
    died = _death(dice, calendar, age, spells)
    if died is not None and died < since:
        return None
    if died is not None and died < until:
        until = died
    life = Life(age, sex, decile, rate, spells, since, until, died if died == until else None)
    life.moments = [m for m in _moments(dice, calendar, life) if since <= m.minute / DAY < until]
    life.moments.sort(key=lambda moment: moment.minute)
    return life if life.moments else None


def _sex(dice: Dice) -> str:
    share = dice.random()
    if share < 0.003:
        return "0" if share < 0.002 else "9"
    return "2" if share < 0.515 else "1"


def _rate_and_spells(
    dice: Dice, calendar: Calendar, band: int, decile: int, age: int
) -> tuple[float, tuple[Spell, ...]]:
    """The steady rate, and the spells that go with a frailty correlated to it."""
    frailty = dice.normal()
    rate = NATURE.visits * _BY_AGE[band] * _BY_DECILE[decile - 1]
    rate *= math.exp(NATURE.spread * frailty - NATURE.spread**2 / 2)
    alike = NATURE.spells_and_rate
    proneness = alike * frailty + math.sqrt(1 - alike**2) * dice.normal()
    odds = _SPELLS_BY_AGE[band] * _SPELLS_BY_DECILE[decile - 1]
    hazard = NATURE.spells * odds
    hazard *= math.exp(NATURE.spells_spread * proneness - NATURE.spells_spread**2 / 2)
    reach = calendar.years + 1.5  # a spell under way on the first day began before it
    spells = [_spell(dice, age, reach) for _ in range(dice.poisson(min(hazard, 6.0) * reach))]
    if dice.chance(NATURE.long * odds):
        spells.append(_long_time(dice, calendar, age))
    return rate, tuple(spell for spell in spells if spell.until > 0)


def _spell(dice: Dice, age: int, reach: float) -> Spell:
    story = BY_NAME[dice.draw(stories_at(age))]
    since = dice.between(-1.5, reach - 1.5)
    length = min(dice.exponential(NATURE.spell_length), NATURE.spell_longest)
    visits = dice.pareto(NATURE.spell_least, NATURE.spell_slope, story.most)
    return Spell(story, since * YEAR, (since + length) * YEAR, visits)


def _long_time(dice: Dice, calendar: Calendar, age: int) -> Spell:
    story = BY_NAME[dice.draw(stories_at(age))]
    visits = dice.pareto(NATURE.long_least, NATURE.long_slope, story.most)
    return Spell(story, 0.0, float(calendar.days), visits)


def _stay(dice: Dice, calendar: Calendar, age: float) -> tuple[float, float]:
    """Days between which someone lives here: the few who arrive or leave, and the newly born."""
    since, until = 0.0, float(calendar.days)
    share = NATURE.arrives_or_leaves * calendar.years
    if dice.chance(share):
        since = dice.between(0.0, until)
    if dice.chance(share):
        until = dice.between(since, until)
    born = math.ceil(-age * YEAR) + 1.0
    return max(since, born), until


def _death(dice: Dice, calendar: Calendar, age: float, spells: tuple[Spell, ...]) -> float | None:
    """The day of death, if it falls before the last: Gompertz by age, more in and after a spell."""
    middle = max(age, 0.0) + calendar.years / 2
    days = [dice.exponential(YEAR / (0.00003 * math.exp(0.0945 * middle)))]
    for spell in spells:
        since = max(spell.since, 0.0)
        day = since + dice.exponential(YEAR / spell.story.deaths_a_year)
        if day < spell.until + YEAR:
            days.append(day)
    day = min(days)
    return day if day < calendar.days else None


def _moments(dice: Dice, calendar: Calendar, life: Life) -> list[Moment]:
    steady = life.visits_a_year * calendar.years
    moments = [_steady(dice, calendar, False) for _ in range(dice.poisson(steady))]
    minor = dice.poisson(steady * NATURE.minor_units)
    moments.extend(_steady(dice, calendar, True) for _ in range(minor))
    for spell in life.spells:
        moments.extend(_in_spell(dice, calendar, spell))
    return moments + [_another(dice, calendar, m) for m in moments if _leads_on(dice, m)]


def _steady(dice: Dice, calendar: Calendar, minor_unit: bool) -> Moment:
    evening = dice.chance(BACKGROUND_EVENING)
    minute = calendar.moment(dice, 0.0, float(calendar.days), evening)
    return Moment(minute, minor_unit=minor_unit)


def _in_spell(dice: Dice, calendar: Calendar, spell: Spell) -> list[Moment]:
    since, until = max(spell.since, 0.0), min(spell.until, float(calendar.days))
    if since >= until:
        return []
    visits = dice.poisson((until - since) / YEAR * spell.visits_a_year)
    return [
        Moment(calendar.moment(dice, since, until, dice.chance(spell.story.evening)), spell.story)
        for _ in range(visits)
    ]


def _leads_on(dice: Dice, moment: Moment) -> bool:
    return not moment.minor_unit and dice.chance(NATURE.another_within_days)


def _another(dice: Dice, calendar: Calendar, moment: Moment) -> Moment:
    later = moment.minute + int(min(dice.exponential(2.5), 6.9) * DAY) + 180
    return Moment(calendar.existing(later), moment.story, follow_up=True)

"""A place with 1 to n leads: its demand and inputs come in; what to expect with each number goes
out. Seconds, the same numbers each time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

import numpy as np

from openhiu.report.staffing import draws
from openhiu.report.staffing.demand import Demand
from openhiu.report.staffing.draws import Chance, InPost, Sets
from openhiu.report.staffing.inputs import WEEKS, WEEKS_A_MONTH, Inputs
from openhiu.report.staffing.measured import measured
from openhiu.report.staffing.queue import Ran, Rules, go
from openhiu.report.staffing.shape import WithLeads

SEED: Final = 20190101
SETS: Final = 40
TIMES: Final = 10
_FEWEST_TIMES: Final = 3
_FEWEST_SETS: Final = 15
# People times runs times numbers of leads that are held at once: what fits and takes seconds.
_ROOM: Final = 4_000_000
_MOST_LINES: Final = 12
QUARTER: Final = 13
_NO_LIMIT: Final = 100_000


def rules_of(inputs: Inputs) -> Rules:
    """The limits of one lead, in weeks."""
    limits = inputs.settings
    return Rules(
        new_up_to=limits.intensive_most - limits.keep_free,
        most=limits.intensive_most,
        open_most=limits.open_most,
        never_above=limits.never_above,
        a_quarter=limits.new_a_quarter,
        quarter=QUARTER,
        open_for=round(limits.open_months * WEEKS_A_MONTH),
        at_a_distance=limits.at_a_distance_counts,
    )


def nobody_waits(rules: Rules) -> Rules:
    """The same limits to be measured by, and none that keeps anybody waiting."""
    return replace(rules, new_up_to=_NO_LIMIT, open_most=_NO_LIMIT, a_quarter=_NO_LIMIT)


def numbers_of(most: int) -> tuple[int, ...]:
    """1 to so many leads; in a large place not every number between."""
    if most <= _MOST_LINES:
        return tuple(range(1, most + 1))
    return tuple(sorted({round(each) for each in np.linspace(1, most, _MOST_LINES)}))


def simulate(
    demand: Demand, inputs: Inputs, numbers: Sequence[int], in_post: float, name: str, *,
    seed: int = SEED, on: Callable[[float], None] = lambda _: None,
) -> list[WithLeads]:  # fmt: skip
    """What to expect with each number of leads. `name` keeps the chance of one place apart from
    another's; `on` is told the share that is done.
    """
    weeks = round(inputs.settings.horizon_months * WEEKS_A_MONTH)
    chance = Chance(seed, name)
    sets = _sets(demand, len(numbers), weeks)
    crowd = draws.crowd(demand, inputs, sets, weeks, chance)
    away = draws.away(inputs, max(numbers), sets.runs, weeks, chance)
    begun = _in_post(inputs, min(round(in_post), max(numbers)), sets, chance)
    rules = rules_of(inputs)

    def half(rules: Rules, done: float) -> Ran:
        return go(crowd, numbers, rules, away, in_post=begun, year=WEEKS,
                  on=lambda week: on(done + (week + 1) / weeks / 2))  # fmt: skip

    kept, pressed = half(rules, 0), half(nobody_waits(rules), 0.5)
    return measured(kept, pressed, crowd, numbers, away, sets)


def _sets(demand: Demand, lines: int, weeks: int) -> Sets:
    people = demand.counted.most + demand.a_year * weeks / WEEKS + 10
    fits = int(_ROOM / (people * lines))
    sets = min(max(fits // _FEWEST_TIMES, _FEWEST_SETS), SETS)
    return Sets(sets, min(max(fits // sets, _FEWEST_TIMES), TIMES))


def _in_post(inputs: Inputs, leads: int, sets: Sets, chance: Chance) -> InPost | None:
    """Leads in post work with as many people as they begin with new ones up to, and have as many
    open at a distance as that brings, within the limit at once.
    """
    if leads < 1:
        return None
    rules = rules_of(inputs)
    people = max(1, int(rules.new_up_to))
    far = 0
    if rules.open_for and rules.at_a_distance:
        flow = people / inputs.support.value * rules.open_for
        far = max(0, ceil(min(flow, rules.open_most - people)))
    return draws.in_post(inputs, leads, people, far, sets, chance)

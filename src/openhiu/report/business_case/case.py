"""What a business case is written from: tiers, staffing, an effect, options and a place come in;
one `Case` that every section takes goes out. Nothing else reaches the sections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from openhiu.locality import BusinessCase, Criterion, Locality
from openhiu.report.board.evidence import Evidence
from openhiu.report.business_case.effect import Effect, effect_of
from openhiu.report.business_case.options import BUILT, NOTHING, Option, criteria_of, options_of
from openhiu.report.business_case.planned import Planning, planning_of
from openhiu.report.business_case.sums.chance import Chance, chance
from openhiu.report.business_case.sums.moved import Otherwise, one_at_a_time, scenarios
from openhiu.report.business_case.sums.plan import Ratio
from openhiu.report.business_case.sums.ranking import firsts, ranked, totals
from openhiu.report.business_case.sums.worth import Worth
from openhiu.report.staffing import Capacity, capacity_of
from openhiu.report.staffing.told import Staffing
from openhiu.report.tiers.told import Tiers

# What the tiers of an area without a name call it.
UNNAMED: Final = "The area"


@dataclass(frozen=True)
class Case:
    """One case. `as_of` is the day it is made for."""

    tiers: Tiers
    staffing: Staffing
    locality: Locality
    evidence: Evidence | None
    as_of: date
    planning: Planning
    effect: Effect
    options: tuple[Option, ...]
    criteria: tuple[Criterion, ...]

    @property
    def area(self) -> str:
        """What the area is called."""
        return self.name or "this area"

    @property
    def name(self) -> str:
        """The name somebody gave it; empty where nobody did."""
        told = "" if self.tiers.area == UNNAMED else self.tiers.area
        return self.locality.name or told

    @property
    def settings(self) -> BusinessCase:
        """What the place says of its case."""
        return self.locality.business_case

    @property
    def asks(self) -> bool:
        """Whether new money is asked for: a lead is paid for."""
        return self.chosen.plan.leads > 0 and self.chosen.worth.cost > 0

    @property
    def valued(self) -> bool:
        """Whether leads are paid for, and what they could release has a price and may be told."""
        return self.asks and self.chosen.worth.expected_gbp > 0

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each criterion."""
        return {one.key: one.weight for one in self.criteria}

    @property
    def scores(self) -> dict[str, dict[str, float]]:
        """The scores of each option."""
        return {one.key: {key: score for key, (score, _) in one.scores.items()}
                for one in self.options}  # fmt: skip

    @property
    def totals(self) -> dict[str, float]:
        """The weighted mean score of each option."""
        return totals(self.scores, self.weights)

    @property
    def ranking(self) -> list[str]:
        """The options, the best first."""
        return ranked(self.scores, self.weights)

    @cached_property
    def chosen(self) -> Option:
        """The recommended option: the place's choice where there is such an option. With no lead to
        add there is nothing to make or to buy.
        """
        named = [one for one in self.options if one.key == self.settings.recommended]
        if named:
            return named[0]
        built = self.settings.recommended in BUILT
        return self.option(NOTHING if built else self.ranking[0])

    @property
    def firsts(self) -> tuple[str, ...]:
        """The option that comes first, or those that share the first place."""
        return firsts(self.scores, self.weights)

    @property
    def capacity(self) -> Capacity:
        """What one lead can do in a year, as staffing and reach say it."""
        return capacity_of(self.locality.staffing, self.staffing)

    def option(self, key: str) -> Option:
        """The option of this key."""
        return next(one for one in self.options if one.key == key)

    def number(self, key: str) -> int:
        """The number an option goes by in the document."""
        return 1 + [one.key for one in self.options].index(key)

    @property
    def ratios(self) -> Mapping[str, Ratio]:
        """The effect on what is priced."""
        return {kind: ratio for kind, ratio in self.effect.ratios.items()
                if kind in self.chosen.plan.prices}  # fmt: skip

    @cached_property
    def scenarios(self) -> dict[str, Worth]:
        """The chosen option at the worse end of the effect, its middle and its better end."""
        return scenarios(self.chosen.plan, self.ratios)

    @cached_property
    def otherwise(self) -> list[Otherwise]:
        """The chosen option with one assumption changed at a time."""
        return one_at_a_time(self.chosen.plan, self.ratios)

    @cached_property
    def chance(self) -> Chance:
        """How sure it is that the chosen option releases what it costs."""
        return chance(self.chosen.plan, self.ratios)


def gather(
    tiers: Tiers, staffing: Staffing, locality: Locality, evidence: Evidence | None, as_of: date
) -> Case:
    """Everything worked out once, for every section."""
    effect = effect_of(evidence, locality.business_case)
    planning = planning_of(staffing, locality, as_of)
    return Case(
        tiers, staffing, locality, evidence, as_of, planning, effect,
        options_of(tiers, planning, effect, locality), criteria_of(locality),
    )  # fmt: skip

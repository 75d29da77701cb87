"""The made-up world a service is simulated in: every number of it, and the scenarios as changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final


@dataclass(frozen=True)
class World:
    """Rates are a person's attendances; `a_year` and `a_month` say of what span.

    A person's rate is season x trend x site shock x (own rate x wobble + crises). Own rates are
    lognormal, with a heavy tail; the wobble is AR(1) in the log by month; a crisis has a Pareto
    height, so that few weeks can hold most of a year. Counts are gamma-Poisson by month.
    """

    name: str = "main"
    service_start: date = date(2024, 1, 1)
    months_before: int = 36
    months_after: int = 24
    intake_months: int = 12
    people: int = 345_000
    # own rates a year
    middle: float = 0.18
    spread: float = 1.02
    tail_share: float = 0.0045
    tail_least: float = 2.5
    tail_power: float = 1.8
    tail_most: float = 36.0
    # wobble of the log rate of people in the tail, month to month
    wobble: float = 0.52
    wobble_stays: float = 0.86
    # crises: how many a person-year, height a month, length in months
    crises: float = 0.0045
    crisis_least: float = 0.75
    crisis_power: float = 2.2
    crisis_most: float = 8.0
    crisis_months: float = 2.4
    gamma_shape: float = 6.0
    # the department
    season: float = 0.05
    trend: float = 0.015
    noise: float = 0.02
    launch: float = 1.0
    # leaving
    deaths: float = 1.0
    moves: float = 0.035
    moves_unrecorded: float = 0.30
    # the service
    list_size: int = 250
    chosen_from: int = 100
    starts: int = 5
    say_no: float = 0.35
    vulnerable: float = 0.10
    vulnerable_off_list: float = 0.20
    judgement_noise: float = 1.2
    unseen: float = 0.0
    mixed_effect: bool = False

    def cut(self, window: str) -> int:
        """Months after the start of the service at which a window is read: when intake ends for
        the first 3 months, a year later for the first 12.
        """
        return self.intake_months + (12 if window == "12" else 0)


MAIN: Final = World()
SCENARIOS: Final = {
    "main": MAIN,
    "bursty": replace(MAIN, name="bursty", crises=0.0070, tail_share=0.0038,
                      wobble_stays=0.75),
    "persistent": replace(MAIN, name="persistent", crises=0.0028, tail_share=0.0050, wobble=0.45,
                          wobble_stays=0.88),
    "shock": replace(MAIN, name="shock", launch=0.85, noise=0.06),
    "hidden": replace(MAIN, name="hidden", unseen=0.7),
    "hidneg": replace(MAIN, name="hidneg", unseen=-0.7),
    "two years": replace(MAIN, name="two years", intake_months=24, months_after=36),
    "short history": replace(MAIN, name="short history", months_before=24),
    "heterogeneous": replace(MAIN, name="heterogeneous", mixed_effect=True),
}  # fmt: skip

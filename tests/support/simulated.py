"""A small simulated service for the statistics: a third of a real hospital, so that it is quick."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bench.evaluate.rows import rows_of
from bench.evaluate.scenario import MAIN, World
from bench.evaluate.simulator import simulate

from openhiu.evaluate.rows import Rows

SMALL: World = replace(MAIN, name="small", people=110_000, list_size=120, chosen_from=60)


@cache
def small_site(seed: int = 1) -> Rows:
    """One site, two years after its start."""
    return rows_of(simulate(SMALL, seed), f"SIM{seed:02d}")

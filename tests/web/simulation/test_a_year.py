"""A year of the service, day by day: lists, calls, consents, feeds, deaths, two at once.

Many more seeds run by command: make simulate SEEDS=200.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

from bench.service.year import simulate

Fresh = Callable[[], AbstractContextManager[str]]
# A simulation in which nobody dies proves nothing about deaths.
SELDOM = (
    "death, registered", "death, heard of", "a death was an error", "withdrawn: take_part",
    "records joined", "restricted", "a lead leaves", "handed over", "leave asked for", "fell ill",
    "list withdrawn", "agreement ended", "two at once: plan", "visit planned", "letter written",
    "meeting held", "warning answered", "told to keep somebody safe", "a partner's role ends",
)  # fmt: skip


def test_every_promise_holds_in_every_week(fresh_database: Fresh) -> None:
    happened = Counter[str]()
    for lived, seed in enumerate((2, 3, 4, 5)):
        if lived >= 2 and _missing(happened) == []:
            break  # the others are for the day on which two years are not eventful enough
        with fresh_database():
            year = simulate(seed, pace=0.15)
        assert year.days == 364
        assert year.checks >= 52
        happened += year.tally
    assert _missing(happened) == []


def _missing(happened: Counter[str]) -> list[str]:
    return [kind for kind in SELDOM if not happened[kind]]

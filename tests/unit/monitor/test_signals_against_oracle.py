"""Nothing missed and nothing twice: the rules against the same worked out slowly, over many random
lives. OPENHIU_SEQUENCES asks for more of them; 10,000 were run before release.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from openhiu.monitor.signals import Kept, Signal, Watched, raise_signals, settle
from support.early_warning import START, TIGHT, Told, oracle, sequences

MANY = int(os.environ.get("OPENHIU_SEQUENCES", "240"))
BATCH = 40
DAYS = 100
END = START + timedelta(days=DAYS)
NEVER_SILENT = replace(TIGHT, silence_days=None)


def raised(watched: list[Watched], as_of: date = END) -> list[Signal]:
    return raise_signals(
        watched, NEVER_SILENT, as_of, data_until={"attendances": None}, data_since=START
    )


def told(signals: list[Signal]) -> Told:
    return {(one.ref, one.rule, one.day, one.key.partition(":")[2]) for one in signals}


def keys(signals: list[Signal]) -> set[tuple[str, str]]:
    return {(one.ref, one.key) for one in signals}


@pytest.mark.parametrize("batch", range(MANY // BATCH))
def test_what_is_raised_is_what_the_definition_says(batch: int) -> None:
    spoke = 0
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        watched = sequences(seed, DAYS)
        found = raised(watched)
        assert told(found) == oracle(watched, TIGHT, END, START), seed
        assert len(found) == len(keys(found)), seed
        spoke += len(found)
    assert spoke > BATCH


@pytest.mark.parametrize("seed", range(20))
def test_order_and_repetition_make_no_difference(seed: int) -> None:
    watched = sequences(seed, DAYS)
    dice = random.Random(seed)
    again = [replace(one, events=tuple(dice.sample(one.events, len(one.events)) + list(
        one.events[: len(one.events) // 2]))) for one in watched]  # fmt: skip
    dice.shuffle(again)
    assert raised(again) == raised(watched)


@pytest.mark.parametrize("seed", range(20))
def test_run_every_day_it_tells_what_one_run_tells(seed: int) -> None:
    watched = sequences(seed, DAYS)
    every_day: set[tuple[str, str]] = set()
    for day in range(1, DAYS + 1):
        every_day |= keys(raised(watched, START + timedelta(days=day)))
    living = {one.ref for one in watched
              if not any("died" in (event.outcome or "") for event in one.events)}  # fmt: skip
    assert {one for one in every_day if one[0] in living} == keys(raised(watched))


@pytest.mark.parametrize("seed", range(30))
def test_events_that_arrive_late_and_in_parts_are_told_once(seed: int) -> None:
    """However the events trickle in, no client is told of twice within a rule's quiet time, and
    every rule without one tells exactly what it would have told had they all come at once.
    """
    watched = sequences(seed, DAYS)
    dice = random.Random(seed)
    arrives = {(one.ref, event): dice.randint(1, 4) for one in watched for event in one.events}
    kept: list[Kept] = []
    for part in range(1, 5):
        known = [replace(one, events=tuple(e for e in one.events if arrives[one.ref, e] <= part))
                 for one in watched]  # fmt: skip
        new = settle(raised(known), kept, NEVER_SILENT).new
        kept += [Kept(one.ref, one.rule, one.day, one.key) for one in new]
    assert len({(one.ref, one.key) for one in kept}) == len(kept)
    alone = ("at_a_distance", "self_harm", "left_before_seen")
    living = [one.ref for one in watched
              if not any("died" in (event.outcome or "") for event in one.events)]  # fmt: skip
    assert {(one.ref, one.key) for one in kept if one.rule in alone and one.ref in living} == {
        (one.ref, one.key) for one in raised(watched) if one.rule in alone
    }
    for rule, quiet in (("individual", 7), ("ambulance_twice", 7), ("first_after_quiet", 14)):
        for ref in living:
            days = sorted(one.day for one in kept if (one.ref, one.rule) == (ref, rule))
            assert all((b - a).days >= quiet for a, b in pairwise(days))


def test_the_oracle_notices_a_rule_that_looks_at_a_day_too_few() -> None:
    """The comparison has teeth: another window gives other signals."""
    changed = replace(NEVER_SILENT, days=6)
    differs = 0
    for seed in range(40):
        watched = sequences(seed, DAYS)
        found = raise_signals(
            watched, changed, END, data_until={"attendances": None}, data_since=START
        )
        differs += told(found) != oracle(watched, TIGHT, END, START)
    assert differs > 20

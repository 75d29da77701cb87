"""Many random deliveries, late, corrected and withdrawn: no warning missed, none told twice.

The oracle is written anew here, straight from what each plain rule says, and remembers every
delivery. `SIGNAL_SEQUENCES=10000` runs as many as the safety case asks for.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import Case
from openhiu.web.design.words import LONDON
from openhiu.web.monitoring import actions
from openhiu.web.monitoring.models import EarlyWarningRules, Signal
from support.web_monitoring import deliver, event, feed_files, make_client, steady

pytestmark = pytest.mark.django_db
SEQUENCES = int(os.environ.get("SIGNAL_SEQUENCES", "10"))
START = date(2026, 3, 2)
LATE_DAYS = 28
OUTCOMES = ("went home", "left before being seen", "left before treatment")


@dataclass
class Oracle:
    """What must have been told so far: (client, rule, event) and whether it still stands."""

    told: set[tuple[Any, str, str]] = field(default_factory=set)

    def see(self, truth: dict[str, dict[str, Any]], today: date) -> set[tuple[Any, str, str]]:
        """The warnings that stand today, by the plain words of each rule; remembers them."""
        first = today + timedelta(days=1) - timedelta(days=LATE_DAYS)
        now = {
            (one["case"], rule, ref)
            for ref, one in truth.items()
            for rule in self.rules_of(one)
            if first <= one["day"] <= today
        }
        self.told |= now
        return now

    @staticmethod
    def rules_of(one: dict[str, Any]) -> list[str]:
        found = []
        if one["distant"]:
            found.append("at_a_distance")
        if one["complaint"] in ("self-harm", "overdose"):
            found.append("self_harm")
        if one["outcome"] in ("left before being seen", "left before treatment"):
            found.append("left_before_seen")
        return found


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_no_signal_is_missed_and_none_is_told_twice(lead: Actor, analyst: Actor, seed: int) -> None:
    dice = random.Random(seed)
    with time_machine.travel(moment(START), tick=False):
        clients = people(lead)
        plain_rules_alone(lead)
    oracle, truth, today = Oracle(), {}, START
    for step in range(dice.randint(3, 7)):
        today += timedelta(days=dice.choice((0, 1, 1, 2, 5, 9)))
        with time_machine.travel(moment(today, step), tick=False), transaction.atomic():
            change(dice, truth, clients, today, f"{seed}-{step}")
            deliver(analyst, feed_of(clients, truth, today, step), although_older=True)
            standing = oracle.see(truth, today)
            judge(oracle, truth, standing)
            if dice.random() < 0.5:
                answer_some(dice, lead)
            for _ in range(dice.randint(0, 2)):
                actions.watch(lead.service)
            judge(oracle, truth, standing)


def judge(oracle: Oracle, truth: dict[str, Any], standing: set[Any]) -> None:
    kept = list(Signal.objects.all())
    named = Counter((one.case_id, one.rule, one.key.partition(":")[2]) for one in kept)
    assert max(named.values(), default=1) == 1, "told twice"
    assert set(named) == oracle.told, "missed, or told without a reason"
    for one in kept:
        about = (one.case_id, one.rule, one.key.partition(":")[2])
        gone = about[2] not in truth or truth[about[2]]["case"] != one.case_id
        if one.state in ("raised", "escalated", "expired"):
            assert not gone, "waits although the data took it back"
        if one.state == "taken_back":
            assert about not in standing, "taken back although it stands"
        assert one.steps.exists()
        if one.state == "expired":
            assert one.steps.filter(to_state="escalated").exists(), "dropped"


def people(lead: Actor) -> list[tuple[Case, bool]]:
    found = []
    for name, distant in (("Robin", True), ("Sam", False), ("Kim", True)):
        case = make_client(lead, name, opened="2025-04-01 09:00")
        found.append((steady(lead, case, "2025-12-01 09:00") if distant else case, distant))
    return found


def plain_rules_alone(lead: Actor) -> None:
    EarlyWarningRules.objects.create(
        service=lead.service, version=1, made_by=lead.membership, individual=False,
        quiet_weeks=None, ambulance_in_week=None, silence_days=None, expires_after_days=6,
    )  # fmt: skip


def change(dice: random.Random, truth: Any, clients: Any, today: date, tag: str) -> None:
    """Some events come (also late), some move to another hour or person, some are withdrawn."""
    for number in range(dice.randint(0, 4)):
        case, distant = dice.choice(clients)
        day = today - timedelta(days=dice.choice((0, 0, 1, 2, 8, 20, 27, 28, 40)))
        truth[f"e{tag}-{number}"] = {
            "case": case.pk, "person": case.person_id, "distant": distant, "day": day,
            "hour": dice.randint(0, 8),
            "complaint": dice.choice(("chest pain", "self-harm", "overdose")),
            "outcome": dice.choice(OUTCOMES),
        }  # fmt: skip
    for ref in dice.sample(sorted(truth), min(len(truth), dice.randint(0, 2))):
        if dice.random() < 0.4:
            del truth[ref]
        else:
            truth[ref]["hour"] = dice.randint(0, 8)


def feed_of(clients: Any, truth: Any, today: date, step: int) -> dict[str, bytes]:
    rows = [
        event(one["person"], f"{one['day']} {one['hour']:02d}:15", source_ref=ref,
              complaint=one["complaint"], outcome=one["outcome"])
        for ref, one in truth.items()
    ]  # fmt: skip
    as_of = (today + timedelta(days=1)).isoformat()
    return feed_files([case for case, _ in clients], rows, as_of=as_of,
                      cut_off=f"{today}T09:{step:02d}:00")  # fmt: skip


def answer_some(dice: random.Random, lead: Actor) -> None:
    for signal in Signal.objects.filter(state__in=("raised", "escalated")).order_by("key"):
        if dice.random() < 0.3:
            actions.acknowledge(by=lead, signal=signal, what="spoke")


def moment(day: date, step: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, 10, step, tzinfo=LONDON)

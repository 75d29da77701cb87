"""I13: what the data warn of is told, answered or passed on in time, and never dropped.

Three rules are worked out here a second time, event by event, from what the feeds really told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from bench.service.broken import hold
from bench.service.clock import LONDON
from bench.service.world import World, clients
from openhiu.locality import EarlyWarning
from openhiu.web.access.models import Announcement
from openhiu.web.casework.models import Case
from openhiu.web.monitoring.models import Coverage, Signal, SignalStep

WAITS = ("raised", "escalated", "expired")


def everything_is_told(world: World) -> None:
    """After a feed: each visit that warns has its warning; no open warning has no visit."""
    expected = _expected(world)
    kept = {
        (row.case_id, row.rule, row.key.partition(":")[2]): row
        for row in Signal.objects.filter(
            rule__in=("self_harm", "left_before_seen", "at_a_distance")
        )
    }
    missing = [one for one in expected if one not in kept]
    hold("I13", missing[:3], "the data warn, and nobody was told")
    events = {ref for (kind, ref) in world.kept.get("stored", {}) if kind == "attendance"}
    false = [key for key, row in kept.items() if row.state in WAITS and key[2] not in events]
    hold("I13", false[:3], "a warning waits although its visit was taken back")


def _expected(world: World) -> set[tuple[UUID, str, str]]:
    """Case, rule and event of every visit of the last weeks that warns."""
    since = world.clock.today + timedelta(days=1) - timedelta(days=EarlyWarning().late_days)
    found = set(Coverage.objects.filter(standing="found").values_list("person", flat=True))
    mine = clients(world) & found
    cases = {case.person_id: case for case in Case.objects.filter(person__in=mine)}
    dead = {
        world.ledger.root(p)
        for p, facts in world.kept.get("stored", {}).values()
        if "died" in facts[6]
    }
    warns = set()
    for (kind, ref), (person, facts) in world.kept.get("stored", {}).items():
        case = cases.get(world.ledger.root(person))
        day = facts[0].astimezone(LONDON).date()
        if kind != "attendance" or case is None or case.person_id in dead or day < since:
            continue
        if day > world.clock.today or day < case.opened_at.astimezone(LONDON).date():
            continue
        warns |= {(case.pk, rule, ref) for rule in _rules(case, day, facts)}
    return warns


def _rules(case: Any, day: Any, facts: tuple[Any, ...]) -> list[str]:
    complaint, outcome = facts[5], facts[6]
    warns = ["self_harm"] if "self-harm" in complaint else []
    warns += ["left_before_seen"] if outcome == "left before being seen" else []
    steady = case.phase == "at_a_distance" and day >= case.phase_since.astimezone(LONDON).date()
    return warns + (["at_a_distance"] if steady else [])


def none_is_dropped(world: World) -> None:
    """Every warning ever told is still kept; each moved only as the table of its states allows."""
    seen: set[UUID] = world.kept.setdefault("signals", set())
    now = {row.pk: row for row in Signal.objects.select_related("case")}
    hold("I13", seen - set(now), "warnings vanished")
    seen |= set(now)
    steps: dict[UUID, list[SignalStep]] = {}
    for step in SignalStep.objects.order_by("at", "pk"):
        steps.setdefault(step.signal_id, []).append(step)
    for key, signal in now.items():
        _one(world, signal, steps.get(key, []))


def _one(world: World, signal: Signal, steps: list[SignalStep]) -> None:
    # One act may move it twice in what is one moment of this clock.
    last = {step.to_state for step in steps if step.at == steps[-1].at}
    hold("I13", signal.state not in last and signal.key, "a warning's steps lead elsewhere")
    late = signal.answer_by + timedelta(days=4)  # over a weekend the clock runs on Monday
    waits = signal.state == "raised" and world.clock.now > late
    hold("I13", waits and signal.key, "two working days, and the supervisor was not told")
    told = [step.at for step in steps if step.to_state == "escalated"]
    silent = [step for step in steps if step.to_state == "expired" and not told]
    hold("I13", silent and signal.key, "expired before anybody was told")
    alive = not world.ledger.is_dead(signal.case.person_id)
    supported = alive and world.ledger.takes_part(signal.case.person_id)
    waits = signal.state in WAITS and not supported
    hold("I2", waits and signal.key, "a warning about somebody nobody is to call")


def supervisors_hear(world: World) -> None:
    """Whatever was passed on stands with a supervisor too."""
    passed = Signal.objects.filter(state="escalated").count()
    told = Announcement.objects.filter(
        to__in=[world.actors[one].membership for one in ("supervisor", "manager")]
    ).exists()
    hold("I13", passed and not told, "warnings were passed on to nobody")

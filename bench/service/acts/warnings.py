"""Early warnings are answered, opened again, picked up, or left: then others must be told."""

from __future__ import annotations

from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.monitoring import actions
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.queries import open_signals


def answer_some(world: World, worker: Actor) -> None:
    """What waits for this one; some of it nobody answers in time."""
    with world.rows():
        keys = [row.signal.pk for row in open_signals(worker)]
        waiting = list(Signal.objects.select_related("case").filter(pk__in=keys).order_by("pk"))
    for signal in waiting:
        if world.chance(0.35):
            _answer(world, worker, signal)


def _answer(world: World, worker: Actor, signal: Signal) -> None:
    dice = world.dice
    if signal.case.phase in ("at_a_distance", "walking_backwards") and dice.random() < 0.4:
        world.do(
            "warning: picked up with one tap",
            lambda: actions.pick_up(by=worker, case=signal.case, signal=signal),
        )
        return
    what = dice.choice(Signal.Answer.values)
    done = world.do(
        "warning answered", lambda: actions.acknowledge(by=worker, signal=signal, what=what)
    )
    if done and dice.random() < 0.1:
        world.do("an answer taken back", lambda: actions.open_again(by=worker, signal=done))
    if done and dice.random() < 0.3:
        world.must_refuse(
            "I13",
            "answering for a colleague's client",
            lambda: actions.acknowledge(by=world.actors["partner-0"], signal=signal, what=what),
        )

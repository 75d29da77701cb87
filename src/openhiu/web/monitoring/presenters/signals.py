"""Early warnings in words: a signal comes in; its tags, sentences and history go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openhiu.monitor.signals import RuleWords
from openhiu.web.casework.models import Case
from openhiu.web.design import words
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.queries.signals import SignalRow
from openhiu.web.monitoring.rule_words import rule_words
from openhiu.web.monitoring.telling import pressing

# The word says it; the colour only repeats it.
LEVEL_COLOURS: Final = {"red": "red", "amber": "orange", "look": "blue"}
LEVEL_MEANINGS: Final = {
    "red": "Call today",
    "amber": "Call soon",
    "look": "Have a look",
}
# The answers in the order they are offered; each is one tap.
ANSWERS: Final = tuple(
    (str(value), str(label))
    for value, label in Signal.Answer.choices
    if value != Signal.Answer.PICKED_UP  # has a button of its own
)
# What was done, in a word for a table.
ANSWERED_AS: Final = {
    "spoke": "Spoke", "message": "Message", "visited": "Visited", "ward": "Ward or A&E",
    "watching": "Watching", "not_ours": "Not about us", "picked_up": "Picked up",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One signal as a page shows it."""

    signal: Signal
    rule: RuleWords
    level: tuple[str, str]
    state: tuple[str, str]
    waits: bool
    answer: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfClient:
    """Everything that waits about one client: the most pressing, and the others."""

    case: Case
    first: Shown
    others: tuple[Shown, ...]
    last_came: datetime | None = None

    @property
    def headline(self) -> str:
        """The rule, after a later visit than any that these warnings are about."""
        rule, last = self.first.rule.label, self.last_came
        told = max(one.signal.day for one in (self.first, *self.others))
        if last is None or words.as_day(last) <= told:
            return rule
        again = " again" if self.first.signal.happened_at else ""
        return f"Came{again} {words.day(last)}; {words.initial_lower(rule)}"


def by_client(rows: Iterable[SignalRow]) -> list[OfClient]:
    """Rows in their order, those of one client together where the first of them stands."""
    found: dict[Any, list[SignalRow]] = {}
    for row in rows:
        found.setdefault(row.case.pk, []).append(row)
    return [
        OfClient(case=some[0].case, first=shown(some[0].signal), last_came=some[0].last_came,
                 others=tuple(shown(row.signal) for row in some[1:]))
        for some in map(_pressing_first, found.values())
    ]  # fmt: skip


def _pressing_first(some: list[SignalRow]) -> list[SignalRow]:
    """Of one client: as monitoring.telling leads to them, red first and the longest waiting."""
    return sorted(some, key=lambda row: pressing(row.signal))


def level_tag(level: str) -> tuple[str, str]:
    """Red, amber or look, with what it asks for: words first."""
    label = str(Signal.Level(level).label)
    return (f"{label}: {words.initial_lower(LEVEL_MEANINGS[level])}", LEVEL_COLOURS[level])


def shown(signal: Signal, *, with_steps: bool = False) -> Shown:
    """A signal with its tags; `with_steps` needs its steps and whose they were."""
    state = lifecycle.STATES[signal.state]
    return Shown(
        signal=signal,
        rule=rule_words(signal.rule),
        level=level_tag(signal.level),
        state=(state.label, state.colour),
        waits=state.waits,
        answer=answer(signal),
        steps=tuple(_steps(signal)) if with_steps else (),
    )


def answer(signal: Signal) -> str:
    """What was done, by whom and when; nothing while it waits."""
    if not signal.answer or signal.ended_at is None:
        return ""
    who = signal.answered_by.user.name if signal.answered_by else "The system"
    done = str(Signal.Answer(signal.answer).label)
    return f"{done} ({who}, {words.moment(signal.ended_at)})"


def _steps(signal: Signal) -> Iterable[str]:
    for step in sorted(signal.steps.all(), key=lambda one: one.at):
        who = step.by.user.name if step.by else "by itself"
        label = lifecycle.STATES[step.to_state].label
        reason = f": {step.reason}" if step.reason else ""
        yield f"{words.moment(step.at)}, {who}: {label}{reason}"

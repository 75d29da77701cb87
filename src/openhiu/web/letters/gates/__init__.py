"""The gates before anything leaves, as one table: a sheet comes in; what stops it goes out.

Looked at on the page, again when it is put in the outbox, and again at the moment of sending. Every
gate is a sentence; a few may be passed with a reason, which is kept with the sentence it answers
and counts as long as the gate says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from openhiu.paper.blocks import Document
from openhiu.web.letters import composing
from openhiu.web.letters.gates import paper, person
from openhiu.web.letters.models import Outgoing
from openhiu.web.letters.sheet import Sheet, sheet


@dataclass(frozen=True)
class Gate:
    """One gate: its name, what it asks, who looks, and whether a reason may pass it.

    `look` gives a sentence why not, or nothing. `reason` may depend on the reader.
    """

    key: str
    asks: str
    look: Callable[[Sheet], str]
    reason: Callable[[Sheet], bool] = lambda _: False


@dataclass(frozen=True)
class Verdict:
    """What one gate says: open, stopped with a sentence, or passed with a reason."""

    gate: Gate
    why: str = ""
    reason: str = ""
    may_pass: bool = False

    @property
    def stops(self) -> bool:
        """Whether nothing leaves through it."""
        return bool(self.why) and not (self.may_pass and self.reason)


def look(sheet: Sheet) -> list[Verdict]:
    """Every gate, in order."""
    return [_judged(gate, sheet) for gate in GATES]


def stopped(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those through which nothing leaves."""
    return [verdict for verdict in verdicts if verdict.stops]


def in_words(verdicts: Iterable[Verdict]) -> str:
    """Why it is stopped, as sentences."""
    return " ".join(verdict.why for verdict in stopped(verdicts))


def _judged(gate: Gate, sheet: Sheet) -> Verdict:
    why = gate.look(sheet)
    kept = sheet.letter.reasons.get(gate.key, {})
    said = kept["said"] if why and kept and kept["to"] == why else ""
    return Verdict(gate, why, said, bool(why) and gate.reason(sheet))


GATES: Final = (
    Gate("alive", "Are they alive?", person.alive),
    Gate("takes_part", "Do they take part?", person.takes_part),
    Gate("one_person", "Is it certain who they are?", person.one_person),
    Gate("whereabouts", "Does anything tell where they are?", person.whereabouts),
    Gate("safe", "Is it safe to write to them?", person.safe),
    Gate("address", "Is their address right?", person.address),
    Gate("consent", "Did they agree that this organisation is told?", person.consent),
    Gate("agreed", "Is a plan agreed?", person.agreed),
    Gate("practice", "Is it their GP practice?", person.practice, reason=lambda _: True),
    Gate("recipient", "Does it go to one recipient, at one address?", paper.recipient),
    Gate("format", "Can they read it?", paper.readable, reason=lambda _: True),
    Gate("translated", "Was its translation read back?", paper.translated),
    Gate("complete", "Is anything missing in it?", paper.complete),
    Gate("words", "Does a word in it hurt?", paper.words, reason=lambda sheet: not sheet.to_client),
    Gate("current", "Is the plan in it current?", paper.current),
)
BY_KEY: Final = {gate.key: gate for gate in GATES}


def must_be_open(sheet: Sheet) -> Document:
    """The document, when every gate is open or passed.

    Raises:
        Closed: with the verdicts that stop it.
    """
    found = look(sheet)
    if stopped(found):
        raise Closed(found)
    return composing.compose(sheet)


def why_not_leave(item: Outgoing) -> str:
    """Why something in the outbox must not leave now, as sentences; nothing when it may.

    A gate is closed, or the same letter would say something else by now: a newer plan, a corrected
    name, another lead. What was printed is then old.
    """
    now = sheet(item.letter, item.way)
    found = look(now)
    if stopped(found):
        return in_words(found)
    if composing.fingerprint(now, composing.compose(now)) != item.content_hash:
        return "What may be said changed after it was put in. Look at it again."
    return ""


class Closed(Exception):
    """A gate is closed; the sentences say which and why."""

    def __init__(self, verdicts: list[Verdict]) -> None:
        self.verdicts = verdicts
        super().__init__(in_words(verdicts))

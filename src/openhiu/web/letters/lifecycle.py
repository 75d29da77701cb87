"""The states of something that leaves and the moves between them, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openhiu.web.letters.models import Outgoing

State = Outgoing.State


@dataclass(frozen=True)
class Stage:
    """One state: its words, the colour of its tag, what it means, and whether it is an end."""

    label: str
    colour: str
    meaning: str
    end: bool = False


STAGES: Final = {
    "to_post": Stage("To be posted", "yellow", "Printed. Somebody says when they posted it."),
    "to_hand": Stage("To be handed over", "yellow", "Printed. Somebody says when they gave it."),
    "waiting": Stage("Waiting", "blue", "It is sent within a few minutes, or tried again."),
    "sending": Stage("Being sent", "blue", "It is on its way now."),
    "unsure": Stage("Not known", "orange",
                    "The line broke at the wrong moment. Ask whether it arrived."),
    "sent": Stage("Sent", "green", "It left.", end=True),
    "failed": Stage("Could not be sent", "red", "It did not leave.", end=True),
    "cancelled": Stage("Cancelled", "grey", "It was stopped before it left.", end=True),
}  # fmt: skip
MOVES: Final[dict[str, tuple[str, ...]]] = {
    "to_post": ("sent", "cancelled"),
    "to_hand": ("sent", "cancelled"),
    "waiting": ("sending", "failed", "cancelled"),
    # Back to waiting after a fault that passes; cancelled where a gate closed meanwhile.
    "sending": ("sent", "waiting", "failed", "unsure", "cancelled"),
    "unsure": ("sent", "failed"),
    "sent": (),
    "failed": (),
    "cancelled": (),
}
ENDS: Final = frozenset(key for key, stage in STAGES.items() if stage.end)
OPEN: Final = tuple(key for key, stage in STAGES.items() if not stage.end)


def why_not(now: str, to: str) -> str:
    """Why something cannot go from a state to another, as a sentence; nothing when it can."""
    if to in MOVES.get(now, ()):
        return ""
    if now == to:
        return f"It is {STAGES[now].label.lower()} already."
    if now in ENDS:
        return f"This ended: {STAGES[now].label.lower()}. Write a new letter instead."
    return f"From \u201c{STAGES[now].label}\u201d it cannot become \u201c{STAGES[to].label}\u201d."


def diagram() -> str:
    """The table above as a mermaid state diagram."""
    named = [f"    {key} : {stage.label}" for key, stage in STAGES.items()]
    starts = [f"    [*] --> {key}" for key in ("to_post", "to_hand", "waiting")]
    moves = [f"    {key} --> {to}" for key, ways in MOVES.items() for to in ways]
    ends = [f"    {key} --> [*]" for key in STAGES if key in ENDS]
    return "\n".join(["stateDiagram-v2", *named, *starts, *moves, *ends])

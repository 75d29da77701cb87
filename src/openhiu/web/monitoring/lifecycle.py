"""What becomes of an early warning: its states and the moves between them, as data.

`move` in monitoring.actions.signals is the only way a state changes; this table decides. A signal
is answered or comes to the supervisor: none is ever dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class State:
    """One state: its key, what people call it, the colour of its tag, and what it means."""

    key: str
    label: str
    colour: str
    meaning: str
    waits: bool = False  # somebody still has to answer


RAISED: Final = State("raised", "Waiting", "orange", "Nobody has answered it yet.", waits=True)
ESCALATED: Final = State(
    "escalated", "With the supervisor too", "red",
    "Two working days went by without an answer, so the supervisor was told as well.", waits=True,
)  # fmt: skip
ACKNOWLEDGED: Final = State("acknowledged", "Answered", "green", "Somebody said what was done.")
EXPIRED: Final = State(
    "expired", "Nobody answered", "red",
    "It is too old to act on. The supervisor still answers for it; the lead sees it for 28 days.",
    waits=True,
)  # fmt: skip
TAKEN_BACK: Final = State(
    "taken_back", "Taken back", "grey", "The data it stood on were corrected or withdrawn."
)
STOPPED: Final = State(
    "stopped", "Ended with support", "grey", "They died, or asked us to stop, before an answer."
)
STATES: Final = {
    state.key: state for state in (RAISED, ESCALATED, ACKNOWLEDGED, EXPIRED, TAKEN_BACK, STOPPED)
}
OPEN: Final = (RAISED.key, ESCALATED.key)  # for whoever walks alongside
WAITING: Final = tuple(state.key for state in STATES.values() if state.waits)

# An unanswered signal expires only after the supervisor was told: there is no way round it. An
# answer can be taken back where it was a slip; what was taken back can be told again.
MOVES: Final[dict[str, tuple[str, ...]]] = {
    "raised": ("acknowledged", "escalated", "taken_back", "stopped"),
    "escalated": ("acknowledged", "expired", "taken_back", "stopped"),
    "expired": ("acknowledged", "taken_back", "stopped"),
    "acknowledged": ("raised",),
    "taken_back": ("raised",),
    "stopped": ("raised",),
}


def why_not(now: str, to: str) -> str:
    """Why one cannot go from a state to another, as a sentence; nothing when one can."""
    if to in MOVES.get(now, ()):
        return ""
    if now == to:
        return f"It is \u201c{STATES[now].label}\u201d already."
    return f"From \u201c{STATES[now].label}\u201d it cannot become \u201c{STATES[to].label}\u201d."


def diagram() -> str:
    """The table above as a mermaid state diagram, for the documentation."""
    named = [f"    {key} : {state.label}" for key, state in STATES.items()]
    moves = [f"    {key} --> {to}" for key, ways in MOVES.items() for to in ways]
    return "\n".join(["stateDiagram-v2", *named, "    [*] --> raised", *moves])

"""The phases of support and the moves between them, as data: one table, one `move()` elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Phase:
    """One phase: its key, what people call it, and what it means in one sentence.

    `rhythm_days` is the contact rhythm it starts with; None before consent.
    """

    key: str
    label: str
    meaning: str
    rhythm_days: int | None = None


IDENTIFIED: Final = Phase("identified", "Identified", "Chosen from the list; not yet called.")
REACHING_OUT: Final = Phase("reaching_out", "Reaching out", "Being called; has not answered yet.")
WORKING_TOGETHER: Final = Phase(
    "working_together", "Working together", "Said yes; in touch often.", rhythm_days=7
)
WALKING_BACKWARDS: Final = Phase(
    "walking_backwards", "Walking backwards", "Steadier; contact stretches by plan.", rhythm_days=14
)
AT_A_DISTANCE: Final = Phase(
    "at_a_distance", "Open at a distance", "Steady; can come back with one call.", rhythm_days=90
)
PICKED_UP_AGAIN: Final = Phase(
    "picked_up_again", "Picked up again", "It got hard again; in touch often.", rhythm_days=7
)

PHASES: Final = {
    phase.key: phase
    for phase in (
        IDENTIFIED, REACHING_OUT, WORKING_TOGETHER, WALKING_BACKWARDS, AT_A_DISTANCE,
        PICKED_UP_AGAIN,
    )
}  # fmt: skip

# From where one may go where. Everyone supported can step back, and return without a referral.
MOVES: Final[dict[str, tuple[str, ...]]] = {
    "identified": ("reaching_out", "working_together"),
    "reaching_out": ("working_together",),
    "working_together": ("walking_backwards", "at_a_distance"),
    "walking_backwards": ("at_a_distance", "working_together", "picked_up_again"),
    "at_a_distance": ("picked_up_again",),
    "picked_up_again": ("walking_backwards", "at_a_distance"),
}
# While walking backwards each kept contact stretches the next by the following step, in days.
STRETCH: Final = (14, 21, 28, 42, 60, 90)


def why_not(now: str, to: str) -> str:
    """Why one cannot go from a phase to another, as a sentence; nothing when one can."""
    if to not in PHASES:
        return "There is no such phase."
    if to in MOVES.get(now, ()):
        return ""
    here, there = PHASES[now].label, PHASES[to].label
    if now == to:
        return f"They are already in \u201c{here}\u201d."
    if PHASES[to].rhythm_days is None:
        return f"\u201c{there}\u201d is before someone says yes. They have said yes."
    ways = [f"\u201c{PHASES[key].label}\u201d" for key in MOVES[now]]
    return f"From \u201c{here}\u201d the next step is {' or '.join(ways)}."


def stretched(rhythm_days: int) -> int:
    """The next longer rhythm, in days, after a kept contact while walking backwards."""
    return next((days for days in STRETCH if days > rhythm_days), rhythm_days)


def rhythm_after(phase: str, rhythm_days: int, *, kept: bool) -> int:
    """How often to be in touch after a contact: only walking backwards stretches, if kept."""
    return stretched(rhythm_days) if kept and phase == WALKING_BACKWARDS.key else rhythm_days


def diagram() -> str:
    """The table above as a mermaid state diagram, for docs/reference/lifecycle.md."""
    named = [f"    {key} : {phase.label}" for key, phase in PHASES.items()]
    moves = [f"    {key} --> {to}" for key, ways in MOVES.items() for to in ways]
    return "\n".join(["stateDiagram-v2", *named, "    [*] --> identified", *moves])

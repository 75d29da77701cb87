"""The states of a meeting and the moves between them, as data: planned, closed, held, agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class State:
    """One state: its key, its tag with a colour, what it means, and the button that leads to it."""

    key: str
    label: str
    colour: str
    meaning: str
    button: str = ""


PLANNED: Final = State("planned", "Planned", "blue", "The agenda is still open.")
CLOSED: Final = State(
    "agenda_closed", "Agenda closed", "purple", "Who is talked about, and when, stands.",
    "Close the agenda",
)  # fmt: skip
HELD: Final = State(
    "held", "Held", "yellow", "The minutes are being written.", "The meeting was held"
)
AGREED: Final = State(
    "minutes_agreed", "Minutes agreed", "green", "What stands in the minutes stays.",
    "Agree the minutes",
)  # fmt: skip
CALLED_OFF: Final = State("called_off", "Called off", "grey", "It did not take place.", "Call off")
STATES: Final = {one.key: one for one in (PLANNED, CLOSED, HELD, AGREED, CALLED_OFF)}

MOVES: Final[dict[str, tuple[str, ...]]] = {
    "planned": ("agenda_closed", "called_off"),
    "agenda_closed": ("held", "planned", "called_off"),
    "held": ("minutes_agreed",),
    "minutes_agreed": (),
    "called_off": (),
}
AHEAD: Final = (PLANNED.key, CLOSED.key)
# Notes and actions are written while it goes on and until its minutes are agreed.
WRITABLE: Final = (CLOSED.key, HELD.key)
AGENDA_OPEN: Final = (PLANNED.key,)


def why_not(now: str, to: str) -> str:
    """Why a meeting cannot go from one state to another, as a sentence; nothing when it can."""
    if to in MOVES.get(now, ()):
        return ""
    if to not in STATES:
        return "There is no such state."
    if now == AGREED.key:
        return "Its minutes are agreed. Take up what is still open at the next meeting."
    if now == CALLED_OFF.key:
        return "It was called off. Plan another one."
    if to == HELD.key:
        return "Close the agenda first."
    if to == AGREED.key:
        return "Say first that the meeting was held."
    return f"A meeting that is “{STATES[now].label}” cannot be “{STATES[to].label}” next."


def diagram() -> str:
    """The table above as a mermaid state diagram."""
    named = [f"    {key} : {state.label}" for key, state in STATES.items()]
    moves = [f"    {key} --> {to}" for key, ways in MOVES.items() for to in ways]
    return "\n".join(["stateDiagram-v2", *named, "    [*] --> planned", *moves])

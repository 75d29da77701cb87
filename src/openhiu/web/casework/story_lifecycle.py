"""The states of a story and the moves between them, as data: written, read by two, ready, used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class State:
    """One state: its key, its tag with a colour, and what it means in one sentence."""

    key: str
    label: str
    colour: str
    meaning: str


WRITTEN: Final = State(
    "written", "Written", "grey", "Waits for their yes to the words, and for two readers."
)
REVIEWED_ONCE: Final = State(
    "reviewed_once", "Read by one", "blue", "One reader found it safe; a second is needed."
)
READY: Final = State("ready", "Ready", "green", "Two readers found it safe. Reports may use it.")
USED: Final = State("used", "In a report", "purple", "It stands in at least one report.")
TAKEN_OUT: Final = State("taken_out", "Taken out", "orange", "It is used nowhere from now on.")
STATES: Final = {one.key: one for one in (WRITTEN, REVIEWED_ONCE, READY, USED, TAKEN_OUT)}

# Changed words begin again; what was taken out stays out.
MOVES: Final[dict[str, tuple[str, ...]]] = {
    "written": ("written", "reviewed_once", "taken_out"),
    "reviewed_once": ("written", "ready", "taken_out"),
    "ready": ("written", "used", "taken_out"),
    "used": ("used", "taken_out"),
    "taken_out": (),
}
WAITING: Final = (WRITTEN.key, REVIEWED_ONCE.key)
TELLABLE: Final = (READY.key, USED.key)
READERS: Final = 2


def why_not(now: str, to: str) -> str:
    """Why a story cannot go from one state to another, as a sentence; nothing when it can."""
    if to in MOVES.get(now, ()):
        return ""
    if now == TAKEN_OUT.key:
        return "This was taken out. Write a new one with them if they want to tell it again."
    if now == USED.key:
        return "This stands in a report. Write a new one instead of changing it."
    if to == USED.key:
        return "Two people have to find it safe before it may be used."
    return f"A story that is “{STATES[now].label}” cannot be “{STATES[to].label}” next."


def diagram() -> str:
    """The table above as a mermaid state diagram, for docs/reference/lifecycle.md."""
    named = [f"    {key} : {state.label}" for key, state in STATES.items()]
    moves = [f"    {key} --> {to}" for key, ways in MOVES.items() for to in ways if to != key]
    return "\n".join(["stateDiagram-v2", *named, "    [*] --> written", *moves])

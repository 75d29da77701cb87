"""How connecting a client with a service goes, as data: where it can stand and what that means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class State:
    """Where a connection stands. `open` while somebody still has to hear how it went."""

    key: str
    label: str
    meaning: str
    colour: str
    open: bool = False
    why: str = ""  # what is asked when it ends here; nothing where no reason is needed


STATES: Final = {
    state.key: state
    for state in (
        State("offered", "Offered", "They think about it.", "grey", open=True),
        State("asked", "Asked", "The service was asked; no answer yet.", "blue", open=True),
        State("waiting", "Waiting", "On their waiting list.", "yellow", open=True),
        State("connected", "Connected", "They have met, and it goes on.", "green"),
        State("did_not_fit", "Did not fit", "It was not the right thing.", "grey",
              why="Why did it not fit?"),
        State("no_capacity", "No room", "The service could not take them.", "orange",
              why="What did the service say?"),
        State("not_now", "Not now", "They did not want it now.", "grey"),
    )
}  # fmt: skip
OPEN: Final = tuple(key for key, state in STATES.items() if state.open)
NOT_FOUND: Final = ("did_not_fit", "no_capacity")  # what commissioners should hear of
CHECK_AFTER_DAYS: Final = 14  # when nobody says when to ask again
QUIET_DAYS: Final = 21  # no news for so long brings it up even before its day


def choices() -> list[tuple[str, str]]:
    """Keys and words, for a form."""
    return [(key, state.label) for key, state in STATES.items()]

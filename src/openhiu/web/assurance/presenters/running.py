"""What the page on running shows: an actor comes in; signs, drills and runs to draw go out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.assurance.notebook import Facts
from openhiu.web.assurance.queries import running

_SHOWN: Final = 12
_COLOURS: Final = {
    running.State.GOOD: "green", running.State.LOOK: "yellow", running.State.BROKEN: "red",
}  # fmt: skip
_KINDS: Final = {
    "rehearsal": "With a key made for the drill", "real": "With the key that is kept elsewhere",
}  # fmt: skip


def running_page(actor: Actor) -> dict[str, Any]:
    """The context of running.html."""
    signs = running.of_service(actor)
    held = list(reversed(running.drills()))[:_SHOWN]
    return {
        "signs": [(sign, _COLOURS[sign.state]) for sign in signs],
        "wrong": [sign for sign in signs if sign.state is not running.State.GOOD],
        "drills": [_drill(one) for one in held],
        "runs": running.runs(),
    }


def _drill(held: Facts) -> dict[str, Any]:
    return {
        "at": running.moment(held["at"]), "kind": _KINDS.get(held["kind"], held["kind"]),
        "good": held["good"] and held["genuine"],
        "words": "; ".join(held["proved"]) if held["good"] else held["why"],
        "seconds": _length(held.get("restore_seconds")), "genuine": held["genuine"],
        "rows": held.get("rows"),
    }  # fmt: skip


def _length(seconds: float | None) -> str:
    return "" if seconds is None else str(timedelta(seconds=round(seconds)))

"""Leave and cover for tests: members come in, leave that was asked for and answered goes out."""

from __future__ import annotations

from datetime import date
from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.team.actions.leave import Days, answer_cover, ask_leave
from openhiu.web.team.models import Cover, Leave


def ask(
    by: Actor, first: date, last: date, *covering: Actor, kind: str = "annual", **more: Any
) -> Leave:
    """Leave of the one who asks, with colleagues asked to cover all of it."""
    halves = {name: more.pop(name) for name in ("from_midday", "until_midday") if name in more}
    return ask_leave(
        by=by,
        member=more.pop("member", by).membership,
        kind=kind,
        days=Days(first, last, **halves),
        covering=[one.membership for one in covering],
    )


def book(by: Actor, first: date, last: date, covering: Actor, **more: Any) -> Leave:
    """The same, with the colleague's yes."""
    leave = ask(by, first, last, covering, **more)
    answer_cover(by=covering, cover=Cover.objects.get(leave=leave), yes=True)
    leave.refresh_from_db()
    return leave

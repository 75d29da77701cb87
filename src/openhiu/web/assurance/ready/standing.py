"""How every line stands now: a service comes in; lines with their evidence go out, and a count.

A line is green only when software sees it (where it can) and, where asked, a person confirmed it
with evidence and the day to look again has not passed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.models import Service
from openhiu.web.assurance.models import Confirmation
from openhiu.web.assurance.ready.lines import (
    GROUPS,
    LINES,
    Line,
    Standing,
    State,
    in_place,
    to_confirm,
    wrong,
)
from openhiu.web.design.words import day

_LOG: Final = logging.getLogger(__name__)
COLOURS: Final = {
    State.IN_PLACE: "green", State.MISSING: "yellow", State.WRONG: "red",
    State.TO_CONFIRM: "orange",
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One line as it stands, and the newest confirmation of it, whether or not it still counts."""

    line: Line
    standing: Standing
    confirmed: Confirmation | None = None

    @property
    def colour(self) -> str:
        """Of its tag."""
        return COLOURS[self.standing.state]

    @property
    def good(self) -> bool:
        """Whether it is green."""
        return self.standing.good


@dataclass(frozen=True)
class Readiness:
    """Every line, in the order of the page."""

    lines: tuple[Seen, ...]

    @property
    def open(self) -> tuple[Seen, ...]:
        """Those that are not green."""
        return tuple(one for one in self.lines if not one.good)

    @property
    def good(self) -> int:
        """How many are green."""
        return len(self.lines) - len(self.open)

    @property
    def ready(self) -> bool:
        """Whether all of them are."""
        return bool(self.lines) and not self.open

    @property
    def next(self) -> tuple[Seen, ...]:
        """What to see to first: what does not hold, then what is missing, then what is asked."""
        order = (State.WRONG, State.MISSING, State.TO_CONFIRM)
        return tuple(sorted(self.open, key=lambda one: order.index(one.standing.state))[:3])

    def groups(self) -> list[tuple[str, list[Seen]]]:
        """The lines group by group, in the order of the page; no empty group."""
        found = [(name, [one for one in self.lines if one.line.group == name]) for name in GROUPS]
        return [(name, lines) for name, lines in found if lines]


def readiness(service: Service) -> Readiness:
    """Look at every line now."""
    held = confirmations(service)
    order = {name: nth for nth, name in enumerate(GROUPS)}
    lines = sorted(LINES.values(), key=lambda line: order[line.group])
    return Readiness(tuple(seen(service, line, held.get(line.key)) for line in lines))


def confirmations(service: Service) -> dict[str, Confirmation]:
    """The newest confirmation of each line. Where that was taken back the line has none: what
    somebody confirmed before it does not come to life again.
    """
    rows = Confirmation.objects.filter(service=service).select_related("confirmed_by__user")
    newest = {row.line: row for row in rows.order_by("at")}
    return {line: row for line, row in newest.items() if row.taken_back_at is None}


def seen(service: Service, line: Line, confirmed: Confirmation | None) -> Seen:
    """One line: what software sees comes first; then what a person has to say."""
    looked = _looked(service, line)
    if looked is not None and not looked.good:
        return Seen(line, looked, confirmed)
    if not line.asks:
        return Seen(line, looked or wrong("Nobody looks at this line."), confirmed)
    if confirmed is not None and (why := _not_by_two(service, line, confirmed)):
        return Seen(line, to_confirm(why, looked.link if looked else ""), confirmed)
    return Seen(line, _asked(line, looked, confirmed), confirmed)


def _not_by_two(service: Service, line: Line, confirmed: Confirmation) -> str:
    """Why a confirmation is none: it is of what was there before, or by whoever noted it."""
    noted = line.noted(service) if line.noted else None
    if noted is None:
        return ""
    if noted.at > confirmed.at:
        return "What it rests on was noted anew since it was confirmed."
    if noted.by == confirmed.confirmed_by.user_id:
        return "Whoever confirmed it had noted it. A second person confirms it."
    return ""


def _asked(line: Line, looked: Standing | None, confirmed: Confirmation | None) -> Standing:
    link, sees = (looked.link, f"{looked.evidence} ") if looked else ("", "")
    if confirmed is None:
        return to_confirm(f"{sees}Somebody has to confirm it. What shows it: {line.asks}.", link)
    if confirmed.review_on < timezone.localdate():
        return to_confirm(
            f"{sees}It was to be looked at again by {day(confirmed.review_on)}.", link
        )
    return in_place(
        f"{sees}{confirmed.evidence.rstrip('.')}. Confirmed by {confirmed.confirmed_by.user.name} "
        f"on {day(confirmed.confirmed_on)}, until {day(confirmed.review_on)}.",
        link,
    )


def _looked(service: Service, line: Line) -> Standing | None:
    """What software sees; a look that breaks is no evidence, and is red."""
    if line.look is None:
        return None
    try:
        with transaction.atomic():
            return line.look(service)
    except Exception:
        _LOG.exception("readiness line %s could not be looked at", line.key)
        return wrong("It could not be looked at. Tell whoever runs this service.")

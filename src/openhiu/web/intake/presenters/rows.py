"""A row of a list as a lead sees it: identity hidden or shown, known how, choosable or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from openhiu.tables.handover import ALL_SITES
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital, Role
from openhiu.web.intake import policies
from openhiu.web.intake.actions.choosing import why_not_choose
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.intake.queries.known import Known, known_for

CHANGE_WORDS: Final = {
    "new": ("New", "blue"), "again": ("There again", "white"), "returned": ("Back", "purple"),
}  # fmt: skip
STATE_COLOURS: Final = {"waiting": "", "chosen": "green", "set_aside": "grey"}
_SEX: Final = {"1": "male", "2": "female"}
SHOWS: Final = {
    "": "Everyone", "waiting": "Not yet decided", "chosen": "Chosen", "set_aside": "Set aside",
}  # fmt: skip
CHANGES: Final = {
    "": "Everyone", "new": "New on the list", "returned": "Back after a gap",
    "again": "There again",
}  # fmt: skip
KNOWNS: Final = {"": "Everyone", "no": "Not known here", "yes": "Known here"}
# Sorting: a key of the page, and what is compared; the rank settles ties.
SORTS: Final[dict[str, Any]] = {
    "rank": lambda row: (row.rank or 0,),
    "attendances": lambda row: (row.attendances,),
    "year": lambda row: (row.attendances_12m or 0,),
    "ambulance": lambda row: (row.by_ambulance or 0,),
    "admissions": lambda row: (row.admissions or 0,),
    "last": lambda row: (row.last_arrival.timestamp() if row.last_arrival else 0,),
    "age": lambda row: (row.age or 0,),
}


@dataclass(frozen=True)
class Shown:
    """One row, ready to draw. `name` is a reference where identity is hidden."""

    row: Listed
    name: str
    hidden: bool
    nhs_number: str
    phone: str
    flags: str
    known: Known | None
    why_not: str

    @property
    def id(self) -> UUID:
        """The row's key."""
        key: UUID = self.row.pk
        return key

    @property
    def change(self) -> tuple[str, str] | None:
        """What changed since last time, with a colour."""
        return CHANGE_WORDS.get(self.row.change)

    @property
    def colour(self) -> str:
        """The colour of its decision."""
        return STATE_COLOURS[self.row.state]

    @property
    def about(self) -> str:
        """Age and sex, as far as they are known."""
        age = f"{self.row.age} years" if self.row.age is not None else ""
        return ", ".join(part for part in (age, _SEX.get(self.row.sex, "")) if part)

    @property
    def died(self) -> bool:
        """Known to have died."""
        return bool(self.known and self.known.kind == "died")


def reference(row: Listed) -> str:
    """What to call someone whose name is hidden: "Person 17 on the ZT101 list"."""
    place = "list of all hospitals" if row.list_id == ALL_SITES else f"{row.list_id} list"
    kind = "Suggestion" if row.kind == Listed.Kind.SUGGESTED else "Person"
    return f"{kind} {row.rank} on the {place}"


def shown(actor: Actor, rows: Sequence[Listed]) -> list[Shown]:
    """Rows with what the actor may see of them; a handful of queries for any number."""
    open_rows = [row for row in rows if not policies.is_hidden(row, row.received)]
    known = known_for(actor, open_rows)
    return [_shown(row, known.get(row.pk)) for row in rows]


def _shown(row: Listed, known: Known | None) -> Shown:
    hidden = policies.is_hidden(row, row.received)
    restricted = bool(known and known.restricted)
    dead = bool(known and known.kind == "died")
    show = not hidden and not row.purged_at
    return Shown(
        row=row,
        name=(row.name or reference(row)) if show else reference(row),
        hidden=hidden,
        nhs_number=row.nhs_number if show else "",
        phone=row.phone if show and not restricted and not dead else "",
        flags=row.warning_flags if show else "",
        known=known,
        why_not=why_not_choose(row, known),
    )


def filtered(rows: Sequence[Shown], chosen: Mapping[str, str]) -> list[Shown]:
    """The rows a filter leaves, in the order asked for. Unknown filters change nothing."""
    show, change, known = (chosen.get(name, "") for name in ("show", "change", "known"))
    kept = [
        one
        for one in rows
        if (show not in STATE_COLOURS or one.row.state == show)
        and (change not in CHANGE_WORDS or one.row.change == change)
        and (known not in ("yes", "no") or (one.known is not None) == (known == "yes"))
    ]
    sort = chosen.get("sort", "rank")
    key, down = sort.lstrip("-"), sort.startswith("-")
    if key not in SORTS:
        return kept
    return sorted(kept, key=lambda one: SORTS[key](one.row), reverse=down)


def count_line(rows: Sequence[Listed]) -> str:
    """250 listed: 12 chosen, 3 set aside, 235 waiting."""
    states = [row.state for row in rows]
    return count_words({state: states.count(state) for state in STATE_COLOURS})


def count_words(counts: Mapping[str, int]) -> str:
    """The same from counts by state."""
    chosen, aside, waiting = (counts.get(key, 0) for key in ("chosen", "set_aside", "waiting"))
    listed = chosen + aside + waiting
    return f"{listed} listed: {chosen} chosen, {aside} set aside, {waiting} waiting"


def known_line(known: Known) -> str:
    """How someone is known, in a line: whose client, or since when."""
    if known.lead:
        by_whom = "with you" if known.theirs else f"with {known.lead}"
        return f"{known.words}, {by_whom}"
    return known.words


def place_name(list_id: str, hospitals: Mapping[str, Hospital]) -> str:
    """The name of a hospital by its site code; all hospitals together for ALL."""
    if list_id == ALL_SITES:
        return "All hospitals together"
    hospital = hospitals.get(list_id)
    return hospital.name if hospital else list_id


def may_choose(actor: Actor, received: ReceivedList) -> bool:
    """Whether boxes to tick are drawn at all."""
    return actor.role == Role.LEAD and not policies.why_not_current(received)

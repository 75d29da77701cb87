"""One person on one page, as one reader or a whole room may see them: items in, parts out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Organisation, Role
from openhiu.web.casework.models import Case
from openhiu.web.casework.presenters.shared import NO_NAME, facts_of
from openhiu.web.casework.sharing import ITEMS, kept
from openhiu.web.design.words import plural, short_day
from openhiu.web.mdt.agenda import REASONS
from openhiu.web.mdt.models import Action, Note, Slot
from openhiu.web.mdt.queries import minutes
from openhiu.web.mdt.queries.plans import in_force, rows_of
from openhiu.web.mdt.seeing import ACTIVITY, EVERYTHING, MEETING, PLAN, ROOM, hearers, may_read
from openhiu.web.mdt.telling import activity_lines

ALL_OF_IT: Final = "Everybody here may hear all of this."
NOT_ALOUD: Final = "Not aloud"
_ASK_WHO: Final = (
    "Not everybody here may hear of this person. Ask the HIU lead who steps out before anything is "
    "said."
)
_STEP_OUT: Final = (
    "Ask {} to step out before anything is said about this person: they have not agreed that it is "
    "heard there."
)
_THE_REST: Final = "Everybody who stays may hear what is not marked."
# In the order in which a team of ten minutes needs them.
_PARTS: Final = (
    "what_matters", "strengths", "reasons", "goals", "phase", "network", "card",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One item with its lines, and a short mark where not everybody in the room may hear it."""

    key: str
    title: str
    lines: tuple[str, ...]
    aloud: str = ""
    everybody: bool = True


@dataclass(frozen=True)
class Said:
    """A note or an action, marked alike."""

    row: Any
    aloud: str = ""
    everybody: bool = True


@dataclass(frozen=True)
class Sheet:
    """Everything a page says about one person."""

    name: str
    died: bool
    parts: list[Part] = field(default_factory=list)
    since: list[Part] = field(default_factory=list)
    last: list[Said] = field(default_factory=list)
    actions: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    plan: Any = None
    plan_rows: list[Any] = field(default_factory=list)
    plan_aloud: Said | None = None
    not_shared: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    notice: list[str] = field(default_factory=list)
    clear: bool = True


@dataclass(frozen=True)
class Room:
    """Who is there: what everybody may hear, and what each organisation may.

    `names`: whether this reader may be told which organisation may hear something, which says
    with whom the person shares; partners are told only whether everybody may.
    """

    everybody: Mapping[UUID, frozenset[str]]
    each: Mapping[Organisation, Mapping[UUID, Any]]
    names: bool

    def words(self, about: Any, case: Case) -> tuple[str, bool]:
        """The mark of something that tells these items, and whether everybody may hear it.

        Those who step out for the whole person (`out`) stand in the notice and in no mark.
        """
        if may_read(about, self.everybody.get(case.pk, frozenset())):
            return "", True
        if not self.names:
            return ("" if self.out(case) else NOT_ALOUD), False
        stay = {one: sight for one, sight in self.each.items() if one.name not in self.out(case)}
        able = hearers(about, case, stay)
        deaf = sorted(one.name for one in stay if one.name not in able)
        if not may_read(about, kept(case.person, ROOM)):
            return NOT_ALOUD, False
        return (f"Not for {' and '.join(deaf)}" if deaf else ""), False

    def out(self, case: Case) -> list[str]:
        """Organisations in the room that may hear nothing about someone, by name."""
        return sorted(
            one.name
            for one, sight in self.each.items()
            if MEETING not in sight.get(case.pk, frozenset())
        )


def sheet(
    slot: Slot, items: frozenset[str], *, room: Room | None = None, reader: Organisation | None
) -> Sheet:
    """One person's page for someone who sees `items`; `room` adds who may hear each thing."""
    case = slot.case
    name = case.person.full_name if "name" in items else NO_NAME
    if MEETING not in items:  # they died: nothing but the name is left
        return Sheet(name, died=True)
    plan = in_force(case) if PLAN in items else None
    told = Sheet(
        name=name,
        died=bool(case.person.died or case.person.died_on),
        parts=_parts(case, items, room),
        since=_since(slot, items, room),
        last=_said(minutes.last_notes(slot, items), case, room),
        actions=_said(_open_and_new(slot, items), case, room),
        notes=_said(minutes.notes_of(slot, items), case, room),
        plan=plan,
        plan_rows=_plan_rows(plan, items, reader) if plan else [],
        plan_aloud=Said(plan, *_aloud([PLAN], case, room)) if plan else None,
        not_shared=[item.label for key, item in ITEMS.items() if key not in items],
        reasons=reasons(slot, items, ours=reader is None),
    )
    return replace(told, **_notice(told, case, room)) if room else told


def _notice(told: Sheet, case: Case, room: Room) -> dict[str, Any]:
    """Said once on top: who steps out for the whole person, and who for which blocks."""
    out = room.out(case)
    if out and not room.names:
        return {"notice": [_ASK_WHO], "clear": False}
    marks: dict[str, list[str]] = {}
    for title, one in _blocks(told):
        if one.aloud and title not in marks.setdefault(one.aloud, []):
            marks[one.aloud].append(title)
    lines = [_STEP_OUT.format(" and ".join(out))] if out else []
    lines += [f"{mark}: {'; '.join(titles)}." for mark, titles in marks.items()]
    rest = [_THE_REST] if marks else []
    return {"notice": [*lines, *rest] or [ALL_OF_IT], "clear": not lines}


def _blocks(told: Sheet) -> list[tuple[str, Any]]:
    """Everything on the page that may be marked, with the title it stands under."""
    plan = [told.plan_aloud] if told.plan_aloud else []
    named = (
        ("Decided last time", told.last), ("Actions", told.actions), ("Today", told.notes),
        ("The agreed plan", plan),
    )  # fmt: skip
    parts = [(one.title, one) for one in (*told.parts, *told.since)]
    return [*parts, *((title, one) for title, rows in named for one in rows)]


def _plan_rows(plan: Any, items: frozenset[str], reader: Organisation | None) -> list[Any]:
    """Who does what; of someone in hiding only to those who work with them, and one's own rows."""
    if reader is None and items != EVERYTHING and plan.case.person.restricted:
        return []
    return rows_of(plan, reader)


def reasons(slot: Slot, items: frozenset[str], *, ours: bool) -> list[str]:
    """Why someone is on the agenda, as far as the reader may know."""
    return [
        REASONS[key].label
        for key in slot.reasons
        if key in REASONS and (REASONS[key].item in items if REASONS[key].item else ours)
    ]


def _parts(case: Case, items: frozenset[str], room: Room | None) -> list[Part]:
    told = {fact.key: fact for fact in facts_of(case.person, items & frozenset(_PARTS))}
    return [
        Part(key, told[key].title, told[key].lines, *_aloud([key], case, room))
        for key in _PARTS
        if key in items and told[key].lines
    ]


def _since(slot: Slot, items: frozenset[str], room: Room | None) -> list[Part]:
    """What happened since this team talked about them last; three months when it never did."""
    if ACTIVITY not in items:
        return []
    last = minutes.since_last(slot)
    lines = activity_lines(slot.case, last)
    title = "Since last time" if last else "The last three months"
    return [Part(ACTIVITY, title, tuple(lines), *_aloud([ACTIVITY], slot.case, room))]


def _open_and_new(slot: Slot, items: frozenset[str]) -> list[Action]:
    """Open actions, and those that ended since the team talked about them last."""
    last = minutes.since_last(slot) or slot.listing.proposed_at
    return [
        one
        for one in minutes.actions_of(slot.case, items)
        if one.ended_at is None or one.ended_at >= last
    ]


def _said(rows: list[Any], case: Case, room: Room | None) -> list[Said]:
    return [Said(row, *_aloud(row.items, case, room)) for row in rows]


def _aloud(about: Any, case: Case, room: Room | None) -> tuple[str, bool]:
    return room.words(about, case) if room else ("", True)


def state_of(action: Action) -> tuple[str, str]:
    """How an action stands, as a tag: words and a colour."""
    if action.ending == Action.Ending.DONE:
        return ("Done", "green")
    if action.ending:
        return ("Let go", "grey")
    if action.handed_back_at:
        return ("Handed back", "orange")
    late = (timezone.localdate() - action.due_on).days
    if late > 0:
        return (f"{plural(late, 'day')} late", "red")
    return (f"By {short_day(action.due_on)}", "blue")


def reader_of(actor: Actor) -> Organisation | None:
    """The organisation a partner reads for; None for the service's own people."""
    return actor.organisation if actor.role == Role.PARTNER else None


def note_kind(note: Note) -> str:
    """Said or decided."""
    return str(note.get_kind_display())


def times(begins: datetime, ends: datetime) -> str:
    """14:00 to 14:10."""
    return f"{timezone.localtime(begins):%H:%M} to {timezone.localtime(ends):%H:%M}"

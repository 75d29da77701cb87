"""What was said, decided and promised about a person, as far as the asker may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Organisation, Role
from openhiu.web.casework.models import Case
from openhiu.web.mdt import policies
from openhiu.web.mdt.models import Action, Meeting, Note, Slot
from openhiu.web.mdt.queries.groups import groups
from openhiu.web.mdt.queries.meetings import slots
from openhiu.web.mdt.seeing import may_read, of_organisation, seen


def notes_of(slot: Slot, items: frozenset[str]) -> list[Note]:
    """Notes about one person at one meeting that someone who sees `items` may read."""
    rows = Note.objects.filter(slot=slot, taken_out_at=None).select_related("by__user")
    return [row for row in rows.order_by("at", "pk") if may_read(row.items, items)]


def note_or_missing(actor: Actor, note_id: Any) -> Note:
    """One note that the actor may read."""
    found = (
        Note.objects.filter(pk=note_id, service=actor.service_id, taken_out_at=None)
        .select_related("slot__case__person", "slot__meeting__group")
        .first()
    )
    if found is None or not groups(actor).filter(pk=found.slot.meeting.group_id).exists():
        raise Missing
    if not may_read(found.items, policies.must_know(actor, found.slot.case)):
        raise Missing
    return found


def every_action(actor: Actor) -> QuerySet[Action]:
    """Actions of the actor's service, in the order in which they are due."""
    rows = Action.objects.filter(service=actor.service_id)
    return rows.select_related(
        "case__person", "case__lead__user", "owner__user", "owner__organisation", "group", "slot",
        "ended_by__user",
    ).order_by("due_on", "made_at")  # fmt: skip


def actions_of(case: Case, items: frozenset[str]) -> list[Action]:
    """Every action for one person that someone who sees `items` may read; open ones first."""
    rows = Action.objects.filter(case=case).select_related(
        "owner__user", "owner__organisation", "ended_by__user"
    )
    ordered = sorted(rows, key=lambda one: (one.ended_at is not None, one.due_on, str(one.pk)))
    return [row for row in ordered if may_read(row.items, items)]


@dataclass(frozen=True)
class Mine:
    """Actions that are one's own: those one may read, and how many closed after consent changed."""

    open: list[Action] = field(default_factory=list)
    closed: int = 0
    sight: dict[Any, frozenset[str]] = field(default_factory=dict)


def mine(actor: Actor) -> Mine:
    """The actor's own open actions; of one whose consent changed nothing is told but that it is."""
    rows = list(every_action(actor).filter(owner=actor.membership, ended_at=None,
                                           handed_back_at=None))  # fmt: skip
    return _readable(actor, rows)


def watched(actor: Actor) -> Mine:
    """Open actions for whoever keeps the momentum: all those they may read, others' too."""
    rows = list(every_action(actor).filter(ended_at=None, group__in=groups(actor)))
    return _readable(actor, rows)


def _readable(actor: Actor, rows: list[Action]) -> Mine:
    sight = seen(actor, [row.case for row in rows])
    told = [row for row in rows if may_read(row.items, sight[row.case_id])]
    return Mine(told, len(rows) - len(told), sight)


def action_or_missing(actor: Actor, action_id: Any) -> Action:
    """One action that is the actor's own or about someone they know of in one of their teams."""
    row = every_action(actor).filter(pk=action_id).first()
    if row is None:
        raise Missing
    of_team = groups(actor).filter(pk=row.group_id).exists()
    if row.owner_id != actor.membership.pk and not of_team:
        raise Missing
    if not may_read(row.items, policies.must_know(actor, row.case)):
        raise Missing
    return row


@dataclass(frozen=True)
class Minute:
    """What the minutes say about one person to one reader."""

    slot: Slot
    items: frozenset[str]
    notes: list[Note]
    actions: list[Action]


def minutes(meeting: Meeting, sight: dict[Any, frozenset[str]]) -> list[Minute]:
    """Person by person what someone with this sight may read; nobody else is named."""
    told = [slot for slot in slots(meeting) if sight.get(slot.case_id)]
    found = []
    for slot in told:
        items = sight[slot.case_id]
        made = Action.objects.filter(slot=slot).select_related("owner__user", "owner__organisation")
        actions = [one for one in made.order_by("due_on") if may_read(one.items, items)]
        found.append(Minute(slot, items, notes_of(slot, items), actions))
    return found


def minutes_for(actor: Actor, meeting: Meeting) -> list[Minute]:
    """The minutes as one actor reads them."""
    return minutes(meeting, seen(actor, [slot.case for slot in slots(meeting)]))


def minutes_of(organisation: Organisation, meeting: Meeting) -> list[Minute]:
    """The minutes as one partner organisation receives them."""
    return minutes(meeting, of_organisation(organisation, [slot.case for slot in slots(meeting)]))


def since_last(slot: Slot) -> datetime | None:
    """When this person was talked about before this meeting, if ever."""
    earlier = Slot.objects.filter(
        listing__group=slot.meeting.group_id, case=slot.case_id, talked_at__isnull=False,
        meeting__starts_at__lt=slot.meeting.starts_at,
    )  # fmt: skip
    last = earlier.order_by("-meeting__starts_at").first()
    return last.meeting.starts_at if last else None


def last_notes(slot: Slot, items: frozenset[str]) -> list[Note]:
    """What was decided about this person the last time, as far as `items` let it be read."""
    earlier = (
        Slot.objects.filter(case=slot.case_id, meeting__group=slot.meeting.group_id,
                            meeting__starts_at__lt=slot.meeting.starts_at)
        .filter(Q(talked_at__isnull=False) | Q(notes__isnull=False))
        .order_by("-meeting__starts_at")
        .first()
    )  # fmt: skip
    if earlier is None:
        return []
    return [one for one in notes_of(earlier, items) if one.kind == Note.Kind.DECIDED]


def overdue(rows: Iterable[Action]) -> list[Action]:
    """Those whose day has passed."""
    today = timezone.localdate()
    return [row for row in rows if row.ended_at is None and row.due_on < today]


def partner_members(organisation_id: Any, service_id: Any) -> QuerySet[Any]:
    """Everyone who acts here for a partner organisation."""
    from openhiu.web.access.models import Membership

    return Membership.objects.filter(
        service=service_id, organisation=organisation_id, role=Role.PARTNER, ended_at=None,
        user__is_active=True,
    )  # fmt: skip

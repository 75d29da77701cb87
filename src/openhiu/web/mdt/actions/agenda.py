"""The agenda: built from signals, reviews, plans and actions, then ordered by hand."""

from __future__ import annotations

from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.casework.queries.consent import not_taking_part
from openhiu.web.mdt import lifecycle, policies
from openhiu.web.mdt.actions.holding import held
from openhiu.web.mdt.agenda import in_order, reasons_for
from openhiu.web.mdt.models import Listing, Meeting, Slot
from openhiu.web.people.held import held as people_held

BY_HAND = "by_hand"


@transaction.atomic
def build_agenda(*, by: Actor, meeting: Meeting) -> list[Slot]:
    """Put everyone on the list who has a reason to be talked about onto the agenda, in order.

    Building it again keeps what was placed by hand where it stands and renews the rest.
    """
    row = _open(by, meeting)
    listed = list(
        Listing.objects.filter(group=row.group_id, state=Listing.State.LISTED).select_related(
            "case__person"
        )
    )
    people = [one.case.person_id for one in listed]
    stopped = not_taking_part(by.service_id, people) | people_held(by.service_id, people)
    free = [
        one for one in listed
        if one.case.person_id not in stopped and not (one.case.person.died or
                                                      one.case.person.died_on)
    ]  # fmt: skip
    reasons = reasons_for(free, row.starts_at)
    kept = list(Slot.objects.filter(meeting=row, by_hand=True).order_by("position"))
    kept = [slot for slot in kept if slot.case_id in reasons]
    Slot.objects.filter(meeting=row).exclude(pk__in=[slot.pk for slot in kept]).delete()
    taken = {slot.case_id for slot in kept}
    new = [
        Slot(service=by.service, meeting=row, listing=one, case=one.case, position=0,
             minutes=row.minutes_each, reasons=reasons[one.case_id])
        for one in in_order(reasons, free)
        if one.case_id not in taken
    ]  # fmt: skip
    for slot in new:
        slot.save()
    for slot in kept:
        slot.reasons = [*reasons[slot.case_id], *([BY_HAND] if BY_HAND in slot.reasons else [])]
        slot.save(update_fields=["reasons"])
    every = _number(_merged(kept, new))
    record(by, Did.CHANGED, about=row, agenda=len(every))
    return every


@transaction.atomic
def add_to_agenda(*, by: Actor, meeting: Meeting, listing: Listing) -> Slot:
    """Put someone of the list onto the agenda by hand, at its end."""
    row = _open(by, meeting)
    policies.must_know(by, listing.case)
    if listing.group_id != row.group_id or listing.state != Listing.State.LISTED:
        raise NotAllowed(policies.NOT_ON_YOUR_LIST)
    policies.must(policies.why_not_discuss(listing.case))
    every = list(Slot.objects.filter(meeting=row).order_by("position"))
    if any(slot.case_id == listing.case_id for slot in every):
        raise NotAllowed("They are on the agenda already.")
    slot: Slot = Slot.objects.create(
        service=by.service, meeting=row, listing=listing, case=listing.case,
        position=len(every) + 1, minutes=row.minutes_each, reasons=[BY_HAND], by_hand=True,
    )  # fmt: skip
    record(by, Did.CHANGED, person=listing.case.person_id, about=row, added=True)
    return slot


@transaction.atomic
def move_slot(*, by: Actor, slot: Slot, up: bool, minutes: int | None = None) -> None:
    """Move someone one place up or down, or give them more or fewer minutes."""
    row = _open(by, slot.meeting)
    every = list(Slot.objects.select_for_update().filter(meeting=row).order_by("position"))
    here = next((n for n, one in enumerate(every) if one.pk == slot.pk), None)
    if here is None:
        raise Missing
    if minutes is not None:
        every[here].minutes = minutes
        every[here].save(update_fields=["minutes"])
        return
    there = here - 1 if up else here + 1
    if 0 <= there < len(every):
        every[here].by_hand = True
        every[here].save(update_fields=["by_hand"])
        every[here], every[there] = every[there], every[here]
        _number(every)
    record(by, Did.CHANGED, person=slot.case.person_id, about=row, moved=True)


@transaction.atomic
def take_off_agenda(*, by: Actor, slot: Slot) -> None:
    """Take someone off this agenda; they stay on the list."""
    row = _open(by, slot.meeting)
    found = Slot.objects.filter(pk=slot.pk, meeting=row).first()
    if found is None:
        raise Missing
    found.delete()
    _number(list(Slot.objects.filter(meeting=row).order_by("position")))
    record(by, Did.CHANGED, person=slot.case.person_id, about=row, taken_off=True)


def _open(by: Actor, meeting: Meeting) -> Meeting:
    policies.must_run(by, meeting.group)
    row: Meeting = held(by, meeting)
    if row.state not in lifecycle.AGENDA_OPEN:
        raise NotAllowed(policies.CLOSED)
    return row


def _merged(kept: list[Slot], new: list[Slot]) -> list[Slot]:
    """Those placed by hand stay at their number; the others fill the gaps in their order."""
    rest, merged = iter(new), []
    places = {slot.position: slot for slot in kept}
    for number in range(1, len(kept) + len(new) + 1):
        slot = places.pop(number, None) or next(rest, None)
        if slot is not None:
            merged.append(slot)
    return [*merged, *rest, *places.values()]


def _number(every: list[Slot]) -> list[Slot]:
    for number, slot in enumerate(every, 1):
        if slot.position != number:
            slot.position = number
            slot.save(update_fields=["position"])
    return every

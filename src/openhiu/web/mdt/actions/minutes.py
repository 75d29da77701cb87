"""What is said and decided about a person, written down at that person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.mdt import policies
from openhiu.web.mdt.actions.holding import held
from openhiu.web.mdt.models import Note, Slot


@transaction.atomic
def write_note(
    *, by: Actor, slot: Slot, words: str, kind: str = "said", items: Iterable[str] = ()
) -> Note:
    """Write down what was said or decided; `items`: what of the record it tells.

    Raises:
        NotAllowed: the agenda is not closed or the minutes are agreed, or it tells more than the
            writer sees themselves.
    """
    about = _about(by, slot, items)
    if not words.strip():
        raise NotAllowed("Write what was said, in a sentence.")
    note: Note = Note.objects.create(
        service=by.service, slot=slot, kind=kind, words=words.strip(), items=about,
        by=by.membership,
    )  # fmt: skip
    talked(by=by, slot=slot)
    record(by, Did.ADDED, person=slot.case.person_id, about=note, items=about)
    return note


@transaction.atomic
def change_note(
    *, by: Actor, note: Note, version: int, words: str, kind: str, items: Iterable[str]
) -> Note:
    """Write it otherwise, until the minutes are agreed.

    Raises:
        Stale: someone saved since `version`; carries both texts.
    """
    about = _about(by, note.slot, items)
    row: Note = held(by, note)
    said = (words.strip(), kind, about)
    if (row.words, row.kind, row.items) == said:
        return row
    if row.version != version:
        raise Stale([("What was said", row.words, words)])
    row.words, row.kind, row.items = said
    row.version += 1
    row.save()
    record(by, Did.CHANGED, person=note.slot.case.person_id, about=row, items=about)
    return row


@transaction.atomic
def take_out_note(*, by: Actor, note: Note) -> None:
    """It was written down by mistake: nobody reads it any more; its history stays."""
    _about(by, note.slot, ())
    row: Note = held(by, note)
    if row.taken_out_at is None:
        row.taken_out_at = timezone.now()
        row.save(update_fields=["taken_out_at"])
        record(by, Did.CHANGED, person=note.slot.case.person_id, about=row, taken_out=True)


@transaction.atomic
def talked(*, by: Actor, slot: Slot) -> None:
    """This person was talked about."""
    policies.must_run(by, slot.meeting.group)
    if slot.talked_at is None:
        slot.talked_at = timezone.now()
        slot.save(update_fields=["talked_at"])


def _about(by: Actor, slot: Slot, items: Iterable[str]) -> list[str]:
    """The items named, in their order, when this writer may write about this person here."""
    policies.must_run(by, slot.meeting.group)
    sight = policies.must_know(by, slot.case)
    policies.must(policies.why_not_discuss(slot.case))
    policies.must(policies.why_not_written(slot.meeting))
    wanted = set(items)
    if wanted - sight:
        raise NotAllowed("You do not see one of these yourself, so you cannot write about it.")
    return [name for name in ITEMS if name in wanted]

"""I1, I2, I14 of what is said in meetings and sent in letters; nothing sits in the outbox."""

from __future__ import annotations

from datetime import timedelta

from bench.service.broken import hold
from bench.service.checks.working import banned
from bench.service.world import World
from openhiu.web.casework.models import Case
from openhiu.web.letters.models import Letter, Outgoing
from openhiu.web.mdt.models import Note
from openhiu.web.mdt.queries.minutes import notes_of
from openhiu.web.mdt.seeing import seen

ENDS = ("sent", "failed", "cancelled")


def a_meeting_tells_no_more(world: World) -> None:
    """A partner at the table: agreement, consent, share and "meeting", person by person."""
    cases = list(Case.objects.select_related("person").filter(person__merged_into=None))
    notes = list(Note.objects.select_related("slot__case").filter(taken_out_at=None))
    for nth, organisation in enumerate(world.partners):
        items = seen(world.actors[f"partner-{nth}"], cases)
        for case in cases:
            may = _may(world, organisation.pk, case)
            hold("I1", items[case.pk] - may, "a partner at the meeting sees more than was agreed")
        for note in notes:
            may = _may(world, organisation.pk, note.slot.case)
            read = note in notes_of(note.slot, items.get(note.slot.case_id, frozenset()))
            hold(
                "I1",
                read and not {"meeting", *note.items} <= may and note.items,
                "a partner reads a note that tells more than was agreed",
            )


def _may(world: World, organisation: object, case: Case) -> frozenset[str]:
    """What an organisation may hear; of somebody who died no more than the name."""
    return world.ledger.visible(organisation, case.person_id, world.clock.today)  # type: ignore[arg-type]


def letters_leave_only_in_order(world: World) -> None:
    """None after a death or a stop; each in the outbox moves on or somebody is told."""
    for item in Outgoing.objects.select_related("letter__case"):
        person = item.letter.case.person_id
        for one in (*world.ledger.dead, *world.ledger.stopped):
            if world.ledger.root(one.person) == world.ledger.root(person):
                left = item.ended_at if item.state == "sent" else None
                hold(
                    "I2",
                    left and one.covers(left) and item.pk,
                    "a letter left after a death or a stop",
                )
                hold(
                    "I2",
                    one.covers(item.put_in_at) and item.pk,
                    "a letter was put in after a death or a stop",
                )
        waits = world.clock.now - item.put_in_at
        told = item.told_writer_at is not None and item.told_supervisor_at is not None
        hold(
            "outbox",
            item.state not in ENDS and waits > timedelta(days=4) and not told and item.state,
            "a letter sits in the outbox and nobody was told",
        )


def letters_use_no_word_that_hurts(_world: World) -> None:
    """What clients read."""
    for body in Letter.objects.filter(organisation=None).values_list("body", flat=True):
        hold("I14", banned(body), "a banned word in a letter to a client")

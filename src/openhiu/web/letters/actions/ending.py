"""How something in the outbox ends by a person's hand: posted, handed over, cancelled, settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.letters import gates, lifecycle, policies
from openhiu.web.letters.actions.leaving import ended, note_contact, open_again
from openhiu.web.letters.models import Outgoing

State: Any = Outgoing.State


@transaction.atomic
def posted(*, by: Actor, item: Outgoing, on: date, although: str = "") -> Outgoing:
    """Say when a printed letter was posted, or given. The gates are looked at once more.

    Args:
        by: who posted it.
        item: printed, not yet posted.
        on: the day; today or earlier, not before it was printed.
        although: a gate has closed meanwhile and it had left before: what happened, in words.

    Raises:
        NotAllowed: it must not be posted any more, or this is no such day.
    """
    held = held_item(by, item)
    policies.must_write(by, held.letter.case)
    _must_move(held, State.SENT)
    if on > timezone.localdate() or on < timezone.localdate(held.put_in_at):
        raise NotAllowed("The day is between the day it was printed and today.")
    stopped = gates.why_not_leave(held)
    if stopped and not although.strip():
        raise NotAllowed(f"Do not send it: {stopped} If it had left already, say so below.")
    held.sent_on = on
    ended(held, State.SENT, although.strip(), by.membership)
    held.contact = note_contact(by, held)
    held.save(update_fields=["contact"])
    record(by, Did.SHARED if held.letter.organisation_id else Did.CHANGED,
           person=held.letter.case.person_id, about=held, state="sent",
           although=bool(stopped))  # fmt: skip
    return held


hand_over_done = posted  # the same act: the way says which


@transaction.atomic
def cancel(*, by: Actor, item: Outgoing, reason: str) -> Outgoing:
    """Stop something that has not left. The letter can then be changed and put in again.

    Raises:
        NotAllowed: it has left, is leaving this moment, or no reason is given.
    """
    held = held_item(by, item)
    if held.state == State.SENDING:
        raise NotAllowed("It is being sent this moment. Look again in a minute.")
    _must_move(held, State.CANCELLED)
    if not reason.strip():
        raise NotAllowed("Say why, in a few words.")
    ended(held, State.CANCELLED, reason.strip(), by.membership)
    open_again(held)
    record(by, Did.CHANGED, person=held.letter.case.person_id, about=held, state="cancelled")
    return held


@transaction.atomic
def settle(*, by: Actor, item: Outgoing, arrived: bool, words: str) -> Outgoing:
    """Say what became of something that may have arrived: whoever was asked, and their answer.

    Raises:
        NotAllowed: it is not in doubt, or nothing is said about who was asked.
    """
    held = held_item(by, item)
    to = State.SENT if arrived else State.FAILED
    if held.state != State.UNSURE:
        raise NotAllowed("There is no doubt about this one.")
    if not words.strip():
        raise NotAllowed("Say whom you asked, in a few words.")
    held.sent_on = timezone.localdate(held.claimed_at) if arrived and held.claimed_at else None
    held.seen_at = timezone.now()
    ended(held, to, words.strip(), by.membership)
    if arrived:
        held.contact = note_contact(by, held)
        held.save(update_fields=["contact"])
    else:
        open_again(held)
    record(by, Did.CHANGED, person=held.letter.case.person_id, about=held, state=str(to))
    return held


@transaction.atomic
def seen(*, by: Actor, item: Outgoing) -> None:
    """A failure was seen by somebody who can act on it."""
    held = held_item(by, item)
    if held.seen_at is None and held.state in (State.FAILED, State.CANCELLED):
        held.seen_at = timezone.now()
        held.save(update_fields=["seen_at"])


def held_item(by: Actor, item: Outgoing) -> Outgoing:
    """The row, locked, of a client whose outbox is theirs to tend.

    Raises:
        Missing: of another service.
        NotAllowed: someone else's client.
    """
    if item.service_id != by.service_id:
        raise Missing
    held: Outgoing = (
        Outgoing.objects.select_for_update(of=("self",))
        .select_related(
            "letter__case__person", "letter__organisation", "letter__service", "put_in_by",
            "letter__written_by__user", "plan_copy",
        )
        .get(pk=item.pk)
    )  # fmt: skip
    policies.must_tend(by, held.letter.case)
    return held


def _must_move(item: Outgoing, to: str) -> None:
    why = lifecycle.why_not(item.state, to)
    if why:
        raise NotAllowed(why)

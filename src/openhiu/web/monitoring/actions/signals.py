"""What becomes of a signal: answered, opened again, passed on; each step is kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, Contact
from openhiu.web.design.words import as_day
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.clock import By, Clock, note
from openhiu.web.monitoring.models import Signal, SignalStep
from openhiu.web.monitoring.telling import ask_again, link_to
from openhiu.web.people.models import Person

LONGEST = 2000


@transaction.atomic
def acknowledge(
    *,
    by: Actor,
    signal: Signal,
    what: str,
    words: str = "",
    pick_up: bool = False,
    together: bool = False,
) -> Signal:
    """Say what was done about a signal.

    Args:
        by: the lead, their cover or a supervisor of the team.
        signal: of a client who is theirs.
        what: a value of Signal.Answer.
        words: more, if there is more to say; at most 2,000 characters.
        pick_up: pick the client up again in the same act; nothing else is asked.
        together: answer whatever else waits about the same client with it.

    Raises:
        NotAllowed: not theirs, already answered, or not one of the answers.
        Missing: a signal of another service.
    """
    held = _held(by, signal)
    if what not in Signal.Answer.values:
        raise NotAllowed("Choose what was done.")
    answered(by, held, what, words.strip()[:LONGEST])
    for other in waiting_about(by, held.case_id) if together else ():
        answered(by, other, what, words.strip()[:LONGEST])
    if pick_up:
        from openhiu.web.monitoring.actions.picking_up import pick_up as pick

        pick(by=by, case=held.case, signal=held)
    return held


@transaction.atomic
def open_again(*, by: Actor, signal: Signal) -> Signal:
    """Take an answer back that was a slip: the signal waits again.

    Raises:
        NotAllowed: not theirs, or it has no answer.
    """
    held = _held(by, signal)
    if held.state != lifecycle.ACKNOWLEDGED.key:
        raise NotAllowed("Only an answer can be taken back.")
    unanswer(by, held, "The answer was taken back.")
    record(by, Did.CHANGED, person=held.case.person_id, about=held, opened_again=True)
    return held


def answered(by: Actor, signal: Signal, what: str, words: str, contact: Any = None) -> None:
    """Put an answer into the row; for this room's own actions."""
    signal.answer, signal.words, signal.contact = what, words, contact
    signal.answered_by = by.membership
    move(by, signal, lifecycle.ACKNOWLEDGED.key, str(Signal.Answer(what).label))
    settle(by, link_to(signal))
    record(
        by, Did.REVIEWED, person=signal.case.person_id, about=signal, answer=what,
        by_contact=contact is not None,
    )  # fmt: skip


def move(by: By, signal: Signal, to: str, reason: str = "") -> Signal:
    """The only way a state changes; the table in monitoring.lifecycle decides.

    Raises:
        NotAllowed: the table knows no such move.
    """
    why = lifecycle.why_not(signal.state, to)
    if why:
        raise NotAllowed(why)
    was, signal.state = signal.state, to
    now = timezone.now()
    if to == lifecycle.ESCALATED.key:
        signal.escalated_at = now
    signal.ended_at = None if lifecycle.STATES[to].waits else now
    signal.save()
    SignalStep.objects.create(
        service_id=signal.service_id, signal=signal, from_state=was, to_state=to, at=now,
        by=by.membership, reason=reason[:300],
    )  # fmt: skip
    if isinstance(by, Clock):
        note(by, Did.CHANGED, person=signal.case.person_id, about=signal, was=was, to=to)
    return signal


def wait_again(by: By, signal: Signal, reason: str) -> None:
    """Open a signal that had ended: nobody's answer stands on it any more."""
    signal.answer, signal.words = "", ""
    signal.contact = signal.answered_by = None
    signal.escalated_at, signal.picked_up = None, False
    move(by, signal, lifecycle.RAISED.key, reason)


def unanswer(by: Actor, signal: Signal, reason: str) -> None:
    """Take an answer back: it waits where it waited before, for whoever was asked before."""
    answer = signal.steps.filter(to_state=lifecycle.ACKNOWLEDGED.key).order_by("-at").first()
    was = answer.from_state if answer else lifecycle.RAISED.key
    ask_again(signal)
    wait_again(by, signal, reason)
    if was != lifecycle.RAISED.key:
        move(by, signal, lifecycle.ESCALATED.key, "The supervisor had been told already.")


def after_contact(by: Actor, contact: Contact) -> None:
    """A contact with the client themselves answers what waited, where it came after it; one
    entered in error takes its answer back.

    What was said to others, and letters, answer nothing: the signal is about the client.
    """
    if contact.error_at:
        for signal in Signal.objects.filter(service=by.service_id, contact=contact):
            if signal.state == lifecycle.ACKNOWLEDGED.key:
                unanswer(by, signal, "The contact was entered in error.")
        return
    what = _answer_of(contact)
    if not what:
        return
    for signal in waiting_about(by, contact.case_id):
        if _came_after(contact, signal):
            answered(by, signal, what, "", contact)


def after_a_stop(actor: Actor, person: Person) -> None:
    """Nobody is to ring someone who died or asked us to stop."""
    end_with_support(actor, Case.objects.filter(service=actor.service_id, person=person))


def end_with_support(by: By, cases: Any) -> int:
    """End what waits about these cases; the number ended."""
    waiting = Signal.objects.select_for_update(of=("self",)).select_related("case")
    found = list(waiting.filter(service=by.service_id, case__in=cases, state__in=lifecycle.WAITING))
    for signal in found:
        move(by, signal, lifecycle.STOPPED.key, "They died, or asked us to stop.")
    return len(found)


def waiting_about(by: Actor, case_id: Any) -> list[Signal]:
    """What still has to be answered about one client, held until the end, the newest first."""
    rows = Signal.objects.select_for_update(of=("self",)).filter(
        service=by.service_id, case=case_id, state__in=lifecycle.WAITING
    )
    return list(rows.select_related("case").order_by("-raised_at", "pk"))


def _answer_of(contact: Contact) -> str:
    """What a contact says about a signal; nothing for a try that reached nobody."""
    answer, how = Signal.Answer, contact.how
    if contact.who != Contact.Who.CLIENT or how == Contact.How.LETTER:
        return ""
    if contact.reached == Contact.Reached.YES:
        return str(answer.VISITED if how == Contact.How.VISIT else answer.SPOKE)
    texted = how == Contact.How.TEXT and contact.reached == Contact.Reached.SENT
    left = texted or contact.reached == Contact.Reached.VOICEMAIL
    return str(answer.MESSAGE) if left else ""


def _came_after(contact: Contact, signal: Signal) -> bool:
    """Whether a contact was made after what the signal is about; a silence is about its day."""
    if signal.happened_at is None:
        return as_day(contact.at) >= signal.day
    return contact.at >= signal.happened_at


def _held(by: Actor, signal: Signal) -> Signal:
    policies.must_hold(by, Permission.ANSWER_SIGNAL)
    if signal.service_id != by.service_id:
        raise Missing
    held: Signal = (
        Signal.objects.select_for_update(of=("self",))
        .select_related("case__person", "case__lead__user")
        .get(pk=signal.pk)
    )
    if not policies.is_theirs(by, held.case):
        raise NotAllowed(policies.SOMEONE_ELSES)
    return held

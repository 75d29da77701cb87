"""Sending what waits: claimed by one worker, judged again, handed to a channel, and written down.

The claim is committed before the channel is asked and the answer in a transaction of its own, so
that a crash in between leaves "being sent" behind: that is looked up or asked about, and never
repeated. Each letter is tried by itself: one that breaks is parked with a word to its writer, and
the next goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.row_security import set_service
from openhiu.web.letters import channels, gates, keeping
from openhiu.web.letters.actions.leaving import (
    ended,
    let_change,
    note_contact,
    tell_readers,
    tell_writer,
    void_copy,
    writer_of,
)
from openhiu.web.letters.channels import Answer, File, How, Parcel
from openhiu.web.letters.kinds import MAIL
from openhiu.web.letters.models import Outgoing
from openhiu.web.letters.sheet import sheet

State: Any = Outgoing.State
# After each fault that passes; a day in all, and then somebody is told that it did not leave.
BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
# A worker that has not answered for so long is gone.
GONE_AFTER: Final = timedelta(minutes=15)
SUBJECT: Final = "A document for your organisation"
WORDS: Final = (
    "A document for your organisation is attached.\n\n"
    "It is for those who support the person it is about. If you are not the right place for it, "
    "tell us, do not pass it on, and delete it.\n"
)
NOTICE: Final = (
    "There is a document for your organisation in OpenHIU.\n\n"
    "Sign in as usual to read it. This message has no link and no attachment, and nobody will ask "
    "you for a password.\n"
)
FAULT: Final = "There was a fault here, and it did not leave. Tell whoever runs this service."
IN_DOUBT: Final = "There was a fault here while it was sent, so nobody knows whether it left."
_STOPPED: Final = "A letter was stopped before it left. See why."
_FAILED: Final = "A letter could not be sent. See why, and what to do."
_UNSURE: Final = "It is not known whether a letter arrived. Please ask."
_NOT_NOTED: Final = "A letter left, but a fault here kept it from the contacts. Note it by hand."
_LOG: Final = logging.getLogger(__name__)


def send_due(service_id: UUID) -> dict[str, int]:
    """Send everything of one service whose time has come; how many ended in each way.

    Call it outside a transaction: each step is one of its own.
    """
    counts: dict[str, int] = {}
    broken: set[UUID] = set()
    while (claimed := _claim(service_id, broken)) is not None:
        item_id, claim, found = claimed
        if isinstance(found, Parcel):
            state = _sent(service_id, item_id, claim, found)
        else:
            state = found
            _afterwards(service_id, item_id, state)
        counts[state] = counts.get(state, 0) + 1
    return counts


def reconcile(service_id: UUID) -> dict[str, int]:
    """What a worker left behind: ask the channel, and a person where it cannot tell."""
    counts: dict[str, int] = {}
    with _open(service_id):
        gone = timezone.now() - GONE_AFTER
        rows = Outgoing.objects.filter(service=service_id, state=State.SENDING, claimed_at__lt=gone)
        left = list(rows.values_list("pk", "claim", "key"))
    for item_id, claim, key in left:
        unsure = Answer(How.UNSURE, "The sending stopped half way.")
        state = _written(service_id, item_id, claim, _looked_up(key) or unsure)
        counts[state] = counts.get(state, 0) + 1
    return counts


def _looked_up(key: str) -> Answer | None:
    channel = channels.CHANNELS.get(MAIL)
    try:
        return channel.look_up(key) if channel else None
    except Exception as fault:
        _LOG.exception("a channel broke: %s", type(fault).__name__)
        return None


@contextmanager
def _open(service_id: UUID) -> Iterator[None]:
    with transaction.atomic():
        set_service(service_id)
        yield


def _rows(service_id: UUID) -> Any:
    return (
        Outgoing.objects.filter(service=service_id)
        .select_related(
            "letter__case__person", "letter__organisation", "letter__service", "plan_copy",
            "letter__written_by__user", "put_in_by", "pdf", "word",
        )
    )  # fmt: skip


def _claim(service_id: UUID, broken: set[UUID]) -> tuple[UUID, UUID, Parcel | str] | None:
    """Take the next one: its parcel, or the state in which it ended without one.

    `broken` holds what could not even be parked; it is left alone until the next run.
    """
    with _open(service_id):
        due = _rows(service_id).filter(state=State.WAITING, next_try_at__lte=timezone.now())
        free = due.exclude(pk__in=broken).order_by("next_try_at")
        item = free.select_for_update(of=("self",), skip_locked=True).first()
        if item is None:
            return None
        item_id, claim = item.pk, uuid4()
        try:
            with transaction.atomic():
                return item_id, claim, _judged(item, claim)
        except Exception as fault:
            _LOG.exception("a letter broke before it left: %s", type(fault).__name__)
        try:
            with transaction.atomic():
                return item_id, claim, _not_sent(_rows(service_id).get(pk=item_id), FAULT)
        except Exception as fault:
            _LOG.exception("a letter could not be parked: %s", type(fault).__name__)
        broken.add(item_id)
        return item_id, claim, "fault"


def _judged(item: Outgoing, claim: UUID) -> Parcel | str:
    """Its parcel where it may leave now; "cancelled" where a gate has closed."""
    why = _why_stopped(item)
    if why:
        return _not_sent(item, why, State.CANCELLED)
    item.state, item.claim, item.claimed_at = State.SENDING, claim, timezone.now()
    item.tries += 1
    item.save(update_fields=["state", "claim", "claimed_at", "tries"])
    return _parcel(item)


def _not_sent(item: Outgoing, why: str, state: Any = State.FAILED) -> str:
    ended(item, state, why)
    let_change(item)
    _recorded(item)
    return str(state)


def _recorded(item: Outgoing) -> None:
    did = Did.SHARED if item.state == State.SENT else Did.CHANGED
    record(None, did, purpose=Purpose.SYSTEM, service_id=item.service_id, about=item,
           person=item.letter.case.person_id, state=item.state, tries=item.tries)  # fmt: skip


def _why_stopped(item: Outgoing) -> str:
    """Why it must not leave now: a gate closed, other words by now, or a copy that was altered."""
    why = gates.why_not_leave(item)
    if why:
        return why
    now = sheet(item.letter, item.way)
    if now.place is None or now.place.mailbox != item.address:
        return "Their mailbox was changed after it was put in. Look at it again."
    try:
        keeping.kept(item.pdf or item.word)
    except keeping.Altered:
        return "The kept copy is not as it was made. Tell whoever runs this service."
    return ""


def _parcel(item: Outgoing) -> Parcel:
    """To one address; nothing personal but in the attachment, and that only where it is safe."""
    if item.way != MAIL:
        return Parcel(item.key, item.address, SUBJECT, NOTICE)
    copy = item.pdf or item.word
    kind = "application/pdf" if item.pdf else _WORD
    file = File(f"letter.{copy.form}", keeping.kept(copy), kind)
    return Parcel(item.key, item.address, SUBJECT, WORDS, (file,))


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _sent(service_id: UUID, item_id: UUID, claim: UUID, parcel: Parcel) -> str:
    try:
        answer = channels.CHANNELS[MAIL].send(parcel)
    except Exception as fault:
        # A channel never raises; where one does, nobody knows how far it came.
        _LOG.exception("a channel broke: %s", type(fault).__name__)
        answer = Answer(How.UNSURE, "The sending broke off.")
    return _written(service_id, item_id, claim, answer)


def _written(service_id: UUID, item_id: UUID, claim: UUID, answer: Answer) -> str:
    """Write an answer down, if the claim still holds, and do what follows from it.

    What cannot be written down is in doubt: it is asked about, and not sent again.
    """
    state = "fault"
    for said in (answer, Answer(How.UNSURE, IN_DOUBT)):
        try:
            state = _kept(service_id, item_id, claim, said)
            break
        except Exception as fault:
            _LOG.exception("an answer could not be written down: %s", type(fault).__name__)
    _afterwards(service_id, item_id, state)
    return state


def _kept(service_id: UUID, item_id: UUID, claim: UUID, answer: Answer) -> str:
    with _open(service_id):
        rows = _rows(service_id).select_for_update(of=("self",))
        item = rows.filter(pk=item_id, state=State.SENDING, claim=claim).first()
        if item is None:
            return "late"
        item.receipt = answer.receipt[:300]
        _END[answer.how](item, answer.why)
        _recorded(item)
        return str(item.state)


def _has_left(item: Outgoing, why: str) -> None:
    item.sent_on = timezone.localdate()
    ended(item, State.SENT, why)


def _try_later(item: Outgoing, why: str) -> None:
    if item.tries > len(BACK_OFF):
        _gives_up(item, f"{why} It was tried {item.tries} times.")
        return
    item.state, item.why, item.claim = State.WAITING, why, None
    item.next_try_at = timezone.now() + BACK_OFF[item.tries - 1]
    item.save()


def _gives_up(item: Outgoing, why: str) -> None:
    ended(item, State.FAILED, why)
    let_change(item)


def _nobody_knows(item: Outgoing, why: str) -> None:
    item.state, item.why, item.claim = State.UNSURE, why, None
    item.save()


_END: Final = {
    How.SENT: _has_left, How.LATER: _try_later, How.NEVER: _gives_up, How.UNSURE: _nobody_knows,
}  # fmt: skip


def _afterwards(service_id: UUID, item_id: UUID, state: str) -> None:
    """What follows from how it stands now: each in a transaction of its own, after the commit.

    Whatever breaks here, how it ended stays written down.
    """
    for step in _AFTER.get(state, ()):
        if not _done(service_id, item_id, step) and step is _among_contacts:
            _done(service_id, item_id, lambda item: tell_writer(item, _NOT_NOTED))


def _done(service_id: UUID, item_id: UUID, step: Callable[[Outgoing], None]) -> bool:
    try:
        with _open(service_id):
            step(_rows(service_id).get(pk=item_id))
    except Exception as fault:
        _LOG.exception("what follows a letter broke: %s", type(fault).__name__)
        return False
    return True


def _among_contacts(item: Outgoing) -> None:
    item.contact = note_contact(writer_of(item), item)
    item.save(update_fields=["contact"])


_AFTER: Final[dict[str, tuple[Callable[[Outgoing], None], ...]]] = {
    "sent": (_among_contacts, tell_readers),
    "failed": (void_copy, lambda item: tell_writer(item, _FAILED)),
    "cancelled": (void_copy, lambda item: tell_writer(item, _STOPPED)),
    "unsure": (lambda item: tell_writer(item, _UNSURE),),
}

"""Putting a letter in the outbox: gates are looked at, its bytes are made and kept, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from openhiu.paper.blocks import Document
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.letters import composing, gates, keeping, languages, policies
from openhiu.web.letters.actions.leaving import note_contact, sign_in_ready, tell_readers
from openhiu.web.letters.kinds import HAND, MAIL, POST, SIGN_IN
from openhiu.web.letters.models import Copy, Letter, Outgoing
from openhiu.web.letters.sheet import Sheet, sheet
from openhiu.web.mdt.actions.copies import give_copy

State: Any = Outgoing.State
_FIRST: Final = {POST: State.TO_POST, HAND: State.TO_HAND, MAIL: State.WAITING}


@transaction.atomic
def put_in(*, by: Actor, letter: Letter, way: str, seen: str = "") -> Outgoing:
    """Put a letter in the outbox on one way; pressed twice it is there once.

    Args:
        by: who sends it; theirs to work with.
        letter: the draft.
        way: one of its kind's ways.
        seen: the fingerprint of what the writer looked at; another now stops it. Empty: not asked.

    Raises:
        gates.Closed: a gate is closed.
        NotAllowed: it changed since it was looked at, or is not theirs.
    """
    held: Letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("case__person", "written_by__user", "service", "organisation")
        .get(pk=letter.pk, service=by.service_id)
    )
    policies.must_write(by, held.case)
    there = Outgoing.objects.filter(letter=held).exclude(state__in=("failed", "cancelled")).first()
    if there:
        return there
    policies.must_be_open(by, held)
    now = sheet(held, way)
    document = gates.must_be_open(now)
    if seen and composing.fingerprint(now, document) != seen:
        raise NotAllowed("Something changed since you looked at it. Look at it again.")
    item = _made(by, now, document)
    held.state = Letter.State.CLOSED
    held.save(update_fields=["state"])
    record(by, Did.ADDED, person=held.case.person_id, about=item, kind=held.kind, way=way)
    if item.state == State.SENT:
        tell_readers(item)
        item.contact = note_contact(by, item)
        item.save(update_fields=["contact"])
        record(by, Did.SHARED, person=held.case.person_id, about=item,
               items=sorted(now.permit.items))  # fmt: skip
    return item


def _made(by: Actor, now: Sheet, document: Document) -> Outgoing:
    letter = now.letter
    printed, plan_copy = _with_reference(by, now, document)
    pdf, word = _copies(now, printed)
    state, at = _start(now)
    count = Outgoing.objects.filter(letter=letter).count()
    try:
        item: Outgoing = Outgoing.objects.create(
            service=by.service, letter=letter, key=f"{letter.pk.hex}-{count + 1}", way=now.way,
            state=state, address=_address(now), content_hash=composing.fingerprint(now, document),
            pdf=pdf, word=word, consent=now.permit.consent, plan_copy=plan_copy, told=_told(now),
            put_in_by=by.membership, next_try_at=at if state == State.WAITING else None,
            ended_at=at if state == State.SENT else None,
            sent_on=timezone.localdate() if state == State.SENT else None,
        )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("This letter is in the outbox already.") from None
    return item


def _told(now: Sheet) -> dict[str, Any]:
    """What the copy may tell: what the writer could type as well as what the record put in."""
    return {"items": sorted(now.permit.items), "plan": now.plan.number if now.plan else None}


def _start(now: Sheet) -> tuple[str, datetime]:
    """Where it begins. What is read by signing in is there at once, unless a notice goes first."""
    if now.way == SIGN_IN:
        return (State.WAITING if sign_in_ready(now.place) else State.SENT), timezone.now()
    return _FIRST[now.way], timezone.now()


def _address(now: Sheet) -> str:
    """The one address it goes to."""
    if now.way in (MAIL, SIGN_IN):
        return now.place.mailbox if now.place else ""
    return "\n".join(composing.address_of(now))


def _with_reference(by: Actor, now: Sheet, document: Document) -> tuple[Document, Any]:
    """An agreed plan leaves as a numbered copy, so that it can be asked back."""
    if now.agreed is None or now.letter.organisation is None:
        return document, None
    copy = give_copy(by=by, plan=now.agreed, organisation=now.letter.organisation)
    return replace(document, facts=(*document.facts, f"Copy {copy.reference}")), copy


def _copies(now: Sheet, document: Document) -> tuple[Copy | None, Copy]:
    """The bytes, both ways; a script that our typeface has not is written by Word alone."""
    letter, client = now.letter, now.to_client
    word = keeping.keep(letter, "docx", composing.make_word(document, to_client=client))
    if not languages.on_paper(composing.said(document)):
        return None, word
    return keeping.keep(letter, "pdf", composing.make_pdf(document, to_client=client)), word

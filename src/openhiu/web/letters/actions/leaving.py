"""What happens when something has left, or has not: contact, readers, the meeting's copies."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework.actions.contacts import LEAVE, record_contact
from openhiu.web.casework.models import Contact
from openhiu.web.letters import channels
from openhiu.web.letters.kinds import KINDS, MAIL, SIGN_IN
from openhiu.web.letters.models import Letter, Outgoing, PostalAddress
from openhiu.web.mdt.actions.copies import confirm_copy

NEW: str = "There is a letter for your organisation."


def writer_of(item: Outgoing) -> Actor:
    """Who put it in, as they stand now."""
    member = Membership.objects.select_related("user", "service", "organisation", "team").get(
        pk=item.put_in_by_id
    )
    return Actor(user=member.user, membership=member)


def note_contact(by: Actor, item: Outgoing) -> Contact | None:
    """Write it down as a contact; None where that may not be done by them any more."""
    letter = item.letter
    kind = KINDS[letter.kind]
    to = {"who": "client"} if kind.to_client else {
        "who": "professional", "who_words": str(letter.organisation)[:200]}  # fmt: skip
    try:
        made: Contact = record_contact(
            by=by, case=letter.case, next_contact=LEAVE, how="letter", reached="sent",
            what_mattered=f"{kind.label}. {item.get_way_display()}.", at=_at(item.sent_on),
            against_plan_reason=letter.reasons.get("format", {}).get("said")
            or "Went through the letters' gates.",
            **to,
        )  # fmt: skip
    except NotAllowed:
        return None
    return made


def _at(day: date | None) -> datetime:
    if day is None or day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))


def sign_in_ready(place: PostalAddress | None) -> bool:
    """Whether a notice can go to a mailbox before somebody signs in."""
    return bool(place and place.mailbox) and not channels.why_not(MAIL)


def tell_readers(item: Outgoing) -> None:
    """A quiet word to whoever of the organisation signs in here, with a reference only."""
    if item.way != SIGN_IN:
        return
    rows = Membership.objects.filter(
        service=item.service_id, organisation=item.letter.organisation_id, role=Role.PARTNER,
        ended_at=None,
    )  # fmt: skip
    for member in rows:
        announce(to=member, words=NEW, link=reverse("letters:received"))


def open_again(item: Outgoing) -> None:
    """It did not leave: the letter can be changed and put in again, and its plan copy is void."""
    let_change(item)
    void_copy(item)


def let_change(item: Outgoing) -> None:
    """The letter is a draft again."""
    Letter.objects.filter(pk=item.letter_id).update(state=Letter.State.DRAFT)


def void_copy(item: Outgoing) -> None:
    """The meeting's room need not ask for a copy that never left."""
    if item.plan_copy_id:
        # Where they may not say so any more, the meeting's room goes on asking for it.
        with suppress(NotAllowed, Missing):
            confirm_copy(
                by=writer_of(item), copy=item.plan_copy, how="destroyed", words="It never left."
            )


def tell_writer(item: Outgoing, words: str) -> None:
    """A quiet word to who put it in."""
    link = reverse("letters:item", args=[item.pk])
    announce(to=item.put_in_by, words=words, link=link)


def ended(item: Outgoing, state: Any, why: str = "", by: Any = None) -> None:
    """Put the end on a row that is held."""
    item.state, item.why = state, why
    item.ended_at, item.ended_by = timezone.now(), by
    item.claim = None
    item.version += 1
    item.save()

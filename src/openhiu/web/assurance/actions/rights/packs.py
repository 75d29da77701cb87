"""The copy somebody is given: made by one person, confirmed by another, given, and emptied."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Service
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.held import writing
from openhiu.web.assurance.held.deciding import deciding
from openhiu.web.assurance.models import AccessPack, RightsRequest
from openhiu.web.assurance.policies import rights as policies
from openhiu.web.casework.policies import must_hold
from openhiu.web.people.holding_back import held_back

KEPT_DAYS: Final = 30
# These move on with every step of the request itself.
_OF_THE_REQUEST: Final = ("assurance.RightsRequest", "assurance.RequestPause")


@transaction.atomic
def make_pack(*, by: Actor, request: RightsRequest) -> AccessPack:
    """Put the copy together, once everything in it was decided. It waits for a second person.

    Raises:
        NotAllowed: somebody still has to read some of it.
    """
    policies.look_at_everything(by, request)
    decided = deciding(request)
    if decided.open:
        count = decided.open
        raise NotAllowed(f"{count} {'item is' if count == 1 else 'items are'} still to be decided.")
    content = writing.pack(request, decided)
    made = AccessPack.objects.create(
        service=by.service, request=request, content=content,
        sha256=hashlib.sha256(content).hexdigest(), items=decided.given,
        held_back=decided.held_back, made_by=by.membership,
        expires_on=timezone.localdate() + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    _recorded(by, made, Did.EXPORTED, step="made")
    return made


@transaction.atomic
def confirm_pack(*, by: Actor, pack: AccessPack) -> None:
    """A second person has looked at what is given and what is held back.

    Raises:
        NotAllowed: not a second person, too late, or what was read says something else now.
    """
    pack = _locked(pack)
    _second(by, pack)
    _must(_why_not_as_read(pack))
    pack.confirmed_by, pack.confirmed_at = by.membership, timezone.now()
    pack.save(update_fields=["confirmed_by", "confirmed_at"])
    _recorded(by, pack, Did.REVIEWED, step="confirmed")


@transaction.atomic
def send_back(*, by: Actor, pack: Any, note: str) -> None:
    """The second person wants something changed; the copy is emptied."""
    pack = _locked(pack)
    _second(by, pack)
    if not note.strip():
        raise NotAllowed("Say what should be different.")
    pack.sent_back_note, pack.sent_back_at = note.strip(), timezone.now()
    _empty(pack, "sent_back_note", "sent_back_at")
    _recorded(by, pack, Did.REVIEWED, step="sent back")


@transaction.atomic
def give_pack(*, by: Actor, pack: AccessPack, on: date, how: str) -> None:
    """The person has it.

    Raises:
        NotAllowed: nobody else confirmed it, its day is over, what was read says something else
            now, or the day is wrong.
    """
    pack = _locked(pack)
    policies.decide(by, pack.request)
    _must(policies.why_not_give(pack))
    if not timezone.localdate(pack.made_at) <= on <= timezone.localdate():
        raise NotAllowed("That day is before the copy was made, or after today.")
    _must(_why_not_as_read(pack))
    pack.given_on, pack.given_how, pack.given_by = on, how, by.membership
    pack.save(update_fields=["given_on", "given_how", "given_by"])
    _recorded(by, pack, Did.GAVE_COPY, how=how)


def taken(*, by: Actor, pack: AccessPack) -> bytes:
    """The file, for giving it or for the second person to read.

    Raises:
        NotAllowed: not theirs to take at this step, its day is over, or it was emptied.
    """
    must_hold(by, Permission.CONFIRM_RIGHT)
    _must(policies.why_not_take(by, pack))
    _recorded(by, pack, Did.EXPORTED, step="taken out")
    return bytes(pack.content)


@transaction.atomic
def empty_expired(*, service: Service, today: date) -> int:
    """Empty copies whose time is over; who was given what and when stays. How many were emptied.

    Not of a record that is held for a court or an inquiry.
    """
    kept = held_back(service.pk)
    rows = AccessPack.objects.select_for_update().filter(
        service=service, emptied_at=None, expires_on__lt=today
    )
    found = [pack for pack in rows if not kept.holds(pack.request.person_id, "client")]
    for pack in found:
        _empty(pack)
        record(None, Did.PURGED, person=pack.request.person_id, about=pack, service_id=service.pk)
    return len(found)


def _empty(pack: Any, *also: str) -> None:
    pack.content, pack.emptied_at = None, timezone.now()
    pack.save(update_fields=["content", "emptied_at", *also])


def _locked(pack: Any) -> Any:
    return AccessPack.objects.select_for_update(of=("self",)).get(pk=pack.pk)


def _why_not_as_read(pack: AccessPack) -> str:
    """Why what somebody read and decided is not what is held now, or nothing.

    A row that was read may go lawfully (a list's time is over, an agenda is made anew): that stops
    the copy that still tells of it, and none that was made afterwards.
    """
    decided = deciding(pack.request)
    now = {
        (one.item.model, one.item.row): one.item.fingerprint
        for part in decided.sections
        for one in part.judged
    }
    reviews = list(pack.request.reviews.exclude(model__in=_OF_THE_REQUEST))
    gone = {one.model for one in reviews if (one.model, one.row) not in now}
    changed = any(
        one.at > pack.made_at or now[one.model, one.row] != one.fingerprint
        for one in reviews
        if (one.model, one.row) in now
    )
    if changed or writing.tells_more(bytes(pack.content or b""), pack.request, decided, gone):
        return "What was read has changed since this copy was made. Read it and make a new one."
    return ""


def _second(by: Actor, pack: AccessPack) -> None:
    _must(policies.why_not_confirm(by, pack))


def _must(why: str) -> None:
    if why:
        raise NotAllowed(why)


def _recorded(by: Actor, pack: AccessPack, did: Did, **detail: Any) -> None:
    record(by, did, person=pack.request.person_id, about=pack, purpose=Purpose.IG_AUDIT, **detail)

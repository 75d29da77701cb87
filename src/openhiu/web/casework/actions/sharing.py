"""Letting a partner see some of a record, and ending that: items come in, a Share goes out."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.enforcing import why_not_standing
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.lawful import as_it_is
from openhiu.web.access.models import Agreement, Membership, Organisation, Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Share
from openhiu.web.casework.queries.sharing import shareable, standing_answer
from openhiu.web.people import held
from openhiu.web.people.models import Person

NEW_SHARE = "Something was shared with your organisation."


@transaction.atomic
def share(
    *, by: Actor, person: Person, agreement: Agreement, items: Iterable[str], note: str = ""
) -> Share:
    """Let the agreement's organisation see some items of a person's record from now on.

    What is shared now replaces what was shared before for the same purpose.

    Raises:
        NotAllowed: no consent in date, an item outside agreement or consent, not theirs, or the
            organisation enforces, judges or sanctions.
    """
    policies.must_hold(by, Permission.SHARE)
    policies.must_know(by, person)
    if agreement.service_id != by.service_id:
        raise Missing
    agreement = as_it_is(agreement)
    # As they are now: word of a death may have come since the page was drawn.
    person = Person.objects.select_for_update().get(pk=person.pk)
    wanted = set(items)
    why = policies.DIED if person.died or person.died_on else ""
    why = why or why_not_standing(agreement.organisation)
    why = why or (held.WHY if held.is_held(person) else "")
    why = why or ("" if wanted else "Choose at least one thing to share.")
    if not why and wanted - shareable(person, agreement):
        why = "They have not agreed to share one of these with this organisation."
    if why:
        raise NotAllowed(why)
    _end(by, Share.objects.filter(person=person, organisation=agreement.organisation,
                                  purpose=agreement.purpose))  # fmt: skip
    shared = Share.objects.create(
        service=by.service,
        person=person,
        organisation=agreement.organisation,
        consent=standing_answer(person, agreement),
        agreement=agreement,
        items=sorted(wanted),
        purpose=agreement.purpose,
        note=note.strip(),
        by=by.membership,
    )
    record(by, Did.SHARED, person=person, about=shared, items=sorted(wanted))
    _tell(agreement.organisation, shared)
    return shared


@transaction.atomic
def stop_sharing(*, by: Actor, shared: Share) -> None:
    """End one share; the organisation sees nothing of it from this moment."""
    policies.must_hold(by, Permission.SHARE)
    policies.must_know(by, shared.person)
    _end(by, Share.objects.filter(pk=shared.pk))


def _end(by: Actor, shares: object) -> None:
    live = shares.filter(service=by.service_id, stopped_at=None)  # type: ignore[attr-defined]
    for one in live.select_for_update():
        one.stopped_at = timezone.now()
        one.save(update_fields=["stopped_at"])
        record(by, Did.STOPPED_SHARING, person=one.person_id, about=one)
        settle(by, reverse("casework:shared_page", args=[one.person_id]))


def _tell(organisation: Organisation, shared: Share) -> None:
    """A quiet word to the organisation's members, with a reference only."""
    link = reverse("casework:shared_page", args=[shared.person_id])
    for member in Membership.objects.filter(
        service=shared.service_id, organisation=organisation, role=Role.PARTNER, ended_at=None
    ):
        announce(to=member, words=NEW_SHARE, link=link)

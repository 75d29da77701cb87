"""Lone visits: planning one, setting out, staying longer, being back, cancelling.

An aid between colleagues and no alarm service: it knows only what somebody presses.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, Contact, Visit
from openhiu.web.casework.queries import visits as found
from openhiu.web.people.safety import contact_rules
from openhiu.web.team.queries.leave import away
from openhiu.web.team.queries.staff import staff

LONGEST: Final = timedelta(hours=12)
MORE: Final = (15, 30)  # minutes a visit can be made longer by, at a time
_FORGOTTEN: Final = timedelta(hours=1)  # a visit is planned up to an hour after it began
RESTRICTED: Final = (
    "Their details are restricted, so where they are is never written down here. "
    "Leave this empty and tell your buddy yourself."
)


@transaction.atomic
def plan_visit(
    *,
    by: Actor,
    buddy: Membership,
    starts_at: datetime,
    minutes: int,
    phone: str,
    where: str = "",
    case: Case | None = None,
    who: str = "",
    read_notices: bool = True,
) -> Visit:
    """Plan a visit made alone.

    Args:
        by: who will visit.
        buddy: a colleague who looks out; not away that day.
        starts_at: when, aware.
        minutes: how long it will take; with it, when they expect to be out again.
        phone: the number that reaches the visitor.
        where: the place; not for a person whose whereabouts are restricted.
        case: a client of theirs; or else
        who: somebody else, in words.
        read_notices: that the visitor has read what is known.

    Raises:
        NotAllowed: it must not or need not happen so; the sentence says why.
        Missing: case or buddy are of another service.
    """
    policies.must_hold(by, Permission.OWN_WORK)
    _must_be_visitable(by, case, who, where, read_notices)
    if not phone.strip():
        raise NotAllowed("Enter the number that reaches you.")
    ends_at = _end(starts_at, minutes)
    _must_look_out(by, buddy, starts_at)
    visit: Visit = Visit.objects.create(
        service=by.service,
        case=case,
        visitor=by.membership,
        buddy=buddy,
        starts_at=starts_at,
        ends_at=ends_at,
        who_sealed="" if case else who.strip(),
        where_sealed=where.strip(),
        phone_sealed=phone.strip(),
    )
    record(by, Did.ADDED, person=case.person_id if case else None, about=visit)
    if buddy.user_id != by.user.pk:
        words = f"{by.user.name} asks you to look out for them on a visit."
        announce(to=buddy, words=words, link=page_of(visit))
    return visit


@transaction.atomic
def set_out(*, by: Actor, visit: Visit) -> Visit:
    """One is on the way. Pressed twice is pressed once."""
    held = _own(by, visit)
    if held.out_at is None:
        held.out_at = timezone.now()
        _save(by, held, "out_at")
    return held


@transaction.atomic
def stay_longer(*, by: Actor, visit: Visit, minutes: int) -> Visit:
    """Expect to be out 15 or 30 minutes later; later than now in any case.

    Whoever was told that it is overdue is told that it goes on.
    """
    held = _own(by, visit)
    if minutes not in MORE:
        raise NotAllowed("Choose 15 or 30 minutes.")
    held.ends_at = max(held.ends_at, timezone.now()) + timedelta(minutes=minutes)
    held.extended += minutes
    _reassure(held, f"{by.user.name} stays longer on their visit, and is well.")
    held.buddy_told_at = held.manager_told_at = None
    held.told = []
    _save(by, held, "ends_at", "extended", "buddy_told_at", "manager_told_at", "told")
    return held


@transaction.atomic
def come_back(*, by: Actor, visit: Visit, words: str = "") -> Visit:
    """The visitor is back and safe.

    Said by themselves in one press; by who looks out or manages, with how they know.

    Raises:
        NotAllowed: somebody else says so and not how they know.
        Missing: it is none of theirs.
    """
    held = _held(by, visit)
    if held.ended:
        return held
    if held.visitor.user_id != by.user.pk and not words.strip():
        raise NotAllowed("Say how you know that they are safe.")
    held.back_at, held.back_by, held.back_words = timezone.now(), by.membership, words.strip()
    held.out_at = held.out_at or min(held.starts_at, held.back_at)
    _reassure(held, f"{held.visitor.user.name} is back from their visit.", but=by)
    _save(by, held, "back_at", "back_by", "back_words", "out_at")
    return held


@transaction.atomic
def cancel_visit(*, by: Actor, visit: Visit) -> Visit:
    """It does not take place. Its buddy is told."""
    held = _own(by, visit)
    held.cancelled_at = timezone.now()
    if held.buddy.user_id != by.user.pk:
        words = f"{by.user.name} cancelled their visit."
        settle(by, page_of(held))
        announce(to=held.buddy, words=words)
    _save(by, held, "cancelled_at")
    return held


@transaction.atomic
def visit_recorded(*, by: Actor, visit: Visit, contact: Contact) -> None:
    """Keep which contact was written down about a visit."""
    held = _held(by, visit)
    if held.contact_id is None and held.case_id == contact.case_id:
        held.contact = contact
        _save(by, held, "contact")


def cancel_planned(by: Actor, case: Case, reason: str) -> int:
    """Planned visits to a client end with everything planned; who is out already is left alone."""
    planned = Visit.objects.select_for_update().filter(
        service=by.service_id, case=case, out_at=None, back_at=None, cancelled_at=None
    )
    ended = list(planned.select_related("visitor__user"))
    for visit in ended:
        visit.cancelled_at = timezone.now()
        _save(by, visit, "cancelled_at")
        if visit.visitor_id != by.membership.pk:
            announce(to=visit.visitor, words=f"A planned visit was cancelled. {reason}")
    return len(ended)


def _must_be_visitable(
    by: Actor, case: Case | None, who: str, where: str, read_notices: bool
) -> None:
    if case is None:
        if not who.strip():
            raise NotAllowed("Say who you visit.")
        if not where.strip():
            raise NotAllowed("Say where it is.")
        return
    policies.must_be_theirs(by, case, Permission.WRITE_CLIENT)
    why = policies.why_not_contact(case) or _why_not_visit(case)
    if why:
        raise NotAllowed(why)
    if case.person.restricted and where.strip():
        raise NotAllowed(RESTRICTED)
    if not case.person.restricted and not where.strip():
        raise NotAllowed("Say where it is.")
    if not read_notices:
        raise NotAllowed("Read what is known before you plan this visit.")


def _why_not_visit(case: Case) -> str:
    way = contact_rules(case.person).visit
    return "" if way else way.why


def _end(starts_at: datetime, minutes: int) -> datetime:
    """Counted in minutes that pass, so that a night on which the clocks change is no trap."""
    if not 0 < minutes <= LONGEST.total_seconds() / 60:
        raise NotAllowed("A visit takes from a minute to twelve hours.")
    if starts_at < timezone.now() - _FORGOTTEN:
        raise NotAllowed("This time has passed. Record the contact instead.")
    return starts_at + timedelta(minutes=minutes)


def _must_look_out(by: Actor, buddy: Membership, starts_at: datetime) -> None:
    if buddy.service_id != by.service_id:
        raise Missing
    if buddy.user_id == by.user.pk or not staff(by).filter(pk=buddy.pk).exists():
        raise NotAllowed("Choose a colleague who looks out for you.")
    leave = away(buddy, timezone.localdate(starts_at))
    if leave is not None and leave.share(timezone.localdate(starts_at)) == 1:
        raise NotAllowed(f"{buddy.user.name} is away that day. Choose somebody else.")


def _reassure(visit: Visit, words: str, but: Actor | None = None) -> None:
    """Who was told that a visit is overdue is told that all is well; what they were told ends."""
    members = Membership.objects.filter(pk__in=[UUID(key) for key in visit.told])
    link = page_of(visit)
    _settle(visit, link)
    for member in members:
        if but is None or member.pk != but.membership.pk:
            announce(to=member, words=words)


def _settle(visit: Visit, link: str) -> None:
    settle(Actor(user=visit.visitor.user, membership=visit.visitor), link)


def _held(by: Actor, visit: Visit) -> Visit:
    """The visit as it is now, held; one that this actor may know of."""
    policies.must_hold(by, Permission.OWN_WORK)
    if visit.service_id != by.service_id:
        raise Missing
    found.visit_or_missing(by, visit.pk)
    held: Visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("visitor__user", "visitor__service", "buddy__user")
        .get(pk=visit.pk)
    )
    return held


def _own(by: Actor, visit: Visit) -> Visit:
    held = _held(by, visit)
    if held.visitor.user_id != by.user.pk:
        raise NotAllowed("Only who makes the visit can change it.")
    if held.ended:
        raise NotAllowed("This visit has ended.")
    return held


def _save(by: Actor, visit: Visit, *fields: str) -> None:
    visit.version += 1
    visit.save(update_fields=[*fields, "version"])
    person = visit.case.person_id if visit.case else None
    record(by, Did.CHANGED, person=person, about=visit, fields=list(fields))


def page_of(visit: Visit) -> str:
    """Where a visit is seen to."""
    return reverse("casework:visit", args=[visit.pk])

"""Writing down contacts: who, how, reached, what mattered, what is next. Tries are work too.

A contact is corrected only by its writer, with its history kept, and never deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import lifecycle, policies, reaching
from openhiu.web.casework.actions.tasks import add_task
from openhiu.web.casework.models import Case, Contact
from openhiu.web.design.words import as_day
from openhiu.web.team.hours import next_day_at_work

BY_RHYTHM: Final = "rhythm"  # the next contact follows the rhythm, which may stretch
LEAVE: Final = "leave"  # the planned day stays as it is
# Rooms above may act in the same transaction when a contact is written down, or when one turns out
# to be an error (`contact.error_at`): the actor and the contact come in.
AFTER_CONTACT: Final[list[Callable[[Actor, Contact], None]]] = []
# A planned contact that came up to three days early was kept all the same.
EARLY_DAYS: Final = 3

LABELS: Final = {
    "at": "When",
    "who": "Who",
    "who_words": "Their name or role",
    "began_by": "Who began it",
    "how": "How",
    "reached": "Did you reach them?",
    "what_mattered": "What mattered",
    "next_step": "Next step",
    "minutes": "Minutes",
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is written down about one contact. `at` None: now. `minutes` may stay empty."""

    who: str
    how: str
    reached: str
    what_mattered: str = ""
    next_step: str = ""
    who_words: str = ""
    began_by: str = "us"
    minutes: int | None = None
    at: datetime | None = None
    against_plan_reason: str = ""


class AgainstPlan(NotAllowed):
    """The contact-safety plan speaks against it, and no reason was given."""


@transaction.atomic
def record_contact(
    *,
    by: Actor,
    case: Case,
    next_contact: date | str | None = BY_RHYTHM,
    task: str = "",
    task_due: date | None = None,
    **said: Any,
) -> Contact:
    """Write down one contact or try.

    Args:
        by: who was in touch.
        case: whose client; theirs to work with.
        next_contact: a day; BY_RHYTHM (today and the rhythm, which stretches after a kept contact
            while walking backwards); LEAVE; or None for no day at all.
        task: words of a task that follows, if any.
        task_due: its day; the next contact's unless told.
        said: the fields of `Said`.

    Raises:
        NotAllowed: not theirs, they died, they asked us to stop, or the moment is ahead.
        AgainstPlan: the contact-safety plan speaks against it and no reason is given.
    """
    policies.must_be_theirs(by, case, Permission.WRITE_CLIENT)
    held = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
    words = _checked(held, Said(**said))
    contact: Contact = Contact.objects.create(
        service=by.service, case=held, by=by.membership, **_kept(words)
    )
    _bring_up_to_date(held)
    _plan_next(held, contact, next_contact)
    held.version += 1
    held.save()
    if task.strip():
        add_task(by=by, words=task, case=held, due_on=task_due or held.next_contact_on)
    record(by, Did.ADDED, person=held.person_id, about=contact, reached=contact.reached)
    _tell_rooms(by, contact)
    return contact


@transaction.atomic
def correct_contact(*, by: Actor, contact: Contact, version: int, **said: Any) -> Contact:
    """Put right what one wrote; what stood there before stays in its history.

    Args:
        by: its writer.
        contact: of a client who is theirs to work with.
        version: the one the form was drawn from.
        said: the fields of `Said`, all of them.

    Raises:
        NotAllowed: someone else wrote it, or it may not be said so.
        Stale: it was changed since; nothing is overwritten.
    """
    held = _held(by, contact)
    if held.by_id != by.membership.pk:
        raise NotAllowed("Only the person who wrote this can correct it.")
    if held.error_at:
        raise NotAllowed("This was marked as entered in error. Write it down anew.")
    words = _checked(held.case, Said(**{"at": held.at, **said}))
    if held.version != version:
        raise Stale(differences(held, words))
    for name, value in _kept(words).items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    _bring_up_to_date(held.case, save=True)
    record(by, Did.CHANGED, person=held.case.person_id, about=held)
    return held


@transaction.atomic
def mark_in_error(*, by: Actor, contact: Contact, reason: str) -> Contact:
    """Say that a contact was entered in error: it stays to be read, and counts no more.

    Raises:
        NotAllowed: neither its writer nor the lead of the case, or no reason.
    """
    held = _held(by, contact)
    if by.membership.pk not in (held.by_id, held.case.lead_id):
        raise NotAllowed("Only its writer or the lead can mark this as entered in error.")
    if not reason.strip():
        raise NotAllowed("Say what is wrong with it, in a few words.")
    if held.error_at:
        return held
    held.error_at, held.error_by = timezone.now(), by.membership
    held.error_reason = reason.strip()
    held.version += 1
    held.save()
    _bring_up_to_date(held.case, save=True)
    record(by, Did.CHANGED, person=held.case.person_id, about=held, entered_in_error=True)
    _tell_rooms(by, held)
    return held


def differences(contact: Contact, said: Said) -> list[tuple[str, str, str]]:
    """Where a contact and what someone typed differ: label, what is saved, what was typed."""
    typed = _kept(said)
    return [
        (label, _shown(contact, name, getattr(contact, name)), _shown(contact, name, typed[name]))
        for name, label in LABELS.items()
        if getattr(contact, name) != typed[name]
    ]


def planned_next(case: Case, contact: Contact) -> tuple[int, date]:
    """The rhythm after a contact and the day it gives, counted from the day of the contact."""
    day = as_day(contact.at)
    due = case.next_contact_on
    kept = (
        contact.who == Contact.Who.CLIENT
        and contact.reached == Contact.Reached.YES
        and (due is None or day >= due - timedelta(days=EARLY_DAYS))
    )
    rhythm = lifecycle.rhythm_after(case.phase, case.rhythm_days, kept=kept)
    ahead = max(day + timedelta(days=rhythm), timezone.localdate())
    return rhythm, next_day_at_work(case.lead, ahead)


def _tell_rooms(by: Actor, contact: Contact) -> None:
    for act in AFTER_CONTACT:
        act(by, contact)


def _checked(case: Case, said: Said) -> Said:
    at = said.at or timezone.now()
    if at > timezone.now() + timedelta(minutes=1):
        raise NotAllowed("A contact cannot be in the future. Set a next contact instead.")
    why = reaching.why_not_record(case, who=said.who, began_by=said.began_by, at=at)
    if why:
        raise NotAllowed(why)
    against = reaching.against_plan(case, who=said.who, how=said.how, reached=said.reached)
    if against and not said.against_plan_reason.strip():
        raise AgainstPlan(against)
    return Said(
        **{
            **asdict(said),
            "at": at,
            "against_plan_reason": said.against_plan_reason.strip() if against else "",
        }
    )


def _kept(said: Said) -> dict[str, Any]:
    """The values as the row keeps them."""
    values = {field.name: getattr(said, field.name) for field in fields(said)}
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }


def _plan_next(case: Case, contact: Contact, wish: date | str | None) -> None:
    if policies.why_not_contact(case):
        case.next_contact_on = None
    elif wish == BY_RHYTHM:
        if contact.who == Contact.Who.CLIENT:
            case.rhythm_days, case.next_contact_on = planned_next(case, contact)
    elif wish != LEAVE:
        case.next_contact_on = wish if isinstance(wish, date) else None


def _bring_up_to_date(case: Case, *, save: bool = False) -> None:
    """Keep on the case when they were last tried and last spoken with, from what counts."""
    spoke = Q(who=Contact.Who.CLIENT, reached=Contact.Reached.YES)
    last = Contact.objects.filter(case=case, error_at=None).aggregate(
        last_tried=Max("at"), last_spoke=Max("at", filter=spoke)
    )
    case.last_contact_at, case.last_reached_at = last["last_tried"], last["last_spoke"]
    if save:
        Case.objects.filter(pk=case.pk).update(
            last_contact_at=last["last_tried"], last_reached_at=last["last_spoke"]
        )


def _held(by: Actor, contact: Contact) -> Contact:
    if contact.service_id != by.service_id:
        raise Missing
    held: Contact = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("case__person")
        .get(pk=contact.pk)
    )
    policies.must_be_theirs(by, held.case, Permission.WRITE_CLIENT)
    return held


def _shown(contact: Contact, name: str, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d %B %Y, %H:%M}"
    choices = dict(contact._meta.get_field(name).choices or ())
    return str(choices.get(value, "" if value is None else value))

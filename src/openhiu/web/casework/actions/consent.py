"""Recording what people agreed to, and taking it back: an answer comes in, it counts at once.

Three separate questions: taking part, sharing with one organisation for a purpose, using a story.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.enforcing import why_not_standing
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.lawful import as_it_is, in_force
from openhiu.web.access.models import Agreement
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.actions import stopping, telling
from openhiu.web.casework.models import Consent
from openhiu.web.casework.queries import consent as answers
from openhiu.web.casework.story_details import PURPOSES, REPORTS
from openhiu.web.people.models import Person

TOOK_BACK = "They took back their yes to using their words."
Kind, Route, Capacity = Consent.Kind, Consent.Route, Consent.Capacity


def months_on(start: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@transaction.atomic
def answer_take_part(*, by: Actor, person: Person, **answer: Any) -> Consent:
    """Record whether someone agrees to take part. See `_answer` for what an answer holds."""
    return _answer(by, person, str(Kind.TAKE_PART), answer)


@transaction.atomic
def answer_story(*, by: Actor, person: Person, purpose: str = REPORTS, **answer: Any) -> Consent:
    """Record whether someone lets their story be used for a purpose; it never needs to be given.

    Raises:
        NotAllowed: not one of story_details.PURPOSES.
    """
    if purpose not in PURPOSES:
        raise NotAllowed("Choose what the story may be used for.")
    return _answer(by, person, str(Kind.STORY), answer | {"purpose": purpose})


@transaction.atomic
def answer_share(
    *, by: Actor, person: Person, agreement: Agreement, items: Iterable[str], **answer: Any
) -> Consent:
    """Record whether someone agrees that one organisation receives some items for its purpose.

    Raises:
        NotAllowed: the agreement is not in force, or does not allow one of the items.
    """
    wanted = sorted(set(items)) if answer.get("given") else []
    why = _why_not_under(by, agreement, wanted, given=bool(answer.get("given")))
    if why:
        raise NotAllowed(why)
    told = {"organisation": agreement.organisation, "purpose": agreement.purpose, "items": wanted}
    return _answer(by, person, str(Kind.SHARE), answer | told)


@transaction.atomic
def withdraw(*, by: Actor, consent: Consent, note: str = "") -> Consent:
    """Take an answer back. It counts at once: shares end in this same transaction.

    Withdrawing from taking part ends every share and the use of their story too, and the work
    comes to a respectful stop: no next contact, tasks let go; the phase and the history stay.

    Raises:
        NotAllowed: it was withdrawn before, or was never a yes.
    """
    policies.must_hold(by, Permission.RECORD_CONSENT)
    policies.must_know(by, consent.person)
    held = Consent.objects.select_for_update().get(pk=consent.pk, service=by.service_id)
    if not policies.holds(held):
        raise NotAllowed("This was withdrawn already.")
    every = [held]
    if held.kind == Kind.TAKE_PART:
        every += [
            one
            for one in answers.newest(answers.answers(held.person))
            if one.kind in (Kind.SHARE, Kind.STORY) and policies.holds(one)
        ]
    for one in every:
        _take_back(by, one, note)
    if held.kind == Kind.TAKE_PART:
        stopping.stop_work(by, held.person, "They asked us to stop.")
    held.refresh_from_db()
    return held


def _take_back(by: Actor, answer: Consent, note: str) -> None:
    answer.withdrawn_at, answer.withdrawn_by = timezone.now(), by.membership
    answer.withdrawn_note = note.strip()
    answer.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_note"])
    record(by, Did.WITHDREW_CONSENT, person=answer.person_id, about=answer, kind=answer.kind)
    if answer.kind == Kind.SHARE:
        stopping.stop_shares(by, answer.person, answer.organisation_id, answer.purpose)
    if answer.kind == Kind.STORY:
        telling.take_out_of(by, answer.person, answer.purpose, TOOK_BACK)


def _answer(by: Actor, person: Person, kind: str, answer: dict[str, Any]) -> Consent:
    """Keep an answer: `given`, `route`, `evidence`, `answered_on`, and optionally `capacity`,
    `told`, `review_on` (the service's months later, unless the lead sets an earlier day).
    """
    policies.must_hold(by, Permission.RECORD_CONSENT)
    policies.must_know(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)  # as they are now
    why = _why_not(person, answer)
    if why:
        raise NotAllowed(why)
    answer["review_on"] = answer.get("review_on") or months_on(
        answer["answered_on"], by.service.consent_review_months
    )
    kept = Consent.objects.create(
        service=by.service, person=person, kind=kind, recorded_by=by.membership, **answer
    )
    record(by, Did.RECORDED_CONSENT, person=person, about=kept, kind=str(kind), given=kept.given)
    if not kept.given:
        _stop_after_no(by, kept)
    return kept


def _stop_after_no(by: Actor, answer: Consent) -> None:
    """A later no ends what an earlier yes allowed."""
    if answer.kind == Kind.SHARE:
        stopping.stop_shares(by, answer.person, answer.organisation_id, answer.purpose)
    if answer.kind == Kind.STORY:
        telling.take_out_of(by, answer.person, answer.purpose, TOOK_BACK)
    if answer.kind == Kind.TAKE_PART:
        stopping.stop_shares(by, answer.person)
        telling.take_out_of(by, answer.person, REPORTS, "They no longer take part.")
        stopping.stop_work(by, answer.person, "They said no.")


def _why_not(person: Person, answer: dict[str, Any]) -> str:
    """Why an answer cannot be kept as it stands, or nothing."""
    if person.died or person.died_on:
        return policies.DIED
    if answer["answered_on"] > timezone.localdate():
        return "The day they answered cannot be after today."
    lacks = answer.get("capacity") == Capacity.LACKS
    if answer.get("given") and lacks != (answer["route"] == Route.BEST_INTERESTS):
        return (
            "Someone who lacks capacity for this cannot agree to it: only a best-interests "
            "decision can, and only then."
        )
    if not str(answer.get("evidence", "")).strip():
        return "Say what they said, or where the paper is."
    return ""


def _why_not_under(by: Actor, agreement: Agreement, items: list[str], *, given: bool) -> str:
    """Why an agreement does not carry this answer, or nothing."""
    if agreement.service_id != by.service_id:
        raise Missing
    if not given:
        return ""
    agreement = as_it_is(agreement)
    if why := why_not_standing(agreement.organisation):
        return why
    if not in_force(agreement):
        return "This sharing agreement is not in force today."
    if not items:
        return "Choose at least one thing to share."
    if set(items) - set(agreement.items):
        return "The sharing agreement does not allow one of these."
    return ""

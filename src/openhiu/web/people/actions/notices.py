"""Important notices: proposed by one, agreed by another, with a source and an end."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.people import policies
from openhiu.web.people.actions.holding import held
from openhiu.web.people.models import Notice, Person
from openhiu.web.people.safety import next_review


@transaction.atomic
def propose_notice(
    *,
    by: Actor,
    person: Person,
    kind: str,
    words: str,
    source: str,
    review_on: date,
    ends_on: date | None = None,
    happened_on: date | None = None,
    told_person: bool = False,
) -> Notice:
    """Propose a notice; nobody but its supervisors sees it until another person agrees.

    `ends_on` is the day it hides by itself: the review date when not said, never past 12 months.

    Raises:
        ValidationError: words or source are missing, or a date is out of bounds.
    """
    row = held(Person, by, person.pk)
    policies.propose_notice(by)
    ends = ends_on or review_on
    _check(words, source, review_on, ends)
    notice = Notice.objects.create(
        service_id=row.service_id, person=row, kind=kind, words=words.strip(),
        source=source.strip(), happened_on=happened_on, told_person=told_person,
        review_on=review_on, ends_on=ends, proposed_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, person=row, about=notice, kind=kind)
    return notice


@transaction.atomic
def agree_notice(*, by: Actor, notice: Notice) -> Notice:
    """Agree someone else's notice: it shows from now on until it ends."""
    row = held(Notice, by, notice.pk)
    policies.agree_notice(by, row)
    if row.ends_on < timezone.localdate():
        raise NotAllowed("This notice has run out. Ask for a new one if it still holds.")
    row.agreed_by, row.agreed_at = by.membership, timezone.now()
    row.save()
    record(by, Did.REVIEWED, person=row.person_id, about=row, agreed=True)
    return row


@transaction.atomic
def end_notice(*, by: Actor, notice: Notice) -> Notice:
    """End a notice, or put a proposed one aside. It stays in the history."""
    row = held(Notice, by, notice.pk)
    policies.end_notice(by, row)
    row.ended_by, row.ended_at = by.membership, timezone.now()
    row.save()
    record(by, Did.REVIEWED, person=row.person_id, about=row, ended=True)
    return row


def _check(words: str, source: str, review_on: date, ends_on: date) -> None:
    today = timezone.localdate()
    if not words.strip():
        raise ValidationError({"words": "Enter what people need to know"})
    if not source.strip():
        raise ValidationError({"source": "Enter where this comes from"})
    if not today < review_on <= ends_on:
        raise ValidationError({"review_on": "Review date must be after today and before the end"})
    if ends_on > next_review(today, months=12):
        raise ValidationError({"ends_on": "A notice ends within 12 months"})

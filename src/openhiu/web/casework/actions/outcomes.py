"""Writing down what changed for someone, and how they say they feel when they want to say it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, Outcome, Wellbeing
from openhiu.web.casework.outcomes import ANOTHER, CATEGORIES, ONS4


@transaction.atomic
def record_outcome(
    *, by: Actor, case: Case, category: str, happened_on: date, words: str = ""
) -> Outcome:
    """Record one thing that changed: a key of CATEGORIES, or "another" with `words`.

    Raises:
        NotAllowed: not theirs, an unknown category, a day ahead, or "another" without words.
    """
    policies.must_be_theirs(by, case, Permission.WRITE_CLIENT)
    if category not in CATEGORIES:
        raise NotAllowed("Choose what changed from the list.")
    if category == ANOTHER and not words.strip():
        raise NotAllowed("Say what changed.")
    if happened_on > timezone.localdate():
        raise NotAllowed("The day must be today or earlier.")
    outcome: Outcome = Outcome.objects.create(
        service=by.service,
        case=case,
        category=category,
        words=words.strip(),
        happened_on=happened_on,
        noted_by=by.membership,
    )
    record(by, Did.ADDED, person=case.person_id, about=outcome, category=category)
    return outcome


@transaction.atomic
def record_wellbeing(
    *, by: Actor, case: Case, asked_on: date, answers: dict[str, int | None]
) -> Wellbeing:
    """Record the four questions (keys of ONS4, 0 to 10); any may be None, not all.

    Raises:
        NotAllowed: not theirs, nothing answered, an answer outside 0 to 10, or a day ahead.
    """
    policies.must_be_theirs(by, case, Permission.WRITE_CLIENT)
    given = {key: answers.get(key) for key in ONS4}
    said = [value for value in given.values() if value is not None]
    if not said:
        raise NotAllowed("Nothing was answered. That is all right: there is nothing to save.")
    if any(not 0 <= value <= 10 for value in said):
        raise NotAllowed("Each answer is a number from 0 to 10.")
    if asked_on > timezone.localdate():
        raise NotAllowed("The day must be today or earlier.")
    asked: Wellbeing = Wellbeing.objects.create(
        service=by.service, case=case, asked_on=asked_on, asked_by=by.membership, **given
    )
    record(by, Did.ADDED, person=case.person_id, about=asked, answered=len(said))
    return asked

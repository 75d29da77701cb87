"""The contact-safety plan: how to be in touch without doing harm."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.people import policies
from openhiu.web.people.actions.holding import changed, held, refuse_stale
from openhiu.web.people.fold import tidy
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import ContactSafety, Person
from openhiu.web.people.needs import ACCESSIBLE
from openhiu.web.people.safety import next_review

LABELS: Final = {
    "safe_times": "Safe times", "who_may_answer": "Who may answer", "voicemail": "Voicemail",
    "text": "Text messages", "letter": "Letters", "interpreter": "Interpreter",
    "accessible_needs": "What they need", "accessible_note": "More about what they need",
    "code_phrase": "Code phrase", "household": "Who else is there", "review_on": "Review date",
}  # fmt: skip
_OF_PERSON: Final = ("preferred_name", "pronouns")


@transaction.atomic
def set_contact_safety(
    *, by: Actor, person: Person, version: int = 0, review_on: date | None = None, **fields: Any
) -> ContactSafety:
    """Write the plan, or write it anew after talking it through.

    Args:
        by: who went through it with the person.
        person: whose plan it is.
        version: of the plan the form was drawn from; 0 where there was none.
        review_on: when to go through it again; six months from today when not said.
        fields: of ContactSafety, and `preferred_name` and `pronouns` of the person.

    Raises:
        Stale: someone else saved first.
        ValidationError: a need that is not on the list, or a review that is past or too far off.
    """
    row = held(Person, by, person.pk)
    policies.write(by, row)
    today = timezone.localdate()
    called = {str(name): tidy(fields.pop(name) or "") for name in _OF_PERSON if name in fields}
    wanted = {**fields, "review_on": review_on or next_review(today)}
    _check(wanted, today)
    plan = ContactSafety.objects.select_for_update().filter(person=row).first()
    plan, names = _written(by, row, plan, version, wanted)
    names += _call(row, called)
    record(by, Did.CHANGED, person=row, about=plan, fields=names)
    return plan


def _written(
    by: Actor, row: Person, plan: ContactSafety | None, version: int, wanted: dict[str, Any]
) -> tuple[ContactSafety, list[str]]:
    reviewed = {"reviewed_on": timezone.localdate(), "reviewed_by": by.membership}
    if plan is None:
        made = ContactSafety.objects.create(
            service_id=row.service_id, person=row, **wanted, **reviewed
        )
        return made, sorted(wanted)
    refuse_stale(plan, version, wanted, LABELS)
    names = changed(plan, wanted)
    changed(plan, reviewed)
    plan.version += 1
    plan.save()
    return plan, names


def _call(row: Person, called: dict[str, str]) -> list[str]:
    names = changed(row, called)
    if names:
        row.version += 1
        row.save()
        reindex(row)
    return names


def _check(wanted: dict[str, Any], today: date) -> None:
    unknown = set(wanted.get("accessible_needs") or ()) - set(ACCESSIBLE)
    if unknown:
        raise ValidationError({"accessible_needs": "Select needs from the list"})
    if not today < wanted["review_on"] <= next_review(today, months=12):
        raise ValidationError({"review_on": "Review date must be within the next 12 months"})

"""When somebody was last in touch: people come in; the day of the last contact of each goes out.

Never a "closure": nobody is closed here, and somebody open at a distance is in touch when they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Max
from django.utils import timezone

# Model, the way to the person, and the day or moment at which both were in touch, somebody tried,
# or something left about them. Planned things in the future do not count.
TOUCHES: Final = (
    ("people.Person", "pk", "made_at"),
    ("intake.Approach", "person", "chosen_at"),
    ("intake.Approach", "person", "ended_at"),
    ("intake.Attempt", "approach__person", "at"),
    ("casework.Case", "person", "opened_at"),
    ("casework.PhaseChange", "case__person", "at"),
    ("casework.Contact", "case__person", "at"),
    ("casework.Visit", "case__person", "ends_at"),
    ("casework.Outcome", "case__person", "happened_on"),
    ("casework.Wellbeing", "case__person", "asked_on"),
    ("casework.ConnectionNews", "connection__case__person", "at"),
    ("casework.Consent", "person", "answered_on"),
    ("casework.Consent", "person", "withdrawn_at"),
    ("casework.Objection", "person", "heard_on"),
    ("casework.Share", "person", "at"),
    ("casework.Share", "person", "stopped_at"),
    ("casework.Concern", "person", "at"),
    ("casework.SharedWithoutConsent", "person", "at"),
    ("casework.FollowUpStep", "follow_up__concern__person", "done_at"),
    ("casework.FollowUpStep", "follow_up__shared__person", "done_at"),
    ("monitoring.SignalStep", "signal__case__person", "at"),
    ("mdt.Slot", "case__person", "talked_at"),
    ("mdt.Copy", "plan__case__person", "given_at"),
    ("letters.Outgoing", "letter__case__person", "put_in_at"),
    ("letters.Outgoing", "letter__case__person", "ended_at"),
    ("letters.AddressCheck", "person", "at"),
    ("assurance.RightsRequest", "person", "received_on"),
    ("assurance.RightsRequest", "person", "replied_on"),
    ("assurance.Disclosure", "person", "noted_at"),
)


def last_contacts(service_id: UUID, people: Iterable[UUID] | None = None) -> dict[UUID, date]:
    """The last day somebody was in touch, by person; of everyone in the service unless named."""
    found: dict[UUID, date] = {}
    keys = None if people is None else list(people)
    for label, way, when in TOUCHES:
        rows: Any = apps.get_model(label)._default_manager.filter(service_id=service_id)
        if keys is not None:
            rows = rows.filter(**{f"{way}__in": keys})
        told = rows.exclude(**{way: None}).order_by().values_list(way).annotate(last=Max(when))
        for key, last in told:
            if last is not None and (day := _day(last)) > found.get(key, date.min):
                found[key] = day
    return found


def _day(value: datetime | date) -> date:
    """A day of our calendar, and never one that is still to come."""
    day = timezone.localdate(value) if isinstance(value, datetime) else value
    return min(day, timezone.localdate())

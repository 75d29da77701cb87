"""What this topic hangs into the rooms below: what is held, and dates that come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.urls import reverse

from openhiu.web.access.models import Role
from openhiu.web.assurance.models.retention import Appraisal, Hold, RetentionRules
from openhiu.web.assurance.reminders import Due, offer
from openhiu.web.people.holding_back import HeldBack, holds_back
from openhiu.web.people.models import Person
from openhiu.web.people.queries import identities


def held_back(service_id: UUID) -> HeldBack:
    """Everyone held by name, with whoever was joined to them, and the classes that are held."""
    holds = Hold.objects.filter(service=service_id, lifted_at=None)
    people: set[UUID] = set()
    for person in Person.objects.filter(pk__in=holds.exclude(person=None).values("person")):
        whole = person
        while whole.merged_into is not None:
            whole = whole.merged_into
        people.update(identities(whole))
    classes = holds.exclude(record_class="").values_list("record_class", flat=True)
    return HeldBack(frozenset(people), frozenset(classes))


def due(service_id: UUID, _today: date) -> Iterator[Due]:
    """Holds to look at again, schedules that wait, and the queue that waits since."""
    both = (Role.SUPERVISOR, Role.AUDITOR)
    for hold in Hold.objects.filter(service=service_id, lifted_at=None):
        yield Due(
            # What somebody typed as its reference may name a person.
            f"hold:{hold.pk}", f"The hold of {hold.placed_at:%-d %B %Y} is to be looked at again",
            hold.review_on, (Role.AUDITOR,), reverse("assurance:hold", args=[hold.pk]),
        )  # fmt: skip
    for rules in RetentionRules.objects.filter(service=service_id, decided_at=None):
        yield Due(
            f"schedules:{rules.pk}", "A change of how long records are kept waits",
            rules.made_at.date(), (Role.AUDITOR,), reverse("assurance:schedules"),
        )  # fmt: skip
    waiting = Appraisal.objects.filter(
        service=service_id, state__in=(Appraisal.State.WAITING, Appraisal.State.PROPOSED)
    )
    first = waiting.order_by("found_at").first()
    if first is not None:
        count = waiting.count()
        noun = "record waits" if count == 1 else "records wait"
        yield Due(
            f"appraisals:{first.found_at:%Y-%m}", f"{count} {noun} to be appraised",
            first.found_at.date(), both, reverse("assurance:retention"),
        )  # fmt: skip


def hang() -> None:
    """Called once when Django is ready."""
    holds_back(held_back)
    offer(due)

"""What this room hangs into those below: whom one sees, where results lead, who is due a call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import caseload, facts, home, roster
from openhiu.web.intake import facts as own_facts
from openhiu.web.intake import policies
from openhiu.web.intake.models import Approach, Listed, ReceivedList
from openhiu.web.intake.offers import offers
from openhiu.web.intake.presenters.morning import morning
from openhiu.web.intake.queries import approaches, lists
from openhiu.web.people import doors
from openhiu.web.people.fold import digits, fold
from openhiu.web.people.models import Person
from openhiu.web.people.reading import Reading
from openhiu.web.people.search import Hit, fits, likeness

_TAGS: Final = {"": "Being approached"}
# Of every row of the latest lists, as one types: no more than is needed to find and show someone.
_LOOKED_THROUGH: Final = ("pk", "received_id", "person_ref", "name", "nhs_number", "phone",
                          "asked_answer")  # fmt: skip


def being_approached(actor: Actor) -> Any:
    """Everyone whose approach, open or ended, is the actor's to see.

    After a yes the case alone gives sight: who handed the client over no longer has it.
    """
    mine = Approach.objects.filter(approaches.scope(actor), service=actor.service_id)
    return mine.exclude(outcome=Approach.Outcome.YES).values_list("person_id")


def listed_by(actor: Actor) -> Iterable[UUID]:
    """Everyone here who came with a list of the actor's organisation."""
    rows = Listed.objects.filter(
        service=actor.service_id, person__isnull=False,
        received__uploaded_by__organisation=actor.organisation,
    )  # fmt: skip
    found: Iterable[UUID] = rows.values_list("person_id", flat=True)
    return found


def where_approaches_are(actor: Actor, people: Iterable[UUID]) -> dict[UUID, doors.Place]:
    """For people being approached, or approached before, their newest approach."""
    mine = Approach.objects.filter(
        approaches.scope(actor), service=actor.service_id, person__in=list(people)
    ).exclude(outcome=Approach.Outcome.YES)
    return {
        one.person_id: doors.Place(
            reverse("intake:approach", args=[one.pk]),
            _TAGS.get(one.outcome, "Approached before"),
            one.get_outcome_display() if one.outcome else "",
        )
        for one in mine.order_by("chosen_at")
    }


def people_on_lists(actor: Actor, reading: Reading, limit: int) -> list[Hit]:
    """People on the latest lists whom nobody chose yet, when the actor may see who they are."""
    if not may(actor.role, Permission.SEE_LIST):
        return []
    latest = set(lists.latest_lists(actor).values())
    rows = (
        Listed.objects.filter(service=actor.service, received__in=latest)
        .exclude(state=Listed.State.CHOSEN)
        .exclude(name="", nhs_number="")
        .values_list(*_LOOKED_THROUGH, named=True)
    )
    by_id = {received.pk: received for received in latest}
    found: dict[str, Hit] = {}
    for row in rows:
        if not policies.is_hidden(row, by_id[row.received_id]) and _fits(reading, row):
            found.setdefault(row.person_ref, _hit(reading, row, by_id[row.received_id]))
    return sorted(found.values(), key=lambda hit: -hit.score)[:limit]


def _fits(reading: Reading, row: Any) -> bool:
    return fits(reading, f" {fold(row.name)} {row.nhs_number} {digits(row.phone)} ")


def _hit(reading: Reading, row: Any, received: ReceivedList) -> Hit:
    return Hit(
        name=row.name or "Name not known",
        url=reverse("intake:listed", args=[row.pk]),
        nhs_number=row.nhs_number,
        tag="On a list",
        note=f"List up to {received.as_of:%-d %B %Y}",
        score=likeness(reading, row.name),
    )


def after_a_death(actor: Actor, person: Person) -> None:
    """Nobody calls any more: open approaches end."""
    for one in Approach.objects.select_for_update().filter(
        service=actor.service_id, person=person, ended_at=None
    ):
        one.outcome, one.ended_at, one.next_try_on = _DIED, timezone.now(), None
        one.version += 1
        one.save()
        record(actor, Did.MOVED, person=person, about=one, outcome=_DIED)


def after_a_mistake(actor: Actor, person: Person) -> None:
    """They are alive after all: the approach that ended with the news goes on."""
    ended = Approach.objects.select_for_update().filter(
        service=actor.service_id, person=person, outcome=_DIED
    )
    last = ended.order_by("-ended_at").first()
    if last and not Approach.objects.filter(person=person, ended_at=None).exists():
        last.outcome, last.ended_at = "", None
        last.version += 1
        last.save()
        record(actor, Did.CHANGED, person=person, about=last, field="outcome")


_DIED: Final = str(Approach.Outcome.DIED)


def hang() -> None:
    """Called once when Django is ready."""
    doors.gives_sight(being_approached)
    doors.brings(listed_by)
    doors.leads_to(where_approaches_are)
    doors.also_finds(people_on_lists)
    doors.at_death(after_a_death)
    doors.at_return(after_a_mistake)
    home.contribute(morning)
    roster.offers_come_from(offers)
    facts.also_tells(own_facts.told)
    if approaches.chosen_but_no_yes not in caseload.ALSO_NEW:
        caseload.ALSO_NEW.append(approaches.chosen_but_no_yes)

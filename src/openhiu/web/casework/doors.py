"""What this room hangs into the people room: whom an actor sees, where a result leads, deaths."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework import lifecycle, policies
from openhiu.web.casework.actions.stopping import stop_work
from openhiu.web.casework.models import Case
from openhiu.web.people import doors
from openhiu.web.people.models import Person
from openhiu.web.team.hours import next_day_at_work


def clients(actor: Actor) -> Any:
    """Everyone whose case is the actor's to work with."""
    mine = Case.objects.filter(policies.scope(actor), service=actor.service_id)
    return mine.values_list("person_id")


def where_clients_are(actor: Actor, people: Iterable[UUID]) -> dict[UUID, doors.Place]:
    """For the actor's own clients among these people, their page and phase."""
    mine = Case.objects.filter(
        policies.scope(actor), service=actor.service_id, person__in=list(people)
    )
    return {
        case.person_id: doors.Place(
            reverse("casework:client", args=[case.pk]), "Client", lifecycle.PHASES[case.phase].label
        )
        for case in mine
    }


def opening_with_a_reason(actor: Actor, person: Person) -> str:
    """Where a colleague's client is opened with a reason, which is looked at afterwards."""
    case = Case.objects.filter(service=actor.service_id, person=person).first()
    return reverse("casework:open_outside", args=[case.pk]) if case else ""


def after_a_death(actor: Actor, person: Person) -> None:
    """Planned contact is cancelled and tasks are let go; a partner sees only that they died."""
    stop_work(actor, person, "They died.")


def after_a_mistake(actor: Actor, person: Person) -> None:
    """They are alive after all: be in touch at their rhythm again, if they take part."""
    for case in Case.objects.select_for_update().filter(service=actor.service_id, person=person):
        if policies.taking_part(person):
            ahead = timezone.localdate() + timedelta(days=case.rhythm_days)
            case.next_contact_on = next_day_at_work(case.lead, ahead)
            case.version += 1
            case.save(update_fields=["next_contact_on", "version"])


def hang() -> None:
    """Called once when Django is ready."""
    doors.gives_sight(clients)
    doors.leads_to(where_clients_are)
    doors.opens_outside(opening_with_a_reason)
    doors.at_death(after_a_death)
    doors.at_return(after_a_mistake)

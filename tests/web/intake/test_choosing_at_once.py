"""Two leads choose one person at once: the second is told, and nothing is written twice."""

from __future__ import annotations

from threading import Event, Thread

from django.db import connections, transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.intake import actions
from openhiu.web.intake.models import Approach
from openhiu.web.people.models import Person
from support.web import make_member, make_service
from support.web_people import make_person

_TYPED = {"given_name": "Ari", "family_name": "Example"}


def test_the_second_lead_is_told_that_someone_is_reaching_out_already(own_database: str) -> None:
    with transaction.atomic():
        service = make_service()
        first, second = make_member(service, Role.LEAD), make_member(service, Role.LEAD)
        person = make_person(first)
    chosen, told = Event(), []

    def choose_too() -> None:
        chosen.wait(10)
        try:
            add(second, person)
        except NotAllowed as why:
            told.append(str(why))
        finally:
            connections.close_all()

    thread = Thread(target=choose_too)
    thread.start()
    with transaction.atomic():
        set_service(first.service_id)
        add(first, person)
        chosen.set()
        thread.join(0.5)  # the other waits for the person: they have not been answered
        assert not told
    thread.join(10)
    assert told == ["Someone is reaching out to this person already."]
    with transaction.atomic():
        set_service(first.service_id)
        assert Approach.objects.filter(person=person).count() == 1


def add(lead: Actor, person: Person) -> None:
    with transaction.atomic():
        set_service(lead.service_id)
        actions.add_for_vulnerability(
            by=lead, reason="They seem alone.", typed=_TYPED, link=person.pk
        )

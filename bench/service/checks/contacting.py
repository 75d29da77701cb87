"""I2, I3: nobody is in touch with somebody who died, asked us to stop, or is not who we think."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bench.service.broken import hold
from bench.service.clock import LONDON
from bench.service.ledger import While
from bench.service.world import World, clients
from openhiu.web.casework.models import Case, Contact, Task
from openhiu.web.intake.models import Approach, Attempt, Listed
from openhiu.web.monitoring.caseload import clients as asked_about
from openhiu.web.people.models import Person


def nobody_is_in_touch_who_must_not(world: World) -> None:
    """Contacts and tries, planned contacts, tasks, the caseload file."""
    _contacts(world)
    _tries(world)
    _planned(world)
    _caseload(world)


def _contacts(world: World) -> None:
    rows = Contact.objects.filter(who__in=("client", "network")).values_list(
        "pk", "case__person_id", "at", "recorded_at", "who", "began_by"
    )
    wrong = []
    for pk, person, at, recorded, who, began in rows:
        dead = _during(world, world.ledger.dead, person, recorded)
        if dead and who == "client" and not _lived(dead, at):
            wrong.append(("after a death", pk))
        stopped = _during(world, world.ledger.stopped, person, recorded)
        if stopped and not dead and began == "us" and at >= stopped.since:
            wrong.append(("after they asked us to stop", pk))
    hold("I2", wrong, "contacts that must not be")


def _tries(world: World) -> None:
    rows = Attempt.objects.values_list("pk", "approach__person_id", "at")
    wrong = [pk for pk, person, at in rows if _during(world, world.ledger.dead, person, at)]
    hold("I2", wrong, "tries at reaching somebody who had died")
    joined = Approach.objects.filter(person__in=list(world.ledger.merged), ended_at=None)
    hold("I2", list(joined), "an approach to a record that was joined with another")


def _planned(world: World) -> None:
    """No next contact and no earlier task for somebody nobody is to call."""
    for case in Case.objects.select_related("person"):
        person = case.person_id
        since = _since(world, person)
        if since is None:
            continue
        hold("I2", case.next_contact_on, "a contact is planned with somebody nobody is to call")
        left = Task.objects.filter(case=case, done_at=None, made_at__lt=since)
        hold("I2", list(left), "tasks outlived a death or a stop")


def _caseload(world: World) -> None:
    asked = set(asked_about(world.actors["analyst"]))
    hold("I11", asked ^ clients(world), "the caseload file asks about others than take part")


def only_adults(_world: World) -> None:
    """No child on a released list; nobody reaches out to one."""
    young = Listed.objects.filter(received__state="released", age__lt=18)
    hold("I3", list(young), "a child on an adult list")


def people_are_who_they_are(world: World) -> None:
    """Of one NHS number one record; a joined record has no case of its own to write in."""
    numbers = list(
        Person.objects.filter(merged_into=None)
        .exclude(nhs_number="")
        .values_list("nhs_number", flat=True)
    )
    hold("I6", len(numbers) - len(set(numbers)), "two records have one NHS number")
    merged = set(Person.objects.exclude(merged_into=None).values_list("pk", flat=True))
    hold("I6", merged ^ set(world.ledger.merged), "records joined otherwise than was decided")
    wrong = [
        person for person in world.ledger.merged if Case.objects.filter(person=person).exists()
    ]
    hold("I6", wrong, "a case stayed with a joined record")


def _since(world: World, person: Any) -> datetime | None:
    """Since when nobody is to be in touch; None: one may."""
    rows = [*world.ledger.dead, *world.ledger.stopped]
    now = [
        one.since
        for one in rows
        if one.until is None and world.ledger.root(one.person) == world.ledger.root(person)
    ]
    return min(now, default=None)


def _during(world: World, rows: list[While], person: Any, moment: datetime) -> While | None:
    root = world.ledger.root(person)
    return next(
        (one for one in rows if world.ledger.root(one.person) == root and one.covers(moment)), None
    )


def _lived(dead: While, at: datetime) -> bool:
    day: date = at.astimezone(LONDON).date()
    return dead.on is not None and day <= dead.on

"""Around the made-up clients: services they were brought together with, letters, a visit today."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions.visits import plan_visit
from openhiu.web.casework.connecting import STATES
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import cases
from openhiu.web.directory.models import Listing
from openhiu.web.letters import actions as letters
from openhiu.web.letters import gates
from openhiu.web.letters.gates.person import reaches_nobody
from openhiu.web.people import actions as people

_SAID: Final = {
    "waiting": "About five weeks; they will ring.",
    "connected": "Went twice. Liked the soup and one of the other women.",
    "did_not_fit": "Too many people in one room.",
    "no_capacity": "Closed to new people until spring.",
    "not_now": "Would like to wait until the flat is dry.",
}
_HEAD: Final = {
    "name": "Open Door Communities", "address": "The Old Chapel\n4 Weir Street\nLarkham\nZZ1 4WS",
    "phone": "01632 960 400", "return_to": "PO Box 40, Larkham ZZ1 4WS",
}  # fmt: skip


def connect(leads: list[Actor]) -> None:
    """Clients and services of the directory, in every state there is."""
    found = list(Listing.objects.filter(ended_on=None).order_by("name"))
    states = list(STATES)
    clients = [(lead, case) for lead in leads for case in _supported(lead)[:3]]
    for nth, (lead, case) in enumerate(clients):
        state = states[nth % len(states)]
        begins = "offered" if state == "offered" else "asked"
        made = casework.connect(by=lead, case=case, how="called", state=begins,
                                listing=found[nth * 3 % len(found)])  # fmt: skip
        if state != begins:
            heard = casework.hear_of_connection(
                by=lead, connection=made, version=made.version, state=state,
                words=_SAID.get(state, ""),
            )  # fmt: skip
            if state == "no_capacity":
                casework.note_missing(by=lead, connection=heard)


def write(lead: Actor, supervisor: Actor) -> None:
    """One letter that was posted, one that waits to be, one that an old address stops."""
    letters.change_letterhead(by=supervisor, version=0, **_HEAD)
    first, second, third = [case for case in _supported(lead) if _post_finds(case)][:3]
    for case in (first, second):
        _may_be_written_to(lead, case)
    posted = _put_in(lead, first, "hello")
    letters.posted(by=lead, item=posted, on=timezone.localdate())
    _put_in(lead, second, "stepping_back")
    try:
        _put_in(lead, third, "hello")
    except gates.Closed:
        return  # it stays as a draft, with what stops it


def visit(lead: Actor, buddy: Actor) -> None:
    """One visit this afternoon, with a colleague who looks out."""
    case = _supported(lead)[0]
    afternoon = timezone.make_aware(datetime.combine(timezone.localdate(), time(15)))
    starts = max(afternoon, timezone.now() + timedelta(minutes=30))
    plan_visit(by=lead, buddy=buddy.membership, starts_at=starts, minutes=45,
               phone="07700 900 812", where="Their flat; the bell says 2b", case=case)  # fmt: skip


def _supported(lead: Actor) -> list[Case]:
    mine = cases(lead).select_related("plan").filter(
        person__died="", person__died_on=None, person__restricted=False
    )  # fmt: skip
    return [case for case in mine.order_by("opened_at", "pk") if _in_touch(case)]


def _in_touch(case: Case) -> bool:
    from openhiu.web.casework.policies import why_not_contact

    return not why_not_contact(case)


def _post_finds(case: Case) -> bool:
    """Some have no fixed address, and who is chosen depends on the day of the demonstration."""
    return not reaches_nobody(f"{case.person.address} {case.person.postcode}")


def _may_be_written_to(lead: Actor, case: Case) -> None:
    """Asked on the phone: the address is right, and a letter is welcome."""
    from openhiu.web.people.models import ContactSafety

    plan = ContactSafety.objects.get(person=case.person)
    people.set_contact_safety(by=lead, person=case.person, version=plan.version, letter="yes")
    people.confirm_address(by=lead, person=case.person)


def _put_in(lead: Actor, case: Case, kind: str) -> Any:
    letter = letters.write_letter(by=lead, case=case, kind=kind, ring="07700 900 812")
    return letters.put_in(by=lead, letter=letter, way="post")

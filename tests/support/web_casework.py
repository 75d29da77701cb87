"""People and cases for tests: a lead comes in; a person who said yes, agreements, shares go out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement, Organisation, Role, Service
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.people.models import Person
from support.web import make_member, make_organisation
from support.web_lawful import agreed

_NUMBERS = count(1)


def make_person(service: Service, **facts: Any) -> Person:
    """A made-up person; NHS number from the range that is never issued."""
    return Person.objects.create(
        service=service,
        **{
            "given_name": "Robin",
            "family_name": f"Sample{next(_NUMBERS)}",
            "birth_date": date(1980, 2, 3),
            **facts,
        },
    )


def yes(**changes: Any) -> dict[str, Any]:
    """An answer as it is recorded: they agreed, by phone, today."""
    return {
        "given": True,
        "route": "spoken",
        "capacity": "presumed",
        "evidence": "“Yes, I would like that.”",
        "told": "That it is their choice.",
        "answered_on": timezone.localdate(),
        **changes,
    }


def make_case(by: Actor, person: Person | None = None, **facts: Any) -> Case:
    """A case just begun, of a new person unless one is given; `facts` describe that person."""
    whom = person or make_person(by.service, **facts)
    return actions.open_case(by=by, person=whom, consent=yes(), quarter="2026-Q4")


def make_agreement(
    service: Service, organisation: Organisation | None = None, **facts: Any
) -> Agreement:
    """An agreement in force for a year either side of today, with every item."""
    today = timezone.localdate()
    return Agreement.objects.create(
        **{
            "service": service,
            "organisation": organisation or make_organisation(kind=Organisation.Kind.PARTNER),
            "purpose": "helping them keep their home",
            "items": list(ITEMS),
            "starts_on": today - timedelta(days=365),
            "ends_on": today + timedelta(days=365),
            **agreed(service),
            **facts,
        }
    )


def make_partner(agreement: Agreement) -> Actor:
    """Someone of the organisation that an agreement is with."""
    return make_member(agreement.service, Role.PARTNER, organisation=agreement.organisation)


def share_with(by: Actor, case: Case, agreement: Agreement, items: list[str]) -> Any:
    """Consent to some items and share them."""
    actions.answer_share(by=by, person=case.person, agreement=agreement, items=items, **yes())
    return actions.share(by=by, person=case.person, agreement=agreement, items=items)

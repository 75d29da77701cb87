"""A made-up service of the size that is measured: sizes come in, its rows stand in the database.

Rows are written by the application's own role behind row security, past the actions: their history
and audit are not what is measured. Nobody here is real; numbers are of the 999 range.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pgtrigger
from django.db import transaction
from django.utils import timezone

from bench.web.clients import make_clients
from bench.web_people import make_people
from openhiu.web.access.models import Hospital, Membership, Organisation, Role, Service, User
from openhiu.web.access.row_security import set_service
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.people.models import Person

SITES: Final = (("ZT101", "Kestrel General"), ("ZT102", "Rowan Royal Infirmary"),
                ("ZT103", "Alder Park Hospital"))  # fmt: skip
LISTED: Final = 250
_KNOWN_ON_THE_LIST: Final = 60


@dataclass(frozen=True)
class Size:
    """How many of each; every lead has `cases` clients, the first with long activity."""

    people: int = 100_000
    users: int = 200
    cases: int = 50
    attendances: int = 500
    contacts: int = 200


@transaction.atomic
def make_service(size: Size) -> None:
    """Everything, in one transaction."""
    provider = Organisation.objects.create(name="Bench provider", kind="provider")
    trust = Organisation.objects.create(name="Bench trust", kind="hospital")
    service = Service.objects.create(name="Bench", provider=provider)
    set_service(service.pk)
    leads = _members(service, Role.LEAD, size.users)
    _members(service, Role.SUPERVISOR, size.users)
    make_people(service, size.people)
    with pgtrigger.ignore():
        make_clients(service, leads, size)
        _make_list(service, trust, leads[0])


def _members(service: Service, role: Any, count: int) -> list[Membership]:
    users = [
        User(email=f"{role}{nth}@example.org", name=f"{Role(role).label} {nth}", password="!")
        for nth in range(count)
    ]
    User.objects.bulk_create(users)
    members = [
        Membership(user=user, service=service, organisation=service.provider, role=role)
        for user in users
    ]
    return list(Membership.objects.bulk_create(members))


def _make_list(service: Service, trust: Organisation, by: Membership) -> None:
    """The newest list of each hospital, released for direct care; some on it are known."""
    for code, name in SITES:
        Hospital.objects.create(service=service, organisation=trust, site_code=code, name=name)
    today = timezone.localdate()
    received = ReceivedList.objects.create(
        service=service, state="released", as_of=today - timedelta(days=20), content_hash="bench",
        window_from=today - timedelta(days=112), preset="spec-top-250", uploaded_by=by,
        data_cut_off=timezone.now() - timedelta(days=21), legal_mode="direct_care", decided_by=by,
        decided_at=timezone.now() - timedelta(days=19),
    )  # fmt: skip
    known = [*Person.objects.order_by("nhs_number")[:_KNOWN_ON_THE_LIST]]
    others = LISTED - len(known)
    rows = []
    for nth, (code, name) in enumerate(SITES):
        strangers = [*Person.objects.order_by("-nhs_number")[nth * others : (nth + 1) * others]]
        for rank, person in enumerate(known + strangers, 1):
            rows.append(_listed(service, received, code, name, rank, person))
    Listed.objects.bulk_create(rows)


def _listed(service: Any, received: Any, code: str, name: str, rank: int, person: Any) -> Listed:
    known = rank <= _KNOWN_ON_THE_LIST
    came = 4 + (LISTED - rank) // 6
    number = person.nhs_number if known else f"9998{code[-1]}{rank:05d}"
    return Listed(
        service=service, received=received, list_id=code, rank=rank, person_ref=number,
        attendances=came, max_in_month=1 + came // 3, attendances_12m=came * 3,
        by_ambulance=rank % 7, admissions=rank % 4, sites_attended=1 + rank % 3,
        age=18 + rank % 70, sex=str(1 + rank % 2),
        first_arrival=timezone.now() - timedelta(days=100), imd_decile=1 + rank % 10,
        last_arrival=timezone.now() - timedelta(days=22 + rank % 9), rules="top 250",
        change=("new", "again", "returned")[rank % 3], nhs_number=number,
        why=f"Came to {name} {came} times between July and September, {came * 3} in a year.",
        name=f"{person.given_name} {person.family_name}", phone=f"07700 90{rank:04d}",
    )  # fmt: skip

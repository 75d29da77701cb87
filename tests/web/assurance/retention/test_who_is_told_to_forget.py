"""A hospital is told to forget whom it listed or took in a caseload file, and nobody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhiu.extract.store import Store
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital, Role
from openhiu.web.assurance.queries.retention import to_forget
from openhiu.web.assurance.retention.elsewhere import forget_in_store, whose_numbers
from openhiu.web.casework.models import Case
from openhiu.web.monitoring.actions import hand_over_caseload
from openhiu.web.people.models import Identifier, Person
from support.store_rows import holds, moment, put
from support.web import make_member, make_organisation, make_service
from support.web_casework import make_case
from support.web_lawful import make_gateway
from support.web_retention import agreed, both, queued, years_later

pytestmark = pytest.mark.django_db
NUMBER, FORMER = "9990000018", "9990000026"
BORN = "1961-05-04"


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


@pytest.fixture
def trusts(lead: Actor) -> list[Any]:
    """Two hospitals with one site each, S1 and S2, to both of which the caseload may go."""
    found = [make_organisation(kind="hospital") for _ in range(2)]
    for site, trust in zip(("S1", "S2"), found, strict=True):
        Hospital.objects.create(service=lead.service, organisation=trust, site_code=site, name=site)
        make_gateway(lead.service, trust)
    return found


def never_listed(lead: Actor) -> Case:
    case = make_case(lead, nhs_number=NUMBER, birth_date=BORN)
    for issuer, value in (("nhs", FORMER), ("S1", "OUR-7"), ("S2", "THEIR-8")):
        Identifier.objects.create(service=lead.service, person=case.person, issuer=issuer,
                                  value=value)  # fmt: skip
    return case


def told(lead: Actor, trusts: list[Any], case: Case) -> list[list[tuple[str, str, str]]]:
    """What either hospital is told once the removal of this record is agreed."""
    with years_later(8):
        agreed(queued(lead.service, case.person), *both(lead.service))
        return [to_forget(analyst_of(lead, trust)) for trust in trusts]


def analyst_of(lead: Actor, trust: Any) -> Actor:
    return make_member(lead.service, Role.ANALYST, organisation=trust)


def test_who_was_never_listed_but_was_in_a_caseload_file_is_in_the_file_of_who_took_it(
    lead: Actor, trusts: list[Any]
) -> None:
    case = never_listed(lead)
    hand_over_caseload(by=analyst_of(lead, trusts[0]))
    ours, theirs = told(lead, trusts, case)
    assert ours == [("S1", "OUR-7", ""), ("nhs", NUMBER, BORN), ("nhs", FORMER, BORN)]
    assert theirs == []


def test_who_was_in_no_list_and_no_file_is_told_to_nobody(lead: Actor, trusts: list[Any]) -> None:
    case = never_listed(lead)
    assert told(lead, trusts, case) == [[], []]


def test_a_number_in_doubt_goes_to_nobody_as_in_the_caseload_file(
    lead: Actor, trusts: list[Any]
) -> None:
    case = never_listed(lead)
    hand_over_caseload(by=analyst_of(lead, trusts[0]))
    Person.objects.filter(pk=case.person_id).update(contact_held="number")
    ours, _ = told(lead, trusts, case)
    assert ours == [("S1", "OUR-7", ""), ("nhs", FORMER, BORN)]


def test_the_services_own_store_keeps_somebody_else_who_has_their_number(
    lead: Actor, tmp_path: Path
) -> None:
    case = make_case(lead, nhs_number=NUMBER, birth_date=BORN, given_name="Ada",
                     family_name="Canary")  # fmt: skip
    store, service = Store.create(tmp_path / "store"), lead.service
    service.store = str(store.path)
    rows = [
        {"person_id": "H1", "nhs_number": NUMBER, "name": "CANARY, Ada", "birth_date": None},
        {"person_id": "H2", "nhs_number": FORMER, "name": "Bo Linnet",
         "birth_date": date(1988, 2, 3)},
    ]  # fmt: skip
    put(store, "people", rows, received=moment("01-03"), dataset="people")
    numbers = {NUMBER, FORMER}
    known = whose_numbers(service.pk, [case.person_id], numbers)
    said = forget_in_store(service, {("nhs", number) for number in numbers}, known)
    assert "1 rows about people were removed" in said
    assert "1 of their NHS numbers stand there with somebody" in said
    assert holds(store, "CANARY") == [] and holds(store, "Bo Linnet")

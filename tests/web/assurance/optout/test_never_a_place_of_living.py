"""Restricted details never show: address, telephone and practice planted in every source, before
the flag and after, then looked for on every page, in every file and in the log.

Made from the URLconf, as the matrix is: a page added tomorrow is asked for as well.
"""

from __future__ import annotations

import importlib.util
import io
import logging
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.permissions import ROLE_MAY, Permission
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.models import Case
from openhiu.web.intake.models import Listed
from openhiu.web.people import actions
from openhiu.web.people.actions.status import put_restricted
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import Person, Phone
from support.samples import ABOUT_PEOPLE, OWN, SAMPLES, Situation
from support.tagged_pdf import read_pdf
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case
from support.web_intake import Folder, make_place, released, row

pytestmark = pytest.mark.django_db
for room in ("people", "directory", "team", "intake", "casework", "monitoring", "mdt", "letters",
             "assurance_rights", "assurance_retention", "assurance_optout",
             "assurance_disclosures", "assurance_registers"):  # fmt: skip
    if importlib.util.find_spec(f"support.samples_{room}"):
        importlib.import_module(f"support.samples_{room}")
PLANTED = {
    "address": "77 Canaryhouse Lane", "postcode": "ZE9 9ZZ", "gp_practice": "Canarygate Surgery",
}  # fmt: skip
NUMBERS = ("07700 900741", "07700 900852")  # before the flag, and after
# As people would read them; a number in any spacing.
CANARIES = ("canaryhouse", "ze9 9zz", "ze99zz", "canarygate", "900741", "900852", "900 741",
            "900 852")  # fmt: skip


def addresses(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(
                entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}", entry


PAGES = {
    name: entry
    for name, entry in addresses()
    if isinstance(getattr(entry.callback, "gate", None), Permission)
    and (name in ABOUT_PEOPLE or not entry.pattern.converters)
}


def plant(person: Person, number: str) -> None:
    for name, value in PLANTED.items():
        setattr(person, name, value)
    person.save()
    Phone.objects.create(service=person.service, person=person, number=number, label="own mobile")
    reindex(person)


def plant_everywhere(service: Any, number: str) -> None:
    for person in Person.objects.filter(service=service):
        plant(person, number)
    for listed in Listed.objects.filter(service=service).exclude(person=None):
        listed.phone = number
        listed.save()


def restrict(actor: Any) -> None:
    for person in Person.objects.filter(service=actor.service, restricted=False):
        put_restricted(actor, person, "Heard from a trace")


def read(answer: Any) -> str:
    """Everything in an answer, whatever it is packed in; with what its headers say."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = " ".join(f"{name}: {value}" for name, value in answer.items())
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b" ".join(packed.read(name) for name in packed.namelist())
    if data.startswith(b"%PDF"):
        data = read_pdf(data).words.encode()
    return f"{told} {data.decode('utf-8', 'replace')}".lower()


def found_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_and_no_file_shows_where_they_are(
    client: Client, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    roles = [role for role in Role if PAGES[name].callback.gate in ROLE_MAY[role]]
    for role in roles:
        service = make_service()
        set_service(service.pk)
        actor = make_member(service, role)
        make_case(actor if role == Role.LEAD else make_member(service, Role.LEAD))
        kwargs = SAMPLES[name](Situation(OWN, actor, service)) if name in ABOUT_PEOPLE else {}
        if kwargs is None:
            continue
        plant_everywhere(service, NUMBERS[0])
        restrict(actor)
        plant_everywhere(service, NUMBERS[1])
        sign_in(client, actor)
        told = read(client.get(reverse(name, kwargs=kwargs)))
        assert not found_in(told), f"{role}: {found_in(told)}"
    assert not found_in(caplog.text.lower())
    for entry in AuditEntry.objects.all():
        assert not found_in(f"{entry.detail} {entry.about}".lower())


def test_the_same_pages_do_show_it_where_nothing_is_restricted(client: Client) -> None:
    """Or the test above could not fail."""
    lead = make_member(make_service())
    case = make_case(lead)
    plant(case.person, NUMBERS[0])
    sign_in(client, lead)
    page = read(client.get(reverse("people:person", args=[case.person_id])))
    assert {"canaryhouse", "ze9 9zz", "canarygate", "900741"} <= set(found_in(page))


@pytest.mark.parametrize("kind", ["page", "file"])
def test_an_export_of_a_record_holds_no_place(client: Client, kind: str) -> None:
    lead = make_member(make_service())
    case = make_case(lead)
    plant(case.person, NUMBERS[0])
    url = reverse("casework:export", args=[case.pk])
    sign_in(client, lead)
    assert found_in(read(client.post(url, {"kind": kind})))
    restrict(lead)
    told = read(client.post(url, {"kind": kind}))
    assert not found_in(told)


@pytest.mark.parametrize("typed", ["07700 900741", "900741", "0741", "Canaryhouse", "ZE9 9ZZ",
                                   "Canarygate"])  # fmt: skip
def test_searching_by_a_place_or_a_number_neither_finds_nor_shows(
    client: Client, typed: str
) -> None:
    lead = make_member(make_service())
    case = make_case(lead)
    plant(case.person, NUMBERS[0])
    restrict(lead)
    sign_in(client, lead)
    for asked in (typed, case.person.family_name):
        told = read(client.get(reverse("people:search"), {"q": asked}))
        # What was typed stands in the box again, and in links.
        for shown in (typed, *(typed.replace(" ", gap) for gap in ("+", "%20", "%2B", ""))):
            told = told.replace(shown.lower(), "")
        assert not found_in(told)
        if asked == typed:
            assert str(case.person_id) not in told and str(case.pk) not in told


def test_a_hospital_list_that_comes_after_the_flag_shows_no_number(client: Client) -> None:
    place = make_place()
    person_row = row(1, phone=NUMBERS[1])
    case = make_case(place.lead)
    case.person.nhs_number = person_row["nhs_number"]
    case.person.save()
    restrict(place.lead)
    received = released(place, Folder(rows=[person_row]))
    listed = Listed.objects.get(received=received)
    sign_in(client, place.lead)
    hospital = reverse("intake:hospital_list", args=[place.hospital.pk])
    for url in (reverse("intake:listed", args=[listed.pk]), hospital):
        answer = client.get(url)
        assert answer.status_code == 200
        assert not found_in(read(answer)), url
    told = read(client.get(reverse("people:search"), {"q": "Robin Sample1"}))
    assert not found_in(told)
    told = read(client.get(reverse("people:search"), {"q": NUMBERS[1]}))
    for gap in (" ", "+", "%2b"):
        told = told.replace(NUMBERS[1].replace(" ", gap), "")
    assert not found_in(told)


def test_nothing_of_it_is_logged_when_it_is_changed_or_asked_for(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lead = make_member(make_service())
    case = make_case(lead)
    plant(case.person, NUMBERS[0])
    actions.mark_restricted(by=lead, person=case.person, heard="x")
    sign_in(client, lead)
    client.get(reverse("people:person", args=[case.person_id]))
    assert Case.objects.filter(pk=case.pk).exists()
    assert not found_in(caplog.text.lower())

"""Finding people in one box, among those one may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.people import doors
from openhiu.web.people.pace import A_MINUTE, too_fast
from openhiu.web.people.search import search
from support.web import make_member, make_service, sign_in
from support.web_people import BORN, make_person, nhs_number, open_with_a_reason

pytestmark = pytest.mark.django_db
FIND = "/people/find/"


@pytest.fixture
def supervisor() -> Any:
    return make_member(make_service(), Role.SUPERVISOR)


def found(actor: Any, text: str) -> list[str]:
    return [hit.name for hit in search(actor, text)]


@pytest.mark.parametrize(
    "text",
    [
        "sian", "Siân", "O'Brien", "obrien", "OBri", "obrien sian", "Sian O Brien", "siam obrien",
        "Shan O'Brian", "Jonesy", "murphy", "3/4/1971", "1971", "sian 3 apr 1971", "0123",
        "07700 900123", "+447700900123", "RZZ12345", "rzz 12345",
    ],
)  # fmt: skip
def test_someone_is_found_by_any_part(supervisor: Any, text: str) -> None:
    make_person(
        supervisor, "Siân", "O\u2019Brien", preferred_name="Jonesy", birth_date=BORN,
        phones=["07700 900 123"], also=["Siân Murphy"], numbers=[("RZZ01", "RZZ12345")],
    )  # fmt: skip
    make_person(supervisor, "Peter", "Zander", birth_date=date(1950, 1, 1), phones=["07700 900999"])
    assert found(supervisor, text) == ["Siân O\u2019Brien"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Micheal Smyth", "Michael Smith"), ("katherine", "Catherine Lee"),
        ("peggy", "Margaret Dale"), ("bob", "Robert Hall"), ("Krzystof", "Krzysztof Nowak"),
        ("mohammad", "Mohamed Ali"), ("Johnathan", "Jonathan Frost"), ("Gonzales", "Ana González"),
    ],
)  # fmt: skip
def test_someone_is_found_when_misspelt_or_by_a_nickname(
    supervisor: Any, typed: str, name: str
) -> None:
    make_person(supervisor, *name.split())
    make_person(supervisor, "Zoe", "Quill")
    assert found(supervisor, typed) == [name]


def test_an_nhs_number_finds_one_person_whatever_the_spacing(supervisor: Any) -> None:
    number = nhs_number()
    make_person(supervisor, nhs_number=number)
    make_person(supervisor, "Another", nhs_number=nhs_number())
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    assert found(supervisor, number) == found(supervisor, spaced) == ["Robin Example"]


def test_every_part_of_the_text_has_to_fit(supervisor: Any) -> None:
    make_person(supervisor, "Mary", "Hill", birth_date=BORN)
    assert found(supervisor, "mary 4/4/1971") == []
    assert found(supervisor, "mary hall zeppelin quorn") == []


def test_the_name_as_it_stands_comes_first(supervisor: Any) -> None:
    for given, family in (("Smithson", "Ash"), ("Anna", "Smythe"), ("Zak", "Smith")):
        make_person(supervisor, given, family)
    assert found(supervisor, "smith")[0] == "Zak Smith"


def test_a_birthday_is_not_found_by_digits_of_a_telephone(supervisor: Any) -> None:
    make_person(supervisor, birth_date=BORN)
    assert found(supervisor, "0403") == []


def test_why_someone_is_shown_is_said_when_the_name_does_not_show_it(supervisor: Any) -> None:
    make_person(supervisor, "Joan", "Dale", also=["Joan Murphy"], phones=["07700 900123"])
    assert search(supervisor, "murphy")[0].why == "Also known as: Joan Murphy"
    assert search(supervisor, "900123")[0].why == "A telephone or other number of theirs fits"


def test_another_service_is_never_looked_through(supervisor: Any) -> None:
    make_person(supervisor, "Mary", "Hill")
    stranger = make_member(make_service(), Role.SUPERVISOR)
    assert found(stranger, "mary") == []


def test_without_a_service_the_database_finds_nobody(supervisor: Any) -> None:
    from openhiu.web.access.row_security import set_service

    make_person(supervisor, "Mary", "Hill")
    set_service(None)
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_find(array['% mary%'], null, null, array['% mary %'], array[null], 10)"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("role", [Role.LEAD, Role.COVER, Role.SAFEGUARDING])
def test_others_find_only_their_people(supervisor: Any, role: Role) -> None:
    actor = make_member(supervisor.service, role)
    hidden = make_person(supervisor, "Mary", "Hill")
    make_person(actor, "Mary", "Dale")
    assert found(actor, "mary") == ["Mary Dale"]
    open_with_a_reason(actor, hidden)
    assert sorted(found(actor, "mary")) == ["Mary Dale", "Mary Hill"]


def test_a_room_above_can_give_sight_say_where_someone_stands_and_add_rows(
    supervisor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openhiu.web.people.models import Person
    from openhiu.web.people.search import Hit

    lead = make_member(supervisor.service)
    mary = make_person(supervisor, "Mary", "Hill")
    monkeypatch.setattr(
        doors, "SIGHTS", [lambda _: Person.objects.filter(pk=mary.pk).values_list("pk")]
    )
    monkeypatch.setattr(doors, "PLACES", [lambda _, ids: {mary.pk: doors.Place("/c/", "Client")}])
    monkeypatch.setattr(doors, "FINDERS", [lambda *_: [Hit("Mary Listed", "/l/", score=50)]])
    hits = search(lead, "mary")
    assert [(hit.name, hit.url, hit.tag) for hit in hits] == [
        ("Mary Hill", "/c/", "Client"), ("Mary Listed", "/l/", ""),
    ]  # fmt: skip


def test_the_page_keeps_the_text_out_of_addresses_and_comes_back(client: Client) -> None:
    supervisor = make_member(make_service(), Role.SUPERVISOR)
    make_person(supervisor, "Mary", "Hill")
    sign_in(client, supervisor)
    sent = client.post(FIND, {"q": "mary"})
    assert (sent.status_code, sent["Location"]) == (302, FIND)
    page = client.get(FIND).content.decode()
    assert "Mary Hill" in page
    assert "1 person found" in page
    assert 'value="mary"' in client.get(FIND).content.decode()


def test_as_one_types_only_the_results_are_drawn(client: Client) -> None:
    supervisor = make_member(make_service(), Role.SUPERVISOR)
    make_person(supervisor, "Mary", "Hill")
    sign_in(client, supervisor)
    part = client.post(FIND, {"q": "mar"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    text = part.content.decode()
    assert "Mary Hill" in text
    assert "<html" not in text


def test_a_search_is_in_the_audit_without_its_text(client: Client) -> None:
    supervisor = make_member(make_service(), Role.SUPERVISOR)
    make_person(supervisor, "Mary", "Hill")
    sign_in(client, supervisor)
    client.post(FIND, {"q": "mary"}, headers={"HX-Request": "true"})
    entry = AuditEntry.objects.get(did="searched")
    assert entry.detail == {"found": 1, "outside": False}
    assert "mary" not in str(entry.__dict__).lower()


def test_nobody_found_says_what_was_looked_through(client: Client) -> None:
    lead = make_member(make_service())
    sign_in(client, lead)
    client.post(FIND, {"q": "nobody"})
    page = client.get(FIND).content.decode()
    assert "Nobody found" in page
    assert "the people you support, those you are trying to reach" in page
    assert "Why is someone not here?" in page


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ANALYST, Role.COMMISSIONER, Role.ADMIN])
def test_roles_without_people_have_no_search(client: Client, role: Role) -> None:
    actor = make_member(make_service(), role)
    make_person(actor, "Mary", "Hill")
    sign_in(client, actor)
    assert client.get(FIND).status_code == 403
    assert found(actor, "mary") == []


def test_sixty_searches_a_minute_are_enough(supervisor: Any) -> None:
    assert not any(too_fast(supervisor) for _ in range(A_MINUTE))
    assert too_fast(supervisor)


def test_too_many_searches_are_told_to_wait_and_keep_their_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openhiu.web.people.pace.A_MINUTE", 1)
    supervisor = make_member(make_service(), Role.SUPERVISOR)
    sign_in(client, supervisor)
    for text in ("mary", "marys"):
        client.post(FIND, {"q": text})
        page = client.get(FIND)
    assert page.status_code == 429
    assert 'value="marys"' in page.content.decode()
    client.post(FIND, {"q": "mary"})  # the text counted last: looked at again, not searched again
    assert client.get(FIND).status_code == 200


@pytest.mark.parametrize("text", ["%", "%%%", "_", "\\", "'; drop table x; --", "\x00ab", "😀😀"])
def test_strange_text_is_only_text(client: Client, text: str) -> None:
    supervisor = make_member(make_service(), Role.SUPERVISOR)
    make_person(supervisor, "Mary", "Hill")
    sign_in(client, supervisor)
    client.post(FIND, {"q": text})
    page = client.get(FIND)
    assert page.status_code == 200
    assert "Mary Hill" not in page.content.decode()


def test_a_whole_nhs_number_leads_to_opening_a_colleagues_client_with_a_reason(
    client: Client,
) -> None:
    from openhiu.web.casework.models import Case

    lead, colleague = (make_member(service) for service in [make_service()] * 2)
    number = nhs_number()
    theirs = make_person(colleague, "Mary", "Hill", nhs_number=number)
    Case.objects.create(
        service=lead.service, person=theirs, lead=colleague.membership, quarter="2026-Q4"
    )
    sign_in(client, lead)
    for typed, told in ((number, True), (number[:9], False), ("mary hill", False)):
        client.post(FIND, {"q": typed})
        page = client.get(FIND).content.decode()
        assert "Nobody found" in page
        assert ("with a reason" in page) is told
        assert "Mary Hill" not in page
    sign_in(client, make_member(make_service()))
    client.post(FIND, {"q": number})
    assert "with a reason" not in client.get(FIND).content.decode()

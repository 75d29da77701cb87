"""The pages of this room: what they show, to whom, and what they must never show."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.people import actions
from openhiu.web.people.models import ContactSafety, Notice, Person
from support.web import make_member, make_service, sign_in
from support.web_people import BORN, make_person, make_plan, nhs_number, open_with_a_reason

pytestmark = pytest.mark.django_db
# What must never leave the database for a restricted person, each in a form easy to look for.
CANARIES = ("Canary Lane", "ZC1 1ZC", "07700 900666", "900666", "Canary Practice")


@pytest.fixture
def lead() -> Any:
    return make_member(make_service())


@pytest.fixture
def supervisor(lead: Any) -> Any:
    return make_member(lead.service, Role.SUPERVISOR)


@pytest.fixture
def page(client: Client, lead: Any) -> Client:
    return sign_in(client, lead)


def text(answer: Any) -> str:
    return answer.content.decode()


def located(actor: Any, **more: Any) -> Person:
    return make_person(
        actor, "Robin", "Wren", address="13 Canary Lane", postcode="ZC1 1ZC", birth_date=BORN,
        phones=["07700 900666"], gp_practice="Canary Practice", **more,
    )  # fmt: skip


def test_someones_page_shows_who_they_are_and_is_in_the_audit(page: Client, lead: Any) -> None:
    person = located(lead)
    shown = text(page.get(f"/people/{person.pk}/"))
    assert all(word in shown for word in ("Robin Wren", "3 April 1971", "13 Canary Lane"))
    assert AuditEntry.objects.get(did="looked").person_id == person.pk


def test_no_title_names_anyone(page: Client, lead: Any) -> None:
    person = located(lead)
    for path in ("", "change/", "contact-safety/", "died/"):
        shown = text(page.get(f"/people/{person.pk}/{path}"))
        title = shown[shown.index("<title") : shown.index("</title>")]
        assert "Robin" not in title
        assert "Wren" not in title


PAGES = (
    "", "change/", "names/add/", "phones/add/", "numbers/add/", "contact-safety/",
    "notices/propose/", "died/", "restricted/",
)  # fmt: skip


def test_a_restricted_persons_location_is_on_no_page_search_or_audit(
    client: Client, lead: Any, supervisor: Any
) -> None:
    person, twin = located(lead), located(lead)
    make_plan(lead, person)
    actions.mark_restricted(by=lead, person=person)
    actions.mark_restricted(by=lead, person=twin)
    seen: list[str] = []
    for actor in (lead, supervisor):
        sign_in(client, actor)
        for path in PAGES:
            seen.append(text(client.get(f"/people/{person.pk}/{path}")))
            seen.append(text(client.post(f"/people/{person.pk}/{path}", {"version": "1"})))
        for typed in ("wren", "07700 900666", "900666", "canary"):
            client.post("/people/find/", {"q": typed})
            seen.append(text(client.get("/people/find/")).replace(f'value="{typed}"', ""))
        seen.append(text(client.get(f"/people/alike/{person.pk}/{twin.pk}/")))
        seen.append(text(client.get("/people/alike/")))
    seen.append(str(list(AuditEntry.objects.values())))
    assert any("Robin Wren" in shown for shown in seen)
    for shown in seen:
        assert not [canary for canary in CANARIES if canary in shown]


def test_nobody_is_found_by_a_restricted_number(page: Client, lead: Any) -> None:
    person = located(lead)
    actions.mark_restricted(by=lead, person=person)
    page.post("/people/find/", {"q": "900666"})
    assert "Nobody found" in text(page.get("/people/find/"))


@pytest.mark.parametrize("role", [Role.LEAD, Role.COVER, Role.SAFEGUARDING])
def test_someone_elses_person_answers_like_nobody(client: Client, lead: Any, role: Role) -> None:
    person = make_person(lead, mine=False)
    sign_in(client, make_member(lead.service, role))
    theirs = client.get(f"/people/{person.pk}/")
    nobody = client.get("/people/00000000-0000-4000-8000-000000000000/")
    assert theirs.status_code == nobody.status_code == 404
    assert "Robin" not in text(theirs)


def test_another_services_person_is_missing_for_everyone(client: Client, lead: Any) -> None:
    person = make_person(lead)
    sign_in(client, make_member(make_service(), Role.SUPERVISOR))
    assert client.get(f"/people/{person.pk}/").status_code == 404


def test_adding_someone_alike_shows_them_and_keeps_what_was_typed(page: Client, lead: Any) -> None:
    known = located(lead)
    typed = {
        "given_name": "Robin", "family_name": "Wren", "birth_date_day": "3",
        "birth_date_month": "4", "birth_date_year": "1971",
    }  # fmt: skip
    again = text(page.post("/people/add/", typed))
    assert "Someone alike is known already" in again
    assert f"/people/{known.pk}/" in again
    assert 'value="Wren"' in again
    assert Person.objects.count() == 1
    page.post("/people/add/", typed | {"despite": "Cousin of the same name"})
    assert Person.objects.count() == 2


def test_a_damaged_nhs_number_is_refused_and_not_repeated_in_the_sentence(
    page: Client, lead: Any
) -> None:
    shown = text(page.post("/people/add/", {"family_name": "Wren", "nhs_number": "9990000000"}))
    assert "is not a valid NHS number" in shown
    assert Person.objects.count() == 0


def test_two_people_changing_one_record_see_both_texts(page: Client, lead: Any) -> None:
    person = make_person(lead)
    first = {"given_name": "Robyn", "family_name": "Example", "version": "1"}
    assert page.post(f"/people/{person.pk}/change/", first).status_code == 302
    second = page.post(f"/people/{person.pk}/change/", first | {"given_name": "Robina"})
    assert second.status_code == 409
    shown = text(second)
    assert "Robyn" in shown
    assert "Robina" in shown
    assert 'name="version" value="2"' in shown
    assert Person.objects.get().given_name == "Robyn"


def test_a_form_sent_twice_saves_once(page: Client, lead: Any) -> None:
    person = make_person(lead)
    sent = {
        "kind": "alias", "name": "Rob", "posted": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    one = page.post(f"/people/{person.pk}/names/add/", sent)
    two = page.post(f"/people/{person.pk}/names/add/", sent)
    assert one["Location"] == two["Location"] == f"/people/{person.pk}/"
    assert person.other_names.count() == 1


def test_the_contact_safety_plan_is_written_and_shown_before_a_call(
    page: Client, lead: Any
) -> None:
    person = located(lead)
    today = timezone.localdate()
    sent = {
        "preferred_name": "Rob", "pronouns": "they/them", "safe_times": "After ten",
        "voicemail": "no", "text": "neutral", "letter": "no", "code_phrase": "The parcel came",
        "accessible_needs": ["bsl"], "review_on_day": "1", "review_on_month": "1",
        "review_on_year": str(today.year + 1), "version": "0",
    }  # fmt: skip
    done = page.post(f"/people/{person.pk}/contact-safety/", sent)
    assert done.status_code == 302, text(done)
    assert ContactSafety.objects.get().text == "neutral"
    shown = text(page.get(f"/people/{person.pk}/"))
    for words in ("Rob (they/them)", "After ten", "The parcel came", "Uses British Sign Language",
                  "Neutral words only", "The contact-safety plan says no."):  # fmt: skip
        assert words in shown


def test_a_death_is_on_their_page_at_once_and_in_search(page: Client, lead: Any) -> None:
    person = located(lead)
    page.post(f"/people/{person.pk}/died/", {"how": "informal"})
    assert "Do not contact" in text(page.get(f"/people/{person.pk}/"))
    page.post("/people/find/", {"q": "wren"})
    assert "Died" in text(page.get("/people/find/"))


def test_a_notice_goes_from_lead_to_supervisor_to_the_card(
    client: Client, lead: Any, supervisor: Any
) -> None:
    person = make_person(lead)
    sign_in(client, lead)
    year = str(timezone.localdate().year + 1)
    sent = {
        "kind": "risk", "words": "Dog in the yard", "source": "Incident 7", "told_person": "yes",
        "review_on_day": "1", "review_on_month": "2", "review_on_year": year,
    }  # fmt: skip
    assert client.post(f"/people/{person.pk}/notices/propose/", sent).status_code == 302
    assert "Dog in the yard" not in text(client.get(f"/people/{person.pk}/"))
    sign_in(client, supervisor)
    assert "Dog in the yard" in text(client.get("/people/notices/"))
    client.post(f"/people/notices/{Notice.objects.get().pk}/agree/")
    shown = text(client.get(f"/people/{person.pk}/"))
    assert "Dog in the yard" in shown
    assert "Incident 7" in shown


def test_a_merge_goes_from_lead_to_supervisor_and_back(
    client: Client, lead: Any, supervisor: Any
) -> None:
    number = nhs_number()
    one, other = located(lead), located(lead, nhs_number=number)
    sign_in(client, lead)
    assert "Same date of birth" in text(client.get("/people/alike/"))
    asked = client.post(
        f"/people/alike/{one.pk}/{other.pk}/", {"reason": "Same person", "sure": "on"}
    )
    assert asked.status_code == 302
    sign_in(client, supervisor)
    assert "Waiting for a decision" in text(client.get("/people/joined/"))
    from openhiu.web.people.models import Merge

    merge = f"/people/joined/{Merge.objects.get().pk}/"
    assert "They are one person: join" in text(client.get(merge))
    client.post(f"{merge}decide/", {"answer": "join"})
    assert Person.objects.get(pk=one.pk).nhs_number == number
    assert "Part them again" in text(client.get(merge))
    client.post(f"{merge}undo/")
    assert Person.objects.get(pk=one.pk).nhs_number == ""


def test_a_pages_queries_do_not_grow_with_what_is_on_it(
    page: Client, lead: Any, django_assert_max_num_queries: Any
) -> None:
    person = make_person(
        lead, phones=[f"07700 9000{n:02d}" for n in range(20)], also=[f"N{n}" for n in range(20)]
    )
    make_plan(lead, person)
    with django_assert_max_num_queries(45):
        page.get(f"/people/{person.pk}/")
    for n in range(20):
        make_person(lead, "Wren", f"Number{n}", also=[f"Alias {n}"])
    page.post("/people/find/", {"q": "wren"})
    with django_assert_max_num_queries(28):
        page.get("/people/find/")


def test_a_record_opened_with_a_reason_is_read_and_not_changed(client: Client, lead: Any) -> None:
    person = make_person(lead, mine=False)
    open_with_a_reason(lead, person)
    sign_in(client, lead)
    assert client.get(f"/people/{person.pk}/").status_code == 200
    answer = client.post(f"/people/{person.pk}/phones/add/", {"number": "07700 900123"})
    assert "You can read it, not change it" in answer.content.decode()
    assert not person.phones.exists()

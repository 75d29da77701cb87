"""Every page of this room, walked as the people who use it: upload, review, choose, call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.models import AuditEntry, Gateway, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.intake import actions
from openhiu.web.intake.models import Approach, Attempt, Listed, ReceivedList
from openhiu.web.people.actions import set_contact_safety
from support.web import make_member, sign_in
from support.web_intake import SITE, Folder, Place, make_place, released, row, rows_in
from support.web_people import make_person


@pytest.fixture
def at(db: Any) -> Any:
    def browser(actor: Any) -> Client:
        return sign_in(Client(), actor)

    return browser


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def chosen(place: Place, **facts: Any) -> Approach:
    received = released(place)
    (approach,) = actions.choose(by=place.lead, rows=rows_in(received)[:1])
    return approach


def test_the_analyst_uploads_and_a_second_person_releases(place: Place, at: Any) -> None:
    analyst, supervisor = at(place.analyst), at(place.supervisor)
    answer = analyst.post(reverse("intake:upload"), {"files": [Folder().zipped()]})
    received = ReceivedList.objects.get()
    assert answer.url == reverse("intake:review", args=[received.pk])
    page = text(analyst.get(answer.url))
    assert "A second person now looks at this list" in page
    assert "Robin Sample1" not in page
    assert analyst.get(reverse("intake:release", args=[received.pk])).status_code == 403

    page = text(supervisor.get(answer.url))
    assert "Release this list" in page and "People aged 18 and over are counted." in page
    assert "Robin Sample1" not in page
    there = reverse("intake:release", args=[received.pk])
    assert "Select the legal ground" in text(supervisor.post(there, {}))
    assert supervisor.post(there, {"gateway": str(Gateway.objects.get().pk)}).status_code == 302
    assert "Robin Sample1" in text(at(place.lead).get(
        reverse("intake:hospital_list", args=[place.hospital.pk])))  # fmt: skip


def test_an_upload_that_will_not_do_says_so_and_stores_nothing(place: Place, at: Any) -> None:
    analyst = at(place.analyst)
    answer = analyst.post(reverse("intake:upload"), {"files": Folder(
        rows=[row(1, age="many")]).uploads()})  # fmt: skip
    assert answer.status_code == 422
    assert "list.csv, row 2, column age: it is not a whole number." in text(answer)
    assert not ReceivedList.objects.exists() and not Listed.objects.exists()


def test_the_same_list_twice_is_kept_once(place: Place, at: Any) -> None:
    analyst = at(place.analyst)
    for _ in range(2):
        answer = analyst.post(reverse("intake:upload"), {"files": [Folder().zipped()]})
    assert "This list is here already" in text(answer)
    assert ReceivedList.objects.count() == 1


def test_the_lead_ticks_people_confirms_and_they_wait_to_be_called(place: Place, at: Any) -> None:
    received = released(place)
    lead = at(place.lead)
    first, second, _ = rows_in(received)
    there = f"{reverse('intake:choose')}?row={first.pk}&row={second.pk}"
    page = text(lead.get(there))
    assert "Choose 2 people" in page and "With these, new this quarter" in page
    answer = lead.post(there, {"posted": "b8a1b4a6-5b8a-4a63-9a3e-0d6c0a2b7f11"})
    assert answer.url == reverse("intake:approaches")
    # The back button, and the same form again: nobody is chosen twice.
    assert lead.post(there, {"posted": "b8a1b4a6-5b8a-4a63-9a3e-0d6c0a2b7f11"}).status_code == 302
    assert Approach.objects.count() == 2
    assert "Robin Sample1" in text(lead.get(answer.url))
    assert "3 listed: 2 chosen, 0 set aside, 1 waiting" in text(
        lead.get(reverse("intake:hospital_list", args=[place.hospital.pk]))
    )


def test_someone_set_aside_stays_counted_and_can_be_brought_back(place: Place, at: Any) -> None:
    lead, (first, *_) = at(place.lead), rows_in(released(place))
    there = f"{reverse('intake:set_aside')}?row={first.pk}"
    assert "Select why they are set aside" in text(lead.post(there, {}))
    assert lead.post(there, {"set_aside_as": "other_service"}).status_code == 302
    page = text(lead.get(reverse("intake:listed", args=[first.pk])))
    assert "another service is already supporting them" in page
    lead.post(reverse("intake:bring_back", args=[first.pk]), {})
    first.refresh_from_db()
    assert first.state == Listed.State.WAITING


def test_a_first_call_with_no_answer_then_a_yes_opens_a_case(place: Place, at: Any) -> None:
    approach, lead = chosen(place), at(place.lead)
    there = reverse("intake:approach", args=[approach.pk])
    assert "No contact-safety plan yet" in text(lead.get(there))
    attempt = reverse("intake:record_attempt", args=[approach.pk])
    tried = {"how": "phone", "reached": "no_answer", "note": "Rang for a while"}
    answer = lead.post(attempt, tried)
    assert "Write down how to be in touch safely before the first call" in text(answer)
    assert "Rang for a while" in text(answer)
    assert lead.post(attempt, {**tried, "neutral_only": "on"}).status_code == 302
    assert "Tries so far: 1" in text(lead.get(there))

    yes = reverse("intake:outcome_yes", args=[approach.pk])
    assert "Write what you told them" in text(lead.post(yes, {}))
    today = timezone.localdate()
    answer = lead.post(yes, {
        "told": "Who I am", "route": "spoken", "evidence": "Yes, please", "capacity": "presumed",
        "answered_on": today.isoformat(),
    })  # fmt: skip
    assert answer.status_code == 302 and "/lists/" not in answer.url
    approach.refresh_from_db()
    assert (approach.outcome, approach.ended_at is None) == ("yes", False)


@pytest.mark.parametrize("outcome", ["not_now", "no", "not_right", "not_reached"])
def test_each_outcome_has_a_page_that_says_what_happens_next(
    place: Place, at: Any, outcome: str
) -> None:
    approach, lead = chosen(place), at(place.lead)
    for _ in range(3):
        Attempt.objects.create(service=place.service, approach=approach, by=place.lead.membership,
                               how="phone", reached="no_answer")  # fmt: skip
    there = reverse(f"intake:outcome_{outcome}", args=[approach.pk])
    assert lead.get(there).status_code == 200
    soon = (timezone.localdate() + timedelta(days=30)).isoformat()
    said = {"note": "Words", "ask_again_on": soon, "signposted_to": "A group"}
    assert lead.post(there, said).status_code == 302
    approach.refresh_from_db()
    assert approach.outcome == outcome
    assert approach.get_outcome_display() in text(lead.get(reverse("intake:ended")))


def test_pages_of_everyone_open_and_are_recorded(place: Place, at: Any) -> None:
    one = [SITE, row(9)["person_id"], 4, "Homeless.", "false"]
    received = released(place, Folder(suggestions=[one]))
    suggestion = Listed.objects.get(kind="suggested")
    (approach,) = actions.choose(by=place.lead, rows=rows_in(received, kind="ranked")[:1])
    lead = at(place.lead)
    for name, args in (
        ("hospitals", []), ("suggestions", []), ("undecided", []), ("approaches", []),
        ("ended", []), ("add_typed", []), ("listed", [suggestion.pk]),
        ("add_suggested", [suggestion.pk]), ("approach", [approach.pk]),
        ("next_try", [approach.pk]), ("change_reason", [approach.pk]),
        ("hospital_list", [place.hospital.pk]),
    ):  # fmt: skip
        answer = lead.get(reverse(f"intake:{name}", args=args))
        assert answer.status_code == 200, name
        assert "Robin" not in text(answer).partition("</title>")[0]
    for name in ("received", "upload", "remake"):
        assert at(place.analyst).get(reverse(f"intake:{name}")).status_code == 200
    assert AuditEntry.objects.filter(did="looked at a list", user=place.lead.user).count() >= 3


def test_someone_typed_in_is_added_once(place: Place, at: Any) -> None:
    make_person(place.lead, "Alex", "Known", phones=["07700 900123"], mine=False)
    lead, there = at(place.lead), reverse("intake:add_typed")
    typed = {"given_name": "Alex", "family_name": "Known", "phone": "07700900123",
             "reason": "Came with nobody beside them"}  # fmt: skip
    page = text(lead.post(there, typed))
    assert "Is this person someone already known?" in page
    assert "Someone your service knows" in page
    answer = lead.post(there, {**typed, "same_typed": "new"})
    assert answer.status_code == 302
    assert Approach.objects.get().source == "vulnerability"


def test_consent_first_hides_who_it_is_until_the_hospital_has_a_yes(place: Place, at: Any) -> None:
    received = released(place, mode="consent_first")
    lead, analyst = at(place.lead), at(place.analyst)
    there = reverse("intake:hospital_list", args=[place.hospital.pk])
    first = rows_in(received)[0]
    for url in (there, reverse("intake:listed", args=[first.pk]), reverse("intake:undecided"),
                f"{reverse('intake:choose')}?row={first.pk}"):  # fmt: skip
        page = text(lead.get(url))
        assert "Person 1 on the ZT101 list" in page
        assert not any(one in page for one in ("Robin", first.nhs_number, first.phone))
    assert "Robin Sample1" in text(analyst.get(reverse("intake:people_to_ask", args=[received.pk])))
    assert (
        at(place.lead).get(reverse("intake:people_to_ask", args=[received.pk])).status_code == 403
    )
    analyst.post(reverse("intake:record_answer", args=[first.pk]),
                 {"answer": "yes", "asked_on": timezone.localdate().isoformat()})  # fmt: skip
    page = text(lead.get(there))
    assert "Robin Sample1" in page and "Robin Sample2" not in page


def test_a_list_of_250_is_drawn_with_a_bounded_number_of_queries(
    place: Place, at: Any, django_assert_max_num_queries: Any
) -> None:
    received = released(place, Folder(rows=[row(nth) for nth in range(1, 251)]))
    lead, there = at(place.lead), reverse("intake:hospital_list", args=[place.hospital.pk])
    lead.get(there)
    with django_assert_max_num_queries(20):
        page = text(lead.get(there))
    assert page.count("nhsuk-table__row") == 250
    actions.choose(by=place.lead, rows=rows_in(received)[:15])
    with django_assert_max_num_queries(24):
        lead.get(there)


def test_what_is_of_another_service_is_missing_like_what_is_not_there(
    place: Place, at: Any
) -> None:
    other = make_place()
    theirs = released(other)
    (approach,) = actions.choose(by=other.lead, rows=rows_in(theirs)[:1])
    set_service(place.service.pk)
    row_id = approach.listed_id
    for name, args in (("hospital_list", [other.hospital.pk]), ("listed", [row_id]),
                       ("approach", [approach.pk])):  # fmt: skip
        assert at(place.lead).get(reverse(f"intake:{name}", args=args)).status_code == 404
    answer = at(place.lead).get(f"{reverse('intake:choose')}?row={row_id}")
    assert answer.status_code == 404


def test_a_colleagues_approach_is_not_theirs_to_open_but_cover_may(place: Place, at: Any) -> None:
    from support.web import make_team

    team = make_team(place.service)
    mine = make_member(place.service, Role.LEAD, team=team)
    (approach,) = actions.choose(by=mine, rows=rows_in(released(place))[:1])
    there = reverse("intake:approach", args=[approach.pk])
    assert at(place.lead).get(there).status_code == 404
    assert at(make_member(place.service, Role.COVER, team=team)).get(there).status_code == 200
    assert at(place.supervisor).get(there).status_code == 200


def test_voicemail_waits_for_a_plan_that_allows_it(place: Place, at: Any) -> None:
    approach, lead = chosen(place), at(place.lead)
    set_contact_safety(by=place.lead, person=approach.person, voicemail="no")
    there = reverse("intake:record_attempt", args=[approach.pk])
    answer = lead.post(there, {"how": "phone", "reached": "voicemail"})
    assert "The contact-safety plan says no." in text(answer)
    assert not Attempt.objects.exists()


def test_two_who_write_at_once_both_keep_their_words(place: Place, at: Any) -> None:
    approach, lead = chosen(place), at(place.lead)
    there = reverse("intake:change_reason", args=[approach.pk])
    lead.post(there, {"reason": "First words", "version": "1"})
    answer = lead.post(there, {"reason": "Second words", "version": "1"})
    assert answer.status_code == 409
    assert "First words" in text(answer) and "Second words" in text(answer)

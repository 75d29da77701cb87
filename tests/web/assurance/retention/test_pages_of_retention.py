"""Pages of retention: names only for who may open a record; every step by a form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.programme import read_keys
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Hospital, Role
from openhiu.web.assurance.models.retention import Appraisal, Certificate, Hold, RetentionRules
from openhiu.web.assurance.queries import retention as queries
from openhiu.web.assurance.queries.retention import to_forget
from openhiu.web.assurance.retention.classes import settable
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.people.models import Identifier
from support.samples_assurance_retention import appraisal_in
from support.web import make_member, make_organisation, make_service, sign_in
from support.web_casework import make_case
from support.web_retention import agreed, both, queued, years_later

pytestmark = pytest.mark.django_db
BORN = "1961-05-04"


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


def opened(actor: Actor) -> Client:
    return sign_in(Client(), actor)


def send(browser: Client, name: str, *args: Any, **said: Any) -> Any:
    return browser.post(reverse(f"assurance:{name}", args=args), said)


def listed_by_their_hospital(sender: Actor, case: Any, **said: Any) -> Listed:
    """On a list that this member's organisation sent."""
    received = ReceivedList.objects.create(
        service=sender.service, as_of=timezone.localdate(), content_hash="x",
        uploaded_by=sender.membership,
    )  # fmt: skip
    told = {"list_id": "S1", "why": "Often", "nhs_number": case.person.nhs_number, **said}
    return Listed.objects.create(
        service=sender.service, received=received, person=case.person, **told
    )


def test_an_analyst_is_told_of_people_of_their_own_hospital_only(lead: Actor) -> None:
    ours, theirs = (make_organisation(kind="hospital") for _ in range(2))
    for site, trust in (("S1", ours), ("S2", theirs)):
        Hospital.objects.create(service=lead.service, organisation=trust, site_code=site, name=site)
    case = make_case(lead, nhs_number="9990000018", birth_date=BORN)
    for issuer, value in (("S1", "OUR-7"), ("S2", "THEIR-8")):
        Identifier.objects.create(service=lead.service, person=case.person, issuer=issuer,
                                  value=value)  # fmt: skip
    with years_later(8):
        members = {trust: make_member(lead.service, Role.ANALYST, organisation=trust)
                   for trust in (ours, theirs)}  # fmt: skip
        row = listed_by_their_hospital(members[ours], case, nhs_number="", person_ref="OUR-7")
        agreed(queued(lead.service, case.person), *both(lead.service))
        assert to_forget(members[theirs]) == []
        assert to_forget(members[ours]) == [("S1", "OUR-7", "")]
        row.nhs_number = "9990000018"
        row.save()
        assert to_forget(members[ours]) == [("S1", "OUR-7", ""), ("nhs", "9990000018", BORN)]


def test_a_hospitals_number_is_no_formula_and_no_two_cells(
    lead: Actor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = [("S1", "=1+1"), ("S1", "-7"), ("S1", 'A,"7')]
    monkeypatch.setattr(queries, "to_forget", lambda _actor: keys)
    analyst = make_member(lead.service, Role.ANALYST)
    taken = opened(analyst).get(reverse("assurance:to_forget")).content
    assert b"S1,'=1+1\r\nS1,'-7\r\n" in taken
    file = tmp_path / "people.csv"
    file.write_bytes(taken)
    assert read_keys(file) == {*keys}


def test_who_may_open_the_record_reads_the_name_and_others_a_reference(lead: Actor) -> None:
    case = make_case(lead, given_name="Wilhelmina", family_name="Ashcroft")
    with years_later(8):
        manager, governance = both(lead.service)  # whose access was confirmed lately
        row = queued(lead.service, case.person)
        for actor, sees in ((manager, True), (governance, False)):
            for address in (reverse("assurance:retention"),
                            reverse("assurance:appraisal", args=[row.pk])):  # fmt: skip
                page = opened(actor).get(address).content.decode()
                assert row.reference in page and ("Ashcroft" in page) is sees


def test_two_people_decide_by_the_forms_and_a_second_press_changes_nothing(lead: Actor) -> None:
    case = make_case(lead)
    with years_later(8):
        manager, governance = both(lead.service)
        row = queued(lead.service, case.person)
        first = opened(manager)
        send(first, "decide_appraisal", row.pk, decision="remove", reason="Time.",
             version=row.version)  # fmt: skip
        row.refresh_from_db()
        assert row.state == "proposed"
        assert send(first, "confirm_appraisal", row.pk, version=row.version).status_code == 403
        second = opened(governance)
        late = send(second, "confirm_appraisal", row.pk, version=row.version - 1)
        assert late.status_code == 403 and "changed this first" in late.content.decode()
        send(second, "confirm_appraisal", row.pk, version=row.version)
        row.refresh_from_db()
        assert row.state == "cooling"
        page = second.get(reverse("assurance:appraisal", args=[row.pk])).content.decode()
        assert "Until then either of you can take it back" in page
        send(second, "take_back", row.pk, reason="Wait.", version=row.version)
        row.refresh_from_db()
        assert row.state == "waiting"


def test_keeping_longer_asks_for_a_day(lead: Actor) -> None:
    case = make_case(lead)
    with years_later(8):
        manager, _ = both(lead.service)
        row = queued(lead.service, case.person)
        answer = send(opened(manager), "decide_appraisal", row.pk, decision="keep", reason="x",
                      version=row.version)  # fmt: skip
        assert "Enter until when it is kept" in answer.content.decode()


def test_a_record_is_held_by_its_number_and_nothing_of_it_is_shown(lead: Actor) -> None:
    make_case(lead, given_name="Wilhelmina", family_name="Ashcroft", nhs_number="9990000018")
    _, governance = both(lead.service)
    client = opened(governance)
    said = {"what": "person", "reference": "INQ-4", "reason": "Asked for.", "review_on_day": "1",
            "review_on_month": "6", "review_on_year": "2027"}  # fmt: skip
    wrong = send(client, "place_hold", number="999 000 0026", **said)
    assert "No record here has this number" in wrong.content.decode()
    assert send(client, "place_hold", number="999 000 0018", **said).status_code == 302
    hold = Hold.objects.get()
    page = client.get(reverse("assurance:hold", args=[hold.pk])).content.decode()
    assert "INQ-4" in page and "Ashcroft" not in page
    send(client, "lift_hold", hold.pk, reason="Over.")
    hold.refresh_from_db()
    assert hold.lifted_at


def test_schedules_are_proposed_and_agreed_by_the_forms(lead: Actor) -> None:
    manager, governance = both(lead.service)
    page = opened(manager).get(reverse("assurance:change_schedules")).content.decode()
    assert "mental health records, 20 years, or 10 years after death" in page
    numbers = {one.key: one.number for one in settable()}
    said = {**numbers, "usual": "client", "cooling_days": 14, "asked": 2, "reason": "Agreed."}
    assert send(opened(manager), "change_schedules", **said).status_code == 302
    rules = RetentionRules.objects.get()
    assert rules.periods == {"asked": 2}
    send(opened(governance), "agree_schedules", rules.pk, agreed="yes")
    assert "2 years" in opened(manager).get(reverse("assurance:schedules")).content.decode()


def test_a_certificate_is_a_page_and_a_paper(lead: Actor) -> None:
    manager, _ = both(lead.service)

    class Here:
        service = lead.service

    row = appraisal_in(Here())  # type: ignore[arg-type]
    made = Certificate.objects.create(
        service=lead.service, appraisal=row, number=1, elsewhere=["In the store 2 rows."],
        rows={"casework.Contact": 3, "casework.Contact history": 4, "intake.Listed elsewhere": 1},
    )  # fmt: skip
    page = opened(manager).get(reverse("assurance:certificate", args=[made.pk])).content.decode()
    assert row.reference in page and "In the store 2 rows." in page and "7" in page
    paper = opened(manager).get(reverse("assurance:take_certificate", args=[made.pk]))
    assert paper.content.startswith(b"%PDF")


def test_the_analyst_takes_whom_the_store_forgets_and_nobody_else_does(lead: Actor) -> None:
    case = make_case(lead, nhs_number="9990000018", birth_date=BORN)
    listed_by_their_hospital(lead, case)
    with years_later(8):
        manager, governance = both(lead.service)
        analyst = make_member(lead.service, Role.ANALYST)
        agreed(queued(lead.service, case.person), manager, governance)
        told = Announcement.objects.get(to=analyst.membership)
        assert "about to be removed" in told.words and "9990000018" not in told.words
        taken = opened(analyst).get(reverse("assurance:to_forget"))
        assert taken.content == f"issuer,person_id,birth_date\r\nnhs,9990000018,{BORN}\r\n".encode()
        assert opened(manager).get(reverse("assurance:to_forget")).status_code == 403
    assert Appraisal.objects.count() == 1

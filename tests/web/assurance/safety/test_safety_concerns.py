"""Anybody reports a safety concern from any page; who answers rates it, and only then closes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import safety
from openhiu.web.assurance.actions.ready import confirm_line, name_officer
from openhiu.web.assurance.models import SafetyConcern
from openhiu.web.assurance.presenters.safety import known_page
from openhiu.web.assurance.queries.safety import concerns, decision_now, due
from openhiu.web.assurance.ready.clinical_safety import look
from openhiu.web.assurance.ready.lines import State
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
RATED = {"severity": "major", "hazard": "H05", "meanwhile": "Ring from the paper list",
         "makers_told_on": None}  # fmt: skip
SIGNED = {
    "officer": "Dr A. Example", "register": "GMC 0000000", "accepted": True,
    "paper": "Folder 7", "signed_on": timezone.localdate(), "review_on": timezone.localdate(),
}  # fmt: skip


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


@pytest.fixture
def officer(lead: Actor) -> Actor:
    return make_member(lead.service, Role.AUDITOR)


def told(by: Actor, harm: str = "could") -> SafetyConcern:
    return safety.tell(by=by, words="The call button rang nobody", harm=harm, page="casework:home")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_finds_the_link_at_the_foot_of_the_page(client: Client, role: Role) -> None:
    sign_in(client, make_member(make_service(), role))
    page = client.get(reverse("casework:home"), follow=True).content.decode()
    assert f"{reverse('assurance:tell_safety')}?page=casework%3Ahome" in page


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sends_one_and_reads_what_came_of_it(client: Client, role: Role) -> None:
    actor = make_member(make_service(), role)
    sign_in(client, actor)
    address = reverse("assurance:tell_safety") + "?page=casework:client"
    assert client.get(address).status_code == 200
    sent = client.post(address, {"words": "A page was empty", "harm": "could"})
    [kept] = concerns(actor)
    assert sent.url == reverse("assurance:safety_concern", args=[kept.pk])
    assert (kept.page, kept.words, kept.by) == ("casework:client", "A page was empty",
                                                actor.membership)  # fmt: skip
    assert client.get(sent.url).status_code == 200


def test_who_answers_is_told_without_what_was_written(lead: Actor, officer: Actor) -> None:
    told(lead)
    [word] = unseen(officer)
    assert word.words == "A safety concern about the software: SC-1"
    assert not unseen(lead)


def test_only_the_name_of_a_view_is_kept_of_where_it_happened() -> None:
    assert known_page("casework:client") == "casework:client"
    for strange in ("", "casework", "casework:nothing", "no:where", "<script>", "admin:index"):
        assert known_page(strange) == ""


def test_what_a_colleague_reported_is_not_theirs_to_read(lead: Actor) -> None:
    told(make_member(lead.service, Role.LEAD))
    assert list(concerns(lead)) == []


def test_it_is_closed_after_it_was_rated_and_not_before(lead: Actor, officer: Actor) -> None:
    concern = told(lead)
    with pytest.raises(NotAllowed, match="how grave"):
        safety.close(by=officer, concern=concern, version=1, outcome="Mended")
    safety.rate(by=officer, concern=concern, version=1, **RATED)
    closed = safety.close(by=officer, concern=concern, version=2, outcome="Mended in 0.3")
    assert closed.closed_at
    assert not unseen(officer)
    with pytest.raises(NotAllowed, match="closed"):
        safety.rate(by=officer, concern=concern, version=3, **RATED)


def test_who_reported_it_does_not_rate_it(lead: Actor) -> None:
    concern = told(lead)
    with pytest.raises(NotAllowed, match="does not answer"):
        safety.rate(by=lead, concern=concern, version=1, **RATED)


def test_who_saves_second_sees_both_texts(lead: Actor, officer: Actor) -> None:
    concern = told(lead)
    safety.rate(by=officer, concern=concern, version=1, **RATED)
    with pytest.raises(Stale) as stale:
        safety.rate(by=officer, concern=concern, version=1, **{**RATED, "meanwhile": "Nothing"})
    assert ("Until it is mended", "Ring from the paper list", "Nothing") in stale.value.fields


def test_numbers_count_up_in_each_service(lead: Actor) -> None:
    assert [told(lead).reference, told(lead).reference] == ["SC-1", "SC-2"]
    elsewhere = make_member(make_service(), Role.LEAD)
    set_service(elsewhere.service_id)
    assert told(elsewhere).reference == "SC-1"


def test_readiness_wants_an_approval_of_this_version_that_still_holds(officer: Actor) -> None:
    assert look(officer.service).state is State.MISSING
    safety.record_decision(by=officer, **SIGNED)
    assert "No clinical safety officer is named" in look(officer.service).evidence
    name_officer(by=officer, post="cso", name="Dr Brook", contact="01632 960 001")
    assert look(officer.service).good
    with pytest.raises(NotAllowed, match="A second person confirms"):
        confirm_line(by=officer, line="clinical_safety", evidence="The signed paper, folder 5.",
                     review_on=timezone.localdate() + timedelta(days=30))  # fmt: skip
    gone = timezone.localdate() - timedelta(days=1)
    safety.record_decision(by=officer, **{**SIGNED, "review_on": gone})
    assert look(officer.service).state is State.WRONG
    safety.record_decision(by=officer, **{**SIGNED, "accepted": False})
    assert look(officer.service).state is State.WRONG


def test_what_waits_to_be_rated_is_due_in_two_days(lead: Actor, officer: Actor) -> None:
    today = timezone.localdate()
    concern = told(lead)
    [waiting] = due(lead.service_id, today)
    assert (waiting.on, waiting.words) == (today + timedelta(days=2),
                                           "Safety concern SC-1 has to be rated")  # fmt: skip
    safety.rate(by=officer, concern=concern, version=1, **RATED)
    safety.record_decision(by=officer, **SIGNED)
    assert [one.on for one in due(lead.service_id, today)] == [SIGNED["review_on"]]


def test_the_audit_holds_no_word_of_it(lead: Actor, officer: Actor) -> None:
    concern = told(lead, harm="did")
    safety.rate(by=officer, concern=concern, version=1, **RATED)
    entries = AuditEntry.objects.filter(about="assurance.safetyconcern")
    assert entries.count() == 2
    assert "button" not in str([entry.detail for entry in entries])
    assert "paper list" not in str([entry.detail for entry in entries])


def test_a_decision_is_about_the_version_that_runs_and_stays(officer: Actor) -> None:
    assert decision_now(officer.service_id) is None
    kept = safety.record_decision(by=officer, **SIGNED)
    assert decision_now(officer.service_id) == kept
    lead = make_member(officer.service, Role.LEAD)
    with pytest.raises(NotAllowed):
        safety.record_decision(by=lead, **SIGNED)


def test_the_pages_lead_from_the_log_to_a_hazard(client: Client, officer: Actor) -> None:
    sign_in(client, officer)
    page = client.get(reverse("assurance:safety")).content.decode()
    assert "Unsigned" in page
    assert "H05 Somebody who has died is contacted" in page
    one = client.get(reverse("assurance:hazard", args=["h05"])).content.decode()
    assert "A death stops calls, visits and letters at once" in one
    assert client.get(reverse("assurance:hazard", args=["h99"])).status_code == 404

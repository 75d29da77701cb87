"""Something is put right and everybody who received it is told; a record is kept and not used."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.held.gathering import gather
from openhiu.web.assurance.held.recipients import ITEM_OF, recipients
from openhiu.web.assurance.models import Correction, RightsRequest, Telling
from openhiu.web.casework import actions as casework_actions
from openhiu.web.casework.facts.changed import objecting
from openhiu.web.casework.presenters.shared import facts_of
from openhiu.web.casework.sharing import ITEMS, visible_items
from openhiu.web.intake import actions as intake
from openhiu.web.intake import policies
from openhiu.web.intake.models import Approach
from openhiu.web.mdt import actions as mdt
from openhiu.web.monitoring.caseload import clients
from openhiu.web.people.beside import beside
from openhiu.web.people.held import held, is_held
from openhiu.web.people.models import ContactSafety, Person
from openhiu.web.people.safety import ask_first, contact_rules
from support.web import make_service
from support.web_casework import make_agreement, make_case, share_with, yes
from support.web_mdt import make_group, make_meeting, put_on_list
from support.web_rights import Asked, ask_for, known, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return people_of(make_service())


@pytest.fixture
def request_(asked: Asked) -> RightsRequest:
    return known(asked, ask_for(asked, "rectification"))


def put_right(asked: Asked, request: RightsRequest, field: str, value: str) -> Correction:
    return actions.correct(
        by=asked.auditor, request=request, model="people.Person", row=str(asked.person.pk),
        field=field, value=value, reason="They showed their passport",
    )  # fmt: skip


def test_what_is_put_right_appears_and_what_it_said_stays_in_the_history(
    asked: Asked, request_: RightsRequest
) -> None:
    made = put_right(asked, request_, "birth_date", "1981-02-03")
    assert str(Person.objects.get(pk=asked.person.pk).birth_date) == "1981-02-03"
    assert (made.before, made.after) == ("3 February 1980", "3 February 1981")
    [item] = gather(asked.person)[0].items
    assert [(one.name, one.said) for one in item.earlier] == [("birth_date", "3 February 1980")]
    [line] = beside(asked.person)
    assert (line.words, line.item) == ("Date of birth put right", "birth_date")


def test_who_is_found_by_a_name_is_found_by_the_right_one(
    asked: Asked, request_: RightsRequest
) -> None:
    put_right(asked, request_, "family_name", "Kestrelby")
    assert "kestrelby" in Person.objects.get(pk=asked.person.pk).search_text


def test_a_value_that_does_not_fit_or_an_opinion_is_not_put_right(
    asked: Asked, request_: RightsRequest
) -> None:
    with pytest.raises(NotAllowed, match="date"):
        put_right(asked, request_, "birth_date", "yesterday")
    with pytest.raises(NotAllowed, match="already"):
        put_right(asked, request_, "given_name", "Robin")
    for field in ("service", "search_text", "made_by"):
        with pytest.raises(NotAllowed, match="cannot be changed"):
            put_right(asked, request_, field, "x")
    with pytest.raises(NotAllowed):
        actions.correct(by=asked.lead, request=request_, model="people.Person",
                        row=str(asked.person.pk), field="given_name", value="A",
                        reason="b")  # fmt: skip


def test_every_recipient_of_that_item_is_told_before_it_can_be_closed(
    asked: Asked, request_: RightsRequest
) -> None:
    near, far = make_agreement(asked.case.service), make_agreement(asked.case.service)
    share_with(asked.lead, asked.case, near, ["name", "birth_date"])
    share_with(asked.lead, asked.case, far, ["goals"])
    made = put_right(asked, request_, "birth_date", "1981-02-03")
    [telling] = made.tellings.all()
    assert telling.organisation == near.organisation
    told = Announcement.objects.filter(to=asked.lead.membership)
    assert told.filter(words__startswith="Something was put right").exists()
    today = timezone.localdate()
    actions.decide(by=asked.auditor, request=request_, decision="done", reason="Put right.")
    actions.reply(by=asked.auditor, request=request_, on=today, how="letter")
    with pytest.raises(NotAllowed, match="Not everyone"):
        actions.close(by=asked.auditor, request=request_)
    with pytest.raises(NotAllowed, match="how they were told"):
        actions.tell_recipient(by=asked.lead, telling=telling)
    actions.tell_recipient(by=asked.lead, telling=telling, on=today, how="secure mail to the team")
    with pytest.raises(NotAllowed, match="already"):
        actions.tell_recipient(by=asked.lead, telling=telling, cannot="x")
    actions.close(by=asked.auditor, request=request_)
    assert not Telling.objects.filter(told_on=None, cannot="").exists()


def test_what_stays_has_their_own_words_beside_it_wherever_it_is_shared(
    asked: Asked, request_: RightsRequest
) -> None:
    agreement = make_agreement(asked.case.service)
    share_with(asked.lead, asked.case, agreement, ["name", "birth_date"])
    actions.keep_with_statement(
        by=asked.auditor, request=request_, model="people.Person", row=str(asked.person.pk),
        field="birth_date", statement="I was born in spring", reason="The register says February",
    )  # fmt: skip
    told = {fact.key: fact for fact in facts_of(asked.person, frozenset({"name", "birth_date"}))}
    assert any("I was born in spring" in line for line in told["birth_date"].lines)
    assert not any("I was born in spring" in line for line in told["name"].lines)
    assert "I was born in spring" not in str(facts_of(asked.person, frozenset({"name"})))
    assert str(Person.objects.get(pk=asked.person.pk).birth_date) == "1980-02-03"


def test_items_that_a_field_is_told_by_are_those_that_can_be_shared() -> None:
    assert set(ITEM_OF.values()) == set(ITEMS)


def test_sharing_to_keep_someone_safe_is_always_looked_at(asked: Asked) -> None:
    casework_actions.share_to_keep_safe(
        by=asked.lead, person=asked.person, who_is_at_risk="Them", told_whom="999",
        what_was_shared="Name", why_now="Now",
    )  # fmt: skip
    assert [one.whom for one in recipients(asked.person, "goals")] == ["999"]


# ------------------------------------------------------------------ kept and not used


def hold(asked: Asked) -> Any:
    request = known(asked, ask_for(asked, "restriction"))
    return actions.hold_processing(by=asked.auditor, request=request, ground="contested")


def test_a_held_record_is_not_shared_not_counted_and_nobody_is_in_touch(asked: Asked) -> None:
    agreement = make_agreement(asked.case.service)
    share_with(asked.lead, asked.case, agreement, ["name"])
    ContactSafety.objects.create(service=asked.case.service, person=asked.person, letter="yes",
                                 reviewed_on=timezone.localdate(),
                                 reviewed_by=asked.lead.membership)  # fmt: skip
    other = make_case(asked.lead)
    assert visible_items(agreement.organisation, asked.person) == {"name"}
    assert contact_rules(asked.person).visit
    hold(asked)
    assert visible_items(agreement.organisation, asked.person) == frozenset()
    assert not contact_rules(asked.person).visit
    with pytest.raises(NotAllowed, match="kept and not used"):
        ask_first(asked.person, "visit")
    with pytest.raises(NotAllowed, match="kept and not used"):
        casework_actions.share(by=asked.lead, person=asked.person, agreement=agreement,
                               items=["name"])  # fmt: skip
    assert set(clients(asked.lead)) == {other.person_id}
    assert objecting(asked.lead) == {asked.case.pk}


def test_nobody_reaches_out_to_a_held_record_or_puts_it_before_a_meeting(asked: Asked) -> None:
    group = make_group(asked.lead)
    listing = put_on_list(asked.lead, group, asked.case)
    meeting = make_meeting(asked.lead, group)
    approach = Approach.objects.create(
        service=asked.case.service, person=asked.person, lead=asked.lead.membership,
        team=asked.lead.team, quarter="2026-Q4",
    )  # fmt: skip
    assert [slot.case for slot in mdt.build_agenda(by=asked.lead, meeting=meeting)] == [asked.case]
    hold(asked)
    assert mdt.build_agenda(by=asked.lead, meeting=meeting) == []
    attempt = {"how": "phone", "reached": "no_answer", "neutral_only": True}
    for act in (
        lambda: intake.record_attempt(by=asked.lead, approach=approach, **attempt),
        lambda: mdt.add_to_agenda(by=asked.lead, meeting=meeting, listing=listing),
        lambda: mdt.propose(by=asked.lead, group=group, case=asked.case, reason="x"),
    ):
        with pytest.raises(NotAllowed, match="kept and not used"):
            act()


def test_somebody_whose_record_is_held_is_not_chosen(asked: Asked) -> None:
    hold(asked)
    assert "kept and not used" in policies.why_not_reach_out(asked.person)
    approach = Approach.objects.create(
        service=asked.case.service, person=asked.person, lead=asked.lead.membership,
        quarter="2026-Q3", outcome="not_now", ended_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="kept and not used"):
        intake.approach_again(by=asked.lead, approach=approach, over_limit_reason="Now")


def test_keeping_someone_safe_goes_on_for_a_held_record(asked: Asked) -> None:
    hold(asked)
    casework_actions.share_to_keep_safe(
        by=asked.lead, person=asked.person, who_is_at_risk="Them", told_whom="999",
        what_was_shared="Where they are", why_now="In danger",
    )  # fmt: skip


def test_it_is_lifted_once_the_person_was_told(asked: Asked) -> None:
    made = hold(asked)
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="already"):
        actions.hold_processing(by=asked.auditor, request=made.request, ground="claims")
    with pytest.raises(NotAllowed):
        actions.lift_hold(by=asked.supervisor, hold=made, told_on=today, reason="Settled")
    with pytest.raises(NotAllowed, match="why"):
        actions.lift_hold(by=asked.auditor, hold=made, told_on=today, reason=" ")
    actions.lift_hold(by=asked.auditor, hold=made, told_on=today, reason="Settled")
    assert not is_held(asked.person)
    assert held(asked.case.service_id) == set()


def test_who_was_joined_to_a_held_record_is_held_with_it(asked: Asked) -> None:
    twin = make_case(asked.lead).person
    twin.merged_into = asked.person
    twin.save()
    hold(asked)
    assert is_held(twin)
    assert held(asked.case.service_id, [twin.pk]) == {twin.pk}
    assert held(asked.case.service_id, []) == set()


# ------------------------------------------------------------------ taking a yes back


def test_a_yes_is_taken_back_in_two_presses(asked: Asked, client: Any) -> None:
    from support.web import sign_in

    casework_actions.answer_story(by=asked.lead, person=asked.person, **yes())
    sign_in(client, asked.lead)
    page = client.get(f"/clients/{asked.case.pk}/consent/").content.decode()
    at = page.index("/withdraw/")
    first = page[page.rindex('"', 0, at) + 1 : page.index('"', at)]  # one press
    form = client.get(first)
    token = form.content.decode().split('name="posted" value="')[1].split('"')[0]
    assert client.post(first, {"posted": token}).status_code == 302  # the other

"""Readiness: no line is green without evidence, what is confirmed passes, and two people begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.paper import pdf
from openhiu.report.starter_pack.essentials import ESSENTIALS
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Hospital, Membership, Role, Service
from openhiu.web.assurance import reminders
from openhiu.web.assurance.actions import ready as actions
from openhiu.web.assurance.models import Beginning, Confirmation, Officer
from openhiu.web.assurance.queries.ready import beginning, officers
from openhiu.web.assurance.ready import essential, law, lines, paper, people, work
from openhiu.web.assurance.ready.lines import GROUPS, LINES, Line, State, in_place, missing
from openhiu.web.assurance.ready.standing import readiness, seen
from openhiu.web.intake.models import Listed, ReceivedList
from support.web import make_member, make_organisation, make_service, sign_in
from support.web_casework import make_agreement, make_partner
from support.web_intake import make_place, released
from support.web_lawful import make_gateway

pytestmark = pytest.mark.django_db


def day(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def boss(db: Any) -> Actor:
    return make_member(make_service(), Role.SUPERVISOR, name="Sam Supervisor")


@pytest.fixture
def ig(boss: Actor) -> Actor:
    return make_member(boss.service, Role.AUDITOR, name="Gil Governance")


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Line]]:
    """Nothing but the lines that a test hangs up."""
    few: dict[str, Line] = {}
    monkeypatch.setattr("openhiu.web.assurance.ready.standing.LINES", few)
    monkeypatch.setattr("openhiu.web.assurance.policies.ready.LINES", few)
    yield few


def green(_service: Service) -> Any:
    return in_place("Seen.")


def red(_service: Service) -> Any:
    return missing("Not there.")


def test_nothing_is_in_place_without_evidence() -> None:
    with pytest.raises(ValueError, match="what this standing rests on"):
        in_place("  ")
    with pytest.raises(ValueError, match="Nobody looks"):
        Line("x", GROUPS[0], "x", "x")


def test_every_line_of_the_starter_pack_is_here_with_its_words_and_source() -> None:
    for one in ESSENTIALS:
        line = LINES[one.key]
        assert (line.words, line.group) == (one.words, one.group)
        assert essential.SOURCES[one.key]
    assert set(essential.SOURCES) == {one.key for one in ESSENTIALS}
    assert set(essential.LOOKS) <= set(essential.SOURCES)
    for line in LINES.values():
        assert line.source and line.group in GROUPS
        if line.where:
            assert reverse(line.where)


def test_a_new_service_is_green_only_where_a_limit_was_set(boss: Actor) -> None:
    found = readiness(boss.service)
    assert not found.ready
    assert {one.line.key for one in found.lines if one.good} <= {
        "consent_again", "limits", "incidents", "record_holds",
    }  # fmt: skip
    assert all(one.standing.evidence.strip() for one in found.lines)
    assert len(found.lines) == len(LINES) and found.good + len(found.open) == len(LINES)


def test_what_software_cannot_know_is_confirmed_with_evidence_until_a_day(boss: Actor) -> None:
    line = LINES["money"]
    assert seen(boss.service, line, None).standing.state is State.TO_CONFIRM
    for evidence, review, words in (
        ("yes", day(10), "what you have seen"), ("The contract, folder 2", day(0), "still to come"),
        ("The contract, folder 2", day(400), "within a year"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=words):
            actions.confirm_line(by=boss, line="money", evidence=evidence, review_on=review)
    made = actions.confirm_line(by=boss, line="money", evidence="The contract, folder 2.",
                                review_on=day(90))  # fmt: skip
    now = seen(boss.service, line, made)
    assert now.good
    assert "The contract, folder 2. Confirmed by Sam Supervisor on" in now.standing.evidence
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        later = seen(boss.service, line, made)
    assert later.standing.state is State.TO_CONFIRM
    assert "to be looked at again by" in later.standing.evidence


def test_nobody_confirms_what_software_looks_at(boss: Actor) -> None:
    with pytest.raises(NotAllowed, match="looked at by software"):
        actions.confirm_line(by=boss, line="dbs", evidence="I saw them all.", review_on=day(9))
    with pytest.raises(NotAllowed, match="looked at by software"):
        actions.confirm_line(by=boss, line="nothing", evidence="I saw it all.", review_on=day(9))


def test_where_both_are_asked_both_have_to_be_good(boss: Actor, only: dict[str, Line]) -> None:
    only["x"] = Line("x", GROUPS[0], "It is so", "Here", look=red, asks="A paper")
    actions.confirm_line(by=boss, line="x", evidence="The paper, folder 3", review_on=day(9))
    assert not readiness(boss.service).ready
    only["x"] = Line("x", GROUPS[0], "It is so", "Here", look=green, asks="A paper")
    assert readiness(boss.service).ready


def test_a_look_that_breaks_is_red_and_the_page_stands(boss: Actor, only: dict[str, Line]) -> None:
    def broken(service: Service) -> Any:
        Membership.objects.get(pk="no key")

    only["x"] = Line("x", GROUPS[0], "It is so", "Here", look=broken)
    assert readiness(boss.service).lines[0].standing.state is State.WRONG


def test_what_was_confirmed_can_be_taken_back_and_stays_in_the_record(boss: Actor) -> None:
    made = actions.confirm_line(by=boss, line="money", evidence="The contract, folder 2.",
                                review_on=day(90))  # fmt: skip
    actions.take_back(by=boss, confirmation=made, because="It was never signed.")
    assert "money" in {one.line.key for one in readiness(boss.service).open}
    with pytest.raises(Missing):
        actions.take_back(by=boss, confirmation=made, because="Again.")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Confirmation.objects.filter(pk=made.pk).delete()


def test_taking_back_the_newest_does_not_make_an_older_one_count(boss: Actor) -> None:
    for seen_in in ("The contract, folder 2.", "The new contract, folder 3."):
        made = actions.confirm_line(by=boss, line="money", evidence=seen_in, review_on=day(90))
    actions.take_back(by=boss, confirmation=made, because="It was never signed.")
    assert "money" in {one.line.key for one in readiness(boss.service).open}
    actions.confirm_line(by=boss, line="money", evidence="Signed now.", review_on=day(90))
    assert "money" not in {one.line.key for one in readiness(boss.service).open}


def test_confirmations_are_told_before_their_day(boss: Actor) -> None:
    actions.confirm_line(by=boss, line="money", evidence="The contract, folder 2.",
                         review_on=day(30))  # fmt: skip
    assert [due.key for due in reminders.due_for(boss)] == ["ready:money"]


# --- what software sees ---


def test_an_officer_is_named_and_the_one_before_is_kept(boss: Actor) -> None:
    assert not law.officer("dpo")(boss.service).good
    for name in ("Dr Aziz", "Dr Brook"):
        actions.name_officer(by=boss, post="dpo", name=name, contact="01632 960 001")
    assert law.officer("dpo")(boss.service).evidence.startswith("Dr Brook, named on")
    assert Officer.objects.filter(post="dpo").count() == 2
    assert set(officers(boss.service)) == {"dpo"}


def test_who_names_an_officer_does_not_confirm_it_and_a_new_one_is_confirmed_anew(
    boss: Actor, ig: Actor
) -> None:
    told = {"line": "dpo", "evidence": "The letter, folder 4.", "review_on": day(90)}
    actions.name_officer(by=boss, post="dpo", name="Dr Aziz", contact="01632 960 001")
    assert "dpo" in {one.line.key for one in readiness(boss.service).open}
    with pytest.raises(NotAllowed, match="A second person confirms it"):
        actions.confirm_line(by=boss, **told)
    actions.confirm_line(by=ig, **told)
    assert "dpo" not in {one.line.key for one in readiness(boss.service).open}
    actions.name_officer(by=ig, post="dpo", name="Dr Brook", contact="01632 960 001")
    assert "dpo" in {one.line.key for one in readiness(boss.service).open}


def test_limits_nobody_looked_at_are_not_green(boss: Actor) -> None:
    found = {one.line.key for one in readiness(boss.service).open}
    assert {"limits", "consent_again"} <= found


def test_a_list_without_numbers_or_released_by_its_sender_is_not_green() -> None:
    place = make_place()
    received = released(place)
    Listed.objects.filter(received=received, rank=1).update(phone="")
    assert not work.list_columns(place.service).good
    ReceivedList.objects.filter(pk=received.pk).update(decided_by=received.uploaded_by)
    assert work.first_release(place.service).state is State.WRONG


def test_every_hospital_needs_a_gateway_for_its_list(boss: Actor) -> None:
    assert not law.gateways(boss.service).good
    trusts = [make_organisation(f"Trust {nth}") for nth in range(2)]
    for nth, trust in enumerate(trusts):
        Hospital.objects.create(service=boss.service, organisation=trust, site_code=f"Z{nth}",
                                name=f"Hospital {nth}")  # fmt: skip
    make_gateway(boss.service, trusts[0])
    assert "Trust 1" in law.gateways(boss.service).evidence
    make_gateway(boss.service, trusts[1], expires_on=day(-1))
    assert not law.gateways(boss.service).good
    make_gateway(boss.service, trusts[1])
    assert law.gateways(boss.service).good


def test_agreements_are_green_when_all_are_signed_and_every_partner_has_one(boss: Actor) -> None:
    assert law.agreements(boss.service).state is State.MISSING
    held = make_agreement(boss.service)
    assert law.agreements(boss.service).good
    waiting = make_agreement(boss.service, signed_on=None)
    assert law.agreements(boss.service).state is State.WRONG
    type(waiting).objects.filter(pk=waiting.pk).update(state="ended")
    assert law.agreements(boss.service).good
    make_partner(held)
    assert law.agreements(boss.service).good
    make_member(boss.service, Role.PARTNER, organisation=make_organisation("Bare partner"))
    assert "Bare partner" in law.agreements(boss.service).evidence
    type(held).objects.filter(pk=held.pk).update(state="standing")
    assert not law.agreements(boss.service).good


def test_a_list_is_proven_once_released_lately_by_another_person() -> None:
    place = make_place()
    assert not work.monthly_list(place.service).good
    released(place)
    for look in (work.monthly_list, work.first_release, work.list_columns):
        assert look(place.service).good
    with time_machine.travel(timezone.now() + timedelta(days=46)):
        assert work.monthly_list(place.service).state is State.WRONG


def test_every_account_needs_a_second_factor(boss: Actor) -> None:
    assert "1 account without" in people.second_factor(boss.service).evidence
    Authenticator.objects.create(user=boss.user, type="recovery_codes", data={})
    assert not people.second_factor(boss.service).good
    Authenticator.objects.create(user=boss.user, type="webauthn", data={})
    assert people.second_factor(boss.service).good


def test_decisions_for_two_need_two_people(boss: Actor, ig: Actor) -> None:
    assert "Hospital analyst" in people.two_people(boss.service).evidence
    make_member(boss.service, Role.ANALYST)
    make_member(boss.service, Role.ADMIN)
    assert people.two_people(boss.service).good


@pytest.mark.parametrize(("look", "words"), [
    (people.dbs, "There is no lead yet"), (people.training, "There is no lead yet"),
    (people.supervision, "There is no lead yet"), (people.buddies, "No lead yet"),
    (people.cover, "Nobody can stand in"), (work.activity, "No activity"),
    (work.out_of_hours, "Nothing says who answers"), (work.lone_visits, "not set"),
    (work.directory, "0 of 20"), (work.phone, "No number"), (law.notice, "No privacy notice"),
    (law.assessment("dpia"), "None is registered"), (law.safeguarding, "No Safeguarding lead"),
])  # fmt: skip
def test_nothing_is_green_because_there_is_nothing(boss: Actor, look: Any, words: str) -> None:
    found = look(boss.service)
    assert not found.good and words in found.evidence


def test_a_lead_without_a_check_keeps_the_line_open(boss: Actor) -> None:
    make_member(boss.service, Role.LEAD)
    for look in (people.dbs, people.training, people.supervision, people.buddies):
        assert look(boss.service).state is State.MISSING


# --- beginning ---


def test_with_everything_in_place_two_people_record_the_day(
    boss: Actor, ig: Actor, only: dict[str, Line]
) -> None:
    only["x"] = Line("x", GROUPS[0], "It is so", "Here", look=green)
    made = actions.begin(by=boss, begins_on=day(0))
    assert (made.open_lines, made.lines, made.agreed_by) == ([], 1, None)
    page = sign_in(Client(), boss).get(reverse("assurance:ready")).content.decode()
    assert "Proposed: begin on" in page and "The service began on" not in page
    with pytest.raises(NotAllowed, match="recorded already"):
        actions.begin(by=boss, begins_on=day(0))
    with pytest.raises(NotAllowed, match="A second person agrees"):
        actions.agree_to_begin(by=boss, begun=made)
    actions.agree_to_begin(by=ig, begun=made)
    with pytest.raises(NotAllowed, match="has begun"):
        actions.drop_beginning(by=boss, begun=made)


def test_with_open_lines_two_people_begin_and_name_them(
    boss: Actor, ig: Actor, only: dict[str, Line]
) -> None:
    only["x"] = Line("x", GROUPS[0], "It is so", "Here", look=red)
    with pytest.raises(NotAllowed, match="Say why the service begins"):
        actions.begin(by=boss, begins_on=day(0), reason="soon")
    made = actions.begin(by=boss, begins_on=day(0), reason="Signed on Friday by the board.")
    assert made.open_lines == ["It is so"]
    same = make_member(boss.service, Role.AUDITOR, user=boss.user)
    with pytest.raises(NotAllowed, match="A second person agrees"):
        actions.agree_to_begin(by=same, begun=made)
    actions.agree_to_begin(by=ig, begun=made)
    found = beginning(boss.service)
    assert found is not None and found.agreed_by == ig.membership
    with pytest.raises(NotAllowed):
        actions.drop_beginning(by=boss, begun=made)


def test_a_proposal_to_begin_can_be_taken_back(boss: Actor, only: dict[str, Line]) -> None:
    only["x"] = Line("x", GROUPS[0], "It is so", "Here", look=red)
    made = actions.begin(by=boss, begins_on=day(0), reason="Signed on Friday by the board.")
    actions.drop_beginning(by=boss, begun=made)
    assert beginning(boss.service) is None
    assert Beginning.objects.count() == 1


# --- pages and paper ---


def test_the_page_shows_how_many_of_how_many_and_what_is_next(boss: Actor) -> None:
    client = sign_in(Client(), boss)
    page = client.get(reverse("assurance:ready")).content.decode()
    found = readiness(boss.service)
    assert f"{found.good} of {len(found.lines)} in place." in page
    assert "Next" in page and "Money is agreed for 18 months or more" in page
    sent = {"evidence": "The contract, folder 2.", "review_on_day": str(day(90).day),
            "review_on_month": str(day(90).month), "review_on_year": str(day(90).year)}  # fmt: skip
    client.post(reverse("assurance:confirm_line", args=["money"]), sent)
    page = client.get(reverse("assurance:ready")).content.decode()
    assert "The contract, folder 2. Confirmed by Sam Supervisor" in page
    assert client.get(reverse("assurance:confirm_line", args=["dbs"])).status_code == 404


def test_a_commissioner_sees_it_and_no_link_that_would_not_open(boss: Actor) -> None:
    client = sign_in(Client(), make_member(boss.service, Role.COMMISSIONER))
    page = client.get(reverse("assurance:ready")).content.decode()
    assert "in place." in page
    assert "Put it in place" not in page and "See it" not in page and "Confirm it" not in page
    answer = client.get(reverse("assurance:take_readiness"))
    assert answer.content.startswith(b"%PDF")


def test_the_paper_is_the_same_bytes_for_the_same_day(boss: Actor) -> None:
    found = readiness(boss.service)
    made = [paper.document("Larkham", found, None, day(0)) for _ in range(2)]
    assert pdf.make(made[0]) == pdf.make(made[1])
    assert lines.SOFTWARE in {name for name, _ in found.groups()}

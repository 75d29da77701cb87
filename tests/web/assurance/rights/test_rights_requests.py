"""Requests about people's own records: who notes them, who decides them, and by when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import AuditEntry, Role, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance import reminders
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.models import Appraisal, RightsRequest
from openhiu.web.assurance.presenters.rights import standing
from openhiu.web.assurance.queries import rights as queries
from support.web import make_member, make_service
from support.web_casework import make_case
from support.web_rights import Asked, ask_for, known, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return people_of(make_service())


def test_requests_are_numbered_within_a_service_and_noted_in_the_audit(asked: Asked) -> None:
    assert [ask_for(asked).reference, ask_for(asked).reference] == ["R-1", "R-2"]
    noted = AuditEntry.objects.filter(
        person_id=asked.person.pk, did="noted what somebody asks about their record"
    )
    assert [entry.detail["kind"] for entry in noted] == ["access", "access"]
    assert "I want to see it" not in str([entry.detail for entry in noted])


def test_a_lead_notes_what_their_own_client_asks_and_nobody_elses(asked: Asked) -> None:
    other = make_member(asked.lead.service, Role.LEAD)
    said = {"kind": "access", "words": "Please", "received_how": "spoken",
            "received_on": timezone.localdate(), "asked_by": "person"}  # fmt: skip
    made = actions.note_request(by=asked.lead, person=asked.person, **said)
    with pytest.raises(NotAllowed):
        actions.note_request(by=other, person=asked.person, **said)
    assert list(queries.requests(asked.lead)) == [made]
    assert list(queries.requests(other)) == []
    with pytest.raises(Missing):
        queries.request_or_missing(other, made.pk)


def test_only_information_governance_decides(asked: Asked) -> None:
    request = known(asked, ask_for(asked, "erasure"))
    for other in (asked.lead, asked.supervisor):
        with pytest.raises(NotAllowed):
            actions.decide(by=other, request=request, decision="done", reason="They asked.")
    actions.decide(by=asked.auditor, request=request, decision="not_done",
                   reason="The law asks us to keep it.")  # fmt: skip
    assert RightsRequest.objects.get(pk=request.pk).decided_by == asked.auditor.membership


def test_erasure_that_was_decided_waits_for_a_second_person_under_retention(asked: Asked) -> None:
    request = known(asked, ask_for(asked, "erasure"))
    actions.decide(by=asked.auditor, request=request, decision="done", reason="It was a mistake.")
    [waiting] = Appraisal.objects.filter(about=asked.person.pk)
    assert (waiting.state, waiting.request_reference) == ("proposed", request.reference)
    assert waiting.proposed_by == asked.auditor.membership


def test_a_representative_has_to_be_entitled(asked: Asked) -> None:
    with pytest.raises(NotAllowed):
        ask_for(asked, asked_by="representative")
    request = ask_for(asked, asked_by="representative", representative="A solicitor, signed form")
    with pytest.raises(NotAllowed):
        actions.confirm_identity(by=asked.auditor, request=request, how="known",
                                 on=timezone.localdate())  # fmt: skip
    actions.confirm_identity(by=asked.auditor, request=request, how="authority",
                             on=timezone.localdate())  # fmt: skip


def test_nothing_is_looked_at_before_it_is_certain_who_asks(asked: Asked) -> None:
    request = ask_for(asked)
    with pytest.raises(NotAllowed, match="who asks"):
        actions.make_pack(by=asked.auditor, request=request)
    with pytest.raises(NotAllowed, match="who asks"):
        actions.decide(by=asked.auditor, request=request, decision="done", reason="Given")


def test_the_clock_follows_proof_questions_and_more_time(asked: Asked) -> None:
    with time_machine.travel("2026-06-10 09:00", tick=False) as clock:
        request = ask_for(asked)
        actions.ask_identity(by=asked.auditor, request=request, asked_on=date(2026, 6, 10))
        assert queries.clock_of(request).stopped
        assert standing(request).tag == "Waiting for them"
        clock.move_to("2026-06-15 09:00")
        known(asked, request)
        # The month begins on 15 June: 15 July 2026, a Wednesday.
        assert queries.clock_of(request).due(date(2026, 6, 15)) == date(2026, 7, 15)
        clock.move_to("2026-06-20 09:00")
        actions.ask_clarification(by=asked.auditor, request=request, asked="Which years?",
                                  asked_on=date(2026, 6, 20))  # fmt: skip
        clock.move_to("2026-06-23 09:00")
        actions.answer_clarification(by=asked.auditor, request=request, answer="All",
                                     answered_on=date(2026, 6, 23))  # fmt: skip
        fresh = queries.request_or_missing(asked.auditor, request.pk)
        # Three days of waiting: 18 July is a Saturday, so Monday 20.
        assert queries.clock_of(fresh).due(date(2026, 6, 23)) == date(2026, 7, 20)
        actions.extend(
            by=asked.auditor, request=fresh, told_on=date(2026, 6, 23), reason="Two boxes"
        )
        # 15 September and three days: 18 September, a Friday.
        assert queries.clock_of(fresh).due(date(2026, 6, 23)) == date(2026, 9, 18)
        with pytest.raises(NotAllowed, match="already"):
            actions.extend(
                by=asked.auditor, request=fresh, told_on=date(2026, 6, 23), reason="More"
            )


def test_more_time_is_told_within_the_first_month_with_a_reason(asked: Asked) -> None:
    with time_machine.travel("2026-06-10 09:00", tick=False) as clock:
        request = known(asked, ask_for(asked))
        clock.move_to("2026-07-11 09:00")
        with pytest.raises(NotAllowed, match="too late"):
            actions.extend(by=asked.auditor, request=request, told_on=date(2026, 7, 11), reason="x")
        with pytest.raises(NotAllowed, match="why more time"):
            actions.extend(by=asked.auditor, request=request, told_on=date(2026, 7, 10), reason=" ")
        actions.extend(by=asked.auditor, request=request, told_on=date(2026, 7, 10), reason="Big")


def test_what_is_due_is_told_before_and_without_names(asked: Asked) -> None:
    with time_machine.travel("2026-06-10 09:00", tick=False) as clock:
        ask_for(asked)
        ask_for(asked, "complaint")
        clock.move_to("2026-07-04 09:00")
        told = reminders.due_for(asked.auditor)
        due = {one.words: one.on for one in told if one.key.startswith("right:")}
        assert due == {
            "Request R-1 has its answer": date(2026, 7, 10),
            "Request R-2 has its answer": date(2026, 7, 10),
            "Complaint R-2 is acknowledged": date(2026, 7, 10),
        }
        assert asked.person.family_name not in str(told)


def test_an_answer_and_its_reasons_close_a_request(asked: Asked) -> None:
    request = known(asked, ask_for(asked, "objection"))
    with pytest.raises(NotAllowed, match="Decide first"):
        actions.reply(by=asked.auditor, request=request, on=timezone.localdate(), how="letter")
    with pytest.raises(NotAllowed, match="why"):
        actions.decide(by=asked.auditor, request=request, decision="not_done", reason="")
    actions.decide(by=asked.auditor, request=request, decision="not_done",
                   reason="Weighed: the safety of others needs it.")  # fmt: skip
    with pytest.raises(NotAllowed, match="Answer"):
        actions.close(by=asked.auditor, request=request)
    actions.reply(by=asked.auditor, request=request, on=timezone.localdate(), how="letter")
    actions.close(by=asked.auditor, request=request)
    assert standing(request).tag == "Closed"
    with pytest.raises(NotAllowed, match="closed"):
        actions.acknowledge(by=asked.auditor, request=request, on=timezone.localdate())


def test_days_ahead_or_before_it_came_are_turned_away(asked: Asked) -> None:
    today = timezone.localdate()
    with pytest.raises(NotAllowed):
        ask_for(asked, received_on=today + timedelta(days=1))
    request = ask_for(asked)
    for wrong in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(NotAllowed):
            actions.acknowledge(by=asked.auditor, request=request, on=wrong)


def test_a_record_is_found_by_an_exact_answer_only(asked: Asked) -> None:
    person = asked.person
    found = queries.people_like(asked.auditor, family_name=person.family_name.upper(),
                                born=person.birth_date)  # fmt: skip
    assert found == [person]
    assert queries.people_like(asked.auditor, family_name="Sample", born=person.birth_date) == []
    assert queries.people_like(asked.auditor, family_name=person.family_name) == []


def test_another_services_requests_do_not_exist(asked: Asked, other_service: Service) -> None:
    stranger = make_member(other_service, Role.AUDITOR, open_rows=False)
    set_service(asked.case.service_id)  # the wall of the database is down: queries hold too
    request = ask_for(asked)
    assert list(queries.requests(stranger)) == []
    with pytest.raises(Missing):
        queries.request_or_missing(stranger, request.pk)
    assert queries.people_like(stranger, family_name=asked.person.family_name,
                               born=asked.person.birth_date) == []  # fmt: skip
    with pytest.raises(Missing):
        actions.note_request(by=stranger, person=asked.person, kind="access", words="x",
                             received_on=timezone.localdate(), received_how="letter",
                             asked_by="person")  # fmt: skip


@pytest.fixture
def other_service() -> Service:
    return make_service()


def test_joined_records_are_asked_about_once(asked: Asked) -> None:
    twin = make_case(asked.lead).person
    twin.merged_into = asked.person
    twin.save()
    found = queries.people_like(asked.auditor, family_name=twin.family_name, born=twin.birth_date)
    assert found == []

"""Whose time has come, how long each class is kept, what is held, and what two people decide."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Draft, Role
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.models.registers import Entry
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.retention.standing import standing_of, standings
from openhiu.web.casework.models import Concern, Contact
from openhiu.web.intake.actions.purging import purge_unchosen
from openhiu.web.intake.models import Approach
from openhiu.web.people.actions.joining import decide_merge, propose_merge
from openhiu.web.people.holding_back import held_back
from support.web import make_member, make_service
from support.web_casework import make_case, make_person
from support.web_retention import KEEP, agreed, both, queued, years_later

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


def due(lead: Actor, person: Any) -> date:
    standing = standing_of(lead.service_id, person.pk)
    assert standing is not None
    return standing.due_on


def asked_who_said_no(lead: Actor) -> Any:
    person = make_person(lead.service)
    Approach.objects.create(
        service=lead.service, person=person, lead=lead.membership, quarter="2026-Q4",
        outcome="no", ended_at=timezone.now(),
    )  # fmt: skip
    return person


def test_a_client_is_kept_eight_years_from_the_last_contact(lead: Actor) -> None:
    case = make_case(lead)
    with time_machine.travel("2027-03-01T10:00:00Z"):
        Contact.objects.create(
            service=lead.service, case=case, how="phone", reached="no_answer", by=lead.membership
        )
        assert due(lead, case.person) == date(2035, 3, 1)


def test_being_open_at_a_distance_ends_nothing_and_begins_no_clock(lead: Actor) -> None:
    case = make_case(lead)
    case.phase = "at_a_distance"
    case.save()
    # 11 November 2026 and eight years: whatever the phase, the last contact counts.
    assert due(lead, case.person) == date(2034, 11, 11)


def test_somebody_who_said_no_is_forgotten_after_a_year(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    assert due(lead, person) == date(2027, 11, 11)
    with years_later(1):
        assert retention.find_due(service=lead.service, at_once=True) == 1


def test_mental_health_is_twenty_years_or_ten_after_a_death(lead: Actor) -> None:
    case = make_case(lead)
    manager, _ = both(lead.service)
    retention.put_in_class(
        by=manager, person=case.person, record_class="mental_health", reason="A trust's service."
    )
    assert due(lead, case.person) == date(2046, 11, 11)
    case.person.died_on = date(2026, 11, 30)
    case.person.save()
    assert due(lead, case.person) == date(2036, 11, 30)


def test_a_concern_makes_the_record_one_of_safeguarding(lead: Actor) -> None:
    case = make_case(lead)
    Concern.objects.create(
        service=lead.service, person=case.person, words="Worried.", by=lead.membership
    )
    standing = standing_of(lead.service_id, case.person.pk)
    assert standing is not None
    assert (standing.record_class, standing.due_on) == ("safeguarding", date(2051, 11, 11))


def test_an_incident_about_them_keeps_the_record_until_its_own_time(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    Entry.objects.create(
        service=lead.service, person=person, register="complaint", year=2026, number=1,
        kind="other", happened_on=date(2026, 11, 1), aware_at=timezone.now(), what="x",
        told_by=lead.membership, closed_at=timezone.now(),
    )  # fmt: skip
    assert due(lead, person) == date(2036, 11, 11)


def test_joined_records_are_one_with_the_latest_contact_of_both(lead: Actor) -> None:
    with time_machine.travel("2020-01-01T10:00:00Z"):
        old = make_person(lead.service)
    kept = make_person(lead.service)
    old.merged_into = kept
    old.save()
    found = standings(lead.service_id)
    assert [(one.person_id, set(one.records)) for one in found] == [(kept.pk, {kept.pk, old.pk})]


def test_the_queue_is_made_once_a_month(lead: Actor) -> None:
    asked_who_said_no(lead)
    with years_later(1):
        assert retention.find_due(service=lead.service) == 1
        asked_who_said_no(lead)
        assert retention.find_due(service=lead.service) == 0
    with years_later(3):
        assert retention.find_due(service=lead.service) == 1


def test_the_same_person_in_another_role_confirms_nothing(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, governance = both(lead.service)
    twice = make_member(lead.service, Role.AUDITOR, user=manager.user)
    with years_later(1):
        row = queued(lead.service, person)
        row = retention.propose(
            by=manager, appraisal=row, decision="remove", reason="Time.", version=row.version
        )
        with pytest.raises(NotAllowed, match="Somebody else"):
            retention.confirm(by=twice, appraisal=row, version=row.version)
        row = retention.confirm(by=governance, appraisal=row, version=row.version)
    assert row.state == "cooling" and row.remove_from == timezone.localdate() + timedelta(
        days=round(365.25) + 1 + 14
    )


def test_a_lead_appraises_nothing_and_a_manager_holds_nothing(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, _ = both(lead.service)
    with years_later(1):
        row = queued(lead.service, person)
        with pytest.raises(NotAllowed):
            retention.propose(
                by=lead, appraisal=row, decision="remove", reason="x", version=row.version
            )
    with pytest.raises(NotAllowed, match="information governance"):
        retention.hold(by=manager, reference="I", reason="x", review_on=date(2027, 1, 1),
                       person=person)  # fmt: skip


def test_kept_longer_comes_back_on_its_day(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, governance = both(lead.service)
    with years_later(1):
        row = agreed(queued(lead.service, person), manager, governance, KEEP)
        assert row.state == "kept"
        assert retention.find_due(service=lead.service, at_once=True) == 0
    with years_later(2, 5):
        assert retention.find_due(service=lead.service, at_once=True) == 1


def test_before_the_days_of_cooling_off_nothing_goes_and_it_can_be_taken_back(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, governance = both(lead.service)
    with years_later(1):
        row = agreed(queued(lead.service, person), manager, governance)
        assert retention.remove_due(service=lead.service).removed == 0
        row = retention.take_back(
            by=governance, appraisal=row, reason="A letter came.", version=row.version
        )
    assert (row.state, row.proposed_by, row.agreed_clock) == ("waiting", None, None)


def test_an_older_page_decides_nothing(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, _ = both(lead.service)
    with years_later(1):
        row = queued(lead.service, person)
        old = row.version
        retention.propose(by=manager, appraisal=row, decision="remove", reason="x", version=old)
        with pytest.raises(Stale):
            retention.propose(by=manager, appraisal=row, decision="remove", reason="x", version=old)


# --- holds ---


def held(governance: Actor, **what: Any) -> Any:
    return retention.hold(
        by=governance, reference="INQ-3", reason="An inquiry.", review_on=date(2027, 6, 1), **what
    )


def test_a_held_record_is_neither_proposed_nor_confirmed_nor_erased(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, governance = both(lead.service)
    with years_later(1):
        row = queued(lead.service, person)
        placed = held(governance, person=person)
        with pytest.raises(NotAllowed, match="INQ-3"):
            retention.propose(
                by=manager, appraisal=row, decision="remove", reason="x", version=row.version
            )
        with pytest.raises(NotAllowed, match="INQ-3"):
            retention.ask_to_erase(by=governance, person=person, request_reference="R-1",
                                   reason="Erasure.")  # fmt: skip
        retention.lift(by=governance, held=placed, reason="Over.")
        row.refresh_from_db()
        retention.propose(
            by=manager, appraisal=row, decision="remove", reason="x", version=row.version
        )


def test_a_hold_on_one_of_two_joined_records_holds_both(lead: Actor) -> None:
    kept, absorbed = make_person(lead.service), make_person(lead.service)
    manager, governance = both(lead.service)
    held(governance, person=absorbed)
    merge = propose_merge(by=lead, kept=kept, absorbed=absorbed, reason="The same.")
    second = make_member(lead.service, Role.SUPERVISOR)
    decide_merge(by=second, merge=merge, approved=True)
    assert {kept.pk, absorbed.pk} <= held_back(lead.service_id).people
    with years_later(1):
        row = queued(lead.service, kept)
        with pytest.raises(NotAllowed, match="INQ-3"):
            retention.propose(
                by=manager, appraisal=row, decision="remove", reason="x", version=row.version
            )


def test_lists_that_are_held_are_not_emptied_by_their_clock(lead: Actor) -> None:
    _, governance = both(lead.service)
    placed = held(governance, record_class="listed")
    assert held_back(lead.service_id).holds(None, "listed")
    assert purge_unchosen(service=lead.service).rows == 0
    retention.lift(by=governance, held=placed, reason="Over.")
    assert not held_back(lead.service_id).holds(None, "listed")


def test_a_hold_needs_a_reference_and_one_of_two_things(lead: Actor) -> None:
    _, governance = both(lead.service)
    with pytest.raises(ValidationError):
        retention.hold(by=governance, reference=" ", reason="x", review_on=date(2027, 1, 1),
                       record_class="client")  # fmt: skip
    with pytest.raises(ValidationError):
        held(governance, person=make_person(lead.service), record_class="client")


# --- schedules ---


def test_schedules_count_once_another_person_agreed(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, governance = both(lead.service)
    rules = retention.write_rules(
        by=manager, periods={"asked": 2}, usual="client", cooling_days=7, reason="Agreed locally."
    )
    assert due(lead, person) == date(2027, 11, 11)
    with pytest.raises(NotAllowed):
        retention.agree_rules(by=manager, rules=rules, agreed=True)
    retention.agree_rules(by=governance, rules=rules, agreed=True)
    assert due(lead, person) == date(2028, 11, 11)


def test_no_schedule_says_nought_and_none_skips_the_cooling_off(lead: Actor) -> None:
    manager, _ = both(lead.service)
    for wrong in ({"periods": {"asked": 0}}, {"periods": {"nothing": 1}}, {"cooling_days": 0}):
        with pytest.raises(ValidationError):
            retention.write_rules(
                by=manager, **{"periods": {}, "usual": "client", "cooling_days": 14, "reason": "x",
                               **wrong},
            )  # fmt: skip


# --- erasure, mentions, the clock ---


def test_an_erasure_goes_before_its_time_and_still_needs_a_second_person(lead: Actor) -> None:
    person = asked_who_said_no(lead)
    manager, governance = both(lead.service)
    row = retention.ask_to_erase(
        by=governance, person=person, request_reference="R-12", reason="Their right."
    )
    assert (row.why, row.state, row.due_on) == ("erasure", "proposed", date(2027, 11, 11))
    row = retention.confirm(by=manager, appraisal=row, version=row.version)
    assert row.state == "cooling"


def test_texts_about_others_that_name_them_are_found_also_sealed_ones(lead: Actor) -> None:
    case = make_case(lead, given_name="Wilhelmina", family_name="Ashcroft")
    other = make_case(lead)
    Contact.objects.create(
        service=lead.service, case=other, how="phone", reached="yes", by=lead.membership,
        what_mattered="They live next door to wilhelmina ASHCROFT.",
    )  # fmt: skip
    Contact.objects.create(
        service=lead.service, case=case, how="phone", reached="yes", by=lead.membership,
        what_mattered="Wilhelmina Ashcroft spoke of herself.",
    )  # fmt: skip
    with years_later(8):
        assert queued(lead.service, case.person).mentions == 1


def test_drafts_nobody_came_back_to_go_by_the_clock(lead: Actor) -> None:
    Draft.objects.create(service=lead.service, user=lead.user, key="k", fields={"a": ["b"]})
    call_command("appraise_records")
    assert Draft.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert retention.clear_by_clock(service=lead.service) == 1


def test_every_decision_is_in_the_audit_without_a_name(lead: Actor) -> None:
    case = make_case(lead, given_name="Wilhelmina", family_name="Ashcroft")
    manager, governance = both(lead.service)
    with years_later(8):
        row = agreed(queued(lead.service, case.person), manager, governance)
    said = AuditEntry.objects.filter(about_id=row.pk)
    assert [entry.did for entry in said.order_by("at")] == ["appraised a record", "reviewed"]
    assert "Ashcroft" not in str(list(said.values()))
    assert Appraisal.objects.get().reference.startswith("K-")

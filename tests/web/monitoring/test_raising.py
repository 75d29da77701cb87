"""A delivery arrives: who is warned of what, once, and what happens when the data change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.casework.models import Case, Consent, Contact, Handover
from openhiu.web.monitoring import actions, queries
from openhiu.web.monitoring.models import Signal, SignalStep
from openhiu.web.people.actions.status import mark_died
from support.web import make_member, make_service
from support.web_monitoring import (
    at,
    deliver,
    event,
    feed_files,
    make_client,
    make_signal,
    note_contact,
    steady,
)

ROBIN, SAM = "9990000018", "9990000026"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]


@pytest.fixture
def robin(lead: Actor) -> Case:
    """Supported for a year, open at a distance since February, spoken with two weeks ago."""
    case = make_client(lead, "Robin", ROBIN, opened="2025-04-01 09:00")
    note_contact(lead, case, at("2026-03-20 10:00"))
    Case.objects.filter(pk=case.pk).update(last_reached_at=at("2026-03-20 10:00"))
    return steady(lead, case, "2026-02-02 10:00")


NIGHT = "2026-04-03 02:10"


def rules(case: Case, **more: Any) -> list[tuple[str, str]]:
    rows = Signal.objects.filter(case=case, **more).order_by("rule", "day")
    return [(one.rule, one.state) for one in rows]


def test_somebody_at_a_distance_brought_in_at_night_is_a_signal_when_the_data_arrive(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    came = [event(robin, "2026-01-20 10:00"), event(robin, NIGHT, by_ambulance="true")]
    deliver(analyst, feed_files([robin], came, cut_off="2026-04-03T06:00:00", as_of="2026-04-04"))
    assert rules(robin) == [("at_a_distance", "raised"), ("first_after_quiet", "raised")]
    signal = Signal.objects.get(rule="at_a_distance")
    assert signal.why == "Came to A&E on 3 April 2026 while open at a distance."
    assert signal.happened_at == at(NIGHT)
    assert (signal.told_to, signal.phase) == (lead.membership, "at_a_distance")


def test_the_quiet_word_tells_nobody_who_it_is_about(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    came = [event(robin, "2026-01-20 10:00"), event(robin, "2026-04-02 02:10")]
    deliver(analyst, feed_files([robin], came))
    assert Signal.objects.count() == 2
    # One night, one word, however many rules spoke: about the most pressing.
    told = Announcement.objects.get(to=lead.membership)
    assert told.words == (
        "An early warning (amber) about one of your clients waits for your answer."
    )
    signal = Signal.objects.get(rule="at_a_distance")
    assert told.link == f"/activity/signals/{signal.pk}/"


def test_the_same_data_again_and_the_clock_raise_nothing_twice(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    came = [event(robin, "2026-04-02 02:10")]
    deliver(analyst, feed_files([robin], came))
    before = Signal.objects.count(), Announcement.objects.count()
    assert before[0] >= 1
    deliver(analyst, feed_files([robin], came, cut_off="2026-04-02T22:00:00"))
    actions.raise_for(lead.service)
    actions.watch(lead.service)
    assert (Signal.objects.count(), Announcement.objects.count()) == before


def test_what_is_withdrawn_is_taken_back_and_kept_and_told_again_when_it_comes_again(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    came = [event(robin, "2026-01-20 10:00"), event(robin, "2026-04-02 02:10")]
    deliver(analyst, feed_files([robin], came))
    deliver(analyst, feed_files([robin], came[:1], cut_off="2026-04-02T21:00:00"))
    assert {state for _, state in rules(robin)} == {"taken_back"}
    signal = Signal.objects.get(rule="at_a_distance")
    assert [step.to_state for step in signal.steps.order_by("at")] == ["raised", "taken_back"]
    deliver(analyst, feed_files([robin], came, cut_off="2026-04-02T22:00:00"))
    assert {state for _, state in rules(robin)} == {"raised"}


def test_a_signal_that_was_never_true_keeps_no_true_one_quiet(lead: Actor, analyst: Actor) -> None:
    kim = make_client(lead, "Kim", "9990000034", opened="2025-04-01 09:00")
    many = [event(kim, f"2026-03-{day:02d} 10:00") for day in (10, 11, 12)]
    deliver(analyst, feed_files([kim], many))
    assert ("individual", "raised") in rules(kim)
    deliver(analyst, feed_files([kim], [], cut_off="2026-04-02T21:00:00"))
    later = [event(kim, f"2026-03-{day:02d} 15:00") for day in (25, 26, 27)]
    deliver(analyst, feed_files([kim], later, cut_off="2026-04-02T22:00:00"))
    assert {state for rule, state in rules(kim, rule="individual")} == {"taken_back", "raised"}


def test_a_corrected_time_of_the_same_event_is_the_same_signal(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-02 02:10", source_ref="E1")]))
    moved = [event(robin, "2026-04-01 23:50", source_ref="E1")]
    deliver(analyst, feed_files([robin], moved, cut_off="2026-04-02T21:00:00"))
    signal = Signal.objects.get(rule="at_a_distance")
    assert (signal.state, f"{signal.day}") == ("raised", "2026-04-01")


def test_nobody_who_withdrew_or_died_is_a_signal_and_what_waits_ends(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    sam = steady(lead, make_client(lead, "Sam", SAM, opened="2025-04-01 09:00"), "2026-02-02 10:00")
    waiting = make_signal(sam)
    Consent.objects.filter(person=sam.person).update(withdrawn_at=timezone.now())
    deliver(analyst, feed_files([robin, sam], [event(sam, "2026-04-02 02:10")]))
    waiting.refresh_from_db()
    assert (waiting.state, Signal.objects.filter(case=sam).count()) == ("stopped", 1)
    also = make_signal(robin)
    mark_died(by=lead, person=robin.person, heard="a letter")
    also.refresh_from_db()
    assert also.state == "stopped"
    assert also.steps.get().reason == "They died, or asked us to stop."


def test_no_data_are_no_silence_of_attendance(lead: Actor, analyst: Actor) -> None:
    kim = make_client(lead, "Kim", "9990000034", opened="2025-12-01 09:00")
    deliver(analyst, feed_files({kim.person_id: "not_found"}, []))
    signal = Signal.objects.get(rule="silence")
    assert "There are no A&E data about them" in signal.why
    assert not Signal.objects.exclude(rule="silence").exists()


def test_the_cover_is_told_while_the_lead_is_away_and_when_leave_begins(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    from openhiu.web.team.models import Cover, Leave

    other = make_member(lead.service, Role.LEAD)
    leave = Leave.objects.create(
        service=lead.service, member=lead.membership, kind="annual", state="booked",
        from_day=at("2026-04-07 00:00").date(), until_day=at("2026-04-17 00:00").date(),
        noted_by=lead.membership,
    )  # fmt: skip
    Cover.objects.create(
        service=lead.service, leave=leave, covering=other.membership, from_day=leave.from_day,
        until_day=leave.until_day, answer="yes", asked_by=lead.membership,
        answered_at=timezone.now(),
    )  # fmt: skip
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-02 02:10")]))
    signal = Signal.objects.get(rule="at_a_distance")
    assert signal.told_to == lead.membership
    with time_machine.travel(at("2026-04-07 07:00"), tick=False):  # the first day away
        actions.watch(lead.service)
        signal.refresh_from_db()
        assert signal.told_to == other.membership
        assert Announcement.objects.filter(to=other.membership).exists()
        rows = queries.open_signals(other)
        assert [(row.signal.pk, row.mine) for row in rows if row.signal.pk == signal.pk] == [
            (signal.pk, True)
        ]


def test_where_nobody_is_there_the_supervisor_is_told_at_once(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    from openhiu.web.team.models import Leave

    supervisor = make_member(lead.service, Role.SUPERVISOR)
    Leave.objects.create(
        service=lead.service, member=lead.membership, kind="sick", state="booked",
        from_day=at("2026-04-01 00:00").date(), until_day=at("2026-04-17 00:00").date(),
        noted_by=lead.membership,
    )  # fmt: skip
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-02 02:10")]))
    assert ("at_a_distance", "escalated") in rules(robin)
    said = Announcement.objects.filter(to=supervisor.membership).first()
    assert said is not None
    assert "nobody covers" in said.words


def test_after_two_working_days_the_supervisor_is_told_and_after_that_it_expires_but_still_waits(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-02 02:10")]))
    signal = Signal.objects.get(rule="at_a_distance")
    # 3 April 2026 is Good Friday, 6 April Easter Monday: Tuesday at nine is when it counts from.
    assert signal.answer_by == at("2026-04-09 09:00")
    with time_machine.travel(at("2026-04-09 08:59"), tick=False):
        actions.watch(lead.service)
        assert queries.unanswered(supervisor) == []
    with time_machine.travel(at("2026-04-09 09:00"), tick=False):
        actions.watch(lead.service)
        assert signal.pk in {row.signal.pk for row in queries.unanswered(supervisor)}
        assert signal.pk in {row.signal.pk for row in queries.open_signals(lead)}
    told = Announcement.objects.filter(to=supervisor.membership)
    assert "waited two working days" in told[0].words
    with time_machine.travel(at("2026-04-22 09:00"), tick=False):
        actions.watch(lead.service)
        signal.refresh_from_db()
        assert signal.state == "escalated"
    with time_machine.travel(at("2026-04-23 09:00"), tick=False):  # 14 days after telling
        actions.watch(lead.service)
        signal.refresh_from_db()
        assert signal.state == "expired"
        assert signal.pk in {row.signal.pk for row in queries.unanswered(supervisor)}
        assert signal.pk in {row.signal.pk for row in queries.open_signals(lead)}
        actions.acknowledge(by=supervisor, signal=signal, what="spoke")
        assert signal.pk not in {row.signal.pk for row in queries.unanswered(supervisor)}


def test_an_amber_warning_that_got_worse_after_its_answer_waits_again(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    signal = make_signal(robin, level="amber", state="acknowledged", answer="spoke",
                         answered_by=lead.membership, ended_at=timezone.now())  # fmt: skip
    from openhiu.monitor.signals import Signal as Found
    from openhiu.web.monitoring.actions import raising

    worse = Found(str(robin.pk), signal.rule, "red", signal.day, "6 of them.", signal.key)
    look = raising._Look(
        raising.Clock(lead.service), raising.picture(raising.Clock(lead.service)), None, None,
        signal.day,
    )  # fmt: skip
    assert look.say_again(signal, worse)
    signal.refresh_from_db()
    assert (signal.state, signal.level, signal.answer) == ("raised", "red", "")


def test_other_services_see_and_raise_nothing(lead: Actor, analyst: Actor, robin: Case) -> None:
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-02 02:10")]))
    stranger = make_member(make_service(), Role.SUPERVISOR)
    assert queries.open_signals(stranger) == []


def test_every_signal_and_step_stands_in_the_audit(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    from openhiu.web.access.row_security import set_service

    set_service(lead.service.pk)
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-02 02:10")]))
    signal = Signal.objects.get(rule="at_a_distance")
    entries = AuditEntry.objects.filter(about_id=signal.pk)
    assert [(entry.did, entry.person_id) for entry in entries] == [("added", robin.person_id)]
    assert SignalStep.objects.filter(signal=signal).count() == 1
    assert Contact.objects.count() == 1
    assert Handover.objects.count() == 0
    assert timedelta(0) <= timezone.now() - signal.raised_at < timedelta(minutes=5)

"""Registers of what went wrong, nearly did, was complained about and praised: clocks, learning,
closing; and who sees what of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from openhiu.monitor.registers import by_quarter, in_time, of_quarter
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import lessons, registers
from openhiu.web.assurance.models import Duty, Entry, Lesson, Step
from openhiu.web.assurance.policies.registers import why_not_close
from openhiu.web.assurance.queries import register_numbers
from openhiu.web.assurance.queries import registers as queries
from openhiu.web.assurance.reminders import due_for
from support.web import make_member, make_service, sign_in
from support.web_people import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 11)  # a Wednesday


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


@pytest.fixture
def nia(clock: Any) -> Actor:
    return make_member(make_service(), Role.LEAD, name="Nia Evans")


@pytest.fixture
def bea(nia: Actor) -> Actor:
    return make_member(nia.service, Role.SUPERVISOR, name="Bea Boss")


@pytest.fixture
def ivo(nia: Actor) -> Actor:
    return make_member(nia.service, Role.AUDITOR, name="Ivo Guard")


def note(by: Actor, register: str = "incident", **more: Any) -> Entry:
    given = {
        "kind": "information", "what": "A letter for one client went to another",
        "happened_on": TODAY, **more,
    }  # fmt: skip
    return registers.note_entry(by=by, register=register, **given)


def duty(entry: Entry, what: str) -> Duty:
    return entry.duties.get(what=what)


def settle(by: Actor, entry: Entry, *but: str) -> None:
    for one in entry.duties.filter(outcome="").exclude(what__in=but):
        one.refresh_from_db()
        if not one.outcome:
            registers.answer(
                by=by, duty=one, outcome="done", on=TODAY, words="Done and written down"
            )


def clockwork(service: Any) -> None:
    call_command("remind_assurance", verbosity=0)
    set_service(service.pk)


# --- clocks ---


def test_an_incident_asks_for_everybody_who_has_to_be_told(nia: Actor) -> None:
    entry = note(nia, data="yes")
    due = {one.what: one.due_on for one in entry.duties.all()}
    assert due == {
        "ico": None,
        "provider": date(2026, 11, 12),  # one working day
        "commissioner": date(2026, 11, 13),  # two working days
        "person": date(2026, 11, 25),  # ten working days
        "review": date(2026, 12, 9),  # 28 days
    }


def test_the_commissioners_clock_counts_no_weekend(nia: Actor, clock: Any) -> None:
    clock.move_to(datetime(2026, 11, 13, 16, tzinfo=UTC))  # Friday
    entry = note(nia)
    assert duty(entry, "commissioner").due_on == date(2026, 11, 17)  # Tuesday


def test_72_hours_are_counted_from_knowing_nights_and_weekends_too(nia: Actor, clock: Any) -> None:
    clock.move_to(datetime(2026, 11, 13, 16, 30, tzinfo=UTC))  # Friday
    entry = note(nia, data="unsure")
    assert duty(entry, "ico").due_at == datetime(2026, 11, 16, 16, 30, tzinfo=UTC)  # Monday


def test_a_day_that_has_passed_starts_the_clock_then(nia: Actor) -> None:
    entry = note(nia, data="yes", aware_at=datetime(2026, 11, 9, tzinfo=UTC))
    assert duty(entry, "ico").due_at == datetime(2026, 11, 12, tzinfo=UTC)


def test_no_personal_data_no_72_hours_until_it_turns_out_otherwise(nia: Actor, bea: Actor) -> None:
    entry = note(nia)
    assert not entry.duties.filter(what="ico").exists()
    registers.change(by=bea, entry=entry, version=entry.version, data="yes")
    assert duty(entry, "ico").due_at == datetime(2026, 11, 14, 10, tzinfo=UTC)


def test_a_complaint_is_acknowledged_in_three_working_days(nia: Actor) -> None:
    entry = note(nia, "complaint", kind="conduct")
    due = {one.what: one.due_on for one in entry.duties.all()}
    # Wednesday: Thursday, Friday, Monday. Six months until a day is agreed.
    assert due == {"acknowledge": date(2026, 11, 16), "answer": date(2027, 5, 11)}


def test_a_complaint_about_data_has_the_thirty_days_of_the_law_beside_it(
    nia: Actor, bea: Actor
) -> None:
    entry = note(nia, "complaint", data="yes")
    assert duty(entry, "acknowledge_data").due_on == date(2026, 12, 11)
    registers.answer(by=bea, duty=duty(entry, "acknowledge"), outcome="done", on=TODAY)
    assert duty(entry, "acknowledge_data").outcome == "done"


def test_the_service_sets_its_own_numbers_but_not_beyond_the_law(nia: Actor, bea: Actor) -> None:
    registers.settle_clocks(by=bea, version=0, commissioner_working_days=1)
    assert duty(note(nia), "commissioner").due_on == date(2026, 11, 12)
    with pytest.raises(NotAllowed, match="three working days"):
        registers.settle_clocks(by=bea, version=1, acknowledge_working_days=4)
    with pytest.raises(Stale):
        registers.settle_clocks(by=bea, version=0, review_days=10)


def test_the_day_of_an_answer_moves_only_in_the_open(nia: Actor, bea: Actor) -> None:
    entry = note(nia, "complaint", kind="conduct")
    with pytest.raises(NotAllowed, match="agreed"):
        registers.agree_day(by=bea, duty=duty(entry, "answer"), to=date(2026, 12, 1), words="")
    registers.agree_day(
        by=bea, duty=duty(entry, "answer"), to=date(2026, 12, 1), words="Agreed by telephone"
    )
    assert duty(entry, "answer").due_on == date(2026, 12, 1)
    assert "Agreed to answer by 1 December 2026" in [one.did for one in queries.steps_of(entry)]


def test_acknowledging_a_complaint_is_never_left_out(nia: Actor, bea: Actor) -> None:
    entry = note(nia, "complaint", kind="conduct")
    with pytest.raises(NotAllowed, match="always needed"):
        registers.answer(
            by=bea, duty=duty(entry, "acknowledge"), outcome="not_needed", on=TODAY,
            words="They did not want it",
        )  # fmt: skip


def test_not_telling_the_commissioner_of_information_takes_a_reason(nia: Actor, bea: Actor) -> None:
    entry = note(nia, data="yes")
    for outcome in ("done", "not_needed"):
        with pytest.raises(NotAllowed, match="risk to people"):
            registers.answer(by=bea, duty=duty(entry, "ico"), outcome=outcome, on=TODAY)


# --- reminders ---


def test_each_threshold_is_told_once_and_before(nia: Actor, bea: Actor, clock: Any) -> None:
    entry = note(nia, "complaint", kind="conduct")
    said = f"{entry.reference}: acknowledge the complaint"
    clockwork(nia.service)
    clockwork(nia.service)
    assert [one.words for one in unseen(bea) if said in one.words] == [f"{said} in 5 days."]
    clock.move_to(datetime(2026, 11, 15, 10, tzinfo=UTC))
    clockwork(nia.service)
    assert f"{said} tomorrow." in [one.words for one in unseen(bea)]
    clock.move_to(datetime(2026, 11, 18, 10, tzinfo=UTC))
    clockwork(nia.service)
    clockwork(nia.service)
    assert [one.words for one in unseen(bea)].count(f"Overdue: {said}.") == 1


def test_an_hour_clock_is_told_in_hours(nia: Actor, bea: Actor, clock: Any) -> None:
    entry = note(nia, data="yes")
    words = f"{entry.reference}: decide whether to tell the Information Commissioner"
    clock.move_to(datetime(2026, 11, 13, 10, tzinfo=UTC))
    clockwork(nia.service)
    assert f"{words} in 24 hours." in [one.words for one in unseen(bea)]


def test_what_is_answered_is_not_told_any_more(nia: Actor, bea: Actor) -> None:
    entry = note(nia, "near_miss", kind="equipment")
    settle(bea, entry)
    assert not [due for due in due_for(bea) if entry.reference in due.words]


def test_words_of_reminders_and_announcements_name_nobody(nia: Actor, bea: Actor) -> None:
    person = make_person(nia, "Agnes", "Quill")
    note(nia, data="yes", person=person, about_member=None, what="Agnes Quill was upset at noon")
    clockwork(nia.service)
    for words in [one.words for one in unseen(bea)] + [one.words for one in due_for(bea)]:
        assert "Agnes" not in words
        assert "Quill" not in words


# --- who sees what ---


def test_whoever_keeps_the_registers_is_told_a_reference_and_nothing_more(
    nia: Actor, bea: Actor, ivo: Actor
) -> None:
    note(nia)
    for keeper in (bea, ivo):
        [told] = unseen(keeper)
        assert told.words == (
            "INC-2026-001 was noted: Serious untoward incident, information and privacy."
        )


def test_a_lead_sees_what_they_noted_and_nobody_elses(client: Client, nia: Actor) -> None:
    other = make_member(nia.service, Role.LEAD)
    mine, theirs = note(nia), note(other)
    assert list(queries.entries(nia)) == [mine]
    sign_in(client, nia)
    page = client.get(reverse("assurance:entry", args=[mine.pk])).content.decode()
    assert "went to another" in page
    assert "History" not in page
    assert client.get(reverse("assurance:entry", args=[theirs.pk])).status_code == 404


def test_a_member_of_staff_cannot_open_what_is_about_them(nia: Actor, bea: Actor) -> None:
    entry = note(nia, "complaint", kind="conduct", about_member=bea.membership)
    assert list(queries.entries(bea)) == []
    with pytest.raises(Missing):
        queries.entry_or_missing(bea, entry.pk)
    with pytest.raises(Missing):
        registers.add_words(by=bea, entry=entry, words="It was not like that")
    assert list(unseen(bea)) == []
    assert not [due for due in due_for(bea) if entry.reference in due.words]


def test_in_another_role_it_is_still_about_them(nia: Actor, bea: Actor) -> None:
    entry = note(bea, "complaint", kind="conduct", about_member=nia.membership)
    again = make_member(nia.service, Role.SUPERVISOR, user=nia.user)
    with pytest.raises(Missing):
        queries.entry_or_missing(again, entry.pk)


def test_who_it_is_about_never_sees_to_it(nia: Actor, bea: Actor, ivo: Actor) -> None:
    entry = note(nia, "complaint", kind="conduct", about_member=bea.membership)
    with pytest.raises(NotAllowed, match="somebody else"):
        registers.change(by=ivo, entry=entry, version=1, owner=bea.membership)
    with pytest.raises(NotAllowed, match="somebody else"):
        lessons.ask_for_change(
            by=ivo, entry=entry, words="Speak more slowly", member=bea.membership,
            due_on=date(2026, 12, 1),
        )  # fmt: skip


def test_when_nobody_else_keeps_registers_the_noter_is_told_whom_to_tell(
    client: Client, nia: Actor, bea: Actor
) -> None:
    sign_in(client, nia)
    answer = client.post(reverse("assurance:note_event"), {
        "register": "complaint", "kind": "conduct", "what": "She shouted at me on the telephone",
        "happened_on": "2026-11-11", "data": "no", "aware": "now",
        "about_member": str(bea.membership.pk),
    }, follow=True)  # fmt: skip
    assert "Tell the organisation that runs the service yourself" in answer.content.decode()


def test_the_person_is_named_only_to_who_may_open_them(
    client: Client, nia: Actor, bea: Actor, ivo: Actor
) -> None:
    entry = note(nia, person=make_person(nia, "Agnes", "Quill"))
    address = reverse("assurance:entry", args=[entry.pk])
    assert "Agnes Quill" in sign_in(client, bea).get(address).content.decode()
    hidden = sign_in(Client(), ivo).get(address).content.decode()
    assert "About somebody; you may not open the record" in hidden
    assert "Agnes" not in hidden


def test_lists_and_titles_show_a_reference_and_nothing_of_what_happened(
    client: Client, nia: Actor, bea: Actor
) -> None:
    note(nia, person=make_person(nia, "Agnes", "Quill"), what="The zebra letter of Agnes")
    page = sign_in(client, bea).get(reverse("assurance:registers")).content.decode()
    assert "INC-2026-001" in page
    assert "Agnes" not in page
    assert "zebra" not in page


def test_a_partner_reaches_nothing_of_it(client: Client, nia: Actor) -> None:
    entry = note(nia, "complaint", kind="partners")
    sign_in(client, make_member(nia.service, Role.PARTNER))
    for address in (reverse("assurance:told"), reverse("assurance:entry", args=[entry.pk])):
        assert client.get(address).status_code == 403


def test_the_audit_names_what_was_done_and_not_what_was_written(nia: Actor, bea: Actor) -> None:
    entry = note(nia, what="The zebra letter", person=make_person(nia, "Agnes", "Quill"))
    registers.add_words(by=bea, entry=entry, words="Rang the zebra family")
    rows = AuditEntry.objects.filter(about_id=entry.pk)
    assert rows.count() == 2
    assert not any("zebra" in str(row.detail) for row in rows)
    assert set(rows.values_list("person_id", flat=True)) == {None}


def test_what_was_written_leaves_for_the_database_sealed(nia: Actor) -> None:
    entry = note(nia, what="The zebra letter")
    with connection.cursor() as cursor:
        cursor.execute("select what from assurance_entry where id = %s", [entry.pk])
        assert "zebra" not in cursor.fetchone()[0]


# --- history, learning and closing ---


def test_every_act_is_a_line_of_a_history_that_nobody_can_change(
    nia: Actor, bea: Actor, clock: Any
) -> None:
    entry = note(nia)
    clock.shift(60)
    registers.change(by=bea, entry=entry, version=1, severity="low", owner=bea.membership)
    clock.shift(60)
    registers.add_words(by=bea, entry=entry, words="Rang the family")
    steps = queries.steps_of(entry)
    assert [(one.did, one.fields, one.by) for one in reversed(steps)] == [
        ("Noted", [], nia.membership),
        ("Changed", ["Severity", "Who sees to it"], bea.membership),
        ("Added a note", [], bea.membership),
    ]
    with pytest.raises(DatabaseError):
        Step.objects.filter(pk=steps[0].pk).update(did="Nothing")


def test_an_entry_is_never_deleted(nia: Actor) -> None:
    entry = note(nia)
    with pytest.raises(DatabaseError):
        Entry.objects.filter(pk=entry.pk).delete()


def test_who_saves_second_sees_both_texts(nia: Actor, bea: Actor, ivo: Actor) -> None:
    entry = note(nia)
    registers.change(by=bea, entry=entry, version=1, learning="Two people look at a letter")
    with pytest.raises(Stale) as stale:
        registers.change(by=ivo, entry=entry, version=1, learning="Use window envelopes")
    assert stale.value.fields == [
        ("What we learned", "Two people look at a letter", "Use window envelopes")
    ]


def test_it_closes_only_when_learning_is_written_and_everything_is_done(
    nia: Actor, bea: Actor
) -> None:
    entry = note(nia)
    change = lessons.ask_for_change(
        by=bea, entry=entry, words="Two people look at a letter", member=nia.membership,
        due_on=date(2026, 12, 1),
    )  # fmt: skip
    entry = registers.change(by=bea, entry=entry, version=1, severity="low")
    settle(bea, entry)
    assert why_not_close(entry) == [
        "What was learned has not been written.",
        "What is to be changed is not done or let go yet (1).",
    ]
    entry = registers.change(by=bea, entry=entry, version=2, learning="Letters are looked at twice")
    lessons.end_change(by=nia, lesson=change, words="We look at every letter in pairs")
    assert registers.close(by=bea, entry=entry).closed_at is not None


def test_what_is_closed_changes_only_after_it_is_reopened_with_a_reason(
    nia: Actor, bea: Actor
) -> None:
    entry = note(nia, "compliment", kind="support")
    settle(bea, entry)
    registers.close(by=bea, entry=entry)
    entry.refresh_from_db()
    with pytest.raises(NotAllowed, match="Reopen"):
        registers.change(by=bea, entry=entry, version=entry.version, kind="access")
    with pytest.raises(NotAllowed, match="sentence"):
        registers.reopen(by=bea, entry=entry, words="")
    registers.reopen(by=bea, entry=entry, words="A second letter came from them")
    assert entry.closed_at is None
    assert "A second letter came from them" in [one.words for one in queries.steps_of(entry)]


def test_a_change_is_let_go_by_who_keeps_the_registers_alone(nia: Actor, bea: Actor) -> None:
    entry = note(nia)
    change = lessons.ask_for_change(
        by=bea, entry=entry, words="Buy new telephones", member=nia.membership,
        due_on=date(2026, 12, 1),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        lessons.end_change(by=nia, lesson=change, words="There is no money", let_go=True)
    lessons.end_change(by=bea, lesson=change, words="There is no money", let_go=True)
    assert Lesson.objects.get(pk=change.pk).let_go_at is not None


def test_references_count_up_by_register_and_year(nia: Actor, clock: Any) -> None:
    made = [note(nia), note(nia), note(nia, "complaint", kind="conduct")]
    clock.move_to(datetime(2027, 1, 2, 10, tzinfo=UTC))
    made.append(note(nia))
    assert [one.reference for one in made] == [
        "INC-2026-001", "INC-2026-002", "COMP-2026-001", "INC-2027-001",
    ]  # fmt: skip


# --- numbers ---


def test_the_file_has_references_and_dates_and_no_name(
    client: Client, nia: Actor, bea: Actor
) -> None:
    note(nia, person=make_person(nia, "Agnes", "Quill"), what="The zebra letter of Agnes Quill")
    answer = sign_in(client, bea).get(reverse("assurance:take_entries"))
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert row["reference"] == "INC-2026-001"
    assert row["owed"] == "4"  # provider, commissioner, person, review
    for word in ("Agnes", "Quill", "zebra", "Nia"):
        assert word not in answer.content.decode()
    assert AuditEntry.objects.filter(did="exported", user=bea.user).count() == 1


def test_numbers_for_the_board_are_protected_and_of_quarters_that_are_over(
    client: Client, nia: Actor, bea: Actor, clock: Any
) -> None:
    for _ in range(3):
        note(nia)
    for _ in range(12):
        note(nia, "complaint", kind="access")
    clock.move_to(datetime(2027, 1, 2, 10, tzinfo=UTC))
    note(nia)
    quarters = register_numbers.finished(8)
    assert quarters[-1] == "2026-Q4"
    shown = by_quarter(register_numbers.by_register(bea, quarters))
    assert shown["Serious untoward incident"]["2026-Q4"] == "*"
    assert shown["Complaint"]["2026-Q4"] in (10, "*")
    page = sign_in(client, bea).get(reverse("assurance:register_numbers") + "?for=board")
    assert "January to March 2027" not in page.content.decode()
    inside = sign_in(client, bea).get(reverse("assurance:register_numbers"))
    assert "January to March 2027" in inside.content.decode()


def test_what_leaves_of_one_quarter_hides_small_numbers_and_shares_of_them() -> None:
    assert of_quarter({"Complaint": 3, "Near miss": 0, "Compliment": 13}) == {
        "Complaint": "*", "Near miss": 0, "Compliment": 15,
    }  # fmt: skip
    assert in_time(9, 11) == "100%"  # 10 of 10 as they are shown
    assert in_time(8, 20) == "50%"  # 10 of 20
    assert in_time(3, 20) == "*"
    assert in_time(0, 0) == "None"


def test_the_summary_of_a_quarter_says_what_was_learned(
    client: Client, nia: Actor, bea: Actor
) -> None:
    entry = note(nia, "near_miss", kind="equipment")
    entry = registers.change(
        by=bea, entry=entry, version=1, learning="Batteries are charged at night", severity="none"
    )
    settle(bea, entry)
    registers.close(by=bea, entry=entry)
    sign_in(client, bea)
    page = client.get(reverse("assurance:register_summary") + "?quarter=2026-Q4").content.decode()
    assert "Batteries are charged at night" in page
    assert client.get(reverse("assurance:register_summary") + "?quarter=x").status_code == 404

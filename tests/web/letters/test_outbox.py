"""The outbox: everything ends sent, failed or cancelled, once, and nothing waits unseen."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case, Consent, Contact
from openhiu.web.letters import actions, keeping, lifecycle, queries
from openhiu.web.letters.actions.sending import BACK_OFF, reconcile, send_due
from openhiu.web.letters.actions.watching import watch
from openhiu.web.letters.channels import Answer, How
from openhiu.web.letters.models import Letter, Outgoing, PostalAddress, Reconciled
from openhiu.web.people.actions import mark_died
from support.web import make_member
from support.web_letters import (
    MAILBOX,
    HeldChannel,
    days_ago,
    make_item,
    make_letter,
    make_partner_of,
    make_practice,
    said_no,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(lead: Actor, case: Case, held: HeldChannel) -> Outgoing:
    """A letter to the GP that waits to be sent."""
    practice = make_practice(lead, case)
    return make_item(lead, case, "gp_working", "mail", to=practice)


def now_of(item: Outgoing) -> Outgoing:
    return Outgoing.objects.select_related("letter", "contact").get(pk=item.pk)


def send(lead: Actor) -> dict[str, int]:
    return send_due(lead.service_id)


# --- once ---


def test_a_second_press_finds_the_first(lead: Actor, case: Case) -> None:
    letter = make_letter(lead, case)
    first = actions.put_in(by=lead, letter=letter, way="post")
    assert actions.put_in(by=lead, letter=letter, way="post").pk == first.pk
    assert actions.put_in(by=lead, letter=letter, way="hand").pk == first.pk
    assert Outgoing.objects.filter(letter=letter).count() == 1


def test_the_database_itself_lets_a_letter_leave_once(lead: Actor, case: Case) -> None:
    item = make_item(lead, case)
    with pytest.raises(DatabaseError), transaction.atomic():
        Outgoing.objects.create(
            service=lead.service, letter=item.letter, key="another", way="post", state="waiting",
            content_hash="", put_in_by=lead.membership,
        )  # fmt: skip


def test_what_ended_is_not_changed_and_nothing_is_removed(lead: Actor, case: Case) -> None:
    item = actions.posted(by=lead, item=make_item(lead, case), on=timezone.localdate())
    for change in ({"state": "waiting"}, {"address": "elsewhere"}, {"key": "other"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            update_each(Outgoing.objects.filter(pk=item.pk), **change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Outgoing.objects.filter(pk=item.pk).delete()


def test_a_kept_copy_cannot_be_rewritten_by_the_pages(lead: Actor, case: Case) -> None:
    item = make_item(lead, case)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update letters_copy set content = 'x' where id = %s", [item.pdf_id])


@pytest.mark.parametrize(("now", "to"), [*product(lifecycle.STAGES, lifecycle.STAGES)])
def test_the_table_of_moves(now: str, to: str) -> None:
    assert bool(lifecycle.why_not(now, to)) is (to not in lifecycle.MOVES[now])


def test_every_state_ends_and_ends_stay() -> None:
    assert set(lifecycle.STAGES) == set(Outgoing.State.values) == set(lifecycle.MOVES)
    assert {key for key, ways in lifecycle.MOVES.items() if not ways} == lifecycle.ENDS
    for state in lifecycle.OPEN:
        reached, fresh = {state}, {state}
        while fresh:
            fresh = {to for key in fresh for to in lifecycle.MOVES[key]} - reached
            reached |= fresh
        assert reached & lifecycle.ENDS


# --- by post and in person ---


def test_posted_is_a_contact_and_keeps_the_next_one(lead: Actor, case: Case) -> None:
    planned = Case.objects.get(pk=case.pk).next_contact_on
    item = actions.posted(by=lead, item=make_item(lead, case), on=timezone.localdate())
    contact = Contact.objects.get(case=case)
    assert (contact.how, contact.reached, contact.who) == ("letter", "sent", "client")
    assert now_of(item).contact == contact
    assert Case.objects.get(pk=case.pk).next_contact_on == planned
    assert item.address == "Robin Sample\n14 Harbour Row\nThornaby\nTS17 6AA"


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_is_between_printing_and_today(lead: Actor, case: Case, days: int) -> None:
    item = make_item(lead, case)
    with pytest.raises(NotAllowed, match="between"):
        actions.posted(by=lead, item=item, on=timezone.localdate() + timedelta(days=days))


def test_a_death_between_printing_and_posting_stops_it(lead: Actor, case: Case) -> None:
    item = make_item(lead, case)
    mark_died(by=lead, person=case.person)
    with pytest.raises(NotAllowed, match="Do not send it: This person has died"):
        actions.posted(by=lead, item=item, on=timezone.localdate())
    stopped = actions.cancel(by=lead, item=item, reason="They died.")
    assert stopped.state == "cancelled"


def test_the_truth_can_be_written_although_it_should_not_have_left(lead: Actor, case: Case) -> None:
    item = make_item(lead, case)
    said_no(lead, case.person)
    sent = actions.posted(by=lead, item=item, on=timezone.localdate(),
                          although="It was in the box at nine, they rang at ten.")  # fmt: skip
    assert (sent.state, sent.contact) == ("sent", None)


def test_handed_over_has_no_address_on_it(lead: Actor, case: Case) -> None:
    item = make_item(lead, case, "card", "hand")
    assert (item.state, item.address) == ("to_hand", "")


# --- by mail ---


def test_it_goes_to_one_address_with_nothing_personal_around_it(
    lead: Actor, case: Case, mailed: Outgoing, held: HeldChannel
) -> None:
    assert send(lead) == {"sent": 1}
    [parcel] = held.given
    assert parcel.to == MAILBOX
    around = f"{parcel.subject} {parcel.words} {parcel.files[0].name}"
    for canary in ("Robin", "Sample", "999", "Asha", "Tees", "1980"):
        assert canary not in around
    assert parcel.files[0].content == keeping.kept(now_of(mailed).pdf)
    item = now_of(mailed)
    assert (item.state, item.tries, item.receipt) == ("sent", 1, "250 ok")
    assert item.contact.who == "professional"
    assert send(lead) == {}
    assert len(held.given) == 1


def test_a_fault_that_passes_is_tried_again_later_and_later(
    lead: Actor, case: Case, mailed: Outgoing, held: HeldChannel
) -> None:
    held.answers = [Answer(How.LATER, "Busy.")] * 20
    begun = timezone.now()
    waits = []
    with time_machine.travel(begun, tick=False) as clock:
        for _ in BACK_OFF:
            assert send(lead) == {"waiting": 1}
            assert send(lead) == {}  # not before its time
            item = now_of(mailed)
            assert item.why == "Busy."
            waits.append(item.next_try_at - timezone.now())
            clock.move_to(item.next_try_at)
        assert send(lead) == {"failed": 1}
    assert tuple(waits) == BACK_OFF
    assert sum(waits, timedelta()) < timedelta(hours=24)
    item = now_of(mailed)
    assert item.why == "Busy. It was tried 8 times."
    assert item.letter.state == Letter.State.DRAFT
    assert Announcement.objects.filter(to=lead.membership, words__contains="could not").exists()


def test_a_fault_that_stays_ends_it_at_once(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    held.answers = [Answer(How.NEVER, "There is no such mailbox.")]
    assert send(lead) == {"failed": 1}
    assert now_of(mailed).why == "There is no such mailbox."


def test_where_nobody_knows_it_is_not_sent_again_and_somebody_asks(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    held.answers = [Answer(How.UNSURE, "The line broke.")]
    assert send(lead) == {"unsure": 1}
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert send(lead) == {}
    assert len(held.given) == 1
    with pytest.raises(NotAllowed, match="whom you asked"):
        actions.settle(by=lead, item=mailed, arrived=True, words=" ")
    item = actions.settle(by=lead, item=mailed, arrived=True, words="Jo at reception has it.")
    assert (item.state, item.contact is not None) == ("sent", True)


def test_it_did_not_arrive_so_it_can_be_sent_anew(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    held.answers = [Answer(How.UNSURE, "")]
    send(lead)
    actions.settle(by=lead, item=mailed, arrived=False, words="Jo looked, nothing there.")
    again = actions.put_in(by=lead, letter=mailed.letter, way="mail")
    assert again.key != mailed.key
    assert send(lead) == {"sent": 1}


def test_a_worker_that_stopped_after_the_claim_leaves_it_to_be_settled(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    """Killed between handing over and writing down: nothing is repeated, nothing is lost."""

    def killed(parcel: Any) -> Answer:
        held.given.append(parcel)
        raise SystemExit

    held.send = killed  # type: ignore[method-assign]
    with pytest.raises(SystemExit):
        send(lead)
    assert now_of(mailed).state == "sending"
    assert send(lead) == {} == reconcile(lead.service_id)  # perhaps it still runs
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert reconcile(lead.service_id) == {"unsure": 1}
    assert len(held.given) == 1


def test_a_channel_that_can_tell_settles_it_by_its_key(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    held.known[mailed.key] = Answer(How.SENT, receipt="taken")
    Outgoing.objects.filter(pk=mailed.pk).update(
        state="sending", claim=mailed.pk, claimed_at=timezone.now() - timedelta(hours=1)
    )
    assert reconcile(lead.service_id) == {"sent": 1}
    assert held.given == []


def test_a_worker_that_comes_back_too_late_writes_over_nothing(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    def slow(_: Any) -> Answer:
        with time_machine.travel(timezone.now() + timedelta(minutes=20)):
            reconcile(lead.service_id)
        actions.settle(by=lead, item=mailed, arrived=False, words="Jo looked, nothing there.")
        return Answer(How.SENT)

    held.send = slow  # type: ignore[method-assign]
    assert send(lead) == {"late": 1}
    assert now_of(mailed).state == "failed"


def _dies(lead: Actor, case: Case) -> None:
    mark_died(by=lead, person=case.person)


def _stops(lead: Actor, case: Case) -> None:
    said_no(lead, case.person)


def _takes_back(lead: Actor, case: Case) -> None:
    casework.withdraw(by=lead, consent=Consent.objects.get(person=case.person_id, kind="share"))


def _mailbox_moves(lead: Actor, _: Case) -> None:
    PostalAddress.objects.filter(service=lead.service).update(mailbox="else@practice.nhs.net")


def _born_anew(_: Actor, case: Case) -> None:
    type(case.person).objects.filter(pk=case.person_id).update(birth_date="1981-01-01")


@pytest.mark.parametrize("change", [_dies, _stops, _takes_back, _mailbox_moves, _born_anew])
def test_what_happens_between_writing_and_sending_stops_it(
    lead: Actor, case: Case, mailed: Outgoing, held: HeldChannel, change: Any
) -> None:
    change(lead, case)
    assert send(lead) == {"cancelled": 1}
    item = now_of(mailed)
    assert len(item.why) > 15
    assert (item.state, item.letter.state, held.given) == ("cancelled", "draft", [])


def test_what_was_looked_at_is_what_leaves(lead: Actor, case: Case) -> None:
    from openhiu.web.letters import composing
    from openhiu.web.letters.sheet import sheet

    letter = make_letter(lead, case)
    now = sheet(letter, "post")
    seen = composing.fingerprint(now, composing.compose(now))
    actions.change_letter(by=lead, letter=letter, version=1, body="Another letter.")
    with pytest.raises(NotAllowed, match="changed since you looked"):
        actions.put_in(by=lead, letter=letter, way="post", seen=seen)


# --- signing in ---


def test_an_organisation_reads_by_signing_in_while_the_yes_holds(lead: Actor, case: Case) -> None:
    partner = make_partner_of(lead, case)
    item = make_item(lead, case, "partner_summary", "sign_in", to=partner.organisation)
    assert item.state == "sent"
    assert [row.pk for row in queries.received(partner)] == [item.pk]
    assert Announcement.objects.filter(to=partner.membership, link="/letters/received/").exists()
    _takes_back(lead, case)
    assert queries.received(partner) == []
    assert queries.taken_back(now_of(item))


def test_a_notice_goes_before_it_to_any_mailbox_without_a_document(
    lead: Actor, case: Case, held: HeldChannel
) -> None:
    partner = make_partner_of(lead, case)
    PostalAddress.objects.update(mailbox="office@charity.example.org")
    item = make_item(lead, case, "partner_summary", "sign_in", to=partner.organisation)
    assert queries.received(partner) == []
    assert send(lead) == {"sent": 1}
    assert held.given[0].files == ()
    assert [row.pk for row in queries.received(partner)] == [item.pk]


# --- nothing sits unseen ---


def test_within_a_day_the_writer_and_then_a_supervisor_are_told_once(
    lead: Actor, case: Case
) -> None:
    item = make_item(lead, case)
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    told = {"lead": [], "supervisor": []}  # type: dict[str, list[int]]
    begun = timezone.now()
    for hour in range(30):
        with time_machine.travel(begun + timedelta(hours=hour), tick=False):
            watch(lead.service)
            for key, who in (("lead", lead), ("supervisor", supervisor)):
                rows = Announcement.objects.filter(to=who.membership, link__contains=str(item.pk))
                told[key].append(rows.count())
    assert told["lead"] == [0] * 12 + [1] * 18
    assert told["supervisor"] == [0] * 23 + [1] * 7


def test_what_failed_is_on_the_morning_page_until_it_is_seen(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    from openhiu.web.letters.actions.ending import seen
    from openhiu.web.letters.morning import sections

    held.answers = [Answer(How.NEVER, "No.")]
    send(lead)
    assert [line.tag[0] for part in sections(lead) for line in part.lines] == ["Did not leave"]
    seen(by=lead, item=mailed)
    assert list(sections(lead)) == []


def test_the_day_is_accounted_for_once_and_a_changed_copy_is_found(
    lead: Actor, case: Case, owner_connection: Any
) -> None:
    actions.posted(by=lead, item=make_item(lead, case), on=timezone.localdate())
    make_item(lead, case, "card", "hand")
    assert watch(lead.service).faults == []
    assert watch(lead.service).faults == []
    account = Reconciled.objects.get(service=lead.service)
    assert account.counts == {"sent": 1, "to_hand": 1}
    assert account.faults == []


def test_both_commands_run_over_every_service(
    lead: Actor, mailed: Outgoing, held: HeldChannel, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("send_letters")
    call_command("watch_outbox")
    out = capsys.readouterr().out
    assert f"{lead.service}: 1 sent" in out
    assert "told." in out


def test_the_audit_says_what_was_shared_and_holds_nothing_of_it(
    lead: Actor, mailed: Outgoing, held: HeldChannel
) -> None:
    send(lead)
    entries = AuditEntry.objects.filter(about="letters.outgoing")
    assert {"shared"} <= {entry.did for entry in entries}
    assert "Robin" not in "".join(str(entry.detail) for entry in entries)


def test_a_letter_about_a_case_handed_on_is_sent_and_kept_without_the_contact(
    lead: Actor, case: Case, held: HeldChannel
) -> None:
    practice = make_practice(lead, case, items=["name"])
    item = make_item(lead, case, "gp_working", "mail", to=practice)
    other = make_member(lead.service, Role.LEAD)
    Case.objects.filter(pk=case.pk).update(lead=other.membership)
    assert send(lead) == {"sent": 1}
    assert now_of(item).contact is None


def test_who_supports_them_changed_so_the_letter_says_something_else(
    lead: Actor, case: Case, mailed: Outgoing, held: HeldChannel
) -> None:
    Case.objects.filter(pk=case.pk).update(lead=make_member(lead.service, Role.LEAD).membership)
    assert send(lead) == {"cancelled": 1}
    assert "changed" in now_of(mailed).why


def test_the_day_a_letter_was_posted_is_the_day_of_the_contact(lead: Actor, case: Case) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        item = make_item(lead, case)
    actions.posted(by=lead, item=item, on=days_ago(1))
    assert timezone.localdate(Contact.objects.get(case=case).at) == days_ago(1)

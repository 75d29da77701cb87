"""One letter that breaks holds nobody else up, is parked where somebody sees it, and is told of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Role
from openhiu.web.casework.models import Case, Contact
from openhiu.web.letters import gates
from openhiu.web.letters.actions import leaving, sending, watching
from openhiu.web.letters.actions.sending import reconcile, send_due
from openhiu.web.letters.actions.watching import watch
from openhiu.web.letters.models import Letter, Outgoing
from support.web import make_member, make_service, make_team
from support.web_letters import HeldChannel, make_client, make_item, make_letterhead, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(lead: Actor, case: Case, held: HeldChannel) -> tuple[Outgoing, Outgoing]:
    """Two letters that wait; the first breaks in these tests."""
    practice = make_practice(lead, case)
    first, second = (
        make_item(lead, case, "gp_working", "mail", to=practice) for _ in range(2)
    )  # fmt: skip
    Outgoing.objects.filter(pk=first.pk).update(next_try_at=timezone.now() - timedelta(hours=1))
    return first, second


def now_of(item: Outgoing) -> Outgoing:
    found: Outgoing = Outgoing.objects.select_related("letter", "contact").get(pk=item.pk)
    return found


def break_for(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, broken: Outgoing) -> None:
    """A function of the room fails for one item, as a database would: the transaction is lost."""
    whole = getattr(where, name)

    def breaks(*args: Any) -> Any:
        if broken.pk in [getattr(one, "pk", None) for one in args]:
            with connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
        return whole(*args)

    monkeypatch.setattr(where, name, breaks)


def test_a_letter_whose_gates_break_is_parked_and_the_next_is_sent(
    lead: Actor, pair: tuple[Outgoing, Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = pair
    break_for(monkeypatch, gates, "why_not_leave", broken)
    assert send_due(lead.service_id) == {"failed": 1, "sent": 1}
    item = now_of(broken)
    assert item.state == "failed"
    assert "a fault here" in item.why.lower()
    assert item.letter.state == Letter.State.DRAFT
    assert now_of(other).state == "sent"
    assert Announcement.objects.filter(
        to=lead.membership, link__contains=str(broken.pk)
    ).exists()  # fmt: skip


def test_a_fault_after_the_mail_left_does_not_take_sent_back(
    lead: Actor, pair: tuple[Outgoing, Outgoing], held: HeldChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    broken, other = pair

    def breaks(_: Any, item: Outgoing) -> Any:
        if item.pk == broken.pk:
            with connection.cursor() as cursor:
                cursor.execute("select 1 / 0")
        return leaving.note_contact(_, item)

    monkeypatch.setattr(sending, "note_contact", breaks)
    assert send_due(lead.service_id) == {"sent": 2}
    assert len(held.given) == 2
    assert (now_of(broken).state, now_of(broken).contact) == ("sent", None)
    assert now_of(other).contact is not None
    assert Contact.objects.filter(case=broken.letter.case).count() == 1
    told = Announcement.objects.filter(to=lead.membership, link__contains=str(broken.pk))
    assert "contacts" in told.get().words


def test_an_answer_that_cannot_be_written_down_is_in_doubt_and_not_sent_again(
    lead: Actor, pair: tuple[Outgoing, Outgoing], held: HeldChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    broken, other = pair
    whole = leaving.ended

    def breaks(item: Outgoing, *args: Any) -> None:
        if item.pk == broken.pk:
            raise RuntimeError
        whole(item, *args)

    monkeypatch.setattr(sending, "ended", breaks)
    assert send_due(lead.service_id) == {"unsure": 1, "sent": 1}
    assert now_of(broken).state == "unsure"
    assert now_of(other).state == "sent"
    assert send_due(lead.service_id) == {}
    assert len(held.given) == 2


def test_a_channel_that_breaks_when_asked_what_became_of_it_leaves_it_in_doubt(
    lead: Actor, pair: tuple[Outgoing, Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in pair:
        Outgoing.objects.filter(pk=item.pk).update(
            state="sending", claim=item.pk, claimed_at=timezone.now() - timedelta(hours=1)
        )

    def breaks(_: object, __: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(HeldChannel, "look_up", breaks)
    assert reconcile(lead.service_id) == {"unsure": 2}


def test_one_service_that_breaks_holds_no_other_up_and_the_command_says_so(
    lead: Actor, pair: tuple[Outgoing, Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = make_service("Aardvark service, first by name")
    whole = sending._rows

    def breaks(service_id: Any) -> Any:
        if service_id == broken.pk:
            raise RuntimeError
        return whole(service_id)

    monkeypatch.setattr(sending, "_rows", breaks)
    with pytest.raises(CommandError, match="1 of the services"):
        call_command("send_letters")
    assert {now_of(item).state for item in pair} == {"sent"}


# --- being told ---


def test_one_that_breaks_does_not_keep_the_others_from_being_told(
    lead: Actor, pair: tuple[Outgoing, Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = pair
    break_for(monkeypatch, watching, "tell_writer", broken)
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        watch(lead.service)
    assert now_of(broken).told_writer_at is None
    assert now_of(other).told_writer_at is not None


def told_of(who: Actor, item: Outgoing) -> int:
    rows = Announcement.objects.filter(to=who.membership, link__contains=str(item.pk))
    return int(rows.count())


def watch_after_a_day(lead: Actor) -> None:
    for hours in (24, 25):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            watch(lead.service)


def test_where_the_team_has_no_supervisor_another_of_the_service_is_told(
    lead: Actor, case: Case
) -> None:
    item = make_item(lead, case)
    elsewhere = make_member(
        lead.service, Role.SUPERVISOR, team=make_team(lead.service, "South")
    )  # fmt: skip
    watch_after_a_day(lead)
    assert told_of(elsewhere, item) == 1


def test_where_the_team_has_one_only_they_are_told(lead: Actor, case: Case) -> None:
    here, there = make_team(lead.service, "North"), make_team(lead.service, "South")
    Case.objects.filter(pk=case.pk).update(team=here)
    item = make_item(lead, case)
    ours = make_member(lead.service, Role.SUPERVISOR, team=here)
    theirs = make_member(lead.service, Role.SUPERVISOR, team=there)
    watch_after_a_day(lead)
    assert (told_of(ours, item), told_of(theirs, item)) == (1, 0)


def test_where_there_is_no_supervisor_at_all_the_writer_is_told_once_more(db: None) -> None:
    lead = make_member(make_service(), Role.LEAD)
    make_letterhead(lead)
    item = make_item(lead, make_client(lead))
    watch_after_a_day(lead)
    assert told_of(lead, item) == 2  # after half a day, and in the supervisor's place
    assert item.state == "to_post"


def test_what_cannot_even_be_parked_is_left_for_the_next_run_and_said(
    lead: Actor, pair: tuple[Outgoing, Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = pair
    whole = leaving.ended
    break_for(monkeypatch, gates, "why_not_leave", broken)

    def breaks(item: Outgoing, *args: Any) -> None:
        if item.pk == broken.pk:
            raise RuntimeError
        whole(item, *args)

    monkeypatch.setattr(sending, "ended", breaks)
    assert send_due(lead.service_id) == {"fault": 1, "sent": 1}
    assert (now_of(broken).state, now_of(other).state) == ("waiting", "sent")
    with pytest.raises(CommandError):
        call_command("send_letters")

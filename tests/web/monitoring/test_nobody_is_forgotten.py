"""What is no answer answers nothing, a slip loses nothing, and whoever must hear of it does."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from openhiu.monitor.signals import Rules
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Membership, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.actions import contacts
from openhiu.web.casework.actions.covering import tell_uncovered
from openhiu.web.casework.models import Case
from openhiu.web.monitoring import actions, queries
from openhiu.web.monitoring.actions import watching
from openhiu.web.monitoring.actions.raising import Raised
from openhiu.web.monitoring.management.commands import look_for_news, watch
from openhiu.web.monitoring.models import Signal
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.leave import cover_for, covers
from support.web import make_member, make_service, make_team, sign_in
from support.web_monitoring import at, make_client, make_signal, steady

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]

TODAY = date(2026, 4, 3)


@pytest.fixture
def robin(lead: Actor) -> Case:
    return make_client(lead, "Robin", "9990000018", opened="2025-04-01 09:00")


@pytest.fixture(autouse=True)
def raised_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signals of these tests stand on no data: nothing is raised and nothing taken back."""
    monkeypatch.setattr(watching, "raise_for", lambda _service: Raised())


def again(signal: Signal) -> Signal:
    signal.refresh_from_db()
    return signal


def away(member: Membership, *, kind: str = "annual", last: date = date(2026, 4, 17)) -> Leave:
    return Leave.objects.create(
        service=member.service, member=member, kind=kind, state="booked", from_day=TODAY,
        until_day=last, noted_by=member,
    )  # fmt: skip


def covered(leave: Leave, by: Membership) -> Cover:
    return Cover.objects.create(
        service=leave.service, leave=leave, covering=by, from_day=leave.from_day,
        until_day=leave.until_day, answer="yes", asked_by=leave.member,
        answered_at=timezone.now(),
    )  # fmt: skip


def watch_at(lead: Actor, when: str) -> dict[str, int]:
    with time_machine.travel(at(when), tick=False):
        return actions.watch(lead.service)


# Answers


@pytest.mark.parametrize(
    ("how", "reached", "who"),
    [
        ("letter", "sent", "client"),
        ("letter", "yes", "client"),
        ("email", "sent", "client"),
        ("phone", "yes", "professional"),
        ("letter", "sent", "professional"),
        ("phone", "yes", "network"),
        ("phone", "someone_else", "client"),
        ("phone", "no_answer", "client"),
    ],
)
def test_letters_and_talks_with_others_answer_no_signal(
    lead: Actor, robin: Case, how: str, reached: str, who: str
) -> None:
    signal = make_signal(robin, level="red", happened_at=at("2026-04-03 02:10"))
    contacts.record_contact(
        by=lead, case=robin, who=who, how=how, reached=reached, against_plan_reason="Asked for."
    )
    assert (again(signal).state, signal.answer) == ("raised", "")


def test_a_contact_with_them_of_before_a_silence_does_not_answer_it(
    lead: Actor, robin: Case
) -> None:
    signal = make_signal(robin, rule="silence", key="silence:2026-03-01", happened_at=None)
    contacts.record_contact(
        by=lead, case=robin, who="client", how="phone", reached="voicemail",
        at=at("2026-03-20 09:00"), against_plan_reason="Asked for.",
    )  # fmt: skip
    assert again(signal).state == "raised"
    contacts.record_contact(by=lead, case=robin, who="client", how="phone", reached="yes")
    assert again(signal).answer == "spoke"


# A slip


def test_taking_a_pick_up_back_brings_every_signal_it_answered_back_to_waiting(
    client: Client, lead: Actor, robin: Case
) -> None:
    steady(lead, robin, "2026-01-05 10:00")
    earlier = make_signal(robin, rule="self_harm")
    actions.acknowledge(by=lead, signal=earlier, what="watching")
    red, amber = make_signal(robin, level="red"), make_signal(robin, state="escalated")
    said = Announcement.objects.create(
        service=lead.service, to=lead.membership, words="An early warning.",
        link=f"/activity/signals/{red.pk}/",
    )  # fmt: skip
    sign_in(client, lead)
    with time_machine.travel(at("2026-04-03 09:05"), tick=False):
        client.post(f"/activity/client/{robin.pk}/pick-up/")
        assert again(red).answer == "picked_up"
        said.refresh_from_db()
        assert said.seen_at is not None
    with time_machine.travel(at("2026-04-03 09:07"), tick=False):
        client.post(f"/activity/client/{robin.pk}/pick-up/undo/")
    assert (again(red).state, red.answer, red.picked_up) == ("raised", "", False)
    # It was with the supervisor before, and is again: the slip does not win anybody two days.
    assert (again(amber).state, amber.answer) == ("escalated", "")
    assert (again(earlier).state, earlier.answer) == ("acknowledged", "watching")
    said.refresh_from_db()
    assert said.seen_at is None


def test_what_an_earlier_pick_up_answered_stays_answered(lead: Actor, robin: Case) -> None:
    steady(lead, robin, "2026-01-05 10:00")
    first = make_signal(robin)
    with time_machine.travel(at("2026-04-03 09:10"), tick=False):
        actions.pick_up(by=lead, case=robin)
    with time_machine.travel(at("2026-04-03 10:00"), tick=False):
        from openhiu.web.casework.actions import phases

        robin.refresh_from_db()
        phases.step_back(by=lead, case=robin, reason="steadier", rhythm_days=42)
    second = make_signal(robin)
    with time_machine.travel(at("2026-04-03 11:00"), tick=False):
        robin.refresh_from_db()
        actions.pick_up(by=lead, case=robin)
        robin.refresh_from_db()
        actions.not_picked_up(by=lead, case=robin)
    assert (again(first).answer, again(second).state) == ("picked_up", "raised")


# Cover of cover does not chain


def test_a_cover_who_is_away_answers_for_nobody(lead: Actor, robin: Case) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    ada, cy = make_member(lead.service), make_member(lead.service)
    covered(away(lead.membership), ada.membership)  # Ada covers the lead,
    ill = away(ada.membership, kind="sick")  # falls ill,
    covered(ill, cy.membership)  # and Cy covers Ada.
    signal = make_signal(robin)
    assert cover_for(lead.membership, TODAY) is None
    assert covers(ada.membership, TODAY) == []
    assert covers(cy.membership, TODAY) == [ada.membership]
    actions.watch(lead.service)
    assert again(signal).state == "escalated"
    assert "nobody covers" in Announcement.objects.get(to=boss.membership).words
    Announcement.objects.all().delete()
    with time_machine.travel(at("2026-04-07 09:00"), tick=False):  # the first working day
        assert tell_uncovered(lead.service) == 1
    assert "nobody covers" in Announcement.objects.get(to=boss.membership).words


def test_where_the_cover_of_the_cover_covers_both_they_are_told(lead: Actor, robin: Case) -> None:
    make_member(lead.service, Role.SUPERVISOR)
    ada, cy = make_member(lead.service), make_member(lead.service)
    leave = away(lead.membership)
    covered(leave, ada.membership)
    covered(away(ada.membership, kind="sick"), cy.membership)
    covered(leave, cy.membership)
    signal = make_signal(robin)
    actions.watch(lead.service)
    assert (again(signal).state, signal.told_to) == ("raised", cy.membership)


def test_a_cover_away_for_half_a_day_still_answers(lead: Actor, robin: Case) -> None:
    ada = make_member(lead.service)
    covered(away(lead.membership), ada.membership)
    Leave.objects.filter(pk=away(ada.membership, last=TODAY).pk).update(from_midday=True)
    assert cover_for(lead.membership, TODAY) == ada.membership


# Somebody hears of it


def test_without_a_supervisor_of_the_team_any_of_the_service_hears_of_it(
    client: Client, lead: Actor
) -> None:
    other = make_member(lead.service, Role.SUPERVISOR, team=make_team(lead.service))
    robin = make_client(lead, "Robin", opened="2025-04-01 09:00")
    signal = make_signal(robin, answer_by=at("2026-03-20 09:00"), raised_at=at("2026-03-01 09:00"))
    done = actions.watch(lead.service)
    assert (done["passed on"], done["expired"]) == (1, 0)
    assert again(signal).state == "escalated"
    said = Announcement.objects.get(to=other.membership)
    # They open another team's client with a reason, which is asked there.
    assert said.link == f"/clients/{robin.pk}/"
    assert "Robin" not in said.words
    page = sign_in(client, other).get(said.link, follow=True)
    assert page.status_code == 200
    assert "reason" in page.content.decode().lower()


def test_what_nobody_was_told_of_stays_open(lead: Actor, robin: Case) -> None:
    signal = make_signal(robin)
    for when in ("2026-04-20 09:00", "2026-04-20 10:00", "2026-06-20 09:00"):
        done = watch_at(lead, when)
        assert (done["passed on"], done["expired"], again(signal).state) == (0, 0, "raised")
    make_member(lead.service, Role.SUPERVISOR)
    assert watch_at(lead, "2026-06-20 10:00")["passed on"] == 1


def test_it_expires_so_many_days_after_somebody_was_told(lead: Actor, robin: Case) -> None:
    make_member(lead.service, Role.SUPERVISOR)
    signal = make_signal(robin, raised_at=at("2026-01-03 09:00"))
    assert watch_at(lead, "2026-04-16 09:00")["passed on"] == 1
    assert watch_at(lead, "2026-04-16 10:00")["expired"] == 0
    assert watch_at(lead, "2026-04-29 10:00")["expired"] == 0
    assert watch_at(lead, "2026-04-30 10:00")["expired"] == 1  # 14 days
    assert again(signal).state == "expired"


def test_however_short_the_days_one_working_day_goes_by_after_telling(
    lead: Actor, robin: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "as_rules", lambda _kept: Rules(expires_after_days=0))
    make_member(lead.service, Role.SUPERVISOR)
    make_signal(robin)
    assert watch_at(lead, "2026-04-17 16:00")["passed on"] == 1  # a Friday
    assert watch_at(lead, "2026-04-17 17:00")["expired"] == 0
    assert watch_at(lead, "2026-04-20 15:00")["expired"] == 0
    assert watch_at(lead, "2026-04-20 16:00")["expired"] == 1


def test_what_nobody_answered_stays_with_the_lead_for_28_days(
    client: Client, lead: Actor, robin: Case
) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    signal = make_signal(robin)
    watch_at(lead, "2026-04-16 09:00")
    assert watch_at(lead, "2026-04-30 09:00")["expired"] == 1
    with time_machine.travel(at("2026-05-28 09:00"), tick=False):  # 28 days later
        assert [(row.signal, row.mine) for row in queries.open_signals(lead)] == [(signal, True)]
        page = sign_in(client, lead).get("/activity/signals/").content.decode()
        assert "Nobody answered" in page
    with time_machine.travel(at("2026-05-29 09:00"), tick=False):
        assert queries.open_signals(lead) == []
        assert [row.signal for row in queries.open_signals(boss)] == [signal]
    with time_machine.travel(at("2026-05-28 09:00"), tick=False):
        actions.acknowledge(by=lead, signal=signal, what="spoke")
        assert queries.open_signals(lead) == []


# One service's trouble is its own


@pytest.mark.parametrize("command", ["watch", "look_for_news"])
def test_one_service_s_fault_keeps_no_other_from_its_turn(
    lead: Actor,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ("AA first", "BB second", "CC third")
    for name in names:
        service = make_service(name)
        set_service(service.pk)
        type(service).objects.filter(pk=service.pk).update(store="/nowhere", name=name)
    turns: list[str] = []

    def turn(service: object) -> object:
        turns.append(str(service))
        if str(service) == names[1]:
            raise OSError("robin.synthetic@example.org is in the way")
        return {"raised": 0} if command == "watch" else "as it was"

    module = watch if command == "watch" else look_for_news
    monkeypatch.setattr(module, command, turn)
    with pytest.raises(CommandError, match="1 service") as why:
        call_command(command)
    assert [one for one in turns if one in names] == list(names)
    said = capsys.readouterr().err
    assert "BB second: OSError" in said
    assert "robin" not in said + str(why.value)

"""Answering an early warning, picking somebody up again, and what helped last time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework.actions import contacts, withdraw
from openhiu.web.casework.models import Case, Consent, Contact, NetworkMember, PhaseChange, Plan
from openhiu.web.monitoring import actions, lifecycle
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.presenters import helped
from openhiu.web.monitoring.queries.helped import what_helped
from support.web import make_member, make_team, sign_in
from support.web_monitoring import at, enter, make_client, make_signal, note_contact, steady

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]


@pytest.fixture
def robin(lead: Actor) -> Case:
    return make_client(lead, "Robin", "9990000018", opened="2025-04-01 09:00")


@pytest.fixture
def distant(lead: Actor, robin: Case) -> Case:
    return steady(lead, robin, "2026-01-05 10:00")


def again(signal: Signal) -> Signal:
    signal.refresh_from_db()
    return signal


def test_one_tap_answers_and_the_answer_says_what_was_done_and_by_whom(
    client: Client, lead: Actor, robin: Case
) -> None:
    signal = make_signal(robin)
    page = sign_in(client, lead).get(f"/activity/signals/{signal.pk}/").content.decode()
    for words in ("I spoke with them", "I left a message", "I visited", "the ward or A&amp;E",
                  "I am watching", "not about our support"):  # fmt: skip
        assert words in page
    client.post(f"/activity/signals/{signal.pk}/answer/", {"what": "ward", "words": ""})
    assert (again(signal).state, signal.answer) == ("acknowledged", "ward")
    assert signal.answered_by == lead.membership
    page = client.get(f"/activity/signals/{signal.pk}/").content.decode()
    assert f"I spoke with the ward or A&amp;E ({lead.user.name}, 3 Apr, 09:00)" in page


def test_one_answer_answers_everything_that_waits_about_the_client_and_nobody_else(
    client: Client, lead: Actor, robin: Case
) -> None:
    red = make_signal(robin, level="red", rule="self_harm")
    look = make_signal(robin, level="look", rule="left_before_seen")
    sam = make_signal(make_client(lead, "Sam", opened="2025-04-01 09:00"))
    page = sign_in(client, lead).get("/").content.decode()
    assert "Early warnings (2)" in page  # two clients
    assert "Also: left before being seen." in page
    page = client.get(f"/activity/signals/{red.pk}/").content.decode()
    assert "it also answers “left before being seen”" in page
    client.post(f"/activity/signals/{red.pk}/answer/", {"what": "spoke", "words": ""})
    assert [again(one).state for one in (red, look, sam)] == [
        "acknowledged", "acknowledged", "raised",
    ]  # fmt: skip


def test_the_same_press_twice_answers_once(client: Client, lead: Actor, robin: Case) -> None:
    signal = make_signal(robin)
    sign_in(client, lead)
    token = "11111111-1111-4111-8111-111111111111"
    sent = {"what": "spoke", "words": "She was glad.", "posted": token}
    first = client.post(f"/activity/signals/{signal.pk}/answer/", sent)
    second = client.post(f"/activity/signals/{signal.pk}/answer/", sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert signal.steps.filter(to_state="acknowledged").count() == 1
    assert again(signal).words == "She was glad."


def test_an_answer_that_is_none_is_refused(lead: Actor, robin: Case) -> None:
    signal = make_signal(robin)
    with pytest.raises(NotAllowed, match="Choose what was done"):
        actions.acknowledge(by=lead, signal=signal, what="whatever")
    assert again(signal).state == "raised"


def test_an_answer_puts_the_quiet_word_aside_for_the_one_who_gave_it(
    lead: Actor, robin: Case
) -> None:
    signal = make_signal(robin)
    Announcement.objects.create(
        service=lead.service, to=lead.membership, words="An early warning.",
        link=f"/activity/signals/{signal.pk}/",
    )  # fmt: skip
    actions.acknowledge(by=lead, signal=signal, what="spoke")
    assert not Announcement.objects.filter(seen_at=None).exists()
    entry = AuditEntry.objects.get(about_id=signal.pk)
    assert (entry.did, entry.detail["answer"]) == ("reviewed", "spoke")


def test_an_answer_that_was_a_slip_is_taken_back(client: Client, lead: Actor, robin: Case) -> None:
    signal = make_signal(robin)
    actions.acknowledge(by=lead, signal=signal, what="not_ours", words="slip")
    sign_in(client, lead).post(f"/activity/signals/{signal.pk}/open-again/")
    assert (again(signal).state, signal.answer, signal.words) == ("raised", "", "")


def test_nobody_answers_for_somebody_elses_client(client: Client, lead: Actor, robin: Case) -> None:
    signal = make_signal(robin)
    stranger = make_member(lead.service, team=make_team(lead.service))
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=stranger, signal=signal, what="spoke")
    sign_in(client, stranger)
    assert client.get(f"/activity/signals/{signal.pk}/").status_code == 404
    answer = client.post(f"/activity/signals/{signal.pk}/answer/", {"what": "spoke"})
    assert answer.status_code == 404
    assert again(signal).state == "raised"


@pytest.mark.parametrize(
    ("how", "reached", "who", "answer"),
    [
        ("phone", "yes", "client", "spoke"),
        ("visit", "yes", "client", "visited"),
        ("phone", "voicemail", "client", "message"),
        ("text", "sent", "client", "message"),
        ("phone", "yes", "professional", ""),
        ("phone", "no_answer", "client", ""),
        ("visit", "not_there", "client", ""),
        ("phone", "yes", "network", ""),
    ],
)
def test_a_contact_written_down_afterwards_answers_when_it_was_with_them(
    lead: Actor, robin: Case, how: str, reached: str, who: str, answer: str
) -> None:
    signal = make_signal(robin, happened_at=at("2026-04-03 02:10"))
    contacts.record_contact(
        by=lead, case=robin, who=who, how=how, reached=reached, against_plan_reason="They asked."
    )
    assert again(signal).answer == answer
    assert signal.state == ("acknowledged" if answer else "raised")


def test_a_contact_of_before_does_not_answer_what_came_after(lead: Actor, robin: Case) -> None:
    signal = make_signal(robin, happened_at=at("2026-04-03 02:10"))
    contacts.record_contact(
        by=lead, case=robin, who="client", how="phone", reached="yes", at=at("2026-04-02 17:00")
    )
    assert again(signal).state == "raised"


def test_a_contact_entered_in_error_takes_its_answer_back(lead: Actor, robin: Case) -> None:
    signal = make_signal(robin, happened_at=at("2026-04-03 02:10"))
    contact = contacts.record_contact(by=lead, case=robin, who="client", how="phone", reached="yes")
    assert again(signal).state == "acknowledged"
    with time_machine.travel(at("2026-04-03 09:05"), tick=False):
        contacts.mark_in_error(by=lead, contact=contact, reason="It was somebody else.")
    assert (again(signal).state, signal.contact) == ("raised", None)
    assert signal.steps.latest("at").reason == "The contact was entered in error."


def test_picking_up_again_is_one_tap_from_the_signal(
    client: Client, lead: Actor, distant: Case
) -> None:
    signal = make_signal(distant, why="Came to A&E on 3 April 2026.")
    sign_in(client, lead)
    page = client.get(f"/activity/signals/{signal.pk}/").content.decode()
    assert f'action="/activity/client/{distant.pk}/pick-up/"' in page
    answer = client.post(f"/activity/client/{distant.pk}/pick-up/")
    assert answer.url == f"/activity/client/{distant.pk}/what-helped/"
    distant.refresh_from_db()
    assert (distant.phase, distant.next_contact_on) == ("picked_up_again", timezone.localdate())
    assert (again(signal).answer, signal.picked_up) == ("picked_up", True)
    move = PhaseChange.objects.filter(case=distant).latest("at")
    assert move.reason == "More than usual for them. Came to A&E on 3 April 2026."


def test_picking_up_again_is_one_tap_from_the_clients_page_too(
    client: Client, lead: Actor, distant: Case
) -> None:
    sign_in(client, lead)
    page = client.get(f"/clients/{distant.pk}/").content.decode()
    assert f'action="/activity/client/{distant.pk}/pick-up/"' in page
    client.post(f"/activity/client/{distant.pk}/pick-up/")
    distant.refresh_from_db()
    assert distant.phase == "picked_up_again"
    assert PhaseChange.objects.filter(case=distant).latest("at").reason == (
        "They need us closer again."
    )


def test_a_pick_up_that_was_a_slip_is_taken_back_with_rhythm_and_day(
    client: Client, lead: Actor, robin: Case
) -> None:
    from openhiu.web.casework.actions import phases

    phases.step_back(by=lead, case=robin, reason="steadier", rhythm_days=42)
    robin.refresh_from_db()
    before = robin.phase, robin.rhythm_days, robin.next_contact_on
    sign_in(client, lead)
    with time_machine.travel(at("2026-04-03 09:05"), tick=False):
        client.post(f"/activity/client/{robin.pk}/pick-up/")
        robin.refresh_from_db()
        assert robin.phase == "picked_up_again"
        page = client.get(f"/activity/client/{robin.pk}/what-helped/").content.decode()
        assert "Take it back" in page
        client.post(f"/activity/client/{robin.pk}/pick-up/undo/")
    robin.refresh_from_db()
    assert (robin.phase, robin.rhythm_days, robin.next_contact_on) == before


def test_a_pick_up_of_yesterday_or_of_somebody_else_is_no_slip(lead: Actor, distant: Case) -> None:
    actions.pick_up(by=lead, case=distant)
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        actions.not_picked_up(by=supervisor, case=distant)
    distant.refresh_from_db()
    with (
        time_machine.travel(at("2026-04-04 09:00"), tick=False),
        pytest.raises(NotAllowed, match="Only whoever picked them up today"),
    ):
        actions.not_picked_up(by=lead, case=distant)


def test_somebody_who_asked_us_to_stop_is_not_picked_up_by_a_tap(
    client: Client, lead: Actor, distant: Case
) -> None:
    Consent.objects.filter(person=distant.person).update(withdrawn_at=timezone.now())
    sign_in(client, lead)
    page = client.get(f"/clients/{distant.pk}/").content.decode()
    assert "pick-up/" not in page
    assert client.post(f"/activity/client/{distant.pk}/pick-up/").status_code == 403
    distant.refresh_from_db()
    assert distant.phase == "at_a_distance"


def test_who_asks_us_to_stop_is_not_called_a_minute_longer(lead: Actor, robin: Case) -> None:
    waiting = make_signal(robin)
    others = make_signal(make_client(lead, "Sam", opened="2025-04-01 09:00"))
    withdraw(by=lead, consent=Consent.objects.get(person=robin.person, kind="take_part"))
    assert (again(waiting).state, again(others).state) == ("stopped", "raised")


def test_what_helped_last_time_comes_from_the_plan_the_last_return_and_the_last_answer(
    lead: Actor, robin: Case
) -> None:
    update_each(Plan.objects.filter(case=robin), what_helps="Ringing her sister.",
                                           people_to_call="Her sister Jo")  # fmt: skip
    enter(lead, robin, "picked_up_again", at("2025-11-03 09:00"))
    update_each(
        PhaseChange.objects.filter(case=robin, to_phase="picked_up_again"), reason="Lost her job"
    )
    kept = note_contact(lead, robin, at("2025-11-04 09:00"))
    update_each(Contact.objects.filter(pk=kept.pk), what_mattered="Being listened to",
                                              next_step="A walk on Friday")  # fmt: skip
    steady(lead, robin, "2026-01-05 10:00")
    old = make_signal(robin, key="old", raised_at=at("2025-12-01 09:00"))
    actions.acknowledge(by=lead, signal=old, what="visited", words="Tea at the allotment")
    NetworkMember.objects.create(
        service=lead.service, case=robin, kind="person", name="Jo", relation="sister",
        phone="01632 960001", may_contact="yes",
    )  # fmt: skip
    robin = Case.objects.select_related("plan", "person").get(pk=robin.pk)
    card = helped.card(what_helped(lead, robin, make_signal(robin)))
    plan, last, answered = card.said
    assert plan.lines == ("Ringing her sister.",)
    assert last.lines == (
        "Picked up again on 3 November 2025: Lost her job",
        "4 Nov 2025: Being listened to. Next: A walk on Friday",
    )
    assert answered.lines[1] == "Tea at the allotment"
    assert (card.people, card.network[0].name) == ("Her sister Jo", "Jo, sister")


def test_nothing_known_is_said_as_such(lead: Actor, robin: Case) -> None:
    robin = Case.objects.select_related("plan", "person").get(pk=robin.pk)
    card = helped.card(what_helped(lead, robin))
    assert [one.lines for one in card.said] == [(), (), ()]
    assert all(one.nothing for one in card.said)


def test_the_morning_page_shows_signals_first_and_says_came_to_a_and_e_once(
    client: Client, lead: Actor, distant: Case
) -> None:
    Case.objects.filter(pk=distant.pk).update(last_attendance_at=at("2026-04-03 02:10"))
    make_signal(distant, rule="at_a_distance", level="red")
    page = sign_in(client, lead).get("/").content.decode()
    assert page.index("Early warnings (1)") < page.index("s calls")
    assert "Red: call today" in page
    assert "came to A&amp;E</a>" not in page


def test_a_supervisors_morning_page_has_only_what_nobody_answered(
    client: Client, lead: Actor, robin: Case
) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    make_signal(robin)
    page = sign_in(client, supervisor).get("/").content.decode()
    assert "Early warnings" not in page.replace("Early warnings</a>", "")
    make_signal(robin, state="escalated", escalated_at=timezone.now())
    page = client.get("/").content.decode()
    assert "With the supervisor too" in page
    assert lead.user.name in page


def test_a_clients_signals_and_hard_days_stand_on_their_tab(
    client: Client, lead: Actor, robin: Case
) -> None:
    make_signal(robin, why="Something waits.")
    done = make_signal(robin, why="Something was.", key="done")
    actions.acknowledge(by=lead, signal=done, what="spoke")
    sign_in(client, lead)
    client.post(
        f"/activity/client/{robin.pk}/hard-days/",
        {"day": "29", "month": "2", "words": "The day her brother died"},
    )
    page = client.get(f"/activity/client/{robin.pk}/signals/").content.decode()
    assert page.index("Something waits.") < page.index("29 February: The day her brother died")
    assert page.index("29 February") < page.index("Something was.")
    no_day = client.post(
        f"/activity/client/{robin.pk}/hard-days/", {"day": "31", "month": "4", "words": ""}
    )
    assert "There is no such day of the year" in no_day.content.decode()


def test_a_hard_day_that_was_a_slip_is_taken_off(client: Client, lead: Actor, robin: Case) -> None:
    day = actions.add_hard_day(by=lead, case=robin, month=12, day=25, words="")
    sign_in(client, lead).post(f"/activity/client/{robin.pk}/hard-days/{day.pk}/end/")
    page = client.get(f"/activity/client/{robin.pk}/signals/").content.decode()
    assert "25 December" not in page


def test_the_table_of_states_lets_nothing_drop() -> None:
    assert set(lifecycle.MOVES) == set(lifecycle.STATES)
    reach = {to for ways in lifecycle.MOVES.values() for to in ways}
    assert reach <= set(lifecycle.STATES)
    # Whoever is told nothing cannot lose anything: expiry goes through the supervisor.
    assert [state for state, ways in lifecycle.MOVES.items() if "expired" in ways] == ["escalated"]
    assert lifecycle.STATES["expired"].waits
    assert lifecycle.why_not("raised", "expired")
    assert "stateDiagram-v2" in lifecycle.diagram()


def test_every_list_of_signals_takes_a_fixed_number_of_queries(
    client: Client, lead: Actor, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, lead)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/activity/signals/").status_code == 200
        return len(seen)

    make_signal(make_client(lead, "A", opened="2025-04-01 09:00"))
    client.get("/activity/signals/")
    few = count()
    for number in range(12):
        make_signal(make_client(lead, f"B{number}", opened="2025-04-01 09:00"),
                    raised_at=timezone.now() - timedelta(hours=number))  # fmt: skip
    assert count() == few

"""The latest visit is named first, and a conversation after it needs no warning any more."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case
from openhiu.web.monitoring import actions, queries
from openhiu.web.monitoring.models import EarlyWarningRules, Signal
from openhiu.web.monitoring.queries.measures import measures
from support.web import sign_in
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]


@pytest.fixture
def robin(april: None, lead: Actor) -> Case:
    case = make_client(lead, "Robin", "9990000018", opened="2025-04-01 09:00")
    return steady(lead, case, "2026-02-02 10:00")


@pytest.fixture
def only_quiet(april: None, robin: Case, lead: Actor) -> None:
    """Working together, and the rule that counts for each client is off."""
    Case.objects.filter(pk=robin.pk).update(phase="working_together")
    EarlyWarningRules.objects.create(
        service=lead.service, version=1, made_by=lead.membership, individual=False
    )


def states() -> dict[str, str]:
    return dict(Signal.objects.values_list("rule", "state"))


def came(case: Case, *moments: str) -> list[dict[str, object]]:
    return [event(case, "2025-12-20 10:00"), *(event(case, moment) for moment in moments)]


# --- what comes first ---


@pytest.mark.parametrize("page", ["/", "/activity/signals/"])
@pytest.mark.usefixtures("only_quiet")
def test_the_headline_names_the_latest_visit_and_not_only_the_one_that_was_told(
    client: Client, lead: Actor, analyst: Actor, robin: Case, page: str
) -> None:
    deliver(analyst, feed_files([robin], came(robin, "2026-03-18 10:00", "2026-04-01 16:39")))
    assert states() == {"first_after_quiet": "raised"}
    answer = sign_in(client, lead).get(page)
    assert answer.status_code == 200, answer.headers
    shown = answer.content.decode()
    assert "ame again 1 April 2026; first visit after quiet weeks" in shown
    assert "Came to A&amp;E on 18 March 2026" in shown


def test_a_warning_about_the_latest_visit_does_not_say_it_twice(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], came(robin, "2026-04-01 16:39")))
    assert "ame again" not in sign_in(client, lead).get("/activity/signals/").content.decode()


def test_whoever_came_last_stands_first_and_red_before_all(lead: Actor, robin: Case) -> None:
    kim, sam, pat, ali = (make_client(lead, name) for name in ("Kim", "Sam", "Pat", "Ali"))
    for case, level, when in (
        (robin, "amber", "2026-03-10 10:00"),
        (kim, "look", "2026-04-01 10:00"),
        (sam, "red", "2026-03-05 10:00"),
        (pat, "amber", "2026-04-01 09:00"),
    ):
        make_signal(case, level=level, happened_at=at(when), day=at(when).date())
    make_signal(ali, level="look", rule="silence", happened_at=None)
    rows = queries.open_signals(lead)
    assert [row.case for row in rows] == [sam, pat, kim, robin, ali]


# --- a conversation after it ---


def test_a_visit_they_were_spoken_with_about_already_raises_nothing_to_answer(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    spoke = note_contact(lead, robin, at("2026-03-20 10:00"))
    deliver(analyst, feed_files([robin], came(robin, "2026-03-12 10:00")))
    assert set(states().values()) == {"acknowledged"}
    signal = Signal.objects.get(rule="at_a_distance")
    assert (signal.answer, signal.contact, signal.answered_by) == ("spoke", spoke, lead.membership)
    assert queries.open_signals(lead) == []
    assert not Announcement.objects.exists()
    page = sign_in(client, lead).get(f"/activity/client/{robin.pk}/signals/").content.decode()
    assert "spoken with on 20 March 2026, after it" in page


@pytest.mark.parametrize(
    ("day", "reached", "who"),
    [
        ("2026-03-10 10:00", "yes", "client"),  # before it
        ("2026-03-20 10:00", "no_answer", "client"),
        ("2026-03-20 10:00", "voicemail", "client"),
        ("2026-03-20 10:00", "yes", "network"),
    ],
)
def test_what_was_no_conversation_with_them_after_it_answers_nothing(
    lead: Actor, analyst: Actor, robin: Case, day: str, reached: str, who: str
) -> None:
    contact = note_contact(lead, robin, at(day), reached)
    type(contact).objects.filter(pk=contact.pk).update(who=who)
    deliver(analyst, feed_files([robin], came(robin, "2026-03-12 10:00")))
    assert set(states().values()) == {"raised"}


@pytest.mark.usefixtures("only_quiet")
def test_late_data_about_a_visit_after_the_conversation_still_warn(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    note_contact(lead, robin, at("2026-03-20 10:00"))
    before = came(robin, "2026-03-12 10:00")
    deliver(analyst, feed_files([robin], before))
    assert states() == {"first_after_quiet": "acknowledged"}
    # Arrives later, and is of after the conversation. The rule is quiet for weeks once it spoke,
    # but nobody was told: so it waits after all, once.
    more = [*before, event(robin, "2026-03-25 10:00")]
    deliver(analyst, feed_files([robin], more, cut_off="2026-04-02T21:00:00"))
    assert states() == {"first_after_quiet": "raised"}
    signal = Signal.objects.get()
    actions.acknowledge(by=lead, signal=signal, what="watching")
    actions.raise_for(lead.service)
    assert states() == {"first_after_quiet": "acknowledged"}


@pytest.mark.usefixtures("only_quiet")
def test_a_visit_after_the_conversation_keeps_the_one_before_it_waiting(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    note_contact(lead, robin, at("2026-03-20 10:00"))
    deliver(analyst, feed_files([robin], came(robin, "2026-03-12 10:00", "2026-03-25 10:00")))
    assert states() == {"first_after_quiet": "raised"}


def test_a_conversation_entered_in_error_leaves_it_waiting(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    spoke = note_contact(lead, robin, at("2026-03-20 10:00"))
    deliver(analyst, feed_files([robin], came(robin, "2026-03-12 10:00")))
    casework.mark_in_error(by=lead, contact=spoke, reason="Wrong person")
    assert set(states().values()) == {"raised"}


def test_what_was_answered_before_it_was_told_is_no_quick_answer(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    note_contact(lead, robin, at("2026-03-20 10:00"))
    deliver(analyst, feed_files([robin], came(robin, "2026-03-12 10:00")))
    with time_machine.travel(at("2026-04-07 09:00"), tick=False):
        rules = measures(lead, 28).rules
    assert [(one.rule, one.answers, one.hours) for one in rules] == [
        ("at_a_distance", {"spoke": 1}, None), ("first_after_quiet", {"spoke": 1}, None),
    ]  # fmt: skip

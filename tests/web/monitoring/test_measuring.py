"""How many signals, how soon answered, and setting when they are given."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework.models import Case
from openhiu.web.monitoring import actions
from openhiu.web.monitoring.answer_time import answer_by, hours_at_work
from openhiu.web.monitoring.models import EarlyWarningRules, Signal
from openhiu.web.monitoring.queries.measures import measures
from openhiu.web.monitoring.queries.rules import as_rules, rules_in_force
from openhiu.web.monitoring.queries.trying import try_rules
from support.web import make_member, sign_in
from support.web_monitoring import (
    at,
    deliver,
    event,
    feed_files,
    make_client,
    make_signal,
    note_contact,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]
# The fields of the form as it is drawn first, in the shape a browser sends.
FORM = {
    "individual": "on", "amber": "5", "red": "1", "least": "2", "at_a_distance": "on",
    "quiet_weeks": "8", "self_harm": "on", "left_before_seen": "on", "ambulance_in_week": "2",
    "silence_days": "28", "expires_after_days": "14", "feed_every_days": "", "reason": "",
    "version": "0",
}  # fmt: skip


@pytest.fixture
def robin(lead: Actor) -> Case:
    return make_client(lead, "Robin", "9990000018", opened="2025-04-01 09:00")


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        ("2026-04-22 10:00", "2026-04-24 10:00"),  # Wednesday morning: Friday, the same hour
        ("2026-04-24 02:00", "2026-04-28 09:00"),  # at night: from Friday's opening
        ("2026-04-24 18:00", "2026-04-29 09:00"),  # Friday evening: from Monday's opening
        ("2026-04-02 16:00", "2026-04-08 16:00"),  # Maundy Thursday: over Easter
    ],
)
def test_two_working_days_are_whole_ones(lead: Actor, raised: str, due: str) -> None:
    assert answer_by(lead.service, at(raised)) == at(due)


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("2026-04-22 10:00", "2026-04-22 12:30", 2.5),
        ("2026-04-22 16:00", "2026-04-23 10:00", 2.0),
        ("2026-04-24 02:10", "2026-04-24 09:30", 0.5),
        ("2026-04-24 16:30", "2026-04-27 09:30", 1.0),  # over a weekend
        ("2026-04-22 12:00", "2026-04-22 11:00", 0.0),
    ],
)
def test_only_working_hours_count(lead: Actor, first: str, last: str, hours: float) -> None:
    assert hours_at_work(lead.service, at(first), at(last)) == pytest.approx(hours)


def test_a_lead_sees_their_own_numbers_and_a_supervisor_the_teams_without_a_name(
    client: Client, lead: Actor, robin: Case
) -> None:
    other = make_member(lead.service)
    theirs = make_client(other, "Sam", opened="2025-04-01 09:00")
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    with time_machine.travel(at("2026-04-22 10:00"), tick=False):
        mine = make_signal(robin)
        make_signal(theirs)
    with time_machine.travel(at("2026-04-22 13:00"), tick=False):
        actions.acknowledge(by=lead, signal=mine, what="spoke")
    with time_machine.travel(at("2026-04-24 10:00"), tick=False):
        own, team = measures(lead, 28), measures(supervisor, 28)
        assert (own.raised, team.raised, own.leads, team.leads) == (1, 2, 1, 2)
        (rule,) = team.rules
        assert (rule.answers, rule.waiting, rule.hours) == ({"spoke": 1}, 1, 3.0)
        # 28 March to 24 April 2026 has 20 weekdays, two of them Good Friday and Easter Monday.
        assert team.days == 18
        assert team.a_lead_and_day == pytest.approx(2 / (2 * 18))
        page = sign_in(client, supervisor).get("/activity/signals/measures/").content.decode()
    text = page[page.index("<h1") : page.index("</main>")]
    assert ">None<" not in text
    assert lead.user.name not in text
    assert other.user.name not in text


def test_from_attendance_to_contact_is_measured_in_working_time(lead: Actor, robin: Case) -> None:
    sam = make_client(lead, "Sam", opened="2025-04-01 09:00")
    kim = make_client(lead, "Kim", opened="2025-04-01 09:00")
    with time_machine.travel(at("2026-04-22 08:00"), tick=False):
        for case in (robin, sam, kim):
            make_signal(case, happened_at=at("2026-04-22 02:10"))
        make_signal(robin, rule="self_harm", happened_at=at("2026-04-22 02:10"))  # the same event
    note_contact(lead, robin, at("2026-04-21 10:00"))  # before it: does not count
    note_contact(lead, robin, at("2026-04-22 11:00"))  # 2 working hours later
    note_contact(lead, sam, at("2026-04-24 09:00"), reached="no_answer")
    note_contact(lead, sam, at("2026-04-24 10:00"))  # 17 working hours later
    with time_machine.travel(at("2026-04-27 09:00"), tick=False):
        to = measures(lead, 28).to_contact
    assert (to.events, to.contacted, to.within_a_day, to.open_yet) == (3, 2, 1, 0)
    assert to.median_hours == pytest.approx((2 + 17) / 2)
    assert to.share == 33


def test_rules_are_set_as_a_new_version_with_a_reason_and_hold_from_the_next_look(
    client: Client, lead: Actor, robin: Case, analyst: Actor
) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    sign_in(client, supervisor)
    changed = FORM | {"quiet_weeks": "", "amber": "2.5", "do": "save", "reason": "Too many looks"}
    del changed["individual"]
    answer = client.post("/activity/signals/rules/", changed)
    assert answer.status_code == 302
    kept = rules_in_force(lead)
    assert kept is not None
    rules = as_rules(kept)
    assert (kept.version, kept.reason, rules.quiet_weeks, rules.individual, rules.amber) == (
        1, "Too many looks", None, False, pytest.approx(0.025),
    )  # fmt: skip
    entry = AuditEntry.objects.get(about_id=kept.pk)
    assert entry.detail["fields"] == ["amber", "individual", "quiet_weeks"]
    page = client.get("/activity/signals/rules/").content.decode()
    assert 'value="2.5"' in page
    assert "Too many looks" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "Say why, in a few words"),
        ({"reason": "x", "red": "9"}, "Red must be rarer than amber"),
        ({"reason": "x", "version": "3"}, "Somebody else changed the rules meanwhile"),
        ({"reason": "x", "least": "0"}, "must be 1 or more"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_the_reason(
    client: Client, lead: Actor, change: dict[str, str], said: str
) -> None:
    sign_in(client, make_member(lead.service, Role.SUPERVISOR))
    answer = client.post("/activity/signals/rules/", FORM | {"do": "save"} | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not EarlyWarningRules.objects.exists()


def test_a_lead_cannot_set_rules(client: Client, lead: Actor) -> None:
    assert sign_in(client, lead).get("/activity/signals/rules/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.set_rules(by=lead, reason="x", version=0, least=3)


def test_what_a_change_would_have_meant_is_counted_and_nothing_saved(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    with time_machine.travel(at("2026-04-03 09:00"), tick=False):
        came = [event(robin, f"2026-{month:02d}-10 10:00", outcome="left before being seen")
                for month in (1, 2, 3)]  # fmt: skip
        deliver(analyst, feed_files([robin], came))
        before = Signal.objects.count()
        none: dict[str, Any] = {
            "individual": False, "at_a_distance": False, "self_harm": False, "quiet_weeks": None,
            "ambulance_in_week": None, "silence_days": None,
        }  # fmt: skip
        from dataclasses import replace

        now = replace(as_rules(None), **none)
        tried = try_rules(lead, now, replace(now, left_before_seen=False))
        # 13 weeks to 3 April begin on 3 January: all three visits lie in them.
        assert (tried.now, tried.then, tried.weeks) == (3, 0, 13)
        assert tried.by_rule == {"left_before_seen": (3, 0)}
        supervisor = make_member(lead.service, Role.SUPERVISOR)
        page = sign_in(client, supervisor).post("/activity/signals/rules/", FORM | {"do": "try"})
        assert "instead of" in page.content.decode()
        assert Signal.objects.count() == before
        assert not EarlyWarningRules.objects.exists()

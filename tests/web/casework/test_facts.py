"""The facts of a period: counted by hand here, of this service alone, in the report's shape.

Today is Wednesday 11 November 2026; the period is the quarter it lies in unless said.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role, Service
from openhiu.web.casework import actions
from openhiu.web.casework.actions import hand_over_facts
from openhiu.web.casework.facts import Period, facts_for, period_of, quarter_period
from openhiu.web.casework.facts.risks import people as in_words
from openhiu.web.casework.models import Case, Consent, Contact, Need
from openhiu.web.casework.quarter import earlier
from openhiu.web.monitoring.models import Activity, Feed
from openhiu.web.people.actions import mark_died
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case, yes
from support.web_stories import approved, read_by, ready, written

pytestmark = pytest.mark.django_db
AUTUMN = quarter_period("2026-Q4")
SUMMER = quarter_period("2026-Q3")


def on(day: str) -> Any:
    """Let what follows happen on a day at noon."""
    return time_machine.travel(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC))


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Ada Lead")


@pytest.fixture
def supervisor(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sam Supervisor")


@pytest.fixture
def summer_case(lead: Actor) -> Iterator[Case]:
    with on("2026-08-03"):
        case = make_case(lead)
    yield case


def did(actor: Actor, period: Period = AUTUMN) -> dict[str, Any]:
    return dict(facts_for(actor, period)["did"])


# --- which time ---


def test_a_quarter_is_a_period_with_its_name() -> None:
    assert Period(date(2026, 7, 1), date(2026, 10, 1), "July to September 2026") == SUMMER
    assert period_of(date(2026, 7, 1), date(2026, 10, 1)) == SUMMER
    assert period_of(date(2026, 7, 1), date(2026, 9, 1)).name == "1 July 2026 to 31 August 2026"
    assert period_of(date(2026, 5, 20), date(2026, 11, 2)).quarters == [
        "2026-Q2", "2026-Q3", "2026-Q4",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="ends before"):
        period_of(date(2026, 7, 1), date(2026, 7, 1))


def test_quarters_before_this_one_come_newest_first() -> None:
    assert earlier(6) == ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3"]


def test_midnight_in_london_divides_the_quarters(lead: Actor) -> None:
    """30 September 22:59 UTC is 23:59 in London, one minute before October begins there."""
    case = make_case(lead)
    for at in ("2026-09-30T22:59", "2026-09-30T23:01"):
        Contact.objects.create(
            service=lead.service, case=case, how="phone", reached="yes", by=lead.membership,
            at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        )  # fmt: skip
    assert did(lead, SUMMER)["contacts"]["all"] == 1
    assert did(lead, AUTUMN)["contacts"]["all"] == 1


# --- what was done ---


def test_the_shape_is_the_one_the_report_reads(lead: Actor) -> None:
    facts = facts_for(lead, AUTUMN)
    assert facts["what"] == "service_facts"
    assert facts["version"] == 1
    assert facts["period"] == {
        "from": "2026-10-01", "to_exclusive": "2027-01-01", "name": "October to December 2026",
    }  # fmt: skip
    assert set(facts["did"]) >= {
        "on_list", "approached", "said_yes", "not_now", "said_no", "opened", "stepped_back",
        "picked_up_again", "caseload_now", "caseload_limit_per_lead", "leads", "contacts",
        "connections", "plans_in_own_words", "days_to_pick_up_median",
    }  # fmt: skip
    for section in ("needs", "missing", "outcomes", "wellbeing", "quotes", "stories", "risks"):
        assert isinstance(facts[section], list), section
    assert json.loads(json.dumps(facts)) == facts


def test_people_are_counted_once_where_they_began_eased_and_came_back(
    lead: Actor, summer_case: Case
) -> None:
    new = make_case(lead)
    with on("2026-10-12"):
        actions.step_back(by=lead, case=summer_case, reason="Steadier.")
    with on("2026-10-19"):
        actions.return_to_support(by=lead, case=summer_case, reason="They rang.")
    with on("2026-11-09"):
        actions.step_back(by=lead, case=summer_case, reason="Steadier again.")
    found = did(lead)
    assert (found["opened"], found["stepped_back"], found["picked_up_again"]) == (1, 1, 1)
    assert found["caseload_now"] == 2
    assert did(lead, SUMMER)["opened"] == 1
    assert new.phase == "working_together"


def test_from_walking_backwards_to_a_distance_is_no_second_stepping_back(
    lead: Actor, summer_case: Case
) -> None:
    with on("2026-09-14"):
        actions.step_back(by=lead, case=summer_case, reason="Steadier.")
    with on("2026-10-12"):
        actions.move(by=lead, case=summer_case, to="at_a_distance", reason="Steady.")
    assert did(lead, SUMMER)["stepped_back"] == 1
    assert did(lead, AUTUMN)["stepped_back"] == 0


def test_the_caseload_is_that_of_the_period_s_last_day(
    lead: Actor, supervisor: Actor, summer_case: Case
) -> None:
    make_case(lead)
    with on("2026-08-03"):
        gone, died = make_case(lead), make_case(lead)
    with on("2026-10-05"):
        actions.withdraw(by=lead, consent=Consent.objects.get(person=gone.person))
        mark_died(by=supervisor, person=died.person, on=date(2026, 10, 5), registered=True)
    assert did(lead, SUMMER)["caseload_now"] == 3, "both were there on 30 September"
    assert did(lead, AUTUMN)["caseload_now"] == 2, "two went, one came"


def test_contacts_are_counted_by_how_and_reached_and_errors_are_not(
    lead: Actor, summer_case: Case
) -> None:
    for how, reached in (("phone", "yes"), ("phone", "no_answer"), ("visit", "yes")):
        actions.record_contact(
            by=lead, case=summer_case, who="client", how=how, reached=reached,
            what_mattered="x", next_contact=None,
        )  # fmt: skip
    wrong = Contact.objects.get(how="visit")
    actions.mark_in_error(by=lead, contact=wrong, reason="Someone else.")
    assert did(lead)["contacts"] == {"all": 2, "reached": 1, "by_how": {"Phone call": 2}}


def test_connections_of_the_period_are_those_noted_in_it(lead: Actor, summer_case: Case) -> None:
    with on("2026-08-10"):
        actions.add_network_member(
            by=lead, case=summer_case, kind="service", name="Before", may_contact="yes"
        )
    for kind in ("service", "service", "person"):
        actions.add_network_member(
            by=lead, case=summer_case, kind=kind, name="Now", may_contact="yes"
        )
    assert did(lead)["connections"] == {
        "all": 3,
        "by_kind": {
            "Services they were connected with": 0, "Services around them": 2,
            "People around them": 1, "Shared with an organisation": 0,
        },
    }  # fmt: skip


def test_plans_count_when_they_say_what_matters_to_them(lead: Actor, summer_case: Case) -> None:
    make_case(lead)
    actions.change_plan(
        by=lead, case=summer_case, version=1, what_matters="To swim again.", strengths=""
    )
    assert did(lead)["plans_in_own_words"] == 1


# --- what changed, and what was missing ---


def test_needs_count_people_and_perhaps_is_no_need(lead: Actor, summer_case: Case) -> None:
    other = make_case(lead)
    for case in (summer_case, other):
        actions.note_reasons(by=lead, case=case, certain=["housing"], perhaps=["money"])
    actions.note_reasons(by=lead, case=other, certain=["loneliness"])
    assert facts_for(lead, AUTUMN)["needs"] == [
        {"need": "Housing", "people": 2}, {"need": "Loneliness", "people": 1},
    ]  # fmt: skip


def test_missing_services_are_one_however_they_are_typed(lead: Actor, summer_case: Case) -> None:
    other = make_case(lead)
    for case, words in ((summer_case, "Night  shelter"), (other, "night shelter")):
        Need.objects.create(
            service=lead.service, case=case, category="housing", noted_by=lead.membership,
            missing_service=words, noted_at=timezone.now() - timedelta(hours=1),
        )  # fmt: skip
    assert facts_for(lead, AUTUMN)["missing"] == [{"service": "Night shelter", "people": 2}]


def test_outcomes_are_events_and_people_and_self_harm_is_less(
    lead: Actor, summer_case: Case
) -> None:
    for day, category in ((1, "job"), (2, "job"), (3, "less_self_harm")):
        actions.record_outcome(
            by=lead, case=summer_case, category=category, happened_on=date(2026, 10, day)
        )
    actions.record_outcome(by=lead, case=summer_case, category="job", happened_on=date(2026, 9, 30))
    assert facts_for(lead, AUTUMN)["outcomes"] == [
        {"outcome": "A job or volunteering", "people": 1, "events": 2, "direction": "more"},
        {"outcome": "Self-harm less often", "people": 1, "events": 1, "direction": "less"},
    ]  # fmt: skip


def test_well_being_compares_the_same_people_with_themselves(
    lead: Actor, summer_case: Case
) -> None:
    """Two clients answered twice, one once: (3+5)/2 = 4 first, (6+9)/2 = 7.5 at last."""
    others = make_case(lead), make_case(lead)
    told = (
        (summer_case, "2026-08-10", 3), (summer_case, "2026-09-10", 1),
        (summer_case, "2026-10-10", 6), (others[0], "2026-10-02", 5), (others[0], "2026-11-02", 9),
        (others[1], "2026-10-03", 0),
    )  # fmt: skip
    for case, day, value in told:
        actions.record_wellbeing(
            by=lead, case=case, asked_on=date.fromisoformat(day), answers={"happy": value}
        )
    found = {one["measure"]: one for one in facts_for(lead, AUTUMN)["wellbeing"]}
    assert found["Happy yesterday"] == {
        "measure": "Happy yesterday", "people": 2, "first_mean": 4.0, "last_mean": 7.5,
    }  # fmt: skip
    assert found["Anxious yesterday"]["people"] == 0
    assert found["Anxious yesterday"]["first_mean"] is None


def test_whoever_does_not_want_to_be_counted_is_in_no_count_of_lives(
    lead: Actor, summer_case: Case
) -> None:
    actions.note_reasons(by=lead, case=summer_case, certain=["housing"])
    actions.record_outcome(by=lead, case=summer_case, category="job", happened_on=date(2026, 10, 1))
    actions.object_to_counting(by=lead, person=summer_case.person, heard_on=timezone.localdate())
    facts = facts_for(lead, AUTUMN)
    assert (facts["needs"], facts["outcomes"]) == ([], [])
    assert facts["did"]["caseload_now"] == 1, "the work with them is counted"


# --- how soon someone was picked up ---


def came(case: Case, day: str) -> None:
    feed = Feed.objects.first() or Feed.objects.create(
        service=case.service, since=date(2025, 1, 1), as_of=date(2026, 11, 1), content_hash="x",
        rows=1,
    )  # fmt: skip
    Activity.objects.create(
        service=case.service, person=case.person, feed=feed, kind="attendance",
        source_ref=f"{case.pk}{day}", began_at=datetime.fromisoformat(f"{day}T03:00+00:00"),
    )  # fmt: skip


def spoke(lead: Actor, case: Case, day: str) -> None:
    with on(day):
        actions.record_contact(
            by=lead, case=case, who="client", how="phone", reached="yes", what_mattered="x",
            next_contact=None,
        )  # fmt: skip


def test_days_to_pick_up_run_from_a_steady_person_s_attendance_to_the_next_conversation(
    lead: Actor, summer_case: Case
) -> None:
    """A signal on 10 October, spoken with on 14 October: 4 days. The visit of 12 October belongs to
    it; someone who is working together gives no signal.
    """
    other = make_case(lead)
    with on("2026-09-14"):
        actions.step_back(by=lead, case=summer_case, reason="Steadier.")
    for case, day in ((summer_case, "2026-10-10"), (summer_case, "2026-10-12")):
        came(case, day)
    came(other, "2026-11-11")
    spoke(lead, summer_case, "2026-10-14")
    found = did(lead)
    assert (found["signals"], found["signals_answered"], found["days_to_pick_up_median"]) == (
        1, 1, 4,
    )  # fmt: skip


def test_a_signal_nobody_answered_is_counted_and_has_no_days(
    lead: Actor, summer_case: Case
) -> None:
    with on("2026-09-14"):
        actions.step_back(by=lead, case=summer_case, reason="Steadier.")
    came(summer_case, "2026-10-10")
    found = did(lead)
    assert (found["signals"], found["signals_answered"]) == (1, 0)
    assert found["days_to_pick_up_median"] is None


# --- words, risks, and whose facts they are ---


def test_only_words_that_may_be_told_are_in_it_and_by_role_not_by_name(lead: Actor) -> None:
    story = ready(lead, quarter="2026-Q4")
    quote = ready(lead, kind="quote", words="Nobody lectured me.")
    ready(lead, quarter="2026-Q3")
    written(lead)
    facts = facts_for(lead, AUTUMN)
    assert facts["quotes"] == [
        {"words": "Nobody lectured me.", "quarter": "October to December 2026",
         "ref": str(quote.pk)}
    ]  # fmt: skip
    (told,) = facts["stories"]
    assert told["ref"] == str(story.pk)
    assert told["reviewers"] == ["service manager or supervisor", "safeguarding lead"]
    assert told["reviewed_on"] == "2026-11-11"
    assert "Supervisor " not in json.dumps(facts["stories"])


def test_two_readers_of_one_role_are_told_apart(lead: Actor, supervisor: Actor) -> None:
    story = approved(lead)
    read_by(supervisor, make_member(lead.service, Role.SUPERVISOR), story=story)
    (told,) = facts_for(lead, AUTUMN)["stories"]
    assert told["reviewers"] == [
        "service manager or supervisor", "another service manager or supervisor",
    ]  # fmt: skip


def test_risks_name_no_number_of_people_below_eight(lead: Actor) -> None:
    assert [in_words(number) for number in (0, 1, 7, 8, 12, 13)] == [
        "no client", "fewer than 8 clients", "fewer than 8 clients", "about 10 clients",
        "about 10 clients", "about 15 clients",
    ]  # fmt: skip
    make_case(lead)
    Consent.objects.update(review_on=timezone.localdate())
    found = {one["risk"]: one["standing"] for one in facts_for(lead, AUTUMN)["risks"]}
    assert "fewer than 8 clients" in " ".join(found.values())
    assert "1 of 1 leads have nobody in their team to cover for them" in found.values()
    assert "No activity feed was delivered yet" in found.values()


def test_a_lead_with_a_colleague_in_the_team_is_covered(lead: Actor) -> None:
    make_member(lead.service, Role.COVER)
    standings = [one["standing"] for one in facts_for(lead, AUTUMN)["risks"]]
    assert "0 of 1 leads have nobody in their team to cover for them" in standings


def test_nothing_of_another_service_is_counted(lead: Actor) -> None:
    other = make_member(make_service(), Role.LEAD)
    busy = make_case(other)
    actions.note_reasons(by=other, case=busy, certain=["housing"])
    ready(other)
    from openhiu.web.access.row_security import set_service

    set_service(lead.service_id)
    facts = facts_for(lead, AUTUMN)
    assert facts["did"]["caseload_now"] == 0
    assert (facts["needs"], facts["stories"]) == ([], [])
    assert facts["service"] == Service.objects.get(pk=lead.service_id).name


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ANALYST, Role.COMMISSIONER, Role.ADMIN])
def test_who_makes_no_reports_gets_no_facts(lead: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed, match="make a quarterly report"):
        facts_for(make_member(lead.service, role), AUTUMN)


def test_the_file_is_taken_from_a_page_and_the_taking_is_recorded(
    client: Client, supervisor: Actor, summer_case: Case
) -> None:
    page = sign_in(client, supervisor).get(reverse("casework:facts")).content.decode()
    assert "July to September 2026" in page
    answer = client.post(reverse("casework:take_facts"), {"quarter": "2026-Q3"})
    assert json.loads(answer.content)["did"]["opened"] == 1
    assert "service_facts.json" in answer["Content-Disposition"]
    entry = AuditEntry.objects.get(did="exported")
    assert entry.detail["since"] == "2026-07-01"
    wrong = client.post(reverse("casework:take_facts"), {"quarter": "1066-Q1"})
    assert wrong.status_code == 422


def test_undisclosed_facts_are_taken_out_by_supervisors_alone(
    client: Client, lead: Actor, supervisor: Actor
) -> None:
    assert facts_for(lead, AUTUMN)  # a report made here hides small numbers
    assert sign_in(client, lead).get(reverse("casework:facts")).status_code == 403
    for role in set(Role) - {Role.SUPERVISOR}:
        with pytest.raises(NotAllowed, match="undisclosed facts"):
            hand_over_facts(by=make_member(lead.service, role), period=AUTUMN)


def test_the_command_writes_the_same_facts(supervisor: Actor, tmp_path: Any) -> None:
    out, said = tmp_path / "facts.json", io.StringIO()
    to = ("--for", supervisor.user.email, "--out", out)
    call_command("service_facts", *to, "--quarter", "2026-Q3", stdout=said)
    assert json.loads(out.read_text())["period"]["name"] == "July to September 2026"
    assert said.getvalue() == "the facts of July to September 2026\n"
    with pytest.raises(CommandError, match="not a quarter"):
        call_command("service_facts", *to, "--quarter", "summer")


def test_a_case_begun_with_a_yes_today_is_in_todays_facts(lead: Actor) -> None:
    case = make_case(lead)
    actions.answer_take_part(by=lead, person=case.person, **yes())
    assert did(lead)["caseload_now"] == 1

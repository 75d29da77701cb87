"""Phases: what may follow what, how the rhythm stretches, and coming back without a referral."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.casework import actions, lifecycle, policies
from openhiu.web.casework.models import Case, Consent, PhaseChange, Plan, Task
from openhiu.web.people.models import Person
from openhiu.web.team.hours import next_workday
from support.web import make_member, make_service
from support.web_casework import make_case, make_person, yes

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[3] / "docs" / "reference" / "lifecycle.md"
AFTER_YES = [key for key, phase in lifecycle.PHASES.items() if phase.rhythm_days]


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


def test_a_yes_opens_a_case_with_plan_consent_and_first_contact_in_a_week(lead: Actor) -> None:
    case = make_case(lead)
    assert (case.phase, case.lead, case.rhythm_days) == ("working_together", lead.membership, 7)
    assert case.next_contact_on == next_workday(
        case.service, timezone.localdate() + timedelta(days=7)
    )
    assert Plan.objects.filter(case=case).exists()
    assert Consent.objects.get(person=case.person).kind == "take_part"
    assert [one.to_phase for one in case.phase_changes.all()] == ["working_together"]


@pytest.mark.parametrize("given", [False, None, "yes"])
def test_nothing_but_a_yes_opens_a_case(lead: Actor, given: object) -> None:
    person = make_person(lead.service)
    with pytest.raises(NotAllowed, match="begins with a yes"):
        actions.open_case(by=lead, person=person, consent=yes(given=given), quarter="2026-Q4")
    assert not Case.objects.exists()
    assert not Consent.objects.exists()


def test_a_case_cannot_begin_for_someone_who_died(lead: Actor) -> None:
    with pytest.raises(NotAllowed, match="has died"):
        make_case(lead, died="informal")


def test_a_case_cannot_begin_on_a_record_joined_with_another(lead: Actor) -> None:
    other = make_person(lead.service)
    with pytest.raises(NotAllowed, match="joined with another"):
        make_case(lead, merged_into=other)


def test_one_person_has_one_case(lead: Actor) -> None:
    case = make_case(lead)
    with pytest.raises(NotAllowed, match="already being supported"):
        make_case(lead, case.person)
    assert Case.objects.count() == 1


def test_a_person_of_another_service_does_not_exist(lead: Actor) -> None:
    other = make_member(make_service())
    person = make_person(other.service)
    with pytest.raises(Missing):
        actions.open_case(by=lead, person=person, consent=yes(), quarter="2026-Q4")


def test_cover_records_the_yes_and_a_lead_walks_alongside(lead: Actor) -> None:
    cover = make_member(lead.service, Role.COVER)
    person = make_person(lead.service)
    with pytest.raises(NotAllowed, match="Choose the lead"):
        actions.open_case(by=cover, person=person, consent=yes(), quarter="2026-Q4")
    case = actions.open_case(
        by=cover, person=person, consent=yes(), quarter="2026-Q4", lead=lead.membership
    )
    assert case.lead == lead.membership


@pytest.mark.parametrize("now", AFTER_YES)
@pytest.mark.parametrize("to", [*lifecycle.PHASES, "nowhere"])
def test_every_move_is_as_the_table_says(lead: Actor, now: str, to: str) -> None:
    case = make_case(lead)
    Case.objects.filter(pk=case.pk).update(phase=now)
    case.refresh_from_db()
    if to in lifecycle.MOVES[now]:
        assert policies.why_not_move(case, to) == ""
        assert actions.move(by=lead, case=case, to=to, reason="It is time.").phase == to
        return
    with pytest.raises(NotAllowed) as refused:
        actions.move(by=lead, case=case, to=to, reason="It is time.")
    assert str(refused.value) == policies.why_not_move(case, to) != ""
    case.refresh_from_db()
    assert case.phase == now


def test_a_move_needs_a_reason(lead: Actor) -> None:
    case = make_case(lead)
    with pytest.raises(NotAllowed, match="Say why"):
        actions.move(by=lead, case=case, to="walking_backwards", reason="  ")


def test_nobody_moves_a_colleague_s_client(lead: Actor) -> None:
    case = make_case(lead)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.step_back(by=make_member(lead.service), case=case, reason="It is time.")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(wishes=st.lists(st.sampled_from(list(lifecycle.PHASES)), max_size=8))
def test_any_sequence_of_wishes_leaves_a_history_that_fits(lead: Actor, wishes: list[str]) -> None:
    case = make_case(lead)
    for wish in wishes:
        try:
            case = actions.move(by=lead, case=case, to=wish, reason="Because.")
        except NotAllowed:
            assert wish not in lifecycle.MOVES[case.phase]
    kept = list(PhaseChange.objects.filter(case=case).order_by("at", "pk"))
    kept.sort(key=lambda one: one.at)
    assert kept[0].from_phase == ""
    for before, after in pairwise(kept):
        assert after.from_phase == before.to_phase
        assert after.to_phase in lifecycle.MOVES[after.from_phase]
    case.refresh_from_db()
    assert case.phase == kept[-1].to_phase
    assert case.version == len(kept)


def test_walking_backwards_begins_with_two_weeks_or_as_the_lead_says(lead: Actor) -> None:
    assert actions.step_back(by=lead, case=make_case(lead), reason="Steady.").rhythm_days == 14
    slow = actions.step_back(by=lead, case=make_case(lead), reason="Steady.", rhythm_days=30)
    assert slow.rhythm_days == 30
    assert slow.next_contact_on == timezone.localdate() + timedelta(days=30)


def test_each_kept_contact_stretches_the_next_while_walking_backwards() -> None:
    days, seen = 14, []
    for _ in range(6):
        days = lifecycle.rhythm_after("walking_backwards", days, kept=True)
        seen.append(days)
    assert seen == [21, 28, 42, 60, 90, 90]
    assert lifecycle.rhythm_after("walking_backwards", 30, kept=True) == 42
    assert lifecycle.rhythm_after("walking_backwards", 30, kept=False) == 30
    assert lifecycle.rhythm_after("working_together", 7, kept=True) == 7


@pytest.mark.parametrize("days", [0, -3, 366])
def test_a_rhythm_is_between_a_day_and_a_year(lead: Actor, days: int) -> None:
    with pytest.raises(NotAllowed, match="between 1 and 365"):
        actions.set_rhythm(by=lead, case=make_case(lead), days=days)


def test_coming_back_needs_no_referral_and_contact_is_today(lead: Actor) -> None:
    case = make_case(lead)
    actions.move(by=lead, case=case, to="at_a_distance", reason="Steady.")
    back = actions.return_to_support(by=lead, case=case, reason="She rang.")
    assert (back.phase, back.rhythm_days) == ("picked_up_again", 7)
    assert back.next_contact_on == timezone.localdate()


def test_coming_back_past_the_review_date_is_not_held_up(lead: Actor) -> None:
    case = make_case(lead)
    actions.move(by=lead, case=case, to="at_a_distance", reason="Steady.")
    Consent.objects.update(review_on=timezone.localdate() - timedelta(days=40))
    assert actions.return_to_support(by=lead, case=case, reason="She rang.").phase


def test_who_asked_us_to_stop_comes_back_with_a_new_yes_only(lead: Actor) -> None:
    case = make_case(lead)
    actions.move(by=lead, case=case, to="at_a_distance", reason="Steady.")
    actions.withdraw(by=lead, consent=Consent.objects.get(person=case.person))
    with pytest.raises(NotAllowed, match="new yes"):
        actions.return_to_support(by=lead, case=case, reason="Seen in A&E.")
    with pytest.raises(NotAllowed, match="new yes"):
        actions.return_to_support(
            by=lead, case=case, reason="Seen in A&E.", consent=yes(given=False)
        )
    back = actions.return_to_support(by=lead, case=case, reason="She rang.", consent=yes())
    assert back.phase == "picked_up_again"
    assert policies.why_not_contact(back) == ""


def test_asked_again_by_intake_the_one_case_goes_on(lead: Actor) -> None:
    case = make_case(lead)
    actions.withdraw(by=lead, consent=Consent.objects.get(person=case.person))
    again = make_case(lead, case.person)
    assert again.pk == case.pk
    assert again.phase == "working_together"
    assert again.next_contact_on == timezone.localdate()


def test_a_death_cancels_what_was_planned_and_blocks_contact(lead: Actor) -> None:
    from openhiu.web.casework.doors import after_a_death, after_a_mistake

    case = make_case(lead)
    task = Task.objects.create(
        service=lead.service,
        case=case,
        owner=lead.membership,
        words="Ring",
        made_by=lead.membership,
    )
    Person.objects.filter(pk=case.person_id).update(died="informal")
    after_a_death(lead, case.person)
    case, task = Case.objects.get(pk=case.pk), Task.objects.get(pk=task.pk)
    assert case.next_contact_on is None
    assert task.let_go_reason == "They died."
    assert "has died" in policies.why_not_contact(case)
    assert "has died" in policies.why_not_move(case, "at_a_distance")
    Person.objects.filter(pk=case.person_id).update(died="")
    after_a_mistake(lead, Person.objects.get(pk=case.person_id))
    case = Case.objects.get(pk=case.pk)
    assert case.next_contact_on == next_workday(
        case.service, timezone.localdate() + timedelta(days=7)
    )


def test_the_people_room_runs_our_doors() -> None:
    from openhiu.web.casework import doors as ours
    from openhiu.web.people import doors

    assert ours.clients in doors.SIGHTS
    assert ours.after_a_death in doors.AT_DEATH
    assert ours.after_a_mistake in doors.AT_RETURN


@pytest.mark.parametrize("room", ["casework", "monitoring", "mdt", "letters"])
def test_the_diagram_in_the_documentation_is_the_table(room: str) -> None:
    table = import_module(f"openhiu.web.{room}.lifecycle")
    assert f"```mermaid\n{table.diagram()}\n```" in DOCS.read_text("utf-8")


def test_the_diagram_shows_every_move() -> None:
    drawn = lifecycle.diagram()
    for now, ways in lifecycle.MOVES.items():
        for to in ways:
            assert f"    {now} --> {to}\n" in f"{drawn}\n"

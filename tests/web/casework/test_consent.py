"""Consent: three separate questions, refreshed by date, taken back at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions, policies
from openhiu.web.casework.actions.consent import months_on
from openhiu.web.casework.models import Case, Consent, Share, Task
from openhiu.web.casework.queries import consent as answers
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.sharing import visible_items
from support.web import make_member, make_service
from support.web_casework import make_agreement, make_case, make_partner, share_with, yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


@pytest.fixture
def travel() -> Callable[[date], AbstractContextManager[object]]:
    """Make it another day, at noon."""

    def to(day: date) -> AbstractContextManager[object]:
        noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
        return patch("django.utils.timezone.now", lambda: noon)

    return to


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 22), 6, date(2027, 5, 22)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_on_stays_within_the_month(start: date, months: int, end: date) -> None:
    assert months_on(start, months) == end


def test_an_answer_is_reviewed_after_the_service_s_months(lead: Actor) -> None:
    lead.service.consent_review_months = 3
    case = make_case(lead)
    kept = Consent.objects.get(person=case.person)
    assert kept.review_on == months_on(timezone.localdate(), 3)
    assert kept.recorded_by == lead.membership


def test_the_three_questions_do_not_answer_each_other(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    actions.answer_story(by=lead, person=case.person, **yes())
    assert visible_items(agreement.organisation, case.person) == frozenset()
    actions.answer_share(by=lead, person=case.person, agreement=agreement, items=["name"], **yes())
    story = answers.answers(case.person).filter(kind="story").get()
    actions.withdraw(by=lead, consent=story)
    assert policies.taking_part(case.person)
    assert policies.in_date(answers.answers(case.person).filter(kind="share").get())


def test_consent_to_share_goes_no_further_than_the_agreement(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service, items=["name"])
    with pytest.raises(NotAllowed, match="does not allow"):
        actions.answer_share(
            by=lead, person=case.person, agreement=agreement, items=["name", "goals"], **yes()
        )


def test_who_lacks_capacity_cannot_agree_but_a_best_interests_decision_can(lead: Actor) -> None:
    case = make_case(lead)
    for wrong in ({"capacity": "lacks"}, {"route": "best_interests"}):
        with pytest.raises(NotAllowed, match="best-interests"):
            actions.answer_story(by=lead, person=case.person, **yes(**wrong))
    kept = actions.answer_story(
        by=lead, person=case.person, **yes(capacity="lacks", route="best_interests")
    )
    assert policies.holds(kept)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"answered_on": date(2100, 1, 1)}, "cannot be after today"),
        ({"evidence": " "}, "Say what they said"),
    ],
)
def test_an_answer_without_what_matters_is_not_kept(
    lead: Actor, wrong: dict[str, object], said: str
) -> None:
    case = make_case(lead)
    with pytest.raises(NotAllowed, match=said):
        actions.answer_story(by=lead, person=case.person, **yes(**wrong))


def test_withdrawing_counts_in_the_same_breath(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name", "goals"])
    partner = make_partner(agreement)
    assert visible_items(partner, case.person) == {"name", "goals"}
    consent = Consent.objects.get(person=case.person, kind="share")
    actions.withdraw(by=lead, consent=consent, note="Changed my mind.")
    assert visible_items(partner, case.person) == frozenset()
    assert Share.objects.get().stopped_at is not None
    assert policies.taking_part(case.person)
    assert list(
        AuditEntry.objects.filter(did__in=["withdrew consent", "stopped sharing"])
        .values_list("did", flat=True)
        .order_by("did")
    ) == ["stopped sharing", "withdrew consent"]


def test_who_no_longer_takes_part_is_left_in_peace_and_the_record_stays(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    Task.objects.create(
        service=lead.service,
        case=case,
        owner=lead.membership,
        words="Ring",
        made_by=lead.membership,
    )
    actions.withdraw(by=lead, consent=Consent.objects.get(person=case.person, kind="take_part"))
    case = Case.objects.get(pk=case.pk)
    assert (case.phase, case.next_contact_on) == ("working_together", None)
    assert "asked us to stop" in policies.why_not_contact(case)
    assert not Task.objects.filter(done_at=None).exists()
    assert not Share.objects.filter(stopped_at=None).exists()
    assert not any(map(policies.holds, Consent.objects.all()))
    assert cases(lead).filter(pk=case.pk).exists()


def test_a_later_no_ends_what_a_yes_allowed(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    actions.answer_share(
        by=lead, person=case.person, agreement=agreement, items=[], **yes(given=False)
    )
    assert not Share.objects.filter(stopped_at=None).exists()
    actions.answer_take_part(by=lead, person=case.person, **yes(given=False))
    assert policies.why_not_contact(case)


def test_nothing_is_taken_back_twice(lead: Actor) -> None:
    case = make_case(lead)
    consent = Consent.objects.get(person=case.person)
    actions.withdraw(by=lead, consent=consent)
    with pytest.raises(NotAllowed, match="already"):
        actions.withdraw(by=lead, consent=consent)


def test_on_the_review_date_shares_stop_and_care_goes_on(
    lead: Actor, travel: Callable[[date], AbstractContextManager[object]]
) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    partner = make_partner(agreement)
    review = Consent.objects.get(person=case.person, kind="share").review_on
    with travel(review - timedelta(days=1)):
        assert visible_items(partner, case.person) == {"name"}
    with travel(review):
        assert visible_items(partner, case.person) == frozenset()
        assert policies.why_not_contact(case) == ""
        assert policies.taking_part(case.person)
        due = answers.due(lead, [case.person_id])
        assert [answer.kind for answer in due if answer.review_on <= review] != []
        actions.answer_share(
            by=lead, person=case.person, agreement=agreement, items=["name"], **yes()
        )
        assert visible_items(partner, case.person) == {"name"}


def test_reviews_are_listed_four_weeks_ahead_soonest_first(lead: Actor) -> None:
    case, other = make_case(lead), make_case(lead)
    today = timezone.localdate()
    for one, days in ((case, 28), (other, -3)):
        Consent.objects.filter(person=one.person).update(review_on=today + timedelta(days=days))
    people = [case.person_id, other.person_id]
    assert [one.person_id for one in answers.due(lead, people)] == people[::-1]
    Consent.objects.filter(person=case.person).update(review_on=today + timedelta(days=29))
    assert [one.person_id for one in answers.due(lead, people)] == [other.person_id]


def test_who_stopped_is_found_for_many_in_one_query(
    lead: Actor, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    case, other = make_case(lead), make_case(lead)
    actions.withdraw(by=lead, consent=Consent.objects.get(person=other.person))
    with django_assert_num_queries(1):
        found = answers.not_taking_part(lead.service_id, [case.person_id, other.person_id])
    assert found == {other.person_id}


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ANALYST, Role.AUDITOR, Role.SAFEGUARDING])
def test_only_those_who_support_record_consent(lead: Actor, role: Role) -> None:
    case = make_case(lead)
    with pytest.raises(NotAllowed):
        actions.answer_story(by=make_member(lead.service, role), person=case.person, **yes())


def test_a_supervisor_may_record_a_withdrawal_for_the_team(lead: Actor) -> None:
    case = make_case(lead)
    boss = make_member(lead.service, Role.SUPERVISOR)
    actions.withdraw(by=boss, consent=Consent.objects.get(person=case.person))
    assert not policies.taking_part(case.person)


def test_a_colleague_does_not_touch_consent(lead: Actor) -> None:
    case = make_case(lead)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.withdraw(
            by=make_member(lead.service), consent=Consent.objects.get(person=case.person)
        )

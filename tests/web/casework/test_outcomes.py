"""Outcomes are events; the four questions are asked only when they want, and may be skipped."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Outcome, Wellbeing
from openhiu.web.casework.outcomes import CATEGORIES, ONS4, label
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Ada Lead")


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Finch")


def day(days: int = 0) -> dict[str, int]:
    when = timezone.localdate() + timedelta(days=days)
    return {"day": when.day, "month": when.month, "year": when.year}


def test_another_is_called_by_its_own_words(client: Client, lead: Actor, case: Case) -> None:
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="Say what changed"):
        actions.record_outcome(by=lead, case=case, category="another", happened_on=today)
    actions.record_outcome(
        by=lead, case=case, category="another", happened_on=today, words="Slept through the night"
    )
    actions.record_outcome(by=lead, case=case, category="tenancy", happened_on=today)
    sign_in(client, lead)
    page = client.get(reverse("casework:outcomes", args=[case.pk])).content.decode()
    assert "Slept through the night" in page
    assert "A tenancy or a safer home" in page


def test_what_changed_has_happened(lead: Actor, case: Case) -> None:
    ahead = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotAllowed, match="today or earlier"):
        actions.record_outcome(by=lead, case=case, category="job", happened_on=ahead)
    with pytest.raises(NotAllowed, match="from the list"):
        actions.record_outcome(
            by=lead, case=case, category="nonsense", happened_on=timezone.localdate()
        )


def test_the_list_of_what_can_change_stays_open() -> None:
    assert list(CATEGORIES)[-1] == "another"
    assert label("a_later_idea") == "A later idea"


def test_each_question_may_be_skipped_but_nothing_is_saved_for_nothing(
    lead: Actor, case: Case
) -> None:
    today = timezone.localdate()
    kept = actions.record_wellbeing(by=lead, case=case, asked_on=today, answers={"happy": 0})
    assert (kept.happy, kept.anxious, kept.satisfied, kept.worthwhile) == (0, None, None, None)
    for answers in ({}, {"happy": None}, {"happy": 11}, {"happy": -1}):
        with pytest.raises(NotAllowed):
            actions.record_wellbeing(by=lead, case=case, asked_on=today, answers=answers)


def test_the_page_shows_earlier_answers_and_the_questions_as_they_stand(
    client: Client, lead: Actor, case: Case
) -> None:
    sign_in(client, lead)
    there = reverse("casework:record_wellbeing", args=[case.pk])
    when = {f"asked_on_{box}": value for box, value in day().items()}
    client.post(there, {**when, "satisfied": "4", "posted": str(uuid4())})
    assert Wellbeing.objects.get().satisfied == 4
    page = client.get(there).content.decode()
    for question in ONS4.values():
        assert question in page
    assert "What they said before" in page
    assert "skipped" in page


def test_an_outcome_is_written_down_on_its_page(client: Client, lead: Actor, case: Case) -> None:
    sign_in(client, lead)
    when = {f"happened_on_{box}": value for box, value in day(-3).items()}
    sent = {**when, "category": "group", "words": "Choir on Thursdays", "posted": str(uuid4())}
    there = reverse("casework:record_outcome", args=[case.pk])
    client.post(there, sent)
    client.post(there, sent)
    assert Outcome.objects.get().words == "Choir on Thursdays"

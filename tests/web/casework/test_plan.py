"""The plan: their words as they said them, several reasons, and nobody's text lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.casework import actions, needs
from openhiu.web.casework.models import Case, Goal, Need, Plan
from openhiu.web.casework.presenters import history
from openhiu.web.casework.queries.client import phase_changes
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
VERBATIM = "  I want me mam back.\n\tAnd the <dog> & «peace» — that's it!  \n"


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead)


def test_words_are_kept_to_the_letter(lead: Actor, case: Case) -> None:
    actions.change_plan(by=lead, case=case, version=1, what_matters=VERBATIM)
    plan = Plan.objects.get(case=case)
    assert (plan.what_matters, plan.version, plan.updated_by) == (VERBATIM, 2, lead.membership)


def test_the_seeds_reasons_are_all_there_and_another_can_be_said() -> None:
    assert set(needs.CATEGORIES) == {
        "addiction", "symptoms", "mental_health", "medical", "housing", "homelessness", "money",
        "self_harm", "loneliness", "social", "vulnerability", "another",
    }  # fmt: skip
    assert needs.label("another", "Grief") == "Grief"


def test_several_reasons_at_once_some_of_them_perhaps(lead: Actor, case: Case) -> None:
    actions.note_reasons(
        by=lead, case=case, certain=["housing", "another"], perhaps=["loneliness"], words="Grief"
    )
    kept = {need.category: (need.certain, need.words) for need in Need.objects.all()}
    assert kept == {
        "housing": (True, ""), "another": (True, "Grief"), "loneliness": (False, "")
    }  # fmt: skip
    actions.note_reasons(by=lead, case=case, certain=["loneliness"])
    assert Need.objects.count() == 3
    assert Need.objects.get(category="loneliness").certain


def test_another_reason_needs_its_words(lead: Actor, case: Case) -> None:
    with pytest.raises(NotAllowed, match="Say what"):
        actions.note_reasons(by=lead, case=case, certain=["another"])
    with pytest.raises(NotAllowed, match="no such reason"):
        actions.note_reasons(by=lead, case=case, certain=["nonsense"])


def test_a_reason_taken_away_is_still_in_the_history(lead: Actor, case: Case) -> None:
    (need,) = actions.note_reasons(by=lead, case=case, certain=["money"])
    actions.take_reason_away(by=lead, need=need)
    changes = [change.label for line in history.lines(case, []) for change in line.changes]
    assert "Turned out not to be one" in changes
    assert len(actions.note_reasons(by=lead, case=case, certain=["money"])) == 1
    assert Need.objects.count() == 2


def test_a_stale_save_keeps_both_texts(lead: Actor, case: Case) -> None:
    actions.change_plan(by=lead, case=case, version=1, strengths="Hers", what_matters="Same")
    with pytest.raises(Stale) as stale:
        actions.change_plan(by=lead, case=case, version=1, strengths="Mine", what_matters="Same")
    assert stale.value.fields == [("Strengths", "Hers", "Mine")]
    assert Plan.objects.get(case=case).strengths == "Hers"


def test_saving_what_stands_there_already_is_never_stale(lead: Actor, case: Case) -> None:
    actions.change_plan(by=lead, case=case, version=1, strengths="Hers")
    assert actions.change_plan(by=lead, case=case, version=1, strengths="Hers").version == 2


def test_goals_and_network_are_refused_when_stale_too(lead: Actor, case: Case) -> None:
    goal = actions.add_goal(by=lead, case=case, words="Swim again", first_step="Find trunks")
    assert [step.words for step in goal.steps.all()] == ["Find trunks"]
    actions.change_goal(by=lead, goal=goal, version=1, words="Swim weekly", state="going")
    with pytest.raises(Stale):
        actions.change_goal(by=lead, goal=goal, version=1, words="Swim daily", state="going")
    member = actions.add_network_member(
        by=lead, case=case, kind="person", name="Kay", may_contact="no"
    )
    facts = {"kind": "person", "name": "Kay", "relation": "", "phone": "", "note": ""}
    actions.change_network_member(by=lead, member=member, version=1, may_contact="yes", **facts)
    with pytest.raises(Stale):
        actions.change_network_member(
            by=lead, member=member, version=1, may_contact="emergency", **facts
        )


def test_a_goal_reached_has_its_day_and_can_be_taken_up_again(lead: Actor, case: Case) -> None:
    goal = actions.add_goal(by=lead, case=case, words="Swim")
    done = actions.change_goal(by=lead, goal=goal, version=1, words="Swim", state="done")
    assert done.ended_on == timezone.localdate()
    again = actions.change_goal(by=lead, goal=goal, version=2, words="Swim", state="going")
    assert again.ended_on is None


def test_a_step_is_done_and_undone(lead: Actor, case: Case) -> None:
    goal = actions.add_goal(by=lead, case=case, words="Swim")
    step = actions.add_step(by=lead, goal=goal, words="Ring the pool", due_on=None)
    assert actions.mark_step(by=lead, step=step, done=True).done_on == timezone.localdate()
    assert actions.mark_step(by=lead, step=step, done=False).done_on is None


def test_a_colleague_writes_nothing(lead: Actor, case: Case) -> None:
    with pytest.raises(NotAllowed, match="someone else"):
        actions.change_plan(by=make_member(lead.service), case=case, version=1, strengths="X")


def test_the_history_says_what_changed_before_and_after(lead: Actor, case: Case) -> None:
    actions.change_plan(by=lead, case=case, version=1, what_matters="The dog")
    actions.change_plan(by=lead, case=case, version=2, what_matters="The dog and the garden")
    actions.step_back(by=lead, case=case, reason="Steady now.")
    lines = history.lines(case, phase_changes(case))
    assert "Moved to “Walking backwards”" in [line.what for line in lines]
    changes = [change for line in lines for change in line.changes]
    assert ("The dog", "The dog and the garden") in [(one.before, one.after) for one in changes]
    assert lines == sorted(lines, key=lambda line: line.at, reverse=True)


def test_someone_saved_first_the_page_shows_both_and_then_lets_one_decide(
    lead: Actor, client: Client, case: Case
) -> None:
    url = reverse("casework:change_words", args=[case.pk])
    actions.change_plan(by=lead, case=case, version=1, what_matters="Hers", strengths="")
    sign_in(client, lead)
    page = client.post(url, {"what_matters": "Mine", "strengths": "", "version": "1"})
    text = page.content.decode()
    assert page.status_code == 409
    assert "Hers" in text and "Mine" in text
    assert 'name="version" value="2"' in text
    again = client.post(url, {"what_matters": "Both", "strengths": "", "version": "2"})
    assert again.status_code == 302
    assert Plan.objects.get(case=case).what_matters == "Both"


def test_a_save_without_a_version_does_not_overwrite(
    lead: Actor, client: Client, case: Case
) -> None:
    actions.change_plan(by=lead, case=case, version=1, what_matters="Hers")
    sign_in(client, lead)
    url = reverse("casework:change_words", args=[case.pk])
    assert client.post(url, {"what_matters": "Mine", "strengths": ""}).status_code == 409


def test_the_same_form_sent_twice_adds_one_goal(lead: Actor, client: Client, case: Case) -> None:
    sign_in(client, lead)
    sent = {"words": "Swim", "first_step": "", "posted": "3e0cfb34-34b9-4e51-8a0c-5a3f7f2a0001"}
    for _ in range(2):
        done = client.post(reverse("casework:add_goal", args=[case.pk]), sent)
        assert done.headers["Location"] == reverse("casework:plan", args=[case.pk])
    assert Goal.objects.count() == 1


def test_the_card_always_says_when_to_come(lead: Actor, client: Client, case: Case) -> None:
    sign_in(client, lead)
    url = reverse("casework:change_card", args=[case.pk])
    page = client.post(url, {"come_if": "", "version": "1"})
    assert "Say when they should come" in page.content.decode()
    card = client.get(reverse("casework:card", args=[case.pk])).content.decode()
    assert "life or someone else" in card
    assert "always welcome" in card


@pytest.mark.parametrize("page", ["casework:client", "casework:plan"])
def test_the_card_is_one_press_away(lead: Actor, client: Client, case: Case, page: str) -> None:
    shown = sign_in(client, lead).get(reverse(page, args=[case.pk])).content.decode()
    card = reverse("casework:card", args=[case.pk])
    assert f'href="{card}"' in shown
    assert client.get(card).status_code == 200


def test_a_goal_is_not_reached_through_another_s_client(lead: Actor, client: Client) -> None:
    goal = actions.add_goal(by=lead, case=make_case(lead), words="Swim")
    sign_in(client, make_member(lead.service))
    page = client.post(
        reverse("casework:change_goal", args=[goal.pk]), {"words": "X", "state": "going"}
    )
    assert page.status_code == 404

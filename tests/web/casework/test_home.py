"""The morning page: what is due, what waits, what changed; and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, unseen
from openhiu.web.access.drafts import keep_draft
from openhiu.web.access.models import Role
from openhiu.web.casework import actions, home
from openhiu.web.casework.home import ACTIONS, CALLS, CONSENT, NEEDS, Line, Section, gather
from openhiu.web.casework.models import Case, Consent, PhaseChange, SharedWithoutConsent
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Only this room's own lines."""
    from openhiu.web.casework.presenters.home import own_sections

    sources: list[Any] = [own_sections]
    monkeypatch.setattr(home, "sections", sources)
    yield sources


def due(case: Case, days: int) -> Case:
    day = timezone.localdate() + timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(next_contact_on=day)
    return case


def test_todays_calls_are_those_due_and_overdue_the_longest_first(
    lead: Actor, alone: list[Any]
) -> None:
    for name, days in (("Today", 0), ("Tomorrow", 1), ("Overdue", -3)):
        due(make_case(lead, given_name=name, family_name="X"), days)
    calls = gather(lead).calls
    assert [line.text for line in calls] == ["Overdue X", "Today X"]
    assert [line.overdue for line in calls] == [True, False]


def test_who_died_is_nobodys_call(lead: Actor, alone: list[Any]) -> None:
    case = due(make_case(lead), 0)
    type(case.person).objects.filter(pk=case.person_id).update(died="informal")
    assert gather(lead).calls == []


def test_a_cover_has_her_own_calls_and_not_the_whole_teams(lead: Actor, alone: list[Any]) -> None:
    due(make_case(lead), 0)
    cover = make_member(lead.service, Role.COVER, team=lead.team)
    assert gather(cover).calls == []


def test_what_needs_me(lead: Actor, alone: list[Any]) -> None:
    now, today = timezone.now(), timezone.localdate()
    case = make_case(lead, given_name="Robin", family_name="Finch")
    actions.add_task(by=lead, words="Ring housing", case=case, due_on=today)
    actions.add_task(by=lead, words="Next week", due_on=today + timedelta(days=7))
    Consent.objects.filter(person=case.person).update(review_on=today + timedelta(days=14))
    SharedWithoutConsent.objects.create(
        service=lead.service, person=case.person, who_is_at_risk="Robin", told_whom="999",
        what_was_shared="Where", why_now="Danger", by=lead.membership,
        reasons_due_at=now + timedelta(hours=20),
    )  # fmt: skip
    unplanned = make_case(lead, given_name="Una", family_name="Planned")
    Case.objects.filter(pk=unplanned.pk).update(next_contact_on=None)
    keep_draft(lead.membership, f"contact:{case.pk}", {"what_mattered": ["The c"]})
    keep_draft(lead.membership, "something:else", {"words": ["x"]})
    board = gather(lead)
    assert [line.text for line in board[ACTIONS]] == ["Ring housing"]
    assert [line.text for line in board[CONSENT]] == ["Ask Robin again about consent"]
    assert sorted(line.text for line in board.needs) == sorted([
        "Reasons for sharing to keep Robin safe",
        "Set a next contact for Una Planned",
        "An unfinished contact, Robin",
    ])  # fmt: skip


def test_a_draft_about_a_client_no_longer_mine_names_nobody(lead: Actor, alone: list[Any]) -> None:
    case = make_case(make_member(lead.service, Role.LEAD, team=lead.team))
    keep_draft(lead.membership, f"contact:{case.pk}", {"what_mattered": ["The c"]})
    assert gather(lead).needs == []


def test_a_phase_changed_by_someone_else_is_news_and_ones_own_is_not(
    lead: Actor, alone: list[Any]
) -> None:
    case = make_case(lead, given_name="Robin", family_name="Finch")
    cover = make_member(lead.service, Role.COVER, name="Cora", team=lead.team)
    actions.step_back(by=lead, case=case, reason="Steady")
    assert gather(lead).overnight == []
    actions.return_to_support(by=cover, case=case, reason="It got hard")
    assert [line.text for line in gather(lead).overnight] == ["Robin Finch: picked up again"]
    PhaseChange.objects.update(at=timezone.now() - timedelta(days=3))
    assert gather(lead).overnight == []


def test_rooms_hang_up_their_own_lines(lead: Actor, alone: list[Any]) -> None:
    today = timezone.localdate()
    alone.append(lambda actor: [Section(CALLS, (Line("Call Kim", "/", when=today),))])
    alone.append(lambda actor: [Section(NEEDS, (Line("Later", "/"),)),
                                Section(NEEDS, (Line("First", "/", when=today),))])  # fmt: skip
    board = gather(lead)
    assert [line.text for line in board.calls] == ["Call Kim"]
    assert [line.text for line in board.needs] == ["First", "Later"]
    alone.append(lambda actor: [Section("nowhere")])
    with pytest.raises(ValueError, match="no such place"):
        gather(lead)


def test_a_quiet_word_is_put_aside_by_whom_it_is_for(client: Client, lead: Actor) -> None:
    told = announce(to=lead.membership, words="A word for you.", link="/clients/")
    sign_in(client, make_member(lead.service, Role.LEAD, team=lead.team))
    client.post(reverse("casework:put_aside", args=[told.pk]))
    assert unseen(lead).count() == 1
    sign_in(client, lead)
    assert "A word for you." in client.get("/").content.decode()
    client.post(reverse("casework:put_aside", args=[told.pk]))
    assert "A word for you." not in client.get("/").content.decode()


def test_the_same_words_several_times_are_one_line_put_aside_in_one_press(
    client: Client, lead: Actor
) -> None:
    told = [announce(to=lead.membership, words="Something.", link=f"/x/{n}") for n in range(6)]
    announce(to=lead.membership, words="Else.")
    page = sign_in(client, lead).get("/").content.decode()
    assert "6 times" in page
    assert [f'href="/x/{n}"' in page for n in range(6)] == [True] * 6
    assert page.count("Put aside<") + page.count("Put aside\n") + page.count("Put aside ") == 2
    announce(to=lead.membership, words="Something.", link="/x/later")  # after the page was drawn
    client.post(reverse("casework:put_aside", args=[told[-1].pk]))
    assert sorted(one.link for one in unseen(lead)) == ["", "/x/later"]


def test_empty_places_say_why(client: Client, lead: Actor) -> None:
    sign_in(client, lead)
    page = client.get("/").content.decode()
    assert "Nobody is due today." in page
    assert "Nothing changed since yesterday" in page


def test_a_full_day_takes_a_fixed_number_of_queries(
    client: Client, lead: Actor, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        case = due(make_case(lead), 0)
        actions.add_task(by=lead, words=f"Task {number}", case=case, due_on=timezone.localdate())
        keep_draft(lead.membership, f"contact:{case.pk}", {"what_mattered": ["x"]})
        Consent.objects.filter(person=case.person).update(review_on=timezone.localdate())
    sign_in(client, lead)
    client.get("/")
    # A few for every room that hangs up lines, and none for a line.
    with django_assert_max_num_queries(65) as counted:
        client.get("/")
    due(make_case(lead), 0)
    with django_assert_max_num_queries(len(counted.captured_queries)):
        client.get("/")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.ANALYST, "hand over the hospital lists"),
        (Role.PARTNER, "agreed to share with your organisation"),
        (Role.COMMISSIONER, "You see no one by name"),
        (Role.AUDITOR, "who saw what and why"),
        (Role.ADMIN, "invite people and grant roles"),
        (Role.SAFEGUARDING, "Worries raised"),
        (Role.SUPERVISOR, "What waits for me"),
    ],
)
def test_each_role_has_a_home_of_its_own(
    client: Client, lead: Actor, role: Role, words: str
) -> None:
    sign_in(client, make_member(lead.service, role))
    assert words in client.get("/").content.decode()

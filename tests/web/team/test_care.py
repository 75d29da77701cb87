"""What comes round for workers: talks, training, checks, buddies; and who reads what of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.home import gather
from openhiu.web.team.actions import care as noting
from openhiu.web.team.actions.care_settings import settle
from openhiu.web.team.models import DbsCheck, Talk
from openhiu.web.team.queries import care
from openhiu.web.team.queries.care import Due
from support.web import make_member, make_service, make_team, sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 11)


@pytest.fixture
def nia() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Nia Evans", team=make_team(service))


@pytest.fixture
def boss(nia: Actor) -> Actor:
    return make_member(nia.service, Role.SUPERVISOR, name="Bea Boss", team=nia.team)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


def due(member: Actor, kind: str) -> Due:
    return next(one for one in care.due_of(member.membership) if one.kind == kind)


def talk(by: Actor, kind: str = "supervision", on: date = TODAY, **more: Any) -> Talk:
    given = {"member": by.membership, "with_words": "Kim of the next town", **more}
    return noting.note_talk(by=by, kind=kind, on=on, **given)


def check(by: Actor, of: Actor, checked: date = TODAY, **more: Any) -> DbsCheck:
    return noting.note_check(
        by=by, member=of.membership, issued_on=checked, checked_on=checked, **more
    )


def clockwork(service: Any) -> None:
    call_command("look_after_the_team", verbosity=0)
    set_service(service.pk)


# --- when things are due ---


def test_the_next_talk_is_due_by_the_rhythm(nia: Actor) -> None:
    talk(nia, on=date(2026, 10, 20))
    talk(nia, "coaching", on=date(2026, 10, 20))
    assert due(nia, "supervision").due_on == date(2026, 11, 17)  # 4 weeks
    assert due(nia, "coaching").due_on == date(2026, 12, 1)  # 6 weeks
    assert due(nia, "supervision").soon
    assert not due(nia, "coaching").soon


def test_an_agreed_day_goes_before_the_rhythm(nia: Actor) -> None:
    talk(nia, next_on=date(2026, 11, 18))
    assert due(nia, "supervision").due_on == date(2026, 11, 18)


def test_without_any_it_is_due_a_rhythm_after_they_came(nia: Actor) -> None:
    assert due(nia, "supervision").due_on == TODAY + timedelta(weeks=4)
    assert due(nia, "supervision").last_on is None


def test_clinical_supervision_is_asked_of_nobody_until_the_service_says_so(
    nia: Actor, boss: Actor
) -> None:
    assert "clinical" not in [one.kind for one in care.due_of(nia.membership)]
    settle(by=boss, version=0, weeks={"clinical": 6})
    assert due(nia, "clinical").due_on == TODAY + timedelta(weeks=6)


def test_the_manager_sets_the_rhythm(nia: Actor, boss: Actor) -> None:
    talk(nia, on=date(2026, 11, 1))
    settle(by=boss, version=0, weeks={"supervision": 2}, months={"telephone": -1})
    assert due(nia, "supervision").due_on == date(2026, 11, 15)
    assert "telephone" not in [one.kind for one in care.due_of(nia.membership)]


def test_what_was_noted_in_error_counts_no_more_and_stays(nia: Actor) -> None:
    talk(nia, on=date(2026, 10, 1))
    wrong = talk(nia, on=date(2026, 11, 10))
    noting.take_back(by=nia, row=wrong)
    assert due(nia, "supervision").last_on == date(2026, 10, 1)
    assert care.talks_of(nia.membership).count() == 2


def test_training_counts_for_its_months(nia: Actor) -> None:
    done = noting.note_training(
        by=nia, member=nia.membership, subject="data_security", done_on=date(2025, 12, 1)
    )
    assert done.expires_on == date(2026, 12, 1)
    month_end = noting.note_training(
        by=nia, member=nia.membership, subject="safeguarding", done_on=date(2026, 8, 31)
    )
    assert month_end.expires_on == date(2029, 8, 31)
    assert due(nia, "resilience").due_on == TODAY + timedelta(weeks=12)


def test_talks_follow_the_person_through_their_roles(nia: Actor) -> None:
    talk(nia)
    also = make_member(nia.service, Role.COVER, user=nia.user)
    assert due(also, "supervision").last_on == TODAY


@pytest.mark.parametrize(("facts", "why"), [
    ({"on": TODAY + timedelta(days=1)}, "still ahead"),
    ({"with_words": " "}, "with whom"),
    ({"next_on": TODAY}, "after this one"),
    ({"next_on": date(2028, 1, 1)}, "within a year"),
])  # fmt: skip
def test_a_talk_is_noted_as_it_was(nia: Actor, facts: dict[str, Any], why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        talk(nia, **facts)


# --- DBS checks ---


def test_a_check_is_due_a_year_after_it_was_seen(nia: Actor, boss: Actor) -> None:
    assert check(boss, nia, date(2026, 2, 28)).due_on == date(2027, 2, 28)
    with pytest.raises(NotAllowed, match="within a year"):
        check(boss, nia, due_on=TODAY + timedelta(days=366))


def test_nobody_notes_their_own_check(nia: Actor, boss: Actor) -> None:
    for who in (nia, boss):
        with pytest.raises(NotAllowed):
            check(who, who)


@pytest.mark.parametrize("number", ["00123456789", "12345", "12a4", "123"])
def test_never_more_than_the_last_four_figures(nia: Actor, boss: Actor, number: str) -> None:
    with pytest.raises(NotAllowed, match="last four"):
        check(boss, nia, last_four=number)


def test_warned_at_60_days_the_worker_and_at_30_and_0_the_manager_too(
    nia: Actor, boss: Actor, clock: Any
) -> None:
    row = check(boss, nia)  # due 11 November 2027
    last = row.due_on
    seen: list[tuple[int, int, int]] = []
    for left in (61, 60, 59, 31, 30, 29, 1, 0, -1, -20):
        day = last - timedelta(days=left)
        clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        clockwork(nia.service)
        clockwork(nia.service)
        about = [
            len([one for one in unseen(who) if "DBS check" in one.words]) for who in (nia, boss)
        ]
        seen.append((left, *about))
    assert seen == [
        (61, 0, 0), (60, 1, 0), (59, 1, 0), (31, 1, 0), (30, 2, 1), (29, 2, 1), (1, 2, 1),
        (0, 3, 2), (-1, 3, 2), (-20, 3, 2),
    ]  # fmt: skip


def test_a_renewed_check_is_warned_of_anew_and_the_old_one_not(
    nia: Actor, boss: Actor, clock: Any
) -> None:
    check(boss, nia)
    clock.move_to(datetime(2027, 10, 20, 9, tzinfo=UTC))
    check(boss, nia, date(2027, 10, 20))
    clock.move_to(datetime(2027, 11, 11, 9, tzinfo=UTC))
    clockwork(nia.service)
    assert not [one for one in unseen(nia) if "DBS" in one.words]


def test_an_overdue_check_is_said_plainly_with_the_local_policy(
    nia: Actor, boss: Actor, clock: Any, client: Client
) -> None:
    check(boss, nia)
    settle(by=boss, version=0, without_check="Do not visit alone. Ring Bea.")
    clock.move_to(datetime(2027, 11, 12, 9, tzinfo=UTC))
    sign_in(client, boss)
    page = client.get(reverse("team:looking_after")).content.decode()
    assert "DBS check" in page
    assert "Do not visit alone. Ring Bea." in page
    assert [line for line in gather(nia).needs if line.text == "DBS check was due yesterday"]


# --- who may note and see ---


def test_a_supervisor_notes_for_her_team_and_nobody_elses(nia: Actor, boss: Actor) -> None:
    talk(boss, member=nia.membership, with_words="", with_member=boss.membership)
    far = make_member(nia.service, Role.LEAD, team=make_team(nia.service, "South"))
    with pytest.raises(NotAllowed, match="do not look after"):
        talk(boss, member=far.membership)
    other = make_member(make_service(), Role.LEAD, open_rows=False)
    with pytest.raises(Missing):
        talk(boss, member=other.membership)


def test_leads_do_not_note_for_each_other(nia: Actor) -> None:
    ben = make_member(nia.service, Role.LEAD, team=nia.team)
    with pytest.raises(NotAllowed):
        talk(nia, member=ben.membership)


def test_the_team_stands_in_the_order_of_names_and_never_of_a_number(
    nia: Actor, boss: Actor, client: Client
) -> None:
    for name in ("Zoe Ash", "Ann Birch", "Mia Cole"):
        make_member(nia.service, Role.LEAD, name=name, team=nia.team)
    sign_in(client, boss)
    page = client.get(reverse("team:looking_after")).content.decode().split("<main")[1]
    places = [page.index(name) for name in ("Ann Birch", "Mia Cole", "Nia Evans", "Zoe Ash")]
    assert places == sorted(places)


def test_the_morning_page_holds_what_is_due_soon(nia: Actor) -> None:
    talk(nia, on=TODAY - timedelta(days=21))
    found = [line.text for line in gather(nia).needs]
    assert "Supervision is due in 7 days" in found
    assert not [text for text in found if text.startswith("Coaching")]


def test_a_buddy_is_one_at_a_time_and_a_colleague_hears_of_it(nia: Actor) -> None:
    ben = make_member(nia.service, Role.LEAD, name="Ben Okoro")
    noting.set_buddy(by=nia, member=nia.membership, with_member=ben.membership)
    assert [one.words for one in unseen(ben)] == [
        "Nia Evans named you as the colleague they learn with."
    ]
    noting.set_buddy(by=nia, member=nia.membership, with_words="Sam, HIU lead in Eastham")
    now = care.buddy_of(nia.membership)
    assert now is not None
    assert now.with_words == "Sam, HIU lead in Eastham"
    noting.set_buddy(by=nia, member=nia.membership)
    assert care.buddy_of(nia.membership) is None


def test_settings_saved_by_two_at_once_are_not_lost(nia: Actor, boss: Actor) -> None:
    settle(by=boss, version=0, assistance="0800 1")
    with pytest.raises(Stale):
        settle(by=boss, version=0, assistance="0800 2")
    settle(by=boss, version=1, assistance="0800 3")


def test_settings_through_the_page(boss: Actor, client: Client) -> None:
    sign_in(client, boss)
    url = reverse("team:care_settings")
    page = client.get(url).content.decode()
    said = dict(_filled(page))
    answer = client.post(url, {**said, "weeks_coaching": "3", "assistance": "Ring 0800 1"})
    assert answer.status_code == 302
    settings = care.settings_of(boss.service)
    assert care.weeks_of(settings)["coaching"] == 3
    assert care.weeks_of(settings)["supervision"] == 4
    assert settings.assistance == "Ring 0800 1"


def _filled(page: str) -> Iterator[tuple[str, str]]:
    import re

    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in ("posted", "csrfmiddlewaretoken"):
            yield name[1], value[1] if value else ""


def test_managers_are_told_after_buddies(boss: Actor) -> None:
    with pytest.raises(NotAllowed, match="after the buddy"):
        settle(by=boss, version=0, buddy_after_minutes=30, manager_after_minutes=15)


def test_a_talk_through_the_pages(nia: Actor, client: Client) -> None:
    sign_in(client, nia)
    url = reverse("team:note_talk")
    assert (
        b"Choose a colleague, or say with whom"
        in client.post(url, {"kind": "coaching", "on": "2026-11-10"}).content
    )
    answer = client.post(url, {"kind": "coaching", "on": "2026-11-10", "with_words": "Sam"})
    assert answer.url == reverse("team:care")
    page = client.get(answer.url).content.decode()
    assert "10 November 2026: coaching with Sam" in page


def test_a_new_worker_is_not_buried_in_what_was_never_noted(
    nia: Actor, boss: Actor, clock: Any, client: Client
) -> None:
    clock.shift(timedelta(weeks=20))
    found = [line for line in gather(nia).needs if line.url == reverse("team:care")]
    assert [line.text for line in found] == [
        "DBS check: none noted yet", "Note what you have had already",
    ]  # fmt: skip
    assert "supervision, coaching" in found[1].detail
    sign_in(client, boss)
    page = client.get(reverse("team:looking_after")).content.decode()
    assert page.count("Not noted yet:") == 1


def test_checks_never_noted_are_one_line_for_who_manages(nia: Actor, boss: Actor) -> None:
    def of_others() -> list[Any]:
        own = reverse("team:care")
        return [one for one in gather(boss).needs if "DBS" in one.text and one.url != own]

    (first,) = of_others()
    assert first.text.startswith("Nia Evans: DBS check")
    make_member(nia.service, Role.LEAD, name="Ann Birch", team=nia.team)
    (both,) = of_others()
    assert both.text == "No DBS check is noted for 2 people"
    assert both.detail == "Ann Birch, Nia Evans"


def test_a_supervisor_alone_reads_who_can_be_asked(boss: Actor, client: Client) -> None:
    page = sign_in(client, boss).get(reverse("team:care")).content.decode()
    assert "Nobody supervises here yet" not in page
    assert f"Nobody else supervises here. Ask {boss.service.provider.name}" in page
    assert "Ask for a talk" not in page
    make_member(boss.service, Role.SUPERVISOR, name="Vera Other")
    again = client.get(reverse("team:care")).content.decode()
    assert "Vera Other." in again
    assert "Ask for a talk" in again

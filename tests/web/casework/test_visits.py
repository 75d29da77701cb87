"""Lone visits: planning, one tap, who is told when; with the clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import AuditEntry, Membership, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions import visits as doing
from openhiu.web.casework.home import gather
from openhiu.web.casework.models import Case, Visit
from openhiu.web.casework.queries import visits as found
from openhiu.web.people.models import ContactSafety, Notice, Person
from openhiu.web.team.models import Cover, Leave
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
WHERE = "12 Mill Lane, Ambleford"
PHONE = "01632 960 111"


class Crew:
    """One team: who visits, who looks out, a third colleague, who manages, and a stranger."""

    def __init__(self) -> None:
        self.service = make_service()
        team = make_team(self.service)
        make = lambda role, name: make_member(self.service, role, name=name, team=team)  # noqa: E731
        self.nia, self.ben = make(Role.LEAD, "Nia Evans"), make(Role.LEAD, "Ben Okoro")
        self.kit = make(Role.COVER, "Kit Shaw")
        self.boss = make(Role.SUPERVISOR, "Bea Boss")
        self.far = make_member(
            self.service, Role.LEAD, name="Far Away", team=make_team(self.service, "South")
        )


@pytest.fixture
def crew() -> Crew:
    return Crew()


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands until it is moved: Wednesday 11 November 2026, ten o'clock."""
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


def planned(crew: Crew, *, at: datetime | None = None, minutes: int = 60, **more: Any) -> Visit:
    given = {"who": "The Hill family", "where": WHERE, "phone": PHONE, "buddy": crew.ben.membership}
    return doing.plan_visit(
        by=crew.nia, starts_at=at or timezone.now(), minutes=minutes, **{**given, **more}
    )


def client_of(lead: Actor, **facts: Any) -> Case:
    case = make_case(lead, **facts)
    ContactSafety.objects.create(
        service=lead.service, person=case.person, reviewed_on=timezone.localdate(),
        reviewed_by=lead.membership,
    )  # fmt: skip
    return case


def look(crew: Crew) -> None:
    """What the clock does once a minute."""
    call_command("watch_visits", once=True, verbosity=0)
    set_service(crew.service.pk)


def told(member: Actor) -> list[str]:
    return [one.words for one in unseen(member).order_by("at")]


def late(member: Actor) -> list[str]:
    return [words for words in told(member) if "should have been back" in words]


def away(crew: Crew, who: Actor, day: date, cover: Actor | None = None) -> None:
    leave = Leave.objects.create(
        service=crew.service, member=who.membership, kind="annual", state="booked",
        from_day=day, until_day=day, noted_by=who.membership,
    )  # fmt: skip
    if cover:
        Cover.objects.create(
            service=crew.service, leave=leave, covering=cover.membership, from_day=day,
            until_day=day, answer="yes", asked_by=who.membership, answered_at=timezone.now(),
        )  # fmt: skip


# --- who is told, and when ---


def test_the_buddy_is_told_at_15_minutes_and_the_manager_at_30(crew: Crew, clock: Any) -> None:
    doing.set_out(by=crew.nia, visit=planned(crew))  # expected out at 11:00
    for minute, buddies, managers in ((74, 0, 0), (75, 1, 0), (89, 1, 0), (90, 1, 1), (200, 1, 1)):
        clock.move_to(datetime(2026, 11, 11, 10, tzinfo=UTC) + timedelta(minutes=minute))
        look(crew)
        look(crew)
        assert (len(late(crew.ben)), len(late(crew.boss))) == (buddies, managers), minute
    assert late(crew.kit) == late(crew.far) == []
    assert WHERE not in " ".join(told(crew.ben) + told(crew.boss))


def test_a_visit_nobody_said_they_set_out_on_is_told_of_all_the_same(
    crew: Crew, clock: Any
) -> None:
    planned(crew)
    clock.shift(timedelta(minutes=75))
    look(crew)
    assert len(late(crew.ben)) == 1


def test_back_in_time_nobody_is_told(crew: Crew, clock: Any) -> None:
    visit = doing.set_out(by=crew.nia, visit=planned(crew))
    clock.shift(timedelta(minutes=58))
    doing.come_back(by=crew.nia, visit=visit)
    clock.shift(timedelta(hours=3))
    look(crew)
    assert late(crew.ben) == late(crew.boss) == []


def test_a_cancelled_visit_is_nobodys_worry(crew: Crew, clock: Any) -> None:
    doing.cancel_visit(by=crew.nia, visit=planned(crew))
    clock.shift(timedelta(hours=5))
    look(crew)
    assert late(crew.ben) == late(crew.boss) == []
    assert told(crew.ben) == ["Nia Evans cancelled their visit."]


def test_more_minutes_move_both_times(crew: Crew, clock: Any) -> None:
    visit = doing.set_out(by=crew.nia, visit=planned(crew))
    doing.stay_longer(by=crew.nia, visit=visit, minutes=30)  # 11:30
    clock.shift(timedelta(minutes=104))  # 11:44
    look(crew)
    assert late(crew.ben) == []
    clock.shift(timedelta(minutes=1))
    look(crew)
    assert len(late(crew.ben)) == 1


def test_more_minutes_after_the_end_count_from_now_and_put_minds_at_rest(
    crew: Crew, clock: Any
) -> None:
    visit = doing.set_out(by=crew.nia, visit=planned(crew))
    clock.shift(timedelta(minutes=95))  # 11:35, both told
    look(crew)
    again = doing.stay_longer(by=crew.nia, visit=visit, minutes=15)
    assert again.ends_at == datetime(2026, 11, 11, 11, 50, tzinfo=UTC)
    assert told(crew.boss) == ["Nia Evans stays longer on their visit, and is well."]
    clock.shift(timedelta(minutes=30))  # 12:05
    look(crew)
    assert len(late(crew.ben)) == 1, "told again after the new end"


def test_who_was_told_hears_that_they_are_back(crew: Crew, clock: Any) -> None:
    visit = doing.set_out(by=crew.nia, visit=planned(crew))
    clock.shift(timedelta(minutes=95))
    look(crew)
    doing.come_back(by=crew.nia, visit=visit)
    for member in (crew.ben, crew.boss):
        assert told(member)[-1] == "Nia Evans is back from their visit."
        assert late(member) == []


@pytest.mark.parametrize("begins", [
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC),  # 00:30 BST, out by 01:30, which comes twice
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # 00:30 GMT, out by 01:30, which there is not
])  # fmt: skip
def test_the_night_on_which_the_clocks_change_is_no_trap(
    crew: Crew, clock: Any, begins: datetime
) -> None:
    clock.move_to(begins)
    doing.set_out(by=crew.nia, visit=planned(crew))
    clock.move_to(begins + timedelta(minutes=74))
    look(crew)
    assert late(crew.ben) == []
    clock.move_to(begins + timedelta(minutes=75))
    look(crew)
    assert len(late(crew.ben)) == 1


def test_an_hour_that_comes_twice_is_its_first_one(crew: Crew, clock: Any) -> None:
    from openhiu.web.casework.forms.visits import said_of

    typed = {"on": date(2026, 10, 25), "clock": datetime(2026, 1, 1, 1, 30).time(), "minutes": 30}
    assert said_of(typed)["starts_at"].astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_after_a_clock_that_stood_still_both_are_told_at_once(crew: Crew, clock: Any) -> None:
    planned(crew)
    clock.shift(timedelta(hours=20))
    look(crew)
    assert len(late(crew.ben)) == len(late(crew.boss)) == 1


def test_forgotten_in_the_evening_it_waits_in_the_morning(
    crew: Crew, clock: Any, client: Client
) -> None:
    clock.move_to(datetime(2026, 11, 11, 16, tzinfo=UTC))
    visit = doing.set_out(by=crew.nia, visit=planned(crew))
    clock.move_to(datetime(2026, 11, 12, 8, 30, tzinfo=UTC))
    look(crew)
    (line,) = gather(crew.nia)["visits"]
    assert line.tag == ("15 hours late", "red")
    assert line.act[0] == "I am back"
    sign_in(client, crew.nia)
    page = client.get(reverse("casework:home")).content.decode()
    assert "You have not said that you are back from a visit." in page
    client.post(reverse("casework:come_back", args=[visit.pk]))
    assert "You have not said" not in client.get(reverse("casework:home")).content.decode()


def test_a_buddy_on_leave_cannot_be_chosen(crew: Crew, clock: Any) -> None:
    away(crew, crew.ben, date(2026, 11, 11))
    with pytest.raises(NotAllowed, match="Ben Okoro is away that day"):
        planned(crew)


def test_when_the_buddy_goes_on_leave_their_cover_is_told(crew: Crew, clock: Any) -> None:
    planned(crew)
    away(crew, crew.ben, date(2026, 11, 11), cover=crew.kit)
    clock.shift(timedelta(minutes=75))
    look(crew)
    assert (len(late(crew.ben)), len(late(crew.kit))) == (0, 1)


def test_without_cover_the_next_of_the_team_is_told(crew: Crew, clock: Any) -> None:
    planned(crew)
    away(crew, crew.ben, date(2026, 11, 11))
    clock.shift(timedelta(minutes=75))
    look(crew)
    assert (len(late(crew.ben)), len(late(crew.kit)), len(late(crew.far))) == (0, 1, 0)


def test_with_nobody_here_the_manager_is_told_at_15_minutes(crew: Crew, clock: Any) -> None:
    planned(crew)
    for gone in (crew.ben, crew.kit):
        away(crew, gone, date(2026, 11, 11))
    clock.shift(timedelta(minutes=75))
    look(crew)
    assert len(late(crew.boss)) == 1


def test_a_buddy_who_left_the_service_is_not_waited_for(crew: Crew, clock: Any) -> None:
    planned(crew)
    Membership.objects.filter(pk=crew.ben.membership.pk).update(ended_at=timezone.now())
    clock.shift(timedelta(minutes=75))
    look(crew)
    assert len(late(crew.kit)) == 1


def test_the_minutes_are_the_services_own(crew: Crew, clock: Any) -> None:
    from openhiu.web.team.actions.care_settings import settle

    settle(by=crew.boss, version=0, buddy_after_minutes=5, manager_after_minutes=10)
    planned(crew)
    clock.shift(timedelta(minutes=66))
    look(crew)
    assert (len(late(crew.ben)), len(late(crew.boss))) == (1, 0)


# --- who may know what ---


def test_who_and_where_are_sealed_in_the_database(crew: Crew) -> None:
    visit = planned(crew)
    with connection.cursor() as cursor:
        stored = "select row_to_json(v)::text from casework_visit v where id = %s"
        cursor.execute(stored, [visit.pk])
        (row,) = cursor.fetchone()
    assert str(visit.pk) in row
    assert [word for word in ("Mill", "01632", "Hill family") if word in row] == []
    assert found.where_of(visit) == WHERE


def test_the_buddy_sees_where_from_its_beginning_to_its_end(crew: Crew, clock: Any) -> None:
    later = timezone.now() + timedelta(hours=1)
    visit = planned(crew, at=later)
    seen = lambda: found.told(crew.ben, Visit.objects.get(pk=visit.pk))  # noqa: E731
    assert (seen().where, seen().phone) == ("", "")
    clock.move_to(later)
    assert (seen().where, seen().phone) == (WHERE, PHONE)
    assert seen().who == "Somebody", "who is visited shows only when it is overdue"
    clock.shift(timedelta(minutes=75))
    assert seen().who == "The Hill family"
    doing.come_back(by=crew.nia, visit=visit)
    assert (seen().where, seen().phone, seen().who) == ("", "", "Somebody")


def test_nobody_else_knows_of_it_at_all(crew: Crew) -> None:
    visit = planned(crew)
    other = make_member(make_service(), Role.SUPERVISOR)
    for stranger in (crew.kit, crew.far, other):
        set_service(stranger.service_id)
        with pytest.raises(Missing):
            found.visit_or_missing(stranger, visit.pk)
    set_service(crew.service.pk)
    assert found.visit_or_missing(crew.boss, visit.pk).pk == visit.pk


def test_where_a_restricted_person_is_is_never_written_or_shown(crew: Crew) -> None:
    case = client_of(crew.nia)
    Person.objects.filter(pk=case.person_id).update(restricted=True)
    case.refresh_from_db()
    with pytest.raises(NotAllowed, match="never written down"):
        planned(crew, case=case, who="")
    visit = planned(crew, case=case, who="", where="")
    assert found.told(crew.nia, visit).where == "Restricted: not shown"


def test_restricted_after_it_was_planned_it_is_hidden(crew: Crew) -> None:
    case = client_of(crew.nia)
    visit = planned(crew, case=case, who="")
    Person.objects.filter(pk=case.person_id).update(restricted=True)
    for who in (crew.nia, crew.ben, crew.boss):
        assert found.told(who, Visit.objects.get(pk=visit.pk)).where == "Restricted: not shown"


def test_the_day_after_nothing_personal_is_left(crew: Crew, clock: Any) -> None:
    visit = planned(crew)
    doing.come_back(by=crew.nia, visit=visit)
    clock.shift(timedelta(hours=23))
    look(crew)
    assert found.where_of(Visit.objects.get(pk=visit.pk)) == WHERE
    clock.shift(timedelta(hours=2))
    look(crew)
    row = Visit.objects.get(pk=visit.pk)
    assert (row.who_sealed, row.where_sealed, row.phone_sealed) == ("", "", "")


def test_the_history_of_a_visit_holds_none_of_it() -> None:
    kept = {field.name for field in Visit.pgh_event_model._meta.fields}  # type: ignore[attr-defined]
    assert not [name for name in kept if "sealed" in name]


def test_looking_at_where_a_client_is_is_recorded(crew: Crew, client: Client) -> None:
    case = client_of(crew.nia, given_name="Robin", family_name="Finch")
    visit = planned(crew, case=case, who="")
    sign_in(client, crew.ben)
    page = client.get(reverse("casework:visit", args=[visit.pk])).content.decode()
    assert "12 Mill Lane" in page
    assert "Finch" not in page
    entry = AuditEntry.objects.filter(user=crew.ben.user, did="looked").latest("at")
    assert (entry.person_id, entry.purpose) == (case.person_id, "safeguarding")


# --- planning ---


def test_what_is_known_is_read_first(crew: Crew, client: Client) -> None:
    case = client_of(crew.nia)
    Notice.objects.create(
        service=crew.service, person=case.person, kind="risk", words="A large dog, not chained",
        source="Ambulance, 3 May", review_on=date(2027, 1, 1), ends_on=date(2027, 5, 1),
        proposed_by=crew.nia.membership, agreed_by=crew.boss.membership, agreed_at=timezone.now(),
    )  # fmt: skip
    sign_in(client, crew.nia)
    url = reverse("casework:plan_client_visit", args=[case.pk])
    assert "A large dog" in client.get(url).content.decode()
    said = {
        "where": WHERE, "on": "2026-11-11", "clock": "14:00", "minutes": "60",
        "buddy": str(crew.ben.membership.pk), "phone": PHONE,
    }  # fmt: skip
    assert "I have read what is known" in client.post(url, said).content.decode()
    assert not Visit.objects.exists()
    assert client.post(url, {**said, "read_notices": "on"}).status_code == 302
    visit = Visit.objects.get()
    assert visit.starts_at == datetime(2026, 11, 11, 14, tzinfo=UTC)
    assert visit.ends_at == datetime(2026, 11, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize(("changes", "why"), [
    ({"phone": " "}, "number that reaches you"),
    ({"where": ""}, "where it is"),
    ({"who": ""}, "who you visit"),
    ({"minutes": 0}, "twelve hours"),
    ({"minutes": 721}, "twelve hours"),
])  # fmt: skip
def test_a_plan_says_what_a_buddy_needs(crew: Crew, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        planned(crew, **changes)


def test_nobody_looks_out_for_themselves(crew: Crew) -> None:
    with pytest.raises(NotAllowed, match="Choose a colleague"):
        planned(crew, buddy=crew.nia.membership)


def test_a_buddy_of_another_service_is_not_there(crew: Crew) -> None:
    other = make_member(make_service(), Role.LEAD, open_rows=False)
    with pytest.raises(Missing):
        planned(crew, buddy=other.membership)


def test_who_died_is_not_visited_and_plans_are_cancelled(crew: Crew) -> None:
    from openhiu.web.people.actions import mark_died

    case = client_of(crew.nia)
    visit = planned(crew, case=case, who="", at=timezone.now() + timedelta(hours=4))
    out = doing.set_out(by=crew.nia, visit=planned(crew, case=case, who=""))
    mark_died(by=crew.nia, person=case.person, heard="Their sister")
    visit.refresh_from_db()
    out.refresh_from_db()
    assert visit.cancelled_at is not None
    assert out.cancelled_at is None, "who is out is still looked out for"
    case.refresh_from_db()
    with pytest.raises(NotAllowed, match="died"):
        planned(crew, case=case, who="")


def test_only_ones_own_client(crew: Crew) -> None:
    case = client_of(crew.far)
    with pytest.raises(NotAllowed, match="someone else"):
        planned(crew, case=case, who="")


# --- being back ---


def test_somebody_else_says_how_they_know(crew: Crew) -> None:
    visit = planned(crew)
    with pytest.raises(NotAllowed, match="how you know"):
        doing.come_back(by=crew.ben, visit=visit)
    done = doing.come_back(by=crew.ben, visit=visit, words="We spoke at 11:20")
    assert done.back_by == crew.ben.membership
    for act in (doing.set_out, doing.cancel_visit):
        with pytest.raises(NotAllowed):
            act(by=crew.ben, visit=planned(crew))


def test_pressed_twice_is_pressed_once(crew: Crew, client: Client) -> None:
    visit = planned(crew)
    sign_in(client, crew.nia)
    for name in ("set_out", "set_out", "come_back", "come_back"):
        client.post(reverse(f"casework:{name}", args=[visit.pk]))
    visit.refresh_from_db()
    assert (visit.out_at is not None, visit.back_at is not None) == (True, True)
    assert visit.version == 3


def test_a_finished_visit_offers_the_contact_and_knows_it_afterwards(
    crew: Crew, clock: Any, client: Client
) -> None:
    case = client_of(crew.nia)
    visit = doing.set_out(by=crew.nia, visit=planned(crew, case=case, who=""))
    clock.shift(timedelta(minutes=45))
    doing.come_back(by=crew.nia, visit=visit)
    (line,) = [one for one in gather(crew.nia).needs if "your visit" in one.text]
    sign_in(client, crew.nia)
    page = client.get(line.url).content.decode()
    assert '<option value="visit" selected' in page
    assert 'value="45"' in page
    client.post(line.url, {
        "who": "client", "how": "visit", "reached": "yes", "began_by": "us",
        "next_contact": "rhythm", "minutes": "45",
    })  # fmt: skip
    visit.refresh_from_db()
    assert visit.contact is not None
    assert visit.contact.minutes == 45
    assert not [one for one in gather(crew.nia).needs if "your visit" in one.text]


# --- pages ---


def test_every_page_of_the_buddy_says_so_while_it_lasts(
    crew: Crew, clock: Any, client: Client
) -> None:
    visit = planned(crew)
    clock.shift(timedelta(minutes=80))
    sign_in(client, crew.ben)
    for name in ("casework:home", "casework:active_list", "team:care", "access:account"):
        assert (
            b"Nia Evans is 20 minutes late back from a visit." in client.get(reverse(name)).content
        )
    doing.come_back(by=crew.nia, visit=visit)
    assert b"late back" not in client.get(reverse("casework:home")).content


def test_each_page_of_visits_says_that_it_is_no_alarm_service(crew: Crew, client: Client) -> None:
    case = client_of(crew.nia)
    visit = planned(crew, case=case, who="")
    sign_in(client, crew.nia)
    pages = [reverse("casework:visits", args=[case.pk]), reverse("casework:my_visits"),
             reverse("casework:plan_visit"), reverse("casework:day_sheet"),
             reverse("casework:plan_client_visit", args=[case.pk]),
             reverse("casework:visit", args=[visit.pk])]  # fmt: skip
    for page in pages:
        assert b"no alarm service" in client.get(page).content, page


def test_the_sheet_holds_ones_own_in_full_and_of_others_only_times(
    crew: Crew, client: Client
) -> None:
    planned(crew)
    for who, sees in ((crew.nia, True), (crew.ben, False), (crew.boss, False)):
        sign_in(client, who)
        page = client.get(reverse("casework:day_sheet")).content.decode()
        assert ("12 Mill Lane" in page) is sees
        assert "Nia Evans" in page


def test_a_record_that_is_taken_along_names_no_place_of_a_visit(crew: Crew) -> None:
    from openhiu.web.casework.presenters.export import record_of

    case = client_of(crew.nia)
    planned(crew, case=case, who="")
    kept = record_of(case)["Visits"]
    assert len(kept) == 1
    assert "Mill" not in str(kept)
    assert "960" not in str(kept)


def test_withdrawing_consent_cancels_what_is_planned(crew: Crew) -> None:
    case = client_of(crew.nia)
    visit = planned(crew, case=case, who="", at=timezone.now() + timedelta(days=1))
    from openhiu.web.casework.models import Consent

    asked = Consent.objects.get(person=case.person, kind="take_part")
    casework.withdraw(by=crew.nia, consent=asked)
    visit.refresh_from_db()
    assert visit.cancelled_at is not None

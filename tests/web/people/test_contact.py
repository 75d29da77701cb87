"""Whether and how someone may be contacted: hazards 05, 06, 07, 13 and 29."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Role
from openhiu.web.people import actions, doors, queries
from openhiu.web.people.models import Person
from openhiu.web.people.needs import ACCESSIBLE, CHANNELS
from openhiu.web.people.safety import May, ask_first, contact_rules, next_review
from support.web import make_member, make_service
from support.web_people import make_person, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Any:
    return make_member(make_service())


@pytest.fixture
def person(lead: Any) -> Person:
    return make_person(
        lead, phones=["07700 900123"], address="1 High Street",
        address_confirmed_on=timezone.localdate(),
    )  # fmt: skip


def answers(person: Person) -> dict[str, str]:
    person = Person.objects.get(pk=person.pk)
    return {name: str(way.may) for name, way in contact_rules(person).ways.items()}


def test_nothing_happens_before_there_is_a_plan(person: Person) -> None:
    assert set(answers(person).values()) == {"no"}
    assert "contact-safety plan" in contact_rules(person).call.why


def test_with_a_plan_each_way_follows_the_persons_wish(lead: Any, person: Person) -> None:
    make_plan(lead, person, voicemail="no", text="neutral")
    assert answers(person) == {
        "call": "yes", "voicemail": "no", "text": "neutral", "letter": "yes", "visit": "yes",
    }  # fmt: skip


def test_a_letter_needs_an_address_confirmed_within_30_days(lead: Any, person: Person) -> None:
    make_plan(lead, person)
    today = timezone.localdate()
    for days, may in ((30, "yes"), (31, "no")):
        Person.objects.update(address_confirmed_on=today - timedelta(days=days))
        assert answers(person)["letter"] == may
    Person.objects.update(address_confirmed_on=None)
    assert answers(person)["letter"] == "no"


def test_a_changed_address_is_no_longer_confirmed(lead: Any, person: Person) -> None:
    changed = actions.change_person(by=lead, person=person, version=1, address="2 Low Street")
    assert changed.address_confirmed_on is None


def test_a_number_not_in_use_is_not_called(lead: Any, person: Person) -> None:
    make_plan(lead, person)
    actions.stop_phone(by=lead, phone=person.phones.get())
    assert [answers(person)[way] for way in ("call", "voicemail", "text")] == ["no"] * 3


@pytest.mark.parametrize("registered", [False, True])
def test_death_stops_every_way_at_once_and_tells_the_other_rooms(
    lead: Any, person: Person, registered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plan(lead, person)
    told: list[str] = []
    monkeypatch.setattr(doors, "AT_DEATH", [lambda by, who: told.append(who.died)])
    actions.mark_died(by=lead, person=person, registered=registered)
    assert set(answers(person).values()) == {"no"}
    assert told == ["formal" if registered else "informal"]
    with pytest.raises(NotAllowed, match="death"):
        ask_first(Person.objects.get(pk=person.pk), "call")


def test_a_reported_death_can_be_an_error_a_registered_one_needs_a_supervisor(
    lead: Any, person: Person
) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    actions.mark_died(by=lead, person=person)
    assert actions.clear_died(by=lead, person=person, reason="Wrong person").died == ""
    actions.mark_died(by=lead, person=person, registered=True)
    with pytest.raises(NotAllowed):
        actions.clear_died(by=lead, person=person, reason="Wrong person")
    assert actions.clear_died(by=supervisor, person=person, reason="PDS corrected").died == ""


def test_restriction_stops_all_but_meeting_and_only_a_supervisor_lifts_it(
    lead: Any, person: Person
) -> None:
    make_plan(lead, person)
    actions.mark_restricted(by=lead, person=person)
    assert [way for way, may in answers(person).items() if may != "no"] == ["visit"]
    with pytest.raises(NotAllowed, match="supervisor"):
        actions.clear_restricted(by=lead, person=person, reason="She says so")
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    with pytest.raises(ValidationError):
        actions.clear_restricted(by=supervisor, person=person, reason=" ")
    assert not actions.clear_restricted(by=supervisor, person=person, reason="Checked").restricted


def test_a_restricted_persons_location_cannot_be_changed(lead: Any, person: Person) -> None:
    actions.mark_restricted(by=lead, person=person)
    with pytest.raises(NotAllowed, match="restricted"):
        actions.change_person(by=lead, person=person, version=2, address="")
    with pytest.raises(NotAllowed):
        actions.add_phone(by=lead, person=person, number="07700 900999")


@pytest.mark.parametrize("channel", sorted(CHANNELS))
@pytest.mark.parametrize("need", sorted(ACCESSIBLE))
def test_a_way_that_does_not_meet_a_need_asks_for_a_reason(
    lead: Any, person: Person, need: str, channel: str
) -> None:
    make_plan(lead, person, accessible_needs=[need])
    way = contact_rules(person).ways[channel]
    if channel in UNMET.get(need, ""):
        assert way.may is May.REASON
        with pytest.raises(NotAllowed):
            ask_first(person, channel)
        assert ask_first(person, channel, reason="They asked for it this once")
    else:
        assert way.may is May.YES


# Written down a second time, by what people told us, so that a slip in the table shows.
UNMET = {
    "hears_little": "voicemail", "deaf": "call voicemail", "bsl": "call voicemail letter",
    "lipreads": "call voicemail", "speech": "call", "large_print": "letter",
    "braille": "letter text", "audio": "letter text", "easy_read": "letter text",
    "reads_little": "letter text", "deafblind": "call voicemail text letter",
    "other_language": "voicemail text letter",
}  # fmt: skip


def test_saying_no_outranks_a_need(lead: Any, person: Person) -> None:
    make_plan(lead, person, letter="no", accessible_needs=["braille"])
    assert answers(person)["letter"] == "no"


def test_a_plan_is_gone_through_again_after_six_months(lead: Any, person: Person) -> None:
    plan = actions.set_contact_safety(by=lead, person=person, voicemail="no", text="no")
    assert plan.review_on == next_review(timezone.localdate())
    assert not contact_rules(person).review_due
    type(plan).objects.update(review_on=timezone.localdate())
    assert contact_rules(person).review_due


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)), (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_months_end_where_the_month_ends(start: date, months: int, end: date) -> None:
    assert next_review(start, months) == end


def test_two_people_writing_one_plan_both_keep_their_words(lead: Any, person: Person) -> None:
    actions.set_contact_safety(by=lead, person=person, safe_times="Mornings")
    actions.set_contact_safety(by=lead, person=person, version=1, safe_times="Evenings")
    with pytest.raises(Stale) as stale:
        actions.set_contact_safety(by=lead, person=person, version=1, safe_times="Never Fridays")
    assert ("Safe times", "Evenings", "Never Fridays") in stale.value.fields


def test_a_need_that_is_not_on_the_list_is_refused(lead: Any, person: Person) -> None:
    with pytest.raises(ValidationError):
        actions.set_contact_safety(by=lead, person=person, accessible_needs=["telepathy"])


class TestNotices:
    @pytest.fixture
    def supervisor(self, lead: Any) -> Any:
        return make_member(lead.service, Role.SUPERVISOR)

    def propose(self, by: Any, person: Person, days: int = 30, **more: Any) -> Any:
        today = timezone.localdate()
        told = {"words": "Dog in the yard", "source": "Incident 7", "kind": "risk"} | more
        return actions.propose_notice(
            by=by, person=person, review_on=today + timedelta(days=days), **told
        )

    def test_a_notice_shows_only_after_another_person_agreed(
        self, lead: Any, supervisor: Any, person: Person
    ) -> None:
        notice = self.propose(lead, person)
        assert list(queries.notices_now(person)) == []
        with pytest.raises(NotAllowed):
            actions.agree_notice(by=lead, notice=notice)
        actions.agree_notice(by=supervisor, notice=notice)
        assert list(queries.notices_now(person)) == [notice]

    def test_nobody_agrees_their_own_even_in_another_role(self, lead: Any, person: Person) -> None:
        also_supervisor = make_member(lead.service, Role.SUPERVISOR, user=lead.user)
        notice = self.propose(lead, person)
        with pytest.raises(NotAllowed, match="someone else"):
            actions.agree_notice(by=also_supervisor, notice=notice)

    def test_an_expired_notice_hides_by_itself_and_stays_in_the_history(
        self, lead: Any, supervisor: Any, person: Person
    ) -> None:
        notice = actions.agree_notice(by=supervisor, notice=self.propose(lead, person))
        type(notice).objects.update(ends_on=timezone.localdate() - timedelta(days=1))
        assert list(queries.notices_now(person)) == []
        assert type(notice).objects.count() == 1

    def test_a_notice_ends_within_twelve_months(self, lead: Any, person: Person) -> None:
        limit = (next_review(timezone.localdate(), 12) - timezone.localdate()).days
        self.propose(lead, person, days=limit)
        with pytest.raises(ValidationError, match="12 months"):
            self.propose(lead, person, days=limit + 1)

    @pytest.mark.parametrize("gap", [{"words": " "}, {"source": ""}])
    def test_words_and_source_are_needed(self, lead: Any, person: Person, gap: Any) -> None:
        with pytest.raises(ValidationError):
            self.propose(lead, person, **gap)

    def test_a_supervisor_ends_a_notice_and_a_lead_only_takes_back_a_proposal(
        self, lead: Any, supervisor: Any, person: Person
    ) -> None:
        notice = actions.agree_notice(by=supervisor, notice=self.propose(lead, person))
        with pytest.raises(NotAllowed):
            actions.end_notice(by=lead, notice=notice)
        actions.end_notice(by=supervisor, notice=notice)
        assert list(queries.notices_now(person)) == []
        assert actions.end_notice(by=lead, notice=self.propose(lead, person)).ended_at

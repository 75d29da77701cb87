"""What may be decided about lists and people, by whom, and what becomes of those nobody chose."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Announcement, Gateway, Hospital, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import caseload
from openhiu.web.casework.actions import hand_over
from openhiu.web.casework.models import LimitPassed
from openhiu.web.intake import actions, rerun
from openhiu.web.intake.comparing import compare
from openhiu.web.intake.models import Approach, Attempt, Change, Listed, ReceivedList, Rerun
from openhiu.web.intake.presenters.rows import shown
from openhiu.web.intake.queries import approaches, lists
from openhiu.web.intake.queries.known import known_for
from openhiu.web.people.actions import clear_died, mark_died
from openhiu.web.people.models import Person
from openhiu.web.people.queries import people
from openhiu.web.people.search import search
from support.web import make_member, make_organisation
from support.web_casework import make_case, yes
from support.web_intake import (
    OTHER_SITE,
    SITE,
    Folder,
    Place,
    make_place,
    proposed,
    released,
    row,
    rows_in,
)
from support.web_lawful import make_gateway
from support.web_people import make_person


def test_nobody_releases_what_they_uploaded_even_under_another_role(place: Place) -> None:
    received, gateway = proposed(place), Gateway.objects.get()
    same = make_member(place.service, Role.SUPERVISOR, user=place.analyst.user)
    with pytest.raises(NotAllowed, match="You uploaded this list"):
        actions.release(by=same, received=received, gateway=gateway)
    with pytest.raises(NotAllowed, match="Your role here cannot"):
        actions.release(by=place.lead, received=received, gateway=gateway)


def _days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


@pytest.mark.parametrize(("facts", "words"), [
    ({"state": "drafted"}, "does not hold. It is a draft"),
    ({"starts_on": 1}, "does not hold. It starts on"),
    ({"expires_on": -1}, "does not hold. It ended on"),
    ({"state": "ended"}, "does not hold. It was ended"),
    ({"data_sets": ["activity", "caseload"]}, "does not cover"),
    ({"kind": "safeguarding"}, "does not cover"),
])  # fmt: skip
def test_without_a_legal_ground_that_holds_a_list_stays_where_it_is(
    place: Place, facts: Any, words: str
) -> None:
    received = proposed(place)
    told = {name: _days(fact) if isinstance(fact, int) else fact for name, fact in facts.items()}
    gateway = make_gateway(place.service, place.trust, **told)
    with pytest.raises(NotAllowed, match=words):
        actions.release(by=place.supervisor, received=received, gateway=gateway)
    with pytest.raises(NotAllowed, match="Say on which legal ground"):
        actions.release(by=place.supervisor, received=received, gateway=None)
    received.refresh_from_db()
    assert received.state == "proposed"


def test_another_hospitals_gateway_is_no_ground(place: Place) -> None:
    received = proposed(place)
    other = make_gateway(place.service, make_organisation())
    with pytest.raises(NotAllowed, match="does not cover a list from the organisation"):
        actions.release(by=place.supervisor, received=received, gateway=other)


def test_a_list_released_before_there_were_gateways_closes_with_its_approval(place: Place) -> None:
    received = released(place)
    ReceivedList.objects.update(gateway=None, legal_mode="section_251", legal_expires_on=_days(1))
    assert lists.rows_of(place.lead, ReceivedList.objects.get(), SITE)
    ReceivedList.objects.update(legal_expires_on=_days(-1))
    assert lists.rows_of(place.lead, ReceivedList.objects.get(), SITE) == []
    with pytest.raises(NotAllowed, match="approval this list was released under has ended"):
        actions.choose(by=place.lead, rows=rows_in(received)[:1])


def test_nobody_is_chosen_once_the_section_251_approval_has_ended(place: Place) -> None:
    received = released(place, mode="section_251", reference="24/CAG/0001", expires_on=_days(3))
    rows = rows_in(received)[:1]
    Gateway.objects.filter(kind="section_251").update(expires_on=_days(-1))
    with pytest.raises(NotAllowed, match="gateway this list was released under does not hold"):
        actions.choose(by=place.lead, rows=rows)
    with pytest.raises(NotAllowed, match="gateway this list was released under does not hold"):
        actions.choose(by=place.lead, rows=rows_in(received)[:1])


def test_a_list_sent_back_can_come_again_and_holds_nobody_meanwhile(place: Place) -> None:
    received = proposed(place)
    with pytest.raises(NotAllowed, match="Say why"):
        actions.send_back(by=place.supervisor, received=received, reason=" ")
    actions.send_back(by=place.supervisor, received=received, reason="March is missing")
    assert {one.name for one in rows_in(received)} == {""}
    assert proposed(place).state == "proposed"


def test_withdrawing_hides_the_list_and_keeps_whom_someone_is_reaching(place: Place) -> None:
    received = released(place)
    (approach,) = actions.choose(by=place.lead, rows=rows_in(received)[:1])
    actions.withdraw(by=place.supervisor, received=received, reason="Wrong month")
    one, two, _ = rows_in(received)
    assert (one.name, two.name) == ("Robin Sample1", "")
    assert approaches.open_approaches(place.lead).get() == approach
    with pytest.raises(NotAllowed, match="withdrawn"):
        actions.choose(by=place.lead, rows=[two])


def test_the_sixteenth_of_a_quarter_needs_a_reason_and_tells_the_supervisor(place: Place) -> None:
    received = released(place, Folder(rows=[row(nth) for nth in range(1, 18)]))
    rows = rows_in(received)
    actions.choose(by=place.lead, rows=rows[:14])
    assert caseload.standing(place.lead).new.value == 14
    with pytest.raises(caseload.LimitReached):
        actions.choose(by=place.lead, rows=rows[14:16])
    Announcement.objects.all().delete()
    actions.choose(by=place.lead, rows=rows[14:16], over_limit_reason="Two brothers")
    passed = LimitPassed.objects.get()
    assert (passed.value, passed.allowed, passed.reason) == (16, 15, "Two brothers")
    assert Announcement.objects.get().to == place.supervisor.membership


def test_one_person_on_two_lists_is_chosen_once_and_marked_on_both(place: Place) -> None:
    rows = [row(1), row(1, list_id=OTHER_SITE)]
    received = released(place, Folder(rows=rows))
    actions.choose(by=place.lead, rows=rows_in(received))
    assert Approach.objects.count() == 1
    assert {one.state for one in rows_in(received)} == {"chosen"}


def test_choosing_finds_the_person_known_by_their_nhs_number(place: Place) -> None:
    person = make_person(place.lead, "Robin", "Sample1", nhs_number=row(1)["nhs_number"])
    (approach,) = actions.choose(by=place.lead, rows=rows_in(released(place))[:1])
    assert approach.person == person and Person.objects.count() == 1
    assert [phone.number for phone in person.phones.all()] == ["07700 900001"]


def test_the_same_number_under_another_first_name_is_for_a_person_to_decide(place: Place) -> None:
    make_person(place.lead, "Winifred", "Other", nhs_number=row(1)["nhs_number"])
    with pytest.raises(NotAllowed, match="Say whether they are the same person"):
        actions.choose(by=place.lead, rows=rows_in(released(place))[:1])


def test_how_people_are_known_is_said_beside_them(place: Place) -> None:
    rows = rows_in(released(place, Folder(rows=[row(nth) for nth in range(1, 7)])))
    people = [make_person(place.lead, "Robin", one.name.split()[1], nhs_number=one.nhs_number)
              for one in rows[:5]]  # fmt: skip
    make_case(place.lead, people[0])
    mark_died(by=place.lead, person=people[1])
    actions.choose(by=place.lead, rows=[rows[2]])
    approach = Approach.objects.get()
    actions.record_outcome(by=place.lead, approach=approach, outcome="no")
    Person.objects.filter(pk=people[3].pk).update(restricted=True)
    known = known_for(place.lead, rows)
    assert [known[one.pk].kind if one.pk in known else "" for one in rows] == [
        "client", "died", "no", "on_record", "on_record", "",
    ]  # fmt: skip
    drawn = shown(place.lead, rows_in(rows[0].received))
    assert [bool(one.phone) for one in drawn] == [True, False, True, False, True, True]
    assert [bool(one.why_not) for one in drawn] == [True, True, True, False, False, False]


def test_a_reason_that_lasts_is_remembered_on_next_months_list(place: Place) -> None:
    first = released(place)
    actions.set_aside(by=place.lead, rows=rows_in(first)[:1], set_aside_as="other_service")
    actions.set_aside(by=place.lead, rows=rows_in(first)[1:2], set_aside_as="not_this_quarter")
    again = rows_in(released(place, Folder(as_of="2026-11-01")))
    known = known_for(place.lead, again)
    assert known[again[0].pk].words == (
        "Set aside before: another service is already supporting them"
    )
    assert again[1].pk not in known


def test_a_row_of_another_service_is_missing(place: Place) -> None:
    other = make_place()
    theirs = rows_in(released(other))
    set_service(place.service.pk)
    with pytest.raises(Missing):
        actions.choose(by=place.lead, rows=theirs[:1])


def test_not_now_comes_back_on_its_day_and_no_does_not(place: Place) -> None:
    now, never, _ = (actions.choose(by=place.lead, rows=[one])[0]
                     for one in rows_in(released(place)))  # fmt: skip
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="on which day ahead"):
        actions.record_outcome(by=place.lead, approach=now, outcome="not_now", ask_again_on=today)
    soon = today + timedelta(days=14)
    actions.record_outcome(by=place.lead, approach=now, outcome="not_now", ask_again_on=soon)
    actions.record_outcome(by=place.lead, approach=never, outcome="no")
    assert list(approaches.ask_again_due(place.lead, soon - timedelta(days=1))) == []
    assert list(approaches.ask_again_due(place.lead, soon)) == [now]
    now.refresh_from_db()
    again = actions.approach_again(by=place.lead, approach=now)
    assert (again.source, list(approaches.ask_again_due(place.lead, soon))) == ("again", [])
    never.refresh_from_db()
    with pytest.raises(NotAllowed, match="Only people who said not now"):
        actions.approach_again(by=place.lead, approach=never)


def test_could_not_reach_is_said_only_after_three_tries(place: Place) -> None:
    (approach,) = actions.choose(by=place.lead, rows=rows_in(released(place))[:1])
    for tries in range(3):
        with pytest.raises(NotAllowed, match=f"{tries} of 3 tries so far"):
            actions.record_outcome(by=place.lead, approach=approach, outcome="not_reached")
        actions.record_attempt(by=place.lead, approach=approach, how="phone",
                               reached="no_answer", neutral_only=True)  # fmt: skip
    actions.record_outcome(by=place.lead, approach=approach, outcome="not_reached")
    assert Attempt.objects.count() == 3


def test_calls_due_are_those_of_the_day_and_those_never_tried(place: Place) -> None:
    one, two, three = (actions.choose(by=place.lead, rows=[each])[0]
                       for each in rows_in(released(place)))  # fmt: skip
    today = timezone.localdate()
    actions.plan_next_try(by=place.lead, approach=one, on=today)
    actions.plan_next_try(by=place.lead, approach=two, on=today + timedelta(days=1))
    due = approaches.calls_due(place.lead, today)
    assert [call.approach for call in due] == [three, one]
    assert [call.first for call in due] == [True, True]


def test_after_a_death_nobody_calls_and_after_a_mistake_it_goes_on(place: Place) -> None:
    (approach,) = actions.choose(by=place.lead, rows=rows_in(released(place))[:1])
    mark_died(by=place.lead, person=approach.person)
    assert approaches.calls_due(place.lead, timezone.localdate()) == []
    approach.person.refresh_from_db()
    clear_died(by=place.lead, person=approach.person, reason="Another person of that name")
    assert [call.approach for call in approaches.calls_due(place.lead, timezone.localdate())] == [
        approach
    ]


def test_people_on_the_latest_list_are_found_by_name_unless_hidden(place: Place) -> None:
    received = released(place)
    assert [hit.name for hit in search(place.lead, "sample2")][:1] == ["Robin Sample2"]
    ReceivedList.objects.filter(pk=received.pk).update(legal_mode="consent_first")
    assert search(place.lead, "sample2") == []
    assert search(place.analyst, "sample2") == []


def test_what_changed_is_counted_by_hand() -> None:
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    earlier = [(SITE, "a", march), (SITE, "b", march), (SITE, "b", april), (SITE, "c", april)]
    found = compare([(SITE, "a"), (SITE, "b"), (SITE, "d"), (OTHER_SITE, "a")], earlier)
    # a: in March, not in April; b: in April; d: never; the other hospital: no list before.
    assert found.change == {(SITE, "a"): "returned", (SITE, "b"): "again", (SITE, "d"): "new"}
    assert [(place, who) for place, who, _ in found.left] == [(SITE, "c")]


def test_without_the_analysts_changes_the_service_compares_for_itself(place: Place) -> None:
    released(place, Folder(rows=[row(1), row(2)]))
    now = proposed(place, Folder(rows=[row(2), row(3)], as_of="2026-11-01"))
    assert [one.change for one in rows_in(now)] == ["again", "new"]
    assert Change.objects.get().person_ref == row(1)["person_id"]


@pytest.fixture
def everything(db: Any) -> Any:
    """Every cell of every table that this service's rows are in, histories too, as one text."""

    def texts() -> str:
        found = []
        with connection.cursor() as cursor:
            cursor.execute("select tablename from pg_tables where schemaname = 'public'")
            for (table,) in cursor.fetchall():
                with connection.cursor() as inner:
                    inner.execute(f'select t::text from "{table}" t')
                    found += [line for (line,) in inner.fetchall()]
        return "\n".join(found)

    return texts


def test_after_ninety_days_nothing_names_those_nobody_chose(place: Place, everything: Any) -> None:
    canary = row(2, name="Canary Zzyzx", phone="07700 900987", warning_flags="Zzyzx flag")
    left = [SITE, row(77)["person_id"], "left", "Zzyzx left"]
    received = released(place, Folder(rows=[row(1), canary, row(3)], changes=[left]))
    one, _two, three = rows_in(received)
    actions.choose(by=place.lead, rows=[one])
    actions.set_aside(by=place.lead, rows=[three], set_aside_as="other", reason="Zzyzx said so")
    names = ("Zzyzx", canary["nhs_number"], row(77)["person_id"])
    assert all(name in everything() for name in names)
    # Telephone and flags are sealed: no word of them stands anywhere, and they are emptied too.
    assert "900987" not in everything()
    assert [one.phone for one in rows_in(received)][1] == "07700 900987"

    old = timezone.now() - timedelta(days=89)
    ReceivedList.objects.update(uploaded_at=old)
    assert actions.purge_unchosen(service=place.service).rows == 0
    ReceivedList.objects.update(uploaded_at=old - timedelta(days=2))
    told = StringIO()
    call_command("purge_unchosen", "--dry-run", stdout=told)
    set_service(place.service.pk)
    assert "2 rows and 1 changes would be emptied" in told.getvalue()
    assert "Zzyzx" in everything()
    call_command("purge_unchosen", stdout=told)
    set_service(place.service.pk)
    assert [name for name in names if name in everything()] == []
    rows = rows_in(received)
    assert [one.state for one in rows] == ["chosen", "waiting", "set_aside"]
    assert rows[0].name == "Robin Sample1" and rows[1].attendances == canary["attendances"]
    assert (rows[1].phone, rows[1].warning_flags) == ("", "")
    assert actions.purge_unchosen(service=place.service).rows == 0


def test_a_list_made_from_the_store_is_proposed_like_any_other(place: Place, store: Path) -> None:
    by = _with_store(place, str(store))
    Hospital.objects.create(service=place.service, organisation=place.trust, site_code="ZT201",
                            name="Lapwing Hospital")  # fmt: skip
    asked = rerun.ask_for(by=by, as_of=date(2026, 4, 1), preset="pack-top-50")
    made = rerun.make(place.service.pk, asked.pk)
    assert (made.state, made.message) == ("done", "")
    assert made.received and made.received.state == "proposed"
    assert Listed.objects.filter(received=made.received).count() > 10
    again = rerun.ask_for(by=by, as_of=date(2026, 4, 1), preset="pack-top-50")
    assert "here already" in rerun.make(place.service.pk, again.pk).message


def _with_store(place: Place, store: str) -> Actor:
    """The analyst, once their service has a store."""
    place.service.store = store
    place.service.save()
    membership = type(place.analyst.membership).objects.get(pk=place.analyst.membership.pk)
    return Actor(place.analyst.user, membership)


def test_only_one_list_is_made_at_a_time_and_a_lost_one_is_given_up(place: Place) -> None:
    by = _with_store(place, "/nowhere")
    first = rerun.ask_for(by=by, as_of=date(2026, 4, 1), preset="tiers")
    with pytest.raises(NotAllowed, match="being made already"):
        rerun.ask_for(by=by, as_of=date(2026, 4, 1), preset="tiers")
    Rerun.objects.update(asked_at=timezone.now() - timedelta(minutes=31))
    rerun.ask_for(by=by, as_of=date(2026, 4, 1), preset="tiers")
    first.refresh_from_db()
    assert first.state == "failed" and "Ask for it again" in first.message


def test_a_store_that_is_not_there_says_so(place: Place) -> None:
    _with_store(place, "/nowhere")
    asked = Rerun.objects.create(service=place.service, asked_by=place.analyst.membership,
                                 as_of=date(2026, 4, 1), preset="tiers")  # fmt: skip
    assert rerun.make(place.service.pk, asked.pk).state == "failed"


def test_someone_who_said_no_is_emptied_from_the_list_too_when_the_time_is_over(
    place: Place,
) -> None:
    received = released(place)
    for one, outcome in zip(rows_in(received), ("no", "not_now", ""), strict=True):
        (approach,) = actions.choose(by=place.lead, rows=[one])
        if outcome:
            actions.record_outcome(
                by=place.lead,
                approach=approach,
                outcome=outcome,
                ask_again_on=timezone.localdate() + timedelta(days=9),
            )
    old = timezone.now() - timedelta(days=91)
    ReceivedList.objects.update(uploaded_at=old)
    Approach.objects.exclude(ended_at=None).update(ended_at=old)
    assert actions.purge_unchosen(service=place.service).rows == 1
    assert [one.name for one in rows_in(received)] == ["", "Robin Sample2", "Robin Sample3"]
    assert [one.state for one in rows_in(received)] == ["chosen"] * 3


def test_nobody_begins_to_reach_a_colleagues_client_by_typing_them_in(place: Place) -> None:
    colleague = make_member(place.service)
    theirs = make_case(colleague, given_name="Robin", family_name="Quill").person
    typed = {"given_name": "Robin", "family_name": "Quill", "birth_date": theirs.birth_date}
    with pytest.raises(NotAllowed, match=f"with {colleague.user.name}"):
        actions.add_for_vulnerability(
            by=place.lead, reason="They seem alone.", typed=typed, link=theirs.pk
        )
    assert not people(place.lead).filter(pk=theirs.pk).exists()


def test_after_a_handover_the_old_approach_gives_no_sight_of_the_client(place: Place) -> None:
    colleague = make_member(place.service)
    person = make_person(place.lead, mine=False)
    approach = Approach.objects.create(
        service=place.service, person=person, lead=place.lead.membership, quarter="2026-Q4"
    )
    case = actions.record_outcome(by=place.lead, approach=approach, outcome="yes", consent=yes())
    assert people(place.lead).filter(pk=person.pk).exists()
    hand_over(
        by=place.lead, from_lead=place.lead.membership, to_lead=colleague.membership,
        case_ids=[case.pk], reason="I am leaving.",
    )  # fmt: skip
    assert not people(place.lead).filter(pk=person.pk).exists()
    assert people(colleague).filter(pk=person.pk).exists()


def test_once_the_section_251_approval_has_ended_nobody_is_named(place: Place) -> None:
    received = released(place, mode="section_251", reference="24/CAG/0001", expires_on=_days(3))
    named = next(row for row in rows_in(received) if row.name)
    assert shown(place.lead, [named])[0].name == named.name
    assert search(place.lead, named.name)
    Gateway.objects.filter(kind="section_251").update(expires_on=_days(-1))
    assert lists.rows_of(place.lead, ReceivedList.objects.get(), SITE) == []
    named = Listed.objects.select_related("received").get(pk=named.pk)
    (one,) = shown(place.lead, [named])
    assert one.hidden
    assert one.name.startswith("Person ")
    assert (one.nhs_number, one.phone, one.flags) == ("", "", "")
    assert search(place.lead, named.name) == []

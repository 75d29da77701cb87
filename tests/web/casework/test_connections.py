"""Connecting a client with a service is a step with an outcome, followed until it is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions
from openhiu.web.casework.connecting import OPEN
from openhiu.web.casework.home import gather
from openhiu.web.casework.models import Case, Connection
from openhiu.web.casework.queries.connections import connections, how_it_went, to_ask_about
from openhiu.web.directory.models import Listing
from support.samples_directory import make_listing
from support.web import make_member, make_organisation, make_service, sign_in
from support.web_casework import make_agreement, make_case, yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead)


@pytest.fixture
def listing(lead: Actor) -> Listing:
    return make_listing(lead.service)


def connect(lead: Actor, case: Case, **facts: Any) -> Connection:
    return actions.connect(by=lead, case=case, **{"how": "gave_number", **facts})


def hear(lead: Actor, held: Connection, state: str, **facts: Any) -> Connection:
    return actions.hear_of_connection(
        by=lead, connection=held, version=held.version, state=state, **facts
    )


# --- beginning ---


def test_a_connection_keeps_what_the_service_was_called_then(
    lead: Actor, case: Case, listing: Listing
) -> None:
    held = connect(lead, case, listing=listing)
    assert (held.name, held.state, held.items) == ("Reeds Advice", "asked", [])
    assert [one.to_state for one in held.news.all()] == ["asked"]
    assert AuditEntry.objects.filter(about_id=held.pk, did="added").exists()


def test_a_service_that_is_in_no_directory_goes_by_its_own_name(lead: Actor, case: Case) -> None:
    assert connect(lead, case, name="The knitting circle").listing is None
    with pytest.raises(NotAllowed, match="say what it is called"):
        connect(lead, case, name="  ")


def test_what_cannot_be_is_refused_with_the_reason(
    lead: Actor, case: Case, listing: Listing
) -> None:
    listing.ended_on = date(2026, 1, 1)
    with pytest.raises(NotAllowed, match="has ended"):
        connect(lead, case, listing=listing)
    with pytest.raises(NotAllowed, match="how you brought them together"):
        connect(lead, case, name="x", how="by magic")
    with pytest.raises(NotAllowed, match="no such beginning"):
        connect(lead, case, name="x", state="no_capacity")


def test_nobody_connects_someone_elses_client_or_uses_anothers_directory(
    lead: Actor, case: Case
) -> None:
    colleague = make_member(lead.service, Role.LEAD)
    with pytest.raises(NotAllowed, match="supported by someone else"):
        connect(colleague, case, name="x")
    need = make_case(lead).needs.create(
        service=lead.service, category="money", noted_by=lead.membership
    )
    with pytest.raises(Missing):
        connect(lead, case, name="x", need=need)
    there = make_service()
    set_service(there.pk)
    listing = make_listing(there)
    set_service(lead.service_id)
    with pytest.raises(Missing):
        connect(lead, case, listing=listing)


def test_nothing_is_begun_for_someone_who_asked_us_to_stop(lead: Actor, case: Case) -> None:
    from openhiu.web.casework.models import Consent

    actions.withdraw(by=lead, consent=Consent.objects.get(person=case.person))
    with pytest.raises(NotAllowed, match="asked us to stop"):
        connect(lead, case, name="x")


# --- passing something on ---


def test_the_client_who_calls_themselves_needs_no_agreement(lead: Actor, case: Case) -> None:
    assert connect(lead, case, name="x", how="gave_number").agreement is None


def test_writing_to_a_service_passes_something_on_and_needs_a_yes(lead: Actor, case: Case) -> None:
    with pytest.raises(NotAllowed, match="no sharing agreement"):
        connect(lead, case, name="x", how="wrote")


def test_what_is_passed_on_lies_within_agreement_and_consent(lead: Actor, case: Case) -> None:
    agreement = make_agreement(lead.service, items=["name", "contact"])
    told = {"name": "x", "how": "wrote", "agreement": agreement}
    with pytest.raises(NotAllowed, match="not agreed to share"):  # nobody asked them
        connect(lead, case, items=["name"], **told)
    actions.answer_share(by=lead, person=case.person, agreement=agreement, items=["name"], **yes())
    with pytest.raises(NotAllowed, match="not agreed to share"):  # agreed with them, not by them
        connect(lead, case, items=["name", "contact"], **told)
    held = connect(lead, case, items=["name"], **told)
    assert (held.agreement, held.items) == (agreement, ["name"])
    shared = AuditEntry.objects.get(about_id=held.pk, did="shared")
    assert shared.detail == {"items": ["name"]}


def test_a_yes_for_one_organisation_passes_nothing_to_another(lead: Actor, case: Case) -> None:
    agreement = make_agreement(lead.service)
    actions.answer_share(by=lead, person=case.person, agreement=agreement, items=["name"], **yes())
    elsewhere = make_listing(lead.service, partner=make_organisation())
    with pytest.raises(NotAllowed, match="with another organisation"):
        connect(lead, case, listing=elsewhere, how="wrote", agreement=agreement, items=["name"])
    theirs = make_listing(lead.service, partner=agreement.organisation)
    assert connect(
        lead, case, listing=theirs, how="wrote", agreement=agreement, items=["name"]
    ).items == ["name"]


def test_a_yes_that_was_taken_back_passes_nothing_on(lead: Actor, case: Case) -> None:
    agreement = make_agreement(lead.service)
    answer = actions.answer_share(
        by=lead, person=case.person, agreement=agreement, items=["name"], **yes()
    )
    actions.withdraw(by=lead, consent=answer)
    with pytest.raises(NotAllowed, match="not agreed to share"):
        connect(lead, case, name="x", how="wrote", agreement=agreement, items=["name"])


# --- news ---


def test_a_connection_goes_from_asked_over_waiting_to_connected(lead: Actor, case: Case) -> None:
    held = connect(lead, case, name="x")
    held = hear(lead, held, "waiting", expected_on=date(2027, 1, 4), words="Six weeks")
    assert (held.expected_on, held.check_on is not None) == (date(2027, 1, 4), True)
    held = hear(lead, held, "connected")
    assert (held.expected_on, held.check_on) == (None, None)
    told = [(one.from_state, one.to_state) for one in held.news.order_by("at")]
    assert told == [("", "asked"), ("asked", "waiting"), ("waiting", "connected")]


@pytest.mark.parametrize("state", ["did_not_fit", "no_capacity"])
def test_what_commissioners_should_hear_of_has_a_reason(
    lead: Actor, case: Case, state: str
) -> None:
    held = connect(lead, case, name="x")
    with pytest.raises(NotAllowed, match=r"\?$"):
        hear(lead, held, state)
    assert hear(lead, held, state, words="Six months' wait").why == "Six months' wait"


def test_not_now_needs_no_reason(lead: Actor, case: Case) -> None:
    assert hear(lead, connect(lead, case, name="x"), "not_now").why == ""


def test_closing_needs_an_outcome(lead: Actor, case: Case) -> None:
    held = connect(lead, case, name="x")
    with pytest.raises(NotAllowed, match="still open"):
        actions.close_connection(by=lead, connection=held, version=1, state="waiting")
    done = actions.close_connection(by=lead, connection=held, version=1, state="connected")
    assert done.state not in OPEN


def test_two_who_hear_different_things_see_both(lead: Actor, case: Case) -> None:
    held = connect(lead, case, name="x")
    hear(lead, held, "waiting")
    with pytest.raises(Stale) as stale:
        hear(lead, held, "connected")
    assert stale.value.fields[0] == ("Where it stands", "Waiting", "Connected")


def test_the_day_to_ask_again_is_a_working_day(lead: Actor, case: Case) -> None:
    # Friday 11 December and two weeks is Christmas Day; the 26th to 28th are closed as well.
    with time_machine.travel("2026-12-11T10:00Z", tick=False):
        assert connect(lead, case, name="x").check_on == date(2026, 12, 29)


# --- asking about it ---


def test_a_connection_comes_up_on_its_day_and_not_before(lead: Actor, case: Case) -> None:
    with time_machine.travel("2026-11-02T10:00Z", tick=False):
        held = connect(lead, case, name="x")  # due on Monday the 16th
        assert list(to_ask_about(lead)) == []
    with time_machine.travel("2026-11-16T08:00Z", tick=False):
        assert list(to_ask_about(lead)) == [held]
        board = gather(lead)
        assert [line.url for line in board.needs if "Ask how it goes" in line.text] == [
            reverse("casework:connection_news", args=[held.pk])
        ]


def test_without_news_for_three_weeks_it_comes_up_before_its_day(lead: Actor, case: Case) -> None:
    with time_machine.travel("2026-11-02T10:00Z", tick=False):
        held = connect(lead, case, name="x", check_on=date(2027, 2, 1))
    with time_machine.travel("2026-11-23T09:00Z", tick=False):
        assert list(to_ask_about(lead)) == []  # one hour short of three weeks
    with time_machine.travel("2026-11-23T11:00Z", tick=False):
        assert list(to_ask_about(lead)) == [held]
        hear(lead, held, "asked", words="Still nothing", check_on=date(2027, 2, 1))
        assert list(to_ask_about(lead)) == []


def test_what_is_closed_or_anothers_never_comes_up(lead: Actor, case: Case) -> None:
    with time_machine.travel("2026-11-02T10:00Z", tick=False):
        hear(lead, connect(lead, case, name="x"), "connected")
        connect(lead, case, name="y")
    with time_machine.travel("2026-12-01T10:00Z", tick=False):
        assert [one.name for one in to_ask_about(lead)] == ["y"]
        assert list(to_ask_about(make_member(lead.service, Role.LEAD))) == []


def test_nobody_is_asked_about_someone_who_died(lead: Actor, case: Case) -> None:
    connect(lead, case, name="x", check_on=timezone.localdate())
    case.person.died = "informal"
    case.person.save()
    assert list(to_ask_about(lead)) == []


# --- what could not be found ---


def test_one_tap_tells_commissioners_what_was_missing(lead: Actor, case: Case) -> None:
    [need] = actions.note_reasons(by=lead, case=case, certain=["housing"])
    held = hear(lead, connect(lead, case, name="Night shelter", need=need), "no_capacity",
                words="Full until March")  # fmt: skip
    actions.note_missing(by=lead, connection=held)
    actions.note_missing(by=lead, connection=held)
    need.refresh_from_db()
    assert need.missing_service == "Night shelter (no room)"


def test_two_missing_services_of_one_reason_both_stand(lead: Actor, case: Case) -> None:
    [need] = actions.note_reasons(by=lead, case=case, certain=["housing"])
    for name, state in (("A", "no_capacity"), ("B", "did_not_fit")):
        held = hear(lead, connect(lead, case, name=name, need=need), state, words="x")
        actions.note_missing(by=lead, connection=held)
    need.refresh_from_db()
    assert need.missing_service == "A (no room); B (did not fit)"


def test_without_a_reason_a_new_one_is_noted(lead: Actor, case: Case) -> None:
    held = hear(lead, connect(lead, case, name="x", words="Company"), "no_capacity", words="x")
    need = actions.note_missing(by=lead, connection=held)
    assert (need.category, need.words, need.missing_service) == (
        "another",
        "Company",
        "x (no room)",
    )


def test_what_went_well_is_not_missing(lead: Actor, case: Case) -> None:
    held = hear(lead, connect(lead, case, name="x"), "connected")
    with pytest.raises(NotAllowed, match="did not fit or had no room"):
        actions.note_missing(by=lead, connection=held)


# --- counts ---


def test_how_a_service_does_shows_no_small_number(lead: Actor, listing: Listing) -> None:
    assert how_it_went(lead, listing) == {}
    for n in range(9):
        case = make_case(lead)
        held = connect(lead, case, listing=listing)
        if n == 3:
            assert how_it_went(lead, listing) == {"Clients connected so far": "fewer than 5"}
        hear(lead, held, "connected" if n < 6 else "no_capacity", words="x")
    told = how_it_went(lead, listing)
    assert told["Connected"] == "6"  # 6 of 9 clients; the other 3 are not shown
    assert {told[name] for name in told if name != "Connected"} == {"fewer than 5"}


def test_facts_count_a_service_once_however_it_was_noted(lead: Actor, case: Case) -> None:
    from openhiu.web.casework.facts import did
    from openhiu.web.casework.facts.period import Period

    actions.add_network_member(
        by=lead, case=case, kind="service", name="the SHED", may_contact="yes"
    )
    hear(lead, connect(lead, case, name="The Shed"), "connected")
    connect(lead, case, name="Never began")
    today = timezone.localdate()
    month = Period(today.replace(day=1), today + timedelta(days=1), "this month")
    found = did.counted(lead, month)["connections"]["by_kind"]
    assert found["Services they were connected with"] == 1
    assert found["Services around them"] == 0


# --- pages ---


def test_the_journey_from_a_reason_to_an_outcome(
    client: Client, lead: Actor, case: Case, listing: Listing
) -> None:
    actions.note_reasons(by=lead, case=case, certain=["money"])
    Listing.objects.filter(pk=listing.pk).update(needs=["money"])
    sign_in(client, lead)
    chosen = reverse("casework:connect_to", args=[case.pk, listing.pk])
    assert chosen in client.get(reverse("casework:connect", args=[case.pk])).content.decode()
    today = timezone.localdate()
    when = {"made_on_day": today.day, "made_on_month": today.month, "made_on_year": today.year}
    client.post(chosen, {"how": "together", "state": "asked", "need": case.needs.get().pk, **when})
    held = Connection.objects.get()
    assert (held.need, held.how) == (case.needs.get(), "together")
    client.post(reverse("casework:connection_news", args=[held.pk]),
                {"state": "no_capacity", "words": "Full", "version": held.version})  # fmt: skip
    client.post(reverse("casework:connection_missing", args=[held.pk]))
    assert case.needs.get().missing_service == "Reeds Advice (no room)"


def test_only_what_may_be_passed_on_is_offered(
    client: Client, lead: Actor, case: Case, listing: Listing
) -> None:
    sign_in(client, lead)
    url = reverse("casework:connect_to", args=[case.pk, listing.pk])
    assert "Nothing about them may be passed on now" in client.get(url).content.decode()
    agreement = make_agreement(lead.service)
    actions.answer_share(by=lead, person=case.person, agreement=agreement, items=["name"], **yes())
    page = client.get(url).content.decode()
    assert f'value="{agreement.pk}:name"' in page
    assert f'value="{agreement.pk}:address"' not in page


def test_connections_list_open_ones_first(lead: Actor, case: Case) -> None:
    with time_machine.travel("2026-11-02T10:00Z", tick=False):
        connect(lead, case, name="Open")
    with time_machine.travel("2026-11-09T10:00Z", tick=False):
        hear(lead, connect(lead, case, name="Done"), "connected")
    assert [one.name for one in connections(lead, case)] == ["Open", "Done"]


def test_a_copy_for_the_client_holds_their_connections(lead: Actor, case: Case) -> None:
    from openhiu.web.casework.presenters.export import record_of

    connect(lead, case, name="The Shed")
    found = record_of(case)
    assert [row["Name"] for row in found["Connections with services"]] == ["The Shed"]
    assert len(found["News of connections"]) == 1

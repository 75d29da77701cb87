"""The directory: adding, finding, correcting, verifying and ending a service."""

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
from openhiu.web.directory import actions, duplicates, history, queries
from openhiu.web.directory.models import Listing
from openhiu.web.directory.queries import Sought
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
WEEK = {day: [["09:00", "17:00"]] for day in ("MO", "TU", "WE", "TH", "FR")}


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


def add(lead: Actor, name: str = "Reeds Advice", **facts: Any) -> Listing:
    return actions.add_listing(by=lead, name=name, **facts)


def names(actor: Actor, **sought: Any) -> list[str]:
    return [row.name for row in queries.services(actor, Sought(**sought))]


# --- writing ---


def test_who_adds_a_service_has_verified_it_today(lead: Actor) -> None:
    row = add(lead, areas=["Larkham", "Larkham", " "], postcode="zz1 1aa", needs=["money", "nope"])
    assert (row.verified_on, row.verified_by) == (timezone.localdate(), lead.membership)
    assert (row.areas, row.postcode, row.needs) == (["Larkham"], "ZZ1 1AA", ["money"])
    assert AuditEntry.objects.filter(about_id=row.pk, did="added").exists()


@pytest.mark.parametrize("role", [Role.PARTNER, Role.SAFEGUARDING, Role.COMMISSIONER])
def test_who_only_reads_changes_nothing(lead: Actor, role: Any) -> None:
    row, other = add(lead), make_member(lead.service, role)
    for act in (
        lambda: actions.add_listing(by=other, name="x"),
        lambda: actions.change_listing(by=other, listing=row, version=1, name="x"),
        lambda: actions.verify(by=other, listing=row),
        lambda: actions.end_listing(by=other, listing=row, why="x"),
        lambda: actions.say_room(by=other, listing=row, capacity="full", said_by="x"),
    ):
        with pytest.raises(NotAllowed, match="change the directory"):
            act()


def test_two_people_correcting_at_once_lose_nothing(lead: Actor) -> None:
    row = add(lead, phone="01632 960001")
    actions.change_listing(by=lead, listing=row, version=1, phone="01632 960002")
    with pytest.raises(Stale) as stale:
        actions.change_listing(by=lead, listing=row, version=1, phone="01632 960003")
    assert stale.value.fields == [("Phone", "01632 960002", "01632 960003")]
    row.refresh_from_db()
    assert row.phone == "01632 960002"


def test_saving_what_stands_there_already_is_no_new_version(lead: Actor) -> None:
    row = add(lead, phone="01632 960001")
    assert (
        actions.change_listing(by=lead, listing=row, version=1, phone="01632 960001").version == 1
    )


def test_every_version_says_what_changed_and_who_did_it(lead: Actor) -> None:
    row = add(lead, hours=WEEK)
    actions.change_listing(by=lead, listing=row, version=1, hours={"MO": [["10:00", "12:00"]]})
    newest, first = history.versions(row)
    assert first.first
    assert newest.who == lead.user.name
    assert newest.changes == (("Hours", "Monday to Friday 9am to 5pm", "Monday 10am to noon"),)


def test_room_is_noted_with_who_said_so_and_weeks_only_while_waiting(lead: Actor) -> None:
    row = add(lead)
    row = actions.say_room(by=lead, listing=row, capacity="waiting", waiting_weeks=6,
                           said_by="Duty worker", heard_on=date(2026, 11, 2))  # fmt: skip
    assert (row.waiting_weeks, row.capacity_said_by) == (6, "Duty worker")
    row = actions.say_room(by=lead, listing=row, capacity="open", waiting_weeks=6, said_by="Ann")
    assert (row.waiting_weeks, row.capacity_on) == (None, timezone.localdate())


def test_an_ended_service_leaves_the_search_and_stays_in_history(lead: Actor) -> None:
    row = add(lead)
    actions.end_listing(by=lead, listing=row, why="No more money.")
    assert names(lead) == []
    assert names(lead, ended=True) == ["Reeds Advice"]
    row.refresh_from_db()
    with pytest.raises(NotAllowed, match="has ended"):
        actions.verify(by=lead, listing=row)
    actions.open_again(by=lead, listing=row)
    assert names(lead) == ["Reeds Advice"]


# --- verifying ---


def test_after_180_days_somebody_checks_before_they_send_anyone(lead: Actor) -> None:
    with time_machine.travel("2026-03-01T10:00Z", tick=False):
        row = add(lead)
    with time_machine.travel("2026-08-28T10:00Z", tick=False):  # 180 days on
        assert not row.needs_checking
        assert list(queries.to_verify(lead)) == []
    with time_machine.travel("2026-08-29T10:00Z", tick=False):
        assert row.needs_checking
        assert list(queries.to_verify(lead)) == [row]
        assert not actions.verify(by=lead, listing=row).needs_checking
        assert list(queries.to_verify(lead)) == []


def test_never_verified_comes_before_long_ago(lead: Actor) -> None:
    old, never = add(lead, "Old"), add(lead, "Never")
    Listing.objects.filter(pk=old.pk).update(verified_on=date(2020, 1, 1))
    Listing.objects.filter(pk=never.pk).update(verified_on=None)
    assert [row.name for row in queries.to_verify(lead)] == ["Never", "Old"]


# --- finding ---


def test_words_are_found_whatever_their_spelling(lead: Actor) -> None:
    add(lead, "Café Zoë", description="Company for people who are lonely")
    assert names(lead, words="cafe zoe") == ["Café Zoë"]
    assert names(lead, words="LONELY company") == ["Café Zoë"]
    assert names(lead, words="lonely debt") == []


def test_a_reason_finds_those_marked_with_it_first_then_those_that_speak_of_it(lead: Actor) -> None:
    add(lead, "A place", description="Help with debt and budgeting")
    add(lead, "Z place", needs=["money"])
    add(lead, "B place", needs=["housing"])
    assert names(lead, need="money") == ["Z place", "A place"]


@pytest.mark.parametrize(("area", "found"), [
    ("CO1", True), ("co1 2ab", True), ("CO12AB", True), ("CO10", False), ("CO10 2AB", False),
    ("Colch", True), ("colchester", True), ("Clacton", False), ("", True),
])  # fmt: skip
def test_a_district_is_not_the_one_that_begins_alike(lead: Actor, area: str, found: bool) -> None:
    add(lead, areas=["CO1", "Colchester"])
    assert (names(lead, area=area) == ["Reeds Advice"]) is found


def test_who_names_no_area_works_everywhere(lead: Actor) -> None:
    add(lead)
    assert names(lead, area="CO1") == ["Reeds Advice"]


def test_open_now_leaves_out_what_is_closed_and_what_nobody_knows(lead: Actor) -> None:
    add(lead, "Open", hours=WEEK)
    add(lead, "Unknown")
    with time_machine.travel("2026-11-23T10:00Z", tick=False):
        assert names(lead, open_now=True) == ["Open"]
    with time_machine.travel("2026-11-23T20:00Z", tick=False):
        assert names(lead, open_now=True) == []


def test_not_full_leaves_out_full_and_paused_ones(lead: Actor) -> None:
    for capacity in ("full", "paused", "waiting", "open"):
        actions.say_room(by=lead, listing=add(lead, capacity), capacity=capacity, said_by="x")
    assert names(lead, room=True) == ["open", "waiting"]


def test_another_service_sees_nothing_of_this_directory(lead: Actor) -> None:
    row = add(lead)
    other = make_member(make_service(), Role.LEAD)
    assert queries.services(other) == []
    with pytest.raises(Missing):
        queries.listing_or_missing(other, row.pk)
    set_service(other.service_id)
    assert Listing.objects.count() == 0  # the database says the same


def test_much_alike_is_asked_about_and_merely_alike_is_not(lead: Actor) -> None:
    row = add(lead, "Larkham Debt Advice", organisation="Reeds", phone="01632 960001")
    rows = [row]
    assert duplicates.likely(rows, name="larkham debt advice") == rows
    assert duplicates.likely(rows, name="Debt advice Larkham service", phone="01632960001") == rows
    assert duplicates.likely(rows, name="Debt advice Larkham", organisation="Others") == []
    assert duplicates.likely(rows, name="Night shelter", organisation="Reeds") == []


# --- pages ---


def test_one_much_like_it_stops_a_new_one_until_somebody_says_it_is_another(
    client: Client, lead: Actor
) -> None:
    add(lead, organisation="Reeds")
    sign_in(client, lead)
    url = reverse("directory:add")
    first = client.post(url, {"name": "Reeds advice", "organisation": "Reeds"})
    assert b"may be here already" in first.content
    assert Listing.objects.count() == 1
    client.post(url, {"name": "Reeds advice", "organisation": "Reeds", "different": "on"})
    assert Listing.objects.count() == 2


def test_what_was_typed_in_the_form_is_what_stands_there(client: Client, lead: Actor) -> None:
    sign_in(client, lead)
    client.post(reverse("directory:add"), {
        "name": "Night Line", "needs": ["loneliness"], "hours_mo": "6pm to 6am",
        "hours_sa": "24 hours", "areas": "ZZ1\nLarkham", "offers": ["nights", "free_call"],
        "phone": "0808 157 0100",
        "web": "www.example.org",
    })  # fmt: skip
    row = Listing.objects.get()
    assert row.hours == {"MO": [["18:00", "06:00"]], "SA": [["00:00", "24:00"]]}
    assert (row.areas, row.needs) == (["ZZ1", "Larkham"], ["loneliness"])
    assert row.web == "https://www.example.org"


def test_times_that_cannot_be_read_come_back_with_an_example(client: Client, lead: Actor) -> None:
    sign_in(client, lead)
    page = client.post(reverse("directory:add"), {"name": "X", "hours_mo": "mornings"})
    assert "Write times like 9am to 5pm" in page.content.decode()
    assert Listing.objects.count() == 0


def test_a_partner_sees_the_card_with_a_number_to_tap_and_no_way_to_change(
    client: Client, lead: Actor
) -> None:
    row = add(lead, phone="01632 960 001", hours=WEEK)
    sign_in(client, make_member(lead.service, Role.PARTNER))
    page = client.get(reverse("directory:service", args=[row.pk])).content.decode()
    assert 'href="tel:01632960001"' in page
    assert reverse("directory:change", args=[row.pk]) not in page
    assert client.get(reverse("directory:change", args=[row.pk])).status_code == 403


def test_text_of_a_service_is_never_markup(client: Client, lead: Actor) -> None:
    row = add(lead, "<script>alert(1)</script>", description="<img src=x onerror=1>")
    sign_in(client, lead)
    for url in (reverse("directory:services"), reverse("directory:service", args=[row.pk])):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_search_works_by_address_alone(client: Client, lead: Actor) -> None:
    add(lead, "Money matters", needs=["money"], areas=["ZZ1"])
    add(lead, "Keeping a roof", needs=["housing"])
    sign_in(client, lead)
    page = client.get(reverse("directory:services"), {"need": "money", "area": "ZZ1 1AA"})
    assert b"Money matters" in page.content
    assert b"Keeping a roof" not in page.content


def test_a_table_for_others_holds_no_formula(client: Client, lead: Actor) -> None:
    add(lead, "=HYPERLINK(1)", hours=WEEK, needs=["money"])
    sign_in(client, lead)
    answer = client.get(reverse("directory:table"))
    assert b"'=HYPERLINK(1)" in answer.content
    assert b"Monday to Friday 9am to 5pm" in answer.content
    assert AuditEntry.objects.filter(did="exported").count() == 1


def test_a_list_of_500_services_asks_the_database_no_more_than_one_of_5(
    client: Client, lead: Actor, django_assert_max_num_queries: Any
) -> None:
    since = timezone.localdate()
    rows = [
        Listing(service=lead.service, ref=f"{n}", name=f"S {n}", verified_on=since - timedelta(n))
        for n in range(500)
    ]
    Listing.objects.bulk_create(rows)
    sign_in(client, lead)
    with django_assert_max_num_queries(30):
        assert client.get(reverse("directory:services")).status_code == 200

"""Files of services: propose, look, take over. Nothing changes before, and nothing is lost."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.demo.directory import fill_directory
from openhiu.web.directory import actions
from openhiu.web.directory.actions.files import look
from openhiu.web.directory.models import Listing, Proposal
from openhiu.web.directory.open_referral.reading import read
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


def one(ref: str, **facts: Any) -> dict[str, Any]:
    return {"id": ref, "name": f"Service {ref}", "status": "active",
            "organization": {"id": "o", "name": "Reeds", "description": "r"}, **facts}  # fmt: skip


def propose(lead: Actor, *services: Any, source: str = "Council") -> Proposal:
    data = json.dumps(list(services)).encode()
    return actions.propose(by=lead, file_name="a.json", data=data, source=source)


def bring(lead: Actor, *services: Any, **choices: Any) -> dict[str, int]:
    return actions.take_over(by=lead, proposal=propose(lead, *services), **choices)


def test_a_proposed_file_changes_nothing(lead: Actor) -> None:
    proposal = propose(lead, one("a"), one("b"))
    assert look(proposal).counts() == {"new": 2, "changed": 0, "unchanged": 0, "removed": 0}
    assert Listing.objects.count() == 0


def test_taken_over_it_counts_new_changed_same_and_gone(lead: Actor) -> None:
    bring(lead, one("a"), one("b"), one("c"))
    proposal = propose(lead, one("a"), one("b", description="Now with lunch"), one("d"))
    assert look(proposal).counts() == {"new": 1, "changed": 1, "unchanged": 1, "removed": 1}
    actions.take_over(by=lead, proposal=proposal)
    assert Listing.objects.get(ref="b").description == "Now with lunch"
    assert Listing.objects.get(ref="c").ended_on is None  # nobody said that it ended
    proposal.refresh_from_db()
    assert (proposal.state, proposal.content) == ("taken", {})


def test_those_gone_from_the_file_end_only_when_somebody_says_so(lead: Actor) -> None:
    bring(lead, one("a"), one("b"))
    mine = actions.add_listing(by=lead, name="Written here")
    bring(lead, one("a"), end_removed=True)
    assert Listing.objects.get(ref="b").ended_on is not None
    assert Listing.objects.get(pk=mine.pk).ended_on is None  # it never was in a file


def test_a_file_of_another_source_ends_nobody_elses_services(lead: Actor) -> None:
    bring(lead, one("a"))
    other = propose(lead, one("z"), source="Hospital")
    assert look(other).removed == []


def test_what_people_noted_here_survives_the_next_file(lead: Actor) -> None:
    bring(lead, one("a"))
    row = Listing.objects.get(ref="a")
    actions.say_room(by=lead, listing=row, capacity="full", said_by="Duty")
    actions.verify(by=lead, listing=row)
    bring(lead, one("a", description="New words"))
    row.refresh_from_db()
    assert (row.description, row.capacity) == ("New words", "full")
    assert row.verified_on is not None


def test_where_both_changed_the_choice_is_the_persons(lead: Actor) -> None:
    bring(lead, one("a", email="old@example.org"))
    row = Listing.objects.get(ref="a")
    actions.change_listing(by=lead, listing=row, version=1, email="ours@example.org")
    proposal = propose(lead, one("a", email="theirs@example.org"))
    assert [merged.both for _, merged in look(proposal).both] == [("email",)]
    actions.take_over(by=lead, proposal=proposal, keep_ours=False)
    row.refresh_from_db()
    assert row.email == "theirs@example.org"


def test_a_faulty_service_is_held_back_and_what_stands_here_stays(lead: Actor) -> None:
    bring(lead, one("a"), one("b"))
    proposal = propose(lead, one("a", name=""), one("b"))
    assert look(proposal).counts()["removed"] == 0
    actions.take_over(by=lead, proposal=proposal, end_removed=True)
    row = Listing.objects.get(ref="a")
    assert (row.name, row.ended_on) == ("Service a", None)


def test_nobody_decides_on_one_file_twice(lead: Actor) -> None:
    proposal = propose(lead, one("a"))
    actions.take_over(by=lead, proposal=proposal)
    with pytest.raises(NotAllowed, match="decided on this file already"):
        actions.take_over(by=lead, proposal=proposal)
    with pytest.raises(NotAllowed, match="decided on this file already"):
        actions.put_away(by=lead, proposal=proposal)


def test_a_new_one_that_may_be_here_under_another_name_is_pointed_at(lead: Actor) -> None:
    mine = actions.add_listing(by=lead, name="Service a", organisation="Reeds")
    assert look(propose(lead, one("a"))).maybe_here == [("Service a", mine)]


def test_the_whole_directory_goes_out_and_into_an_empty_service_as_the_same(
    client: Client, lead: Actor
) -> None:
    fill_directory(lead)
    mine = actions.add_listing(by=lead, name="Ours alone", phone="01632 960009", areas=["ZZ1"])
    actions.end_listing(by=lead, listing=mine, why="Closed")
    sign_in(client, lead)
    file = client.get(reverse("directory:open_referral"))
    before = {row.ref: columns(row) for row in Listing.objects.all()}
    assert file.json()["total_items"] == len(before) == 26

    there = make_member(make_service(), Role.LEAD)
    counts = actions.import_directory(by=there, data=file.content, source="Copy")
    assert counts["new"] == 26
    assert {row.ref: columns(row) for row in Listing.objects.all()} == before
    again = actions.import_directory(by=there, data=file.content, source="Copy")
    assert again == {"new": 0, "changed": 0, "unchanged": 26, "removed": 0, "ended": 0}


def columns(row: Listing) -> dict[str, Any]:
    return {name: getattr(row, name) for name in read({})}


def test_a_foreign_object_is_kept_whole_in_the_database(lead: Actor) -> None:
    odd = one("a", x_ours={"deep": [1, 2.5, None, "\u00e9"]}, contacts=[{"id": "c", "name": "Ann"}])
    bring(lead, deepcopy(odd))
    assert Listing.objects.get(ref="a").foreign == odd


def test_a_file_loaded_by_command_stops_at_the_first_service_that_cannot_be_read(
    lead: Actor,
) -> None:
    data = json.dumps([one("a"), one("")]).encode()
    with pytest.raises(NotAllowed, match=r"\[1\]\.id: Required"):
        actions.import_directory(by=lead, data=data, source="Council")
    assert Listing.objects.count() == 0
    assert Proposal.objects.count() == 0


# --- pages ---


def test_the_journey_of_a_file(client: Client, lead: Actor) -> None:
    sign_in(client, lead)
    file = SimpleUploadedFile("c.json", json.dumps([one("a"), {"id": "<b>"}]).encode())
    sent = client.post(reverse("directory:files"), {"source": "Council", "file": file})
    proposal = Proposal.objects.get()
    there = reverse("directory:file", args=[proposal.pk])
    assert sent.headers["Location"] == there
    page = client.get(there).content.decode()
    assert "Service a" in page
    assert "[1].name" in page
    assert "<b>" not in page
    client.post(there, {"keep_ours": "ours"})
    assert Listing.objects.get().name == "Service a"
    assert "Taken over" in client.get(there).content.decode()


def test_a_file_that_is_none_comes_back_with_the_reason(client: Client, lead: Actor) -> None:
    sign_in(client, lead)
    file = SimpleUploadedFile("c.json", b"not json")
    page = client.post(reverse("directory:files"), {"source": "Council", "file": file})
    assert "line 1 cannot be read" in page.content.decode()
    assert Proposal.objects.count() == 0

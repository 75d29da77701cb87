"""The analyst delivers tiers that may be handed on; whoever commissions reads them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry
from openhiu.web.commissioning import actions, queries
from openhiu.web.commissioning.models import Tiers
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.models import KeptFile
from support.web import sign_in
from support.web_commissioning import deliver, tiers_files, zipped_tiers

pytestmark = pytest.mark.django_db


def send(client: Client, files: dict[str, bytes], **more: str) -> Any:
    return client.post(reverse("commissioning:deliver"), {"tiers": zipped_tiers(files), **more})


def test_what_may_be_handed_on_is_taken_in_and_commissioners_are_told(
    client: Client, analyst: Actor, commissioner: Actor
) -> None:
    answer = send(sign_in(client, analyst), {**tiers_files(), "tiers.pdf": b"%PDF-1.7"})
    assert answer.url == reverse("commissioning:tiers")
    tiers = Tiers.objects.get()
    assert sorted(tiers.files) == ["manifest.json", "tiers.json"]
    assert (tiers.area, tiers.year) == ("Madeup Vale", "2025/26")
    told = Announcement.objects.get()
    assert (told.to, told.words) == (
        commissioner.membership, "New tiers of the area have arrived.",
    )  # fmt: skip
    assert AuditEntry.objects.filter(did="uploaded", detail__what="tiers").count() == 1
    page = client.get(answer.url).content.decode()
    assert "Tiers taken in: Madeup Vale, 2025/26." in page


def refused(analyst: Actor, files: dict[str, bytes], because: str) -> None:
    with pytest.raises(NotUsable, match=because):
        actions.receive_tiers(by=analyst, files=files)
    assert not Tiers.objects.exists()
    assert not KeptFile.objects.exists()


def test_tiers_for_use_inside_the_hospital_are_refused(analyst: Actor) -> None:
    refused(analyst, tiers_files(publishable=False), "small numbers in them are not hidden")


def test_tiers_changed_afterwards_are_refused(analyst: Actor) -> None:
    files = tiers_files()
    files["tiers.json"] = files["tiers.json"].replace(b"Madeup Vale", b"Madeup Dale")
    refused(analyst, files, "changed afterwards")


def test_tiers_that_only_say_they_may_be_handed_on_are_refused(analyst: Actor) -> None:
    told = json.loads(tiers_files(publishable=False)["tiers.json"])
    data = json.dumps(told | {"publishable": True}).encode()
    manifest = {"what": "tiers", "sha256": {"tiers.json": sha256(data).hexdigest()}}
    refused(analyst, {"tiers.json": data, "manifest.json": json.dumps(manifest).encode()},
            "not hidden or rounded as it should be")  # fmt: skip


@pytest.mark.parametrize(
    ("files", "because"),
    [
        ({}, "tiers.json is missing"),
        ({"tiers.json": b"{}"}, "manifest.json is missing"),
        ({"tiers.json": b"{}", "manifest.json": b"["}, "manifest.json cannot be read"),
        ({"tiers.json": b"{}", "manifest.json": b'{"what": "evaluation", "sha256": {}}'},
         "is not of the tiers"),
    ],
)  # fmt: skip
def test_what_is_no_folder_of_tiers_is_refused(
    analyst: Actor, files: dict[str, bytes], because: str
) -> None:
    refused(analyst, files, because)


def test_the_same_tiers_again_change_nothing(client: Client, analyst: Actor) -> None:
    deliver(analyst)
    answer = send(sign_in(client, analyst), tiers_files())
    assert answer.status_code == 422
    assert "Nothing was changed." in answer.content.decode()
    assert Tiers.objects.count() == 1


def test_older_tiers_are_taken_in_only_where_somebody_insists(
    client: Client, analyst: Actor
) -> None:
    deliver(analyst)
    year = {"from": "2024-04-01", "to_exclusive": "2025-04-01", "name": "2024/25"}
    older = tiers_files(year=year)
    sign_in(client, analyst)
    assert "tick the box to go back" in send(client, older).content.decode()
    assert send(client, older, although_older="on").status_code == 302
    assert queries.latest_tiers(analyst).older_than_last


def test_only_an_analyst_delivers(commissioner: Actor) -> None:
    with pytest.raises(NotAllowed, match="cannot deliver the tiers"):
        actions.receive_tiers(by=commissioner, files=tiers_files())


def test_the_page_tells_table_one_with_the_year_before_and_what_to_expect(
    client: Client, analyst: Actor, commissioner: Actor
) -> None:
    deliver(analyst)
    page = sign_in(client, commissioner).get(reverse("commissioning:tiers")).content.decode()
    assert "People with 20 and over attendances, 2025/26" in page
    # Madeup Vale: 120 people with 3,960 attendances, 110 the year before (support/tiers.py).
    assert "3,960" in page
    assert "People in each tier: the year before, this year and the next" in page
    assert 'data-label="2024/25">110<' in page
    there = f"{reverse('commissioning:tiers')}?unit=EAST"
    east = client.get(there).content.decode()
    assert "East Vale <span" in east
    # 14 people of East Vale are told as 15: to the nearest 5.
    assert 'data-label="Total">15<' in east


def test_another_service_sees_nothing_of_it(
    client: Client, analyst: Actor, commissioner: Actor
) -> None:
    from openhiu.web.access.models import Role
    from support.web import make_member, make_service

    tiers = deliver(analyst)
    other = make_member(make_service("Eastvale HIU"), Role.COMMISSIONER)
    sign_in(client, other)
    assert "No tiers have been delivered" in (
        client.get(reverse("commissioning:tiers")).content.decode()
    )
    assert client.get(reverse("commissioning:delivery", args=[tiers.pk])).status_code == 404


def test_before_anything_arrives_each_is_told_what_to_do(
    client: Client, analyst: Actor, commissioner: Actor
) -> None:
    there = reverse("commissioning:tiers")
    assert "hiu report tiers --store" in sign_in(client, analyst).get(there).content.decode()
    page = sign_in(client, commissioner).get(there).content.decode()
    assert "Download the settings for the analyst" in page
    assert "hiu report" not in page

"""The area is set, section by section: each save a version, read as the command line reads it."""

from __future__ import annotations

import io
import tomllib
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.commissioning import queries
from openhiu.web.commissioning.area.sections import ALL
from openhiu.web.commissioning.models import AreaVersion
from support.web import make_member, sign_in
from support.web_commissioning import SETTINGS, set_area

pytestmark = pytest.mark.django_db


def post(client: Client, name: str, data: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(f"commissioning:{name}", args=args), data)


def test_a_section_is_saved_as_a_version_with_who_and_when(
    client: Client, commissioner: Actor
) -> None:
    sign_in(client, commissioner)
    answer = post(client, "section", {"name": "Madeup Vale", "version": "0"}, "area")
    assert answer.status_code == 302
    post(client, "section", {"starts_day": "1", "starts_month": "4", "starts_year": "2027",
                             "months": "24", "discount_rate": "3.5", "version": "1"},
         "business-case")  # fmt: skip
    one, two = AreaVersion.objects.order_by("number")
    assert (one.number, one.section, one.settings) == (1, "area", {"name": "Madeup Vale"})
    assert two.settings == {
        "name": "Madeup Vale",
        "business_case": {"starts": "2027-04-01", "months": 24, "discount_rate": 0.035},
    }
    assert two.saved_by == commissioner.membership
    assert AuditEntry.objects.filter(did="changed", detail__section="business-case").count() == 1
    page = client.get(reverse("commissioning:history")).content.decode()
    assert "Contract, money and decision" in page
    assert "Lena Marsh" in page


def test_saving_the_same_again_makes_no_version(client: Client, commissioner: Actor) -> None:
    sign_in(client, commissioner)
    for _ in range(2):
        post(client, "section", {"name": "Madeup Vale", "version": "0"}, "area")
    assert AreaVersion.objects.count() == 1


def test_what_the_command_line_would_refuse_is_said_at_the_field_in_its_own_words(
    client: Client, commissioner: Actor
) -> None:
    sign_in(client, commissioner)
    answer = post(client, "section", {"price_year": "2026", "version": "0"}, "money")
    page = answer.content.decode()
    assert "Prices of the financial year is not a financial year: write" in page
    assert 'href="#id_price_year"' in page
    assert "[money]" not in page
    assert not AreaVersion.objects.exists()


def test_somebody_else_saved_the_section_first(client: Client, commissioner: Actor) -> None:
    set_area(commissioner)
    sign_in(client, commissioner)
    post(client, "section", {"lead_cost_a_year": "65000", "price_year": "2025/26",
                             "version": "1"}, "money")  # fmt: skip
    answer = post(client, "section", {"lead_cost_a_year": "70000", "price_year": "2025/26",
                                      "version": "1"}, "money")  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "£65,000" in page
    assert "£70,000" in page
    assert queries.latest_area(commissioner).settings["money"]["lead_cost_a_year"] == 65000


def test_another_section_saved_meanwhile_is_no_clash(client: Client, commissioner: Actor) -> None:
    set_area(commissioner)
    sign_in(client, commissioner)
    post(client, "section", {"name": "New Vale", "version": "1"}, "area")
    answer = post(client, "section", {"lead_cost_a_year": "70000", "price_year": "2025/26",
                                      "version": "1"}, "money")  # fmt: skip
    assert answer.status_code == 302
    settings = queries.latest_area(commissioner).settings
    assert (settings["name"], settings["money"]["lead_cost_a_year"]) == ("New Vale", 70000)


def test_places_are_rows_that_are_added_changed_and_taken_away(
    client: Client, commissioner: Actor
) -> None:
    set_area(commissioner)
    sign_in(client, commissioner)
    post(client, "add_row", {"code": "WEST", "name": "West Vale", "leads": "0.5",
                             "lsoas": "E01000001, E01000002\nE01000003", "version": "1"},
         "places")  # fmt: skip
    places = queries.latest_area(commissioner).settings["places"]
    assert places[-1] == {"code": "WEST", "name": "West Vale", "leads": 0.5,
                          "lsoas": ["E01000001", "E01000002", "E01000003"]}  # fmt: skip
    post(client, "remove_row", {"version": "2"}, "places", 2)
    # Drawn before South Vale went: the third row of that version is still East Vale.
    post(client, "row", {"code": "EAST", "name": "East Vale and Moor", "version": "2",
                         "called": "East Vale"}, "places", 3)  # fmt: skip
    names = [place["name"] for place in queries.latest_area(commissioner).settings["places"]]
    assert names == ["North Vale", "East Vale and Moor", "West Vale"]


def test_a_row_somebody_else_took_away_is_not_written_over_another(
    client: Client, commissioner: Actor
) -> None:
    set_area(commissioner)
    sign_in(client, commissioner)
    post(client, "remove_row", {"version": "1"}, "places", 2)
    typed = {"code": "SOUTH", "name": "South", "called": "South Vale"}
    answer = post(client, "row", {**typed, "version": "1"}, "places", 2)
    assert answer.status_code == 409
    names = [place["name"] for place in queries.latest_area(commissioner).settings["places"]]
    assert names == ["North Vale", "East Vale"]
    # Saving it all the same is a decision: it is a row more, and no other is lost.
    post(client, "row", {**typed, "version": "2"}, "places", 2)
    names = [place["name"] for place in queries.latest_area(commissioner).settings["places"]]
    assert names == ["North Vale", "East Vale", "South"]


def test_a_fault_between_rows_is_said(client: Client, commissioner: Actor) -> None:
    set_area(commissioner)
    sign_in(client, commissioner)
    answer = post(client, "add_row", {"code": "NORTH", "name": "Again", "version": "1"}, "places")
    assert "names something twice" in answer.content.decode()
    assert AreaVersion.objects.count() == 1


def test_the_area_goes_to_the_command_line_and_comes_back_the_same(
    client: Client, commissioner: Actor
) -> None:
    set_area(commissioner)
    sign_in(client, commissioner)
    sent = client.get(reverse("commissioning:settings_file"))
    assert sent["Content-Disposition"] == 'attachment; filename="locality.toml"'
    assert tomllib.loads(sent.content.decode()) == SETTINGS
    changed = sent.content.replace(b"Madeup Vale", b"Madeup Dale")
    upload = SimpleUploadedFile("locality.toml", changed)
    assert post(client, "take_file", {"area": upload, "sure": "on"}).status_code == 302
    assert queries.latest_area(commissioner).settings == SETTINGS | {"name": "Madeup Dale"}


def test_files_travel_beside_the_settings(client: Client, commissioner: Actor) -> None:
    sign_in(client, commissioner)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("area/locality.toml", '[footprint]\nlsoas_file = "codes.csv"\n')
        archive.writestr("area/codes.csv", "lsoa\nE01000001\n")
    upload = SimpleUploadedFile("area.zip", held.getvalue())
    assert post(client, "take_file", {"area": upload, "sure": "on"}).status_code == 302
    area = queries.latest_area(commissioner)
    assert queries.locality_of(area).footprint.lsoas == {"E01000001"}
    sent = client.get(reverse("commissioning:settings_file"))
    names = zipfile.ZipFile(io.BytesIO(sent.content)).namelist()
    assert names == ["locality.toml", "codes.csv"]
    # A file that a setting names cannot be left out.
    refused = post(client, "remove_file", {"name": "codes.csv"})
    assert refused.status_code == 403
    assert "names a file that is not here" in refused.content.decode()


@pytest.mark.parametrize("name", ["/etc/passwd", "../../secret-key", "codes.csv"])
def test_no_setting_reaches_a_file_of_this_machine(
    client: Client, commissioner: Actor, name: str
) -> None:
    sign_in(client, commissioner)
    upload = SimpleUploadedFile("a.toml", f'[footprint]\nlsoas_file = "{name}"\n'.encode())
    page = post(client, "take_file", {"area": upload, "sure": "on"}).content.decode()
    assert "names a file that is not here" in page
    assert not AreaVersion.objects.exists()


def test_a_file_that_is_no_locality_changes_nothing(client: Client, commissioner: Actor) -> None:
    sign_in(client, commissioner)
    for data in (b"name = ", b'colour = "red"\n', b"\xff\xfe"):
        upload = SimpleUploadedFile("a.toml", data)
        page = post(client, "take_file", {"area": upload, "sure": "on"}).content.decode()
        assert "There is a problem" in page
    assert not AreaVersion.objects.exists()


def test_what_is_missing_leads_to_the_very_field(client: Client, commissioner: Actor) -> None:
    set_area(commissioner)
    page = sign_in(client, commissioner).get(reverse("commissioning:settings")).content.decode()
    there = reverse("commissioning:section", args=["business-case"])
    assert f'href="{there}#id_approval_body"' in page
    assert f'href="{there}#id_starts"' not in page  # it was said
    form = client.get(there).content.decode()
    assert 'id="id_approval_body"' in form


def test_every_section_draws_and_takes_its_form_empty(client: Client, commissioner: Actor) -> None:
    sign_in(client, commissioner)
    for section in ALL:
        name = "add_row" if section.many else "section"
        page = client.get(reverse(f"commissioning:{name}", args=[section.key]))
        assert page.status_code == 200
        if not section.many:
            assert post(client, name, {"version": "0"}, section.key).status_code == 302
    assert queries.settings_of(queries.latest_area(commissioner)) == {}


@pytest.mark.parametrize("role", [Role.LEAD, Role.COVER, Role.PARTNER, Role.ADMIN, Role.AUDITOR])
def test_nobody_else_sees_the_area(client: Client, commissioner: Actor, role: Any) -> None:
    sign_in(client, make_member(commissioner.service, role))
    for name in ("area", "settings", "tiers", "staffing", "reach", "documents"):
        assert client.get(reverse(f"commissioning:{name}")).status_code == 403


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ANALYST])
def test_who_sees_it_may_still_not_change_it(
    client: Client, commissioner: Actor, role: Any
) -> None:
    set_area(commissioner)
    sign_in(client, make_member(commissioner.service, role))
    assert client.get(reverse("commissioning:settings")).status_code == 200
    assert post(client, "section", {"name": "Mine"}, "area").status_code == 403
    assert client.get(reverse("commissioning:take_file")).status_code == 403

"""Hostile and clumsy files and addresses: turned away with a sentence, and nothing is kept."""

from __future__ import annotations

import io
import json
import signal
import time
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.row_security import set_service
from openhiu.web.commissioning import actions
from openhiu.web.commissioning.actions import making
from openhiu.web.commissioning.area import files, reading
from openhiu.web.commissioning.area.delivery import read_delivery
from openhiu.web.commissioning.area.reading import NotSet
from openhiu.web.commissioning.management.commands import make_document as command
from openhiu.web.commissioning.models import AreaVersion, Making, Tiers
from openhiu.web.reporting.faults import NotUsable
from support.web import sign_in
from support.web_commissioning import deliver, make_document, set_area, tiers_files

AREA = b'name = "Madeup Vale"\n'
PLACES = AREA + b'[[places]]\ncode = "NORTH"\nname = "North"\nlsoas_file = "north.csv"\n'


def altered(change: Callable[[Any], Any]) -> dict[str, bytes]:
    """Tiers and a manifest that fits them, after a change of what they tell."""
    told = json.loads(tiers_files()["tiers.json"])
    change(told)
    data = json.dumps(told).encode()
    manifest = {"what": "tiers", "sha256": {"tiers.json": sha256(data).hexdigest()}}
    return {"tiers.json": data, "manifest.json": json.dumps(manifest).encode()}


def top(told: Any) -> Any:
    return told["units"][0]["tiers"]["20+"]


SMUGGLED: dict[str, Callable[[Any], Any]] = {
    "a small hospital": lambda told: top(told)["people"].update(min=3),
    "a hospital to the person": lambda told: top(told)["people"].update(max=137),
    "people if all stayed": lambda told: top(told)["forecast"].update(if_all_stayed=3),
    "people expected": lambda told: top(told)["forecast"]["people"].update(expected=123.0),
    "attendances": lambda told: top(told)["attendances"].update(total=6),
    "bed days of a year ago": lambda told: top(told)["before"].update(bed_days=21),
    "attendances seen": lambda told: told["units"][0].update(attendances_seen=3),
    "what hidden people did a year ago": lambda told: top(told)["before"].update(people="*"),
    "what hidden people did": lambda told: top(told)["people"].update(total="*"),
}


@pytest.mark.parametrize("change", SMUGGLED.values(), ids=SMUGGLED)
def test_no_count_comes_in_that_is_neither_hidden_nor_rounded(
    change: Callable[[Any], Any],
) -> None:
    with pytest.raises(NotUsable, match="not hidden or rounded"):
        read_delivery(altered(change))


def test_no_identifier_comes_in_with_the_manifest() -> None:
    sent = tiers_files()
    manifest = json.loads(sent["manifest.json"]) | {"note": "943 476 5919"}
    with pytest.raises(NotUsable, match="an NHS number stands in its words"):
        read_delivery(sent | {"manifest.json": json.dumps(manifest).encode()})


@pytest.mark.parametrize("leads", [-3, 1e300])
def test_leads_in_post_that_cannot_be_are_turned_away(leads: float) -> None:
    with pytest.raises(NotUsable, match="Leads in post are below 0 or above"):
        read_delivery(altered(lambda told: told["units"][1].update(leads=leads)))


def test_a_unit_that_stands_there_twice_is_turned_away() -> None:
    with pytest.raises(NotUsable, match="twice"):
        read_delivery(altered(lambda told: told["units"].append(told["units"][-1])))


@pytest.mark.django_db
def test_a_sign_no_database_keeps_does_not_stop_a_delivery(analyst: Actor) -> None:
    actions.receive_tiers(by=analyst, files=altered(lambda told: told.update(warnings=["a\0b"])))
    assert Tiers.objects.get().warnings == ["ab"]


def zipped(*entries: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize(
    "name", ["x/locality.exe", f"{'x' * 300}.csv", "tiers.json", "observed.json", "a\nb.csv"]
)
def test_a_name_that_no_setting_can_have_is_turned_away(name: str) -> None:
    with pytest.raises(NotSet, match="a file that no setting can name"):
        files.unpack("a.zip", zipped(("locality.toml", AREA), (name, b"code\n")))


def test_the_same_name_twice_is_said() -> None:
    sent = zipped(("locality.toml", PLACES), ("a/north.csv", b"1"), ("b/north.csv", b"2"))
    with pytest.raises(NotSet, match=r"holds north\.csv twice"):
        files.unpack("a.zip", sent)


def test_what_a_computer_puts_into_a_zip_for_itself_is_left_out() -> None:
    sent = zipped(
        ("vale/area.toml", AREA), ("__MACOSX/vale/._area.toml", b"\0\1"), ("vale/.DS_Store", b"\0"),
        ("vale/..", b""), ("vale/north.csv", b"code\n"),
    )  # fmt: skip
    assert files.unpack("a.zip", sent) == ({"name": "Madeup Vale"}, {"north.csv": b"code\n"})


HOSTILE = {
    "deep tables": b".".join([b"a"] * 60) + b" = 1",
    "a key of very many parts": b".".join([b"a"] * 100_000) + b" = 1",
    "the same with gaps": b" . ".join([b'"a"'] * 100_000) + b" = 1",
    "deep lists": b"a = " + b"[" * 200 + b"]" * 200,
    "a number of very many digits": b"months = " + b"9" * 5000,
    "a sign that is none": b'name = "A\\u0000B"',
    "very large": b"#" * (3 * 1024**2),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.django_db
def test_a_hostile_locality_file_is_answered_at_once(
    client: Client, commissioner: Actor, data: bytes
) -> None:
    began = time.process_time()
    upload = SimpleUploadedFile("a.toml", data)
    sent = {"area": upload, "sure": "on"}
    page = sign_in(client, commissioner).post(reverse("commissioning:take_file"), sent)
    assert "There is a problem" in page.content.decode()
    assert not AreaVersion.objects.exists()
    assert time.process_time() - began < 5


def test_words_with_many_full_stops_are_no_key() -> None:
    words = b"One. Two. Three! " * 500
    assert reading.parse(b'name = "' + words + b'"')["name"].startswith("One. Two.")


LATER = {
    "boundaries": (b'[reach]\nboundaries_file = "one.geojson"\n', "one.geojson", b"["),
    "a corner out of reach": (
        b'[reach]\nboundaries_file = "one.geojson"\nkey = "code"\n', "one.geojson",
        b'{"features": [{"properties": {"code": "A"}, "geometry": {"type": "Polygon", '
        b'"coordinates": [[[1' + b"0" * 400 + b", 1]]]}}]}",
    ),
    "criteria": (b'[service]\ncriteria_file = "two.toml"\n', "two.toml", b"rules = 3"),
}  # fmt: skip


@pytest.mark.parametrize("sent", LATER.values(), ids=LATER)
def test_a_file_that_a_document_would_stop_at_is_refused_when_it_is_sent(
    sent: tuple[bytes, str, bytes],
) -> None:
    settings, name, data = sent
    with pytest.raises(NotSet):
        reading.check(reading.parse(settings), {name: data}, None)


@pytest.mark.django_db
def test_a_file_added_may_not_take_the_place_of_what_a_document_is_made_from(
    client: Client, commissioner: Actor
) -> None:
    upload = {"file": SimpleUploadedFile("observed.json", b"{}")}
    page = sign_in(client, commissioner).post(reverse("commissioning:add_file"), upload)
    assert "Give the file another name" in page.content.decode()
    assert not AreaVersion.objects.exists()


@pytest.mark.django_db
def test_files_beside_the_settings_have_an_end(
    commissioner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.setting, "MOST_FILES", 1)
    actions.keep_file(by=commissioner, name="one.csv", data=b"code\n")
    actions.keep_file(by=commissioner, name="one.csv", data=b"code\nE1\n")
    with pytest.raises(NotSet, match="Remove those that nothing names"):
        actions.keep_file(by=commissioner, name="two.csv", data=b"code\n")


@pytest.mark.django_db
def test_numbers_that_are_none_in_a_form_are_no_fault_of_ours(
    client: Client, analyst: Actor, commissioner: Actor
) -> None:
    set_area(commissioner)
    sign_in(client, commissioner)
    page = reverse("commissioning:row", args=["places", 1])
    for version in ("²", "9" * 5000, "9" * 12):
        assert client.post(page, {"version": version, "called": "NORTH"}).status_code < 500
    before = AreaVersion.objects.count()
    none = reverse("commissioning:remove_row", args=["places", 0])
    assert client.post(none, {"version": "1"}).status_code == 404
    assert AreaVersion.objects.count() == before


@pytest.mark.django_db
def test_a_process_that_cannot_begin_says_so_and_blocks_nothing(
    analyst: Actor, commissioner: Actor, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    def full(*_: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(making, "_start", full)
    deliver(analyst)
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_for_document(by=commissioner, what="tiers")
    set_service(commissioner.service_id)
    asked = Making.objects.get()
    assert (asked.state, asked.message[:26]) == ("failed", "The machine has no room to")


def test_a_document_that_never_ends_ends_before_the_page_gives_it_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left: list[int] = []

    def make(*_: Any) -> Making:
        left.append(signal.alarm(0))
        return Making(state="done")

    monkeypatch.setattr(command.making, "make", make)
    call_command("make_document", "0" * 32, "0" * 32)
    assert 0 < left[0] < 15 * 60
    assert signal.alarm(0) == 0


@pytest.mark.django_db
def test_what_stops_a_document_stands_before_what_it_lacks_and_leads_on(
    client: Client, commissioner: Actor
) -> None:
    sign_in(client, commissioner)
    page = client.get(reverse("commissioning:make", args=["business-case"])).content.decode()
    assert page.index("No tiers have been delivered yet.") < page.index("Still missing")
    there = f'<a href="{reverse("commissioning:tiers")}">What the analyst needs from you</a>'
    assert there in page
    assert there in client.get(reverse("commissioning:area")).content.decode()
    shelf = client.get(reverse("commissioning:documents")).content.decode()
    assert shelf.count("Waits for the tiers") == 5  # all but the starter pack


@pytest.mark.django_db
def test_what_a_document_lacks_is_counted_the_same_wherever_it_is_told(
    client: Client, commissioner: Actor
) -> None:
    """The area's name is asked for by many documents: each counts it."""
    sign_in(client, commissioner)
    told = client.get(reverse("commissioning:area")).content.decode()
    number = int(told.partition(">Business case</a>: ")[2].split()[0])
    page = client.get(reverse("commissioning:make", args=["business-case"])).content.decode()
    assert page.count('<li class="area-missing__line">') == number
    shelf = client.get(reverse("commissioning:documents")).content.decode()
    assert f"{number} missing" in shelf.partition(">Business case<")[2][:1500]


@pytest.mark.django_db
def test_from_what_is_missing_in_a_document_it_is_one_step_to_a_new_edition(
    client: Client, analyst: Actor, commissioner: Actor
) -> None:
    deliver(analyst)
    set_area(commissioner)
    made = make_document(commissioner)
    here, there = (
        reverse("commissioning:document", args=[made.pk]),
        f'href="{reverse("commissioning:make", args=["business-case"])}"',
    )
    page = sign_in(client, commissioner).get(here).content.decode()
    assert "Say them, then make a new edition." in page
    assert there in page
    assert there not in sign_in(client, analyst).get(here).content.decode()

"""A document is asked for, made in a process of its own, kept, read, and made again to the byte."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.errors import InputNotUsable
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry
from openhiu.web.access.row_security import set_service
from openhiu.web.commissioning import actions
from openhiu.web.commissioning.actions import making
from openhiu.web.commissioning.making import composing
from openhiu.web.commissioning.models import Comparison, Document, Making
from openhiu.web.reporting.models import KeptFile
from support.web import sign_in
from support.web_commissioning import deliver, make_document, set_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been started in a process of its own."""
    found: list[Any] = []
    monkeypatch.setattr(making, "_start", lambda *keys: found.append(keys))
    return found


@pytest.fixture
def ready(analyst: Actor, commissioner: Actor) -> Actor:
    """Tiers were delivered and the area was set."""
    deliver(analyst)
    set_area(commissioner)
    return commissioner


def ask(client: Client, what: str = "business-case") -> Any:
    return client.post(reverse("commissioning:make", args=[what]))


def test_what_is_missing_stands_there_before_it_is_made(client: Client, ready: Actor) -> None:
    sign_in(client, ready)
    page = client.get(reverse("commissioning:make", args=["business-case"])).content.decode()
    assert "Who decides" in page
    assert "Data protection officer" not in page  # another document asks for it
    assert "2025/26, received 11 November 2026" in page


def test_the_button_begins_it_and_shows_how_far_it_is(
    client: Client, ready: Actor, started: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client, ready)
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(client)
    asked = Making.objects.get()
    assert started == [(ready.service_id, asked.pk)]
    Making.objects.update(step=2)
    text = client.get(answer.url).content.decode()
    assert text.count("<span>Done</span>") == 2
    assert "Not yet</strong>" in text


def test_one_at_a_time(client: Client, ready: Actor, started: list[Any]) -> None:
    sign_in(client, ready)
    ask(client)
    answer = ask(client, "starter-pack")
    assert answer.status_code == 403
    assert "A document is being made already." in answer.content.decode()
    assert Making.objects.count() == 1


def test_one_begun_long_ago_stopped_and_another_can_begin(
    client: Client, ready: Actor, started: list[Any]
) -> None:
    sign_in(client, ready)
    ask(client)
    Making.objects.update(asked_at=timezone.now() - timedelta(minutes=16))
    old = Making.objects.get()
    text = client.get(reverse("commissioning:progress", args=[old.pk])).content.decode()
    assert "It stopped before it was finished." in text
    assert ask(client).status_code == 302


def test_without_tiers_it_says_what_has_to_happen(
    client: Client, commissioner: Actor, started: list[Any]
) -> None:
    sign_in(client, commissioner)
    page = client.get(reverse("commissioning:make", args=["business-case"])).content.decode()
    assert "No tiers have been delivered yet." in page
    assert ask(client).status_code == 403
    assert not Making.objects.exists()


def test_why_it_could_not_be_made_is_said_without_data(
    ready: Actor, started: list[Any], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    def fails(*_: Any) -> Any:
        raise InputNotUsable("the boundaries cannot be read", remedy="send them as GeoJSON")

    monkeypatch.setattr(composing, "compose", fails)
    asked = actions.ask_for_document(by=ready, what="reach")
    call_command("make_document", str(ready.service_id), str(asked.pk))
    set_service(ready.service_id)
    page = sign_in(client, ready).get(reverse("commissioning:progress", args=[asked.pk]))
    assert "the boundaries cannot be read. send them as GeoJSON" in page.content.decode()
    assert "Stopped here" in page.content.decode()


def test_a_bug_is_told_by_its_step_and_a_reference(
    ready: Actor, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> Any:
        raise ValueError("secret words")

    monkeypatch.setattr(composing, "compose", breaks)
    asked = actions.ask_for_document(by=ready, what="reach")
    with pytest.raises(CommandError):
        call_command("make_document", str(ready.service_id), str(asked.pk))
    set_service(ready.service_id)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "“Write the document, its tables and pictures”" in asked.message
    assert "secret" not in asked.message


@pytest.mark.parametrize("what", ["starter-pack", "staffing"])
def test_a_real_document_is_made_kept_and_made_again_to_the_byte(
    client: Client, ready: Actor, started: list[Any], what: str
) -> None:
    asked = actions.ask_for_document(by=ready, what=what)
    call_command("make_document", str(ready.service_id), str(asked.pk))
    set_service(ready.service_id)
    document = Document.objects.get()
    names = [file["name"] for file in document.files]
    assert f"{what}.json" in names
    assert not any(name.startswith("inputs/") for name in names)
    assert {"locality.toml", "tiers.json", "observed.json"} <= set(document.inputs)
    # Everything may change in between: it is made from what it was made from.
    set_area(ready, name="Another Vale")
    again = actions.ask_for_document(by=ready, what=what, again=document)
    call_command("make_document", str(ready.service_id), str(again.pk))
    set_service(ready.service_id)
    compared = Comparison.objects.get()
    assert compared.differing == []
    assert compared.files == len(names)
    page = sign_in(client, ready).get(reverse("commissioning:document", args=[document.pk]))
    assert f"The same to the byte: all {len(names)} files" in page.content.decode()


def test_a_document_that_would_be_another_today_is_told_as_different(ready: Actor) -> None:
    document = make_document(ready, "starter-pack")  # its files are a few bytes by hand
    compared = making.compare(by=ready, document=document)
    assert "starter-pack.pdf" in compared.differing


def test_one_document_tells_who_made_it_from_what_and_gives_its_files(
    client: Client, ready: Actor
) -> None:
    document = make_document(ready)
    sign_in(client, ready)
    page = client.get(reverse("commissioning:document", args=[document.pk])).content.decode()
    assert "Lena Marsh, 11 Nov, 10:00" in page
    assert "Version 1" in page
    section = reverse("commissioning:section", args=["business-case"])
    assert f'href="{section}#id_approval_body"' in page
    sent = client.get(reverse("commissioning:file", args=[document.pk, "business-case.pdf"]))
    assert sent.content == b"%PDF-1.7 a case"
    assert "business-case-edition-1-business-case.pdf" in sent["Content-Disposition"]
    shown = client.get(reverse("commissioning:read", args=[document.pk, "business-case.html"]))
    assert "sandbox" in shown["Content-Security-Policy"]
    everything = client.get(reverse("commissioning:everything", args=[document.pk]))
    held = zipfile.ZipFile(io.BytesIO(everything.content))
    assert json.loads(held.read("manifest.json")) == {"what": "business-case"}
    assert "figures/leads.svg" in held.namelist()
    assert not [name for name in held.namelist() if "locality" in name or "observed" in name]
    exported = AuditEntry.objects.filter(did="exported", about_id=document.pk)
    assert {entry.detail["file"] for entry in exported} == {"business-case.pdf", "all"}


def test_a_kept_file_cannot_be_changed(ready: Actor) -> None:
    digest = make_document(ready).files[0]["sha256"]
    with pytest.raises(ProgrammingError, match="permission denied"):
        KeptFile.objects.filter(sha256=digest).update(content=b"other")


def test_an_altered_file_is_answered_with_why(
    client: Client, ready: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openhiu.web.commissioning import queries
    from openhiu.web.reporting.faults import Altered

    document = make_document(ready)

    def altered(*_: Any) -> bytes:
        raise Altered("business-case.pdf")

    monkeypatch.setattr(queries, "document_file", altered)
    sign_in(client, ready)
    for name in ("file", "everything"):
        extra = ["business-case.pdf"] if name == "file" else []
        answer = client.get(reverse(f"commissioning:{name}", args=[document.pk, *extra]))
        assert answer.status_code == 409


def test_set_aside_is_for_good_and_says_why(client: Client, ready: Actor) -> None:
    document = make_document(ready)
    sign_in(client, ready)
    there = reverse("commissioning:set_aside", args=[document.pk])
    assert client.post(there, {"note": "The figures were old"}).status_code == 302
    page = client.get(reverse("commissioning:documents")).content.decode()
    assert "Set aside (1)" in page
    assert "The figures were old" in page
    document.refresh_from_db()
    with pytest.raises(NotAllowed, match="already"):
        actions.set_aside(by=ready, document=document, note="again")


def test_what_was_made_stays_as_it_was_made(ready: Actor) -> None:
    document = make_document(ready)
    document.title = "Another"
    with pytest.raises(ProgrammingError, match="Cannot update rows from commissioning_document"):
        document.save()


def test_who_only_sees_makes_nothing(
    client: Client, ready: Actor, supervisor: Actor, analyst: Actor
) -> None:
    document = make_document(ready)
    for actor in (supervisor, analyst):
        sign_in(client, actor)
        page = client.get(reverse("commissioning:documents")).content.decode()
        assert "Make it" not in page
        assert ask(client).status_code == 403
        assert client.post(
            reverse("commissioning:again", args=[document.pk])
        ).status_code == 403  # fmt: skip
        assert client.get(
            reverse("commissioning:file", args=[document.pk, "business-case.pdf"])
        ).status_code == 200  # fmt: skip


def test_staffing_is_worked_out_and_a_number_of_leads_can_be_tried(
    client: Client, ready: Actor
) -> None:
    sign_in(client, ready)
    there = reverse("commissioning:staffing")
    assert "Work it out" in client.get(there).content.decode()
    making.make_document(by=ready, what="staffing")
    page = client.get(f"{there}?place=NORTH&leads=2").content.decode()
    assert "North Vale with 2 leads" in page
    assert "of the tier asked within 12 months" in page
    assert "Work it out" not in page
    assert client.get(f"{there}?leads=²").status_code == 200  # a digit that is no number
    set_area(ready, name="Another Vale")
    assert "Work it out again" in client.get(there).content.decode()


def test_the_morning_page_tells_a_commissioner_how_far_the_case_is(
    client: Client, ready: Actor
) -> None:
    make_document(ready)
    page = sign_in(client, ready).get("/").content.decode()
    assert "The case for the service" in page
    assert "2025/26, received 11 November 2026" in page
    assert "What documents still ask for" in page
    assert "Business case" in page

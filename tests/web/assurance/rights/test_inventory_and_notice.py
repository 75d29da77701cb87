"""The inventory tells of every field, and what is made from it says who, why, how long and which
rights, in words that are easily read; versions stay as they were published.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from docs import generate
from openhiu.cli import main
from openhiu.tables.activity import TABLES
from openhiu.tables.fields import declared
from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.keeping import CLIENTS, LISTED
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.assurance.actions.inventory import drawn, publish
from openhiu.web.assurance.inventory import entries, make, notice, record, reference
from openhiu.web.assurance.inventory.record import Who
from openhiu.web.assurance.models import Officer, PublishedText
from openhiu.web.letters.readability import AIM, read
from support.web import make_member, make_service, sign_in

NAMED = Who("Madeup HIU", "Madeup Trust", "Madeup Hospital", "Jo Sample, dpo@example.org")


def test_the_inventory_has_every_field_of_the_workspace_and_of_the_hospitals_store() -> None:
    found = {(one.model, one.field) for one in entries.entries()}
    held = {label for holding in HOLDINGS for label in holding.models}
    workspace = {(model, name) for model in held for name in declared().get(model, {})}
    store = {(table.name, column.name) for table in TABLES.values() for column in table.columns}
    assert found == workspace | store


def test_the_page_of_the_inventory_is_up_to_date() -> None:
    """`make docs` writes it."""
    assert generate.INVENTORY.read_text("utf-8") == reference.page()


def test_each_field_says_everything_that_is_asked_of_it() -> None:
    for one in entries.entries():
        said = one.as_dict()
        empty = [name for name, value in said.items() if value == "" and name != "readers"]
        assert empty == [], f"{one.model}.{one.field}"


def test_what_names_somebody_never_stands_in_a_log() -> None:
    by_field = {(one.model, one.field): one for one in entries.entries()}
    for model, name in (("people.Person", "family_name"), ("people.Phone", "number"),
                        ("intake.Listed", "nhs_number"), ("casework.Contact", "what_mattered"),
                        ("people", "name"), ("access.User", "email")):  # fmt: skip
        assert by_field[model, name].log == "never"
    assert by_field["people.Person", "family_name"].access == "given"
    assert by_field["casework.NetworkMember", "name"].access == "after a person read it"
    assert by_field["team.Talk", "with_words"].access == "not given"


def test_the_notice_reads_for_somebody_of_eleven_and_has_no_long_sentence() -> None:
    reading = read(notice.plain(NAMED))
    assert reading.age is not None
    assert reading.age <= AIM
    assert reading.long == ()


def test_the_notice_says_who_why_how_long_rights_and_how_to_complain() -> None:
    words = str(list(notice.blocks(NAMED)))
    for part in (NAMED.service, NAMED.controller, NAMED.officer, "6(1)(e)", "9(2)(h)", "copy",
                 "within a month", "ico.org.uk", "30 days"):  # fmt: skip
        assert part in words, part
    for one in HOLDINGS:
        assert (one.words in words) == (one.about in (CLIENTS, LISTED)), one.key


def test_the_record_of_processing_has_every_holding_and_the_store() -> None:
    words = str(list(record.blocks(NAMED)))
    assert [one.key for one in HOLDINGS if one.words not in words] == []
    assert all(name in words for name in TABLES)
    assert "Transfers" in words
    assert "proposal" in words
    assert "proposal" not in str(list(record.blocks(Who("A", signed="Jo Sample, DPO"))))


def test_the_command_writes_the_same_files_twice(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for out in folders:
        asked = ["--service", "A", "--controller", "B", "--hospital", "C", "--officer", "D"]
        wanted = ["inventory", "--as-of", "2026-11-22", "--out", str(out), "--json", *asked]
        assert main(wanted) == 0
    names = sorted(path.name for path in folders[0].iterdir())
    assert {"inventory.csv", "inventory.xlsx", "inventory.html", "record-of-processing.html",
            "privacy-notice.html", "manifest.json"} <= set(names)  # fmt: skip
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name
    rows = list(csv.DictReader(io.StringIO((folders[0] / "inventory.csv").read_text())))
    assert len(rows) == len(entries.entries())


def test_names_that_are_not_told_are_asked_for() -> None:
    made = make.folder(date(2026, 11, 22), Who("Madeup HIU"))
    assert [one.remedy for one in made.missing] == [
        "Name them with --controller", "Name them with --hospital", "Name them with --officer",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_version_stays_as_it_was_published() -> None:
    auditor = make_member(make_service(), Role.AUDITOR)
    first = publish(by=auditor, kind="notice")
    assert (first.number, first.signed_by) == (1, "")
    assert "Proposal" in str(first.blocks)
    with pytest.raises(NotAllowed, match="Nothing has changed"):
        publish(by=auditor, kind="notice")
    Officer.objects.create(service=auditor.service, post="dpo", name="Jo Sample",
                           contact="dpo@example.org", named_by=auditor.membership)  # fmt: skip
    second = publish(by=auditor, kind="notice", signed_by="Jo Sample", changes="The officer")
    assert second.number == 2
    assert "Proposal" not in str(second.blocks)
    assert "dpo@example.org" in str(second.blocks)
    assert "dpo@example.org" not in str(PublishedText.objects.get(number=1).blocks)
    assert drawn(auditor.service, "notice", "Jo Sample") == second.blocks
    with pytest.raises(NotAllowed):
        publish(by=make_member(auditor.service, Role.SUPERVISOR), kind="notice")


@pytest.mark.django_db
def test_anybody_reads_the_notice_without_an_account(client: Any) -> None:
    service = make_service(name="Madeup HIU of the valley")
    auditor = make_member(service, Role.AUDITOR)
    page = client.get(reverse("privacy:notice", args=[service.pk])).content.decode()
    assert "Madeup HIU of the valley" in page
    assert "This is a draft" in page
    first = publish(by=auditor, kind="notice", signed_by="Jo Sample")
    publish(by=auditor, kind="notice", signed_by="Ray Other", changes="A new officer")
    page = client.get(reverse("privacy:notice", args=[service.pk])).content.decode()
    assert "Version 2" in page
    assert "Agreed by Ray Other" in page
    earlier = client.get(reverse("privacy:earlier", args=[service.pk, first.pk]))
    assert "Agreed by Jo Sample" in earlier.content.decode()
    other = make_service()
    assert client.get(reverse("privacy:earlier", args=[other.pk, first.pk])).status_code == 404
    assert client.get(reverse("privacy:notices")).status_code == 200


@pytest.mark.django_db
def test_a_name_without_the_tick_is_no_agreement(client: Any) -> None:
    auditor = make_member(make_service(), Role.AUDITOR)
    sign_in(client, auditor)
    where = reverse("assurance:publish_text", args=["notice"])
    answer = client.post(where, {"signed_by": "Jo Sample", "posted": "not-a-token"})
    assert PublishedText.objects.count() == 0
    assert answer.status_code in (200, 302, 400)

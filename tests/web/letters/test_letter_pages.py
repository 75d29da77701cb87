"""A lead between two visits: from the client's page to a letter that says when it was posted."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework.models import Case, Contact
from openhiu.web.letters import actions
from openhiu.web.letters.models import Letter, LocalWords, Outgoing, PostalAddress
from openhiu.web.people.models import ContactSafety, Person
from support.web import make_member, sign_in
from support.web_letters import (
    HeldChannel,
    days_ago,
    make_client,
    make_item,
    make_letter,
    make_partner_of,
    make_practice,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(client: Client, lead: Actor) -> Client:
    return sign_in(client, lead)


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"letters:{name}", args=args) + query)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def press(client: Client, name: str, *args: Any, **said: Any) -> str:
    answer = client.post(reverse(f"letters:{name}", args=args), said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer.url)


def test_from_nothing_to_posted(signed: Client, lead: Actor, case: Case) -> None:
    assert "No letter has been sent yet" in page(signed, "client", case.pk)
    assert "Stepping back" in page(signed, "choose", case.pk)
    where = press(signed, "start", case.pk, "hello", ring="01632 960 001")
    letter = Letter.objects.get(case=case)
    assert where == reverse("letters:write", args=[letter.pk])
    assert "Dear Robin," in page(signed, "write", letter.pk)
    where = press(signed, "write", letter.pk, version=1, body=letter.body + "\n\nSee you soon.",
                  ring=letter.ring, layout="large", language="en")  # fmt: skip
    assert where == reverse("letters:check", args=[letter.pk])
    shown = page(signed, "check", letter.pk)
    assert "Every check is in order" in shown
    assert "See you soon." in shown
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown)
    assert seen
    where = press(signed, "send", letter.pk, way="post", seen=seen[1])
    item = Outgoing.objects.get(letter=letter)
    assert where == reverse("letters:item", args=[item.pk])
    assert "14 Harbour Row" in page(signed, "item", item.pk)
    day = timezone.localdate()
    press(signed, "posted", item.pk, on=f"{day:%Y-%m-%d}")
    assert Contact.objects.filter(case=case, how="letter").count() == 1
    assert "Sent" in page(signed, "outbox")
    assert "Hello" in page(signed, "client", case.pk)


def test_an_unconfirmed_address_stops_it_and_one_press_mends_it(
    signed: Client, lead: Actor, case: Case
) -> None:
    Person.objects.filter(pk=case.person_id).update(address_confirmed_on=days_ago(45))
    letter = make_letter(lead, case)
    shown = page(signed, "check", letter.pk)
    assert "It cannot leave yet" in shown
    assert "Check it again: people move" in shown
    where = press(signed, "send", letter.pk, way="post")
    assert where.startswith(reverse("letters:check", args=[letter.pk]))
    assert not Outgoing.objects.exists()
    press(signed, "confirm_address", letter.pk, said_by="phone")
    assert "Every check is in order" in page(signed, "check", letter.pk)


def test_neutral_post_shows_what_is_printed_and_names_no_service(
    signed: Client, lead: Actor
) -> None:
    case = make_client(lead, plan={"letter": "neutral"})
    letter = make_letter(lead, case)
    shown = page(signed, "check", letter.pk)
    assert "plain envelope" in shown
    preview = shown.split("letters-preview", 1)[1].split("</article>")[0]
    for word in ("Tees", "HIU", "NHS", "Asha Lead", "A&amp;E", "Quay", lead.service.name):
        assert word not in preview
    assert "Asha" in preview


def test_the_files_carry_nobodys_name_but_in_their_words(
    signed: Client, lead: Actor, case: Case
) -> None:
    item = make_item(lead, case)
    for form in ("pdf", "docx"):
        answer = signed.get(reverse("letters:file", args=[item.pk, form]))
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="letter.{form}"'
        told = _properties(answer.content, form)
        for canary in ("Robin", "Sample", "Asha", "Tees", lead.service.name):
            assert canary not in told, form


def _properties(content: bytes, form: str) -> str:
    if form == "pdf":
        with pikepdf.open(io.BytesIO(content)) as opened:
            assert "/Author" not in opened.docinfo
            xmp = bytes(opened.Root.Metadata.read_bytes()).decode()
            return xmp + " ".join(str(value) for value in opened.docinfo.values())
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return " ".join(opened.read(name).decode() for name in opened.namelist()
                        if name.startswith("docProps/"))  # fmt: skip


def test_a_file_is_not_given_out_after_a_gate_closed(
    signed: Client, lead: Actor, case: Case
) -> None:
    item = make_item(lead, case)
    Person.objects.filter(pk=case.person_id).update(died="informal")
    answer = signed.get(reverse("letters:file", args=[item.pk, "pdf"]))
    assert answer.status_code == 403
    assert b"This person has died" in answer.content
    assert "Do not send it" in page(signed, "item", item.pk)


def test_in_hiding_no_page_and_no_file_holds_the_address(
    signed: Client, lead: Actor, case: Case
) -> None:
    practice = make_practice(lead, case)
    letters = [make_letter(lead, case), make_letter(lead, case, "gp_working", to=practice)]
    Person.objects.filter(pk=case.person_id).update(restricted=True)
    for letter in letters:
        for query in ("?way=post", "?way=hand", "?way=mail"):
            shown = page(signed, "check", letter.pk, query=query)
            for place in ("Harbour", "TS17", "Thornaby"):
                assert place not in shown
    item = actions.put_in(by=lead, letter=letters[0], way="hand")
    with zipfile.ZipFile(io.BytesIO(bytes(item.word.content))) as opened:
        assert b"Harbour" not in opened.read("word/document.xml")


def test_a_letter_to_the_gp_by_its_pages(
    signed: Client, lead: Actor, case: Case, held: HeldChannel
) -> None:
    practice = make_practice(lead, case)
    press(signed, "start", case.pk, "gp_working", ring="01632 960 001", to=practice.pk)
    letter = Letter.objects.get(case=case)
    shown = page(signed, "check", letter.pk)
    assert "Riverside Surgery" in shown
    assert "999 000 0018" in shown.replace("\u00a0", " ")
    assert "I stop opening the post" not in shown  # the crisis plan is no part of this letter
    press(signed, "send", letter.pk, way="mail", seen="")
    assert Outgoing.objects.get(letter=letter).state == "waiting"


def test_a_reason_is_asked_on_its_own_page(signed: Client, lead: Actor, case: Case) -> None:
    ContactSafety.objects.filter(person=case.person).update(accessible_needs=["braille"])
    letter = make_letter(lead, case)
    assert "give the reason" in page(signed, "check", letter.pk)
    press(signed, "pass_gate", letter.pk, "format", reason="His sister reads it to him.")
    assert "His sister reads it to him." in page(signed, "check", letter.pk)


def test_a_translation_has_a_slot(signed: Client, lead: Actor, case: Case) -> None:
    letter = make_letter(lead, case)
    where = press(signed, "write", letter.pk, version=1, body=letter.body, ring=letter.ring,
                  layout="usual", language="ur")  # fmt: skip
    assert where == reverse("letters:translate", args=[letter.pk])
    assert "Nobody has put this letter into their language" in page(signed, "translate", letter.pk)
    press(signed, "translate", letter.pk, version=2, translated="السلام علیکم",
          translator="A. Khan", read_back_by="S. Ali",
          read_back_on=f"{days_ago(1):%Y-%m-%d}")  # fmt: skip
    item = actions.put_in(by=lead, letter=Letter.objects.get(pk=letter.pk), way="post")
    assert item.pdf is None  # our typeface has no Urdu: Word writes it
    assert "Print it from Word" in page(signed, "item", item.pk)
    with zipfile.ZipFile(io.BytesIO(bytes(item.word.content))) as opened:
        assert "السلام".encode() in opened.read("word/document.xml")


def test_an_organisation_reads_its_letter_and_nobody_elses(
    client: Client, lead: Actor, case: Case
) -> None:
    partner, other = (
        make_partner_of(lead, case),
        make_partner_of(lead, make_client(lead, nhs_number="")),
    )
    item = make_item(lead, case, "partner_summary", "sign_in", to=partner.organisation)
    sign_in(client, partner)
    assert "Robin Sample" in page(client, "received")
    assert client.get(reverse("letters:read", args=[item.pk])).status_code == 200
    assert AuditEntry.objects.filter(user=partner.user, about_id=item.pk, did="looked").exists()
    sign_in(client, other)
    assert "Robin Sample" not in page(client, "received")
    assert client.get(reverse("letters:read", args=[item.pk])).status_code == 404


def test_what_a_supervisor_sets(client: Client, lead: Actor, case: Case) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    partner = make_partner_of(lead, case)
    sign_in(client, supervisor)
    for name in ("words", "letterhead", "places", "outbox"):
        page(client, name)
    page(client, "change_words", "hello", "pl")
    press(client, "change_words", "hello", "en", version=0, body="Hiya {called}", easy="")
    press(client, "change_words", "hello", "pl", version=0, body="Cześć {called}", easy="",
          translator="Anna", read_back_by="Ola",
          read_back_on=f"{days_ago(1):%Y-%m-%d}")  # fmt: skip
    assert LocalWords.objects.get(language="pl").based_on == 1
    press(client, "place", partner.organisation.pk, version=1, address="9 Low Street",
          mailbox="", confirmed_how="", is_practice="no")  # fmt: skip
    assert PostalAddress.objects.get(organisation=partner.organisation).version == 2
    assert Letter.objects.count() == 0


def test_nothing_about_anybody_stands_in_an_address_or_a_title(
    signed: Client, lead: Actor, case: Case
) -> None:
    item = make_item(lead, case)
    for name, args in (("client", [case.pk]), ("item", [item.pk]), ("outbox", [])):
        shown = page(signed, name, *args)
        [title] = re.findall(r"<title>(.*?)</title>", shown, re.DOTALL)
        assert "Robin" not in title
        assert not [one for one in re.findall(r'href="([^"]+)"', shown) if "Robin" in one]

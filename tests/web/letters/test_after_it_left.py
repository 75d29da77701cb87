"""What was printed or sent stays under today's answers: files, readers, addresses, signals."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case
from openhiu.web.design.words import day
from openhiu.web.letters import actions, queries
from openhiu.web.letters.models import Outgoing
from openhiu.web.monitoring.models import Signal
from openhiu.web.people.models import Person
from support.web import sign_in
from support.web_casework import share_with
from support.web_letters import (
    HeldChannel,
    make_client,
    make_item,
    make_letter,
    make_partner_of,
    make_practice,
)
from support.web_monitoring import make_signal

pytestmark = pytest.mark.django_db

HOME = ("Harbour", "TS17", "Thornaby")


@pytest.fixture
def signed(client: Client, lead: Actor) -> Client:
    return sign_in(client, lead)


def get(client: Client, name: str, *args: Any) -> Any:
    return client.get(reverse(f"letters:{name}", args=args))


def shown(client: Client, name: str, *args: Any) -> str:
    answer = get(client, name, *args)
    assert answer.status_code == 200
    return str(answer.content.decode())


def change(case: Case, **facts: Any) -> None:
    update_each(Person.objects.filter(pk=case.person_id), **facts)


# --- a letter is not an answer to a signal ---


def test_a_posted_letter_leaves_a_red_signal_waiting(lead: Actor, case: Case) -> None:
    signal = make_signal(case, level="red")
    actions.posted(by=lead, item=make_item(lead, case), on=timezone.localdate())
    assert Signal.objects.get(pk=signal.pk).state == "raised"


# --- files ---


def test_a_stopped_letter_gives_no_file(signed: Client, lead: Actor, case: Case) -> None:
    item = actions.cancel(by=lead, item=make_item(lead, case), reason="They moved.")
    for form in ("pdf", "docx"):
        assert get(signed, "file", item.pk, form).status_code == 403
        assert reverse("letters:file", args=[item.pk, form]) not in shown(signed, "item", item.pk)


def test_a_letter_that_could_not_be_sent_gives_no_file(
    signed: Client, lead: Actor, case: Case, held: HeldChannel
) -> None:
    item = make_item(lead, case, "gp_working", "mail", to=make_practice(lead, case))
    Outgoing.objects.filter(pk=item.pk).update(state="failed", ended_at=timezone.now())
    assert get(signed, "file", item.pk, "pdf").status_code == 403
    file = reverse("letters:file", args=[item.pk, "docx"])
    assert file not in shown(signed, "item", item.pk)


def test_of_a_sent_letter_there_is_a_copy_that_says_it_is_one(
    signed: Client, lead: Actor, case: Case
) -> None:
    item = make_item(lead, case)
    bare = bytes(item.word.content)
    actions.posted(by=lead, item=item, on=timezone.localdate())
    assert get(signed, "file", item.pk, "pdf").status_code == 403
    answer = get(signed, "file", item.pk, "docx")
    told = f"Copy for the file, sent on {day(timezone.localdate())}"
    assert told in _words(answer.content)
    assert told not in _words(bare)
    assert "Dear Robin," in _words(answer.content)
    page = shown(signed, "item", item.pk)
    assert reverse("letters:file", args=[item.pk, "docx"]) in page
    assert reverse("letters:file", args=[item.pk, "pdf"]) not in page


def _words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return " ".join(
            opened.read(name).decode() for name in opened.namelist()
            if name.startswith(("word/document", "word/header"))
        )  # fmt: skip


# --- in hiding ---


def test_in_hiding_the_outbox_tells_no_address(signed: Client, lead: Actor, case: Case) -> None:
    practice = make_practice(lead, case)
    items = [make_item(lead, case), make_item(lead, case, "gp_working", "post", to=practice)]
    sent = actions.posted(by=lead, item=make_item(lead, case), on=timezone.localdate())
    change(case, restricted=True)
    pages = [
        *(shown(signed, name, one.pk) for one in (*items, sent) for name in ("item", "cancel")),
        shown(signed, "posted", items[0].pk), shown(signed, "outbox"),
        shown(signed, "client", case.pk), shown(signed, "choose", case.pk),
    ]  # fmt: skip
    for page in pages:
        for place in (*HOME, "Bridge Street", "Riverside"):
            assert place not in page
    assert "Not shown, to keep them safe" in shown(signed, "item", sent.pk)


def test_in_hiding_no_file_of_a_letter_to_them_is_given(
    signed: Client, lead: Actor, case: Case
) -> None:
    item = make_item(lead, case)
    sent = actions.posted(by=lead, item=make_item(lead, case), on=timezone.localdate())
    change(case, restricted=True)
    for one in (item, sent):
        assert get(signed, "file", one.pk, "docx").status_code == 403
        assert reverse("letters:file", args=[one.pk, "docx"]) not in shown(signed, "item", one.pk)


def test_in_hiding_what_was_made_to_be_handed_over_can_be_printed(
    signed: Client, lead: Actor, case: Case
) -> None:
    change(case, restricted=True)
    letter = make_letter(lead, case)
    item = actions.put_in(by=lead, letter=letter, way="hand")
    answer = get(signed, "file", item.pk, "docx")
    assert answer.status_code == 200
    assert not any(place in _words(answer.content) for place in HOME)


def test_in_hiding_a_place_told_to_an_organisation_is_not_given_out_again(
    signed: Client, lead: Actor, case: Case
) -> None:
    partner = make_partner_of(lead, case, ["name", "gp"])
    item = make_item(lead, case, "partner_summary", "sign_in", to=partner.organisation)
    assert get(signed, "file", item.pk, "docx").status_code == 200
    change(case, restricted=True)
    assert get(signed, "file", item.pk, "docx").status_code == 403
    assert queries.received(partner) == []


# --- what an organisation still reads ---


@pytest.fixture
def partner(lead: Actor, case: Case) -> Actor:
    return make_partner_of(lead, case, ["name", "what_matters"])


@pytest.fixture
def summary(lead: Actor, case: Case, partner: Actor) -> Outgoing:
    return make_item(lead, case, "partner_summary", "sign_in", to=partner.organisation)


def test_a_copy_keeps_what_it_tells(summary: Outgoing) -> None:
    assert summary.told == {"items": ["name", "what_matters"], "plan": None}


def test_a_narrower_yes_takes_the_older_wider_letter_away(
    lead: Actor, case: Case, partner: Actor, summary: Outgoing
) -> None:
    assert [row.pk for row in queries.received(partner)] == [summary.pk]
    agreement = Agreement.objects.get(organisation=partner.organisation)
    share_with(lead, case, agreement, ["name"])
    assert queries.received(partner) == []
    share_with(lead, case, agreement, ["name", "what_matters"])
    assert [row.pk for row in queries.received(partner)] == [summary.pk]


@pytest.mark.parametrize("facts", [{"died_on": "2026-01-02"}, {"died": "informal"}])
def test_about_someone_who_died_nothing_is_read(
    case: Case, partner: Actor, summary: Outgoing, facts: dict[str, str]
) -> None:
    change(case, **facts)
    assert queries.received(partner) == []


def test_a_death_takes_away_a_letter_that_told_the_name_alone(lead: Actor) -> None:
    case = make_client(lead, nhs_number="")
    partner = make_partner_of(lead, case, ["name"])
    make_item(lead, case, "partner_summary", "sign_in", to=partner.organisation)
    assert len(queries.received(partner)) == 1
    change(case, died_on="2026-01-02")
    assert queries.received(partner) == []


def test_in_hiding_a_practice_no_longer_reads_its_letters(lead: Actor, case: Case) -> None:
    practice = make_practice(lead, case)
    item = make_item(lead, case, "gp_working", "post", to=practice)
    assert queries.may_read(item)
    change(case, restricted=True)
    item.letter.case.person.refresh_from_db()
    assert not queries.may_read(item)


def test_a_copy_of_which_nobody_knows_what_it_tells_is_not_read(
    lead: Actor, partner: Actor, summary: Outgoing
) -> None:
    bare = summary.letter
    summary.told = None
    assert bare.organisation == partner.organisation
    assert not queries.may_read(summary)


def test_stopped_sharing_takes_it_away(lead: Actor, partner: Actor, summary: Outgoing) -> None:
    from openhiu.web.casework.models import Share

    casework.stop_sharing(by=lead, shared=Share.objects.get(stopped_at=None))
    assert queries.received(partner) == []

"""Samples of letters and the outbox, for the matrix of addresses and roles."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openhiu.web.access.models import Agreement
from openhiu.web.access.sealed import update_each
from openhiu.web.letters.models import Copy, Letter, Outgoing
from support.samples import OTHER_SERVICE, Situation, sample
from support.samples_work import case_in
from support.web_casework import make_agreement

A_LETTER = ("write", "translate", "check", "draw_up_again", "put_away", "confirm_address", "send")
AN_ITEM = ("item", "posted", "cancel", "noted", "settle")


def letter_in(situation: Situation) -> Letter:
    """A draft to a client, as a row: the situation may forbid the action by now."""
    case = case_in(situation)
    return Letter.objects.create(
        service=case.service, case=case, kind="hello", body="Dear you,", written_by=case.lead
    )


def item_in(situation: Situation, way: str = "post", **facts: Any) -> Outgoing:
    letter = letter_in(situation)
    update_each(Letter.objects.filter(pk=letter.pk), state="closed", **facts)
    letter.refresh_from_db()
    copy = Copy.objects.create(
        service=letter.service, letter=letter, form="pdf", size=3, content=b"pdf",
        sha256="6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    )  # fmt: skip
    ended = {"state": "sent", "ended_at": timezone.now()} if way == "sign_in" else {}
    return Outgoing.objects.create(
        **{"service": letter.service, "letter": letter, "key": str(letter.pk), "way": way,
           "state": "to_post", "content_hash": "0" * 64, "put_in_by": letter.written_by,
           "pdf": copy, "word": copy, **ended}
    )  # fmt: skip


@sample("letters:client", "letters:choose", "letters:ask_practice", about_people=True)
def client(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}


@sample("letters:start", about_people=True)
def start(situation: Situation) -> dict[str, Any]:
    # The matrix compares two pages letter by letter; only the client may differ between them.
    kind = "nothing" if situation.name == OTHER_SERVICE else "hello"
    return {"case_id": case_in(situation).pk, "kind": kind}


@sample(*(f"letters:{name}" for name in A_LETTER), about_people=True)
def letter(situation: Situation) -> dict[str, Any]:
    return {"letter_id": letter_in(situation).pk}


@sample("letters:pass_gate", about_people=True)
def gate(situation: Situation) -> dict[str, Any]:
    name = "nothing" if situation.name == OTHER_SERVICE else "format"
    return {"letter_id": letter_in(situation).pk, "gate": name}


@sample(*(f"letters:{name}" for name in AN_ITEM), about_people=True)
def item(situation: Situation) -> dict[str, Any]:
    return {"item_id": item_in(situation).pk}


@sample("letters:file", about_people=True)
def file(situation: Situation) -> dict[str, Any]:
    form = "nothing" if situation.name == OTHER_SERVICE else "pdf"
    return {"item_id": item_in(situation).pk, "form": form}


@sample("letters:read", about_people=True)
def read(situation: Situation) -> dict[str, Any]:
    agreed = make_agreement(situation.service, situation.actor.organisation)
    made = item_in(situation, "sign_in", kind="partner_summary", organisation=agreed.organisation)
    return {"item_id": made.pk}


@sample("letters:change_words")
def words(situation: Situation) -> dict[str, Any] | None:
    return None if situation.name == OTHER_SERVICE else {"kind": "hello", "language": "en"}


@sample("letters:place")
def place(situation: Situation) -> dict[str, Any]:
    agreement: Agreement = make_agreement(situation.service)
    return {"organisation_id": agreement.organisation_id}

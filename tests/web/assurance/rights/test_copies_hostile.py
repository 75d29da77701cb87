"""What must not slip out with a copy, and by whose hands it goes: words that were taken out, traces
of what is held back, a file taken too early, too late or by the wrong person.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.actions.rights.packs import KEPT_DAYS, taken
from openhiu.web.assurance.held import writing
from openhiu.web.assurance.held.deciding import deciding
from openhiu.web.assurance.held.gathering import gather, item_of
from openhiu.web.assurance.models import AccessPack, Hold, RightsRequest
from openhiu.web.casework.models import Contact
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case
from support.web_rights import Asked, ask_for, give_all, known, people_of

pytestmark = pytest.mark.django_db
GONE = "His brother Zebrafinch"


@pytest.fixture
def asked() -> Asked:
    return people_of(make_service())


@pytest.fixture
def request_(asked: Asked) -> RightsRequest:
    return known(asked, ask_for(asked))


@pytest.fixture
def contact(asked: Asked) -> Contact:
    return Contact.objects.create(
        service=asked.case.service, case=asked.case, how="phone", reached="yes",
        by=asked.lead.membership, what_mattered=GONE,
    )  # fmt: skip


@pytest.fixture
def pack(asked: Asked, request_: RightsRequest) -> AccessPack:
    give_all(asked, request_)
    return actions.make_pack(by=asked.auditor, request=request_)


def whole(request: RightsRequest) -> str:
    with zipfile.ZipFile(io.BytesIO(writing.pack(request, deciding(request)))) as archive:
        return "".join(archive.read(one).decode() for one in archive.namelist())


def test_words_that_were_taken_out_are_read_before_they_are_given(
    asked: Asked, request_: RightsRequest, contact: Contact
) -> None:
    contact.what_mattered = ""
    contact.save()
    give_all(asked, request_)
    item = item_of(asked.person, "casework.Contact", str(contact.pk))
    assert item is not None
    assert item.to_review
    where = {"by": asked.auditor, "request": request_, "model": "casework.Contact",
             "row": str(contact.pk), "given": True, "why": "others",
             "words": "A brother"}  # fmt: skip
    assert GONE in whole(request_)
    actions.review(**where, without=["earlier:what_mattered"])
    assert GONE not in whole(request_)
    actions.review(**where, without=["what_mattered"])
    assert GONE not in whole(request_)


def test_what_is_held_back_is_not_told_by_its_trail(asked: Asked, request_: RightsRequest) -> None:
    hold = Hold.objects.create(
        service=asked.case.service, person=asked.person, reference="Inquiry Z", reason="Asked",
        review_on=timezone.localdate(), placed_by=asked.auditor.membership,
    )  # fmt: skip
    record(asked.auditor, Did.HELD, person=asked.person, about=hold)
    record(asked.lead, Did.LOOKED, person=asked.person, page="quiet-detail")
    give_all(asked, request_)
    assert Did.HELD in whole(request_)
    assert "quiet-detail" not in whole(request_)
    actions.review(by=asked.auditor, request=request_, model="assurance.Hold", row=str(hold.pk),
                   given=False, why="law", words="Nobody is tipped off")  # fmt: skip
    assert Did.HELD not in whole(request_)
    assert Did.LOOKED in whole(request_)


def test_the_file_is_in_nobodys_hands_out_of_turn(asked: Asked, pack: AccessPack) -> None:
    def why_not(by: Any) -> str:
        pack.refresh_from_db()
        try:
            taken(by=by, pack=pack)
        except NotAllowed as no:
            return str(no)
        return ""

    assert "somebody else" in why_not(asked.auditor)
    assert why_not(asked.supervisor) == ""
    actions.confirm_pack(by=asked.supervisor, pack=pack)
    assert "cannot" in why_not(asked.supervisor)
    assert why_not(asked.auditor) == ""
    pack.refresh_from_db()
    actions.give_pack(by=asked.auditor, pack=pack, on=timezone.localdate(), how="in_person")
    assert why_not(asked.auditor) == ""
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert "given already" in why_not(asked.auditor)


@pytest.mark.parametrize("step", ["confirm", "take", "give"])
def test_nothing_is_done_with_a_copy_after_its_day(
    asked: Asked, pack: AccessPack, step: str
) -> None:
    if step == "give":
        actions.confirm_pack(by=asked.supervisor, pack=pack)
        pack.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(days=KEPT_DAYS + 1)):
        today = timezone.localdate()
        with pytest.raises(NotAllowed, match="too old"):
            match step:
                case "confirm":
                    actions.confirm_pack(by=asked.supervisor, pack=pack)
                case "take":
                    taken(by=asked.supervisor, pack=pack)
                case _:
                    actions.give_pack(by=asked.auditor, pack=pack, on=today, how="letter")


def test_an_emptied_copy_was_not_given(asked: Asked, pack: AccessPack) -> None:
    actions.confirm_pack(by=asked.supervisor, pack=pack)
    AccessPack.objects.filter(pk=pack.pk).update(content=None, emptied_at=timezone.now())
    with pytest.raises(NotAllowed, match="emptied"):
        actions.give_pack(by=asked.auditor, pack=pack, on=timezone.localdate(), how="letter")


def test_whoever_decided_an_item_is_no_second_person(asked: Asked, request_: RightsRequest) -> None:
    give_all(asked, request_)
    other = make_member(asked.case.service, Role.AUDITOR)
    pack = actions.make_pack(by=other, request=request_)
    with pytest.raises(NotAllowed, match="You decided what this copy gives"):
        actions.confirm_pack(by=asked.auditor, pack=pack)
    actions.confirm_pack(by=asked.supervisor, pack=pack)


def test_a_copy_of_what_was_changed_since_is_made_again(
    asked: Asked, request_: RightsRequest, contact: Contact
) -> None:
    give_all(asked, request_)
    pack = actions.make_pack(by=asked.auditor, request=request_)
    actions.confirm_pack(by=asked.supervisor, pack=pack)
    contact.what_mattered = ""
    contact.save()
    with pytest.raises(NotAllowed, match="has changed since"):
        actions.give_pack(by=asked.auditor, pack=pack, on=timezone.localdate(), how="letter")
    give_all(asked, request_)
    again = actions.make_pack(by=asked.auditor, request=request_)
    actions.review(by=asked.auditor, request=request_, model="casework.Contact",
                   row=str(contact.pk), given=False, why="others", words="x")  # fmt: skip
    with pytest.raises(NotAllowed, match="has changed since"):
        actions.confirm_pack(by=asked.supervisor, pack=again)


def test_a_second_person_looks_only_while_a_copy_waits(
    asked: Asked, request_: RightsRequest, pack: AccessPack, client: Any
) -> None:
    held = reverse("assurance:right_held", args=[request_.pk])
    sign_in(client, asked.supervisor)
    assert client.get(held).status_code == 200
    actions.confirm_pack(by=asked.supervisor, pack=pack)
    assert client.get(held).status_code == 403


def test_every_record_that_was_joined_is_in_it_whichever_half_is_asked_about(asked: Asked) -> None:
    first, second = (make_case(asked.lead).person for _ in range(2))
    record(asked.supervisor, Did.LOOKED, person=first, purpose=Purpose.DIRECT_CARE)
    second.merged_into, first.merged_into = asked.person, second
    second.save()
    first.save()
    for one in (asked.person, first):
        found = {(item.model, item.row) for part in gather(one) for item in part.items}
        assert {("people.Person", str(key.pk)) for key in (asked.person, first, second)} <= found
        trail = [model for model, _ in found if model == "access.AuditEntry"]
        assert trail
    assert json.dumps([one.way.model for one in gather(first)]) == json.dumps(
        [one.way.model for one in gather(asked.person)]
    )

"""The copy somebody is given: everything, read by a person first, made by one and confirmed by
another, without a clock in it, and emptied.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.actions.retention import hold, lift
from openhiu.web.assurance.actions.rights.packs import KEPT_DAYS, taken
from openhiu.web.assurance.held import writing
from openhiu.web.assurance.held.deciding import deciding
from openhiu.web.assurance.held.gathering import gather
from openhiu.web.assurance.models import AccessPack, RightsRequest
from openhiu.web.casework import models as casework
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.people.models import OtherName, Phone
from support.web import make_member, make_service, sign_in
from support.web_casework import make_agreement, make_case, share_with
from support.web_rights import Asked, ask_for, give_all, known, people_of

pytestmark = pytest.mark.django_db
CANARY = "Zebrafinch-7731"


@pytest.fixture
def asked() -> Asked:
    found = people_of(make_service())
    case, by = found.case, found.lead.membership
    service = case.service
    casework.Contact.objects.create(service=service, case=case, how="phone", reached="yes", by=by,
                                    what_mattered=f"{CANARY} the dog")  # fmt: skip
    casework.NetworkMember.objects.create(service=service, case=case, name="Sister Jo",
                                          relation="sister", kind="family")  # fmt: skip
    casework.SupervisionNote.objects.create(service=service, case=case, words="A hard month",
                                            by=found.supervisor.membership)  # fmt: skip
    Phone.objects.create(service=service, person=case.person, number="01632 960 001")  # fmt: skip
    record(found.supervisor, Did.LOOKED, person=case.person)
    return found


@pytest.fixture
def request_(asked: Asked) -> RightsRequest:
    return known(asked, ask_for(asked))


def copy_for(asked: Asked, request: RightsRequest) -> bytes:
    return taken(by=asked.supervisor, pack=actions.make_pack(by=asked.auditor, request=request))


def opened(content: bytes) -> tuple[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("your-record.html").decode()
        return page, json.loads(archive.read("your-record.json"))


def titles(data: dict[str, Any]) -> set[str]:
    return {one["kind"] for one in data["sections"]}


def test_everything_that_is_held_is_in_the_copy(asked: Asked, request_: RightsRequest) -> None:
    agreement = make_agreement(asked.case.service)
    share_with(asked.lead, asked.case, agreement, ["name", "goals"])
    give_all(asked, request_)
    page, data = opened(copy_for(asked, request_))
    assert {"people.Person", "people.Phone", "casework.Case", "casework.Contact",
            "casework.NetworkMember", "casework.SupervisionNote", "casework.Consent",
            "casework.Share", "access.AuditEntry",
            "assurance.RightsRequest"} <= titles(data)  # fmt: skip
    for words in (CANARY, "Sister Jo", "A hard month", "01632 960 001", agreement.organisation.name,
                  asked.supervisor.user.name, "ico.org.uk"):  # fmt: skip
        assert words in page, words
    assert "Nothing was held back" in page
    assert str(asked.person.pk) not in page  # keys of ours say nothing to anybody


def test_nothing_is_made_while_an_item_is_undecided(asked: Asked, request_: RightsRequest) -> None:
    with pytest.raises(NotAllowed, match="still to be decided"):
        actions.make_pack(by=asked.auditor, request=request_)


def test_what_was_decided_counts_no_more_when_the_words_change(
    asked: Asked, request_: RightsRequest
) -> None:
    give_all(asked, request_)
    contact = casework.Contact.objects.get(case=asked.case)
    contact.what_mattered = "Something new"
    contact.save()
    assert deciding(request_).open == 1
    with pytest.raises(NotAllowed, match="1 item is still"):
        actions.make_pack(by=asked.auditor, request=request_)


def test_a_page_is_confirmed_at_once_but_not_what_tells_of_others(
    asked: Asked, request_: RightsRequest
) -> None:
    items = [one for part in gather(asked.person) for one in part.items]
    actions.confirm_page(by=asked.auditor, request=request_, items=items)
    left = {one.item.model for part in deciding(request_).sections for one in part.judged
            if one.open}  # fmt: skip
    assert {"casework.NetworkMember", "casework.SupervisionNote"} <= left
    assert "casework.Contact" not in left


def test_held_back_things_are_not_in_any_file_and_are_told_in_general(
    asked: Asked, request_: RightsRequest
) -> None:
    give_all(asked, request_)
    network = casework.NetworkMember.objects.get(case=asked.case)
    contact = casework.Contact.objects.get(case=asked.case)
    with pytest.raises(NotAllowed, match="Say why"):
        actions.review(by=asked.auditor, request=request_, model="casework.NetworkMember",
                       row=str(network.pk), given=False)  # fmt: skip
    actions.review(by=asked.auditor, request=request_, model="casework.NetworkMember",
                   row=str(network.pk), given=False, why="others",
                   words="She asked us not to")  # fmt: skip
    actions.review(by=asked.auditor, request=request_, model="casework.Contact",
                   row=str(contact.pk), given=True, without=["what_mattered"], why="others",
                   words="About a neighbour")  # fmt: skip
    pack = actions.make_pack(by=asked.auditor, request=request_)
    page, data = opened(taken(by=asked.supervisor, pack=pack))
    whole = page + json.dumps(data)
    assert CANARY not in whole
    assert "Sister Jo" not in whole
    assert "She asked us not to" not in whole
    assert "It tells of somebody else" in page
    assert pack.held_back == 2


def test_serious_harm_needs_a_health_professionals_opinion_of_the_last_six_months(
    asked: Asked, request_: RightsRequest
) -> None:
    note = casework.SupervisionNote.objects.get(case=asked.case)
    where = {"by": asked.auditor, "request": request_, "model": "casework.SupervisionNote",
             "row": str(note.pk), "given": False, "why": "harm",
             "words": "May do harm"}  # fmt: skip
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="health professional"):
        actions.review(**where)
    old = {"opinion": "Not now", "opinion_by": "Dr A, GP"}
    with pytest.raises(NotAllowed, match="six months"):
        actions.review(**where, **old, opinion_on=today - timedelta(days=190))
    kept = actions.review(**where, **old, opinion_on=today - timedelta(days=30))
    assert kept.opinion == "Not now"
    for part in deciding(request_).sections:
        for one in part.judged:
            if one.open:
                actions.review(by=asked.auditor, request=request_, model=one.item.model,
                               row=one.item.row, given=True)  # fmt: skip
    page, _ = opened(copy_for(asked, request_))
    assert "A hard month" not in page
    assert "harm" not in page.lower()  # that harm is feared may itself do harm
    assert "The law asks us to hold it back" in page


def test_one_makes_the_copy_and_another_confirms_it(asked: Asked, request_: RightsRequest) -> None:
    give_all(asked, request_)
    pack = actions.make_pack(by=asked.auditor, request=request_)
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="second person"):
        actions.give_pack(by=asked.auditor, pack=pack, on=today, how="in_person")
    with pytest.raises(NotAllowed, match="You made this copy"):
        actions.confirm_pack(by=asked.auditor, pack=pack)
    with pytest.raises(NotAllowed):
        actions.confirm_pack(by=asked.lead, pack=pack)
    actions.confirm_pack(by=asked.supervisor, pack=pack)
    actions.give_pack(by=asked.auditor, pack=pack, on=today, how="in_person")
    actions.decide(by=asked.auditor, request=request_, decision="done", reason="Here it is.")
    assert AuditEntry.objects.filter(did="gave somebody a copy of their record").count() == 1


def test_the_same_user_in_another_role_is_not_a_second_person(
    asked: Asked, request_: RightsRequest
) -> None:
    give_all(asked, request_)
    pack = actions.make_pack(by=asked.auditor, request=request_)
    same = make_member(asked.auditor.service, Role.SUPERVISOR, user=asked.auditor.user)
    with pytest.raises(NotAllowed, match="You made this copy"):
        actions.confirm_pack(by=same, pack=pack)


def test_a_copy_that_was_sent_back_is_emptied(asked: Asked, request_: RightsRequest) -> None:
    give_all(asked, request_)
    pack = actions.make_pack(by=asked.auditor, request=request_)
    actions.send_back(by=asked.supervisor, pack=pack, note="The neighbour is named in March")
    pack.refresh_from_db()
    assert pack.content is None
    with pytest.raises(NotAllowed, match="decided already"):
        actions.confirm_pack(by=asked.supervisor, pack=pack)
    with pytest.raises(NotAllowed, match="emptied"):
        taken(by=asked.auditor, pack=pack)


def test_the_copy_is_emptied_after_thirty_days_and_that_it_was_given_stays(
    asked: Asked, request_: RightsRequest
) -> None:
    give_all(asked, request_)
    pack = actions.make_pack(by=asked.auditor, request=request_)
    service, last = asked.case.service, pack.expires_on
    assert last == timezone.localdate() + timedelta(days=KEPT_DAYS)
    assert actions.empty_expired(service=service, today=last) == 0
    assert actions.empty_expired(service=service, today=last + timedelta(days=1)) == 1
    assert actions.empty_expired(service=service, today=last + timedelta(days=1)) == 0
    kept = AccessPack.objects.get(pk=pack.pk)
    assert (kept.content, kept.sha256) == (None, pack.sha256)


def test_the_same_record_gives_the_same_bytes(asked: Asked, request_: RightsRequest) -> None:
    give_all(asked, request_)
    first = actions.make_pack(by=asked.auditor, request=request_)
    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        made = [writing.pack(request_, deciding(request_)) for _ in range(2)]
    assert made[0] == made[1]
    assert first.sha256 != ""


def test_what_others_said_before_stands_beside_what_is_said_now(
    asked: Asked, request_: RightsRequest
) -> None:
    contact = casework.Contact.objects.get(case=asked.case)
    contact.what_mattered = "The cat"
    contact.save()
    [item] = [one for part in gather(asked.person) if part.model == "casework.Contact"
              for one in part.items]  # fmt: skip
    assert [(one.name, one.said) for one in item.earlier] == [
        ("what_mattered", f"{CANARY} the dog")
    ]


def test_records_joined_to_theirs_are_in_it_and_other_peoples_never(asked: Asked) -> None:
    other = make_case(asked.lead, given_name="Otherperson")
    joined = make_case(asked.lead, given_name="Formername").person
    OtherName.objects.create(service=joined.service, person=joined, name="Oldname")
    joined.merged_into = asked.person
    joined.save()
    said = str(gather(asked.person))
    assert "Oldname" in said
    assert "Formername" in said
    assert "Otherperson" not in said
    assert other.person.family_name not in said


def test_where_somebody_with_protected_details_lives_is_not_printed(asked: Asked) -> None:
    person = asked.person
    person.address, person.restricted = "1 Hidden Lane", True
    person.save()
    said = str(gather(person))
    assert "Hidden Lane" not in said
    assert "01632 960 001" not in said
    assert "your details are protected" in said


def test_who_stands_only_on_a_list_gets_what_the_list_says(asked: Asked) -> None:
    received = ReceivedList.objects.create(
        service=asked.case.service, as_of=timezone.localdate(), content_hash="x",
        uploaded_by=asked.lead.membership,
    )  # fmt: skip
    Listed.objects.create(service=received.service, received=received, list_id="S1", why="Often",
                          name="Wren Onlylisted", nhs_number="9990000026",
                          attendances=31)  # fmt: skip
    request = actions.note_request(
        by=asked.auditor, person=None, about_whom="Wren Onlylisted", listed_number="9990000026",
        kind="access", words="What do you have?", received_on=timezone.localdate(),
        received_how="letter", asked_by="person",
    )  # fmt: skip
    actions.confirm_identity(by=asked.auditor, request=request, how="document",
                             on=timezone.localdate())  # fmt: skip
    give_all(asked, request)
    page, data = opened(copy_for(asked, request))
    assert titles(data) == {"intake.Listed"}
    assert "Wren Onlylisted" in page
    assert "31" in page


def test_rows_of_lists_that_nobody_matched_yet_are_theirs_too(asked: Asked) -> None:
    person = asked.person
    person.nhs_number = "9990000026"
    person.save()
    received = ReceivedList.objects.create(
        service=asked.case.service, as_of=timezone.localdate(), content_hash="x",
        uploaded_by=asked.lead.membership,
    )  # fmt: skip
    Listed.objects.create(service=received.service, received=received, list_id="S1",
                          why="Unmatched row", nhs_number="9990000026")  # fmt: skip
    assert "Unmatched row" in str(gather(person))


def test_the_page_of_who_has_seen_a_record_names_everybody(asked: Asked, client: Any) -> None:
    agreement = make_agreement(asked.case.service)
    share_with(asked.lead, asked.case, agreement, ["name"])
    casework.Connection.objects.create(
        service=asked.case.service, case=asked.case, name="Night shelter", how="called",
        items=["name"], made_on=timezone.localdate(), made_by=asked.lead.membership,
        state_since=timezone.localdate(),
    )  # fmt: skip
    sign_in(client, asked.lead)
    page = client.get(f"/clients/{asked.case.pk}/seen/").content.decode()
    for words in (agreement.organisation.name, "Night shelter", asked.supervisor.user.name,
                  "They ask something about their own record"):  # fmt: skip
        assert words in page, words


def test_a_copy_of_a_record_that_is_held_is_not_emptied(
    asked: Asked, request_: RightsRequest
) -> None:
    give_all(asked, request_)
    pack = actions.make_pack(by=asked.auditor, request=request_)
    late = pack.expires_on + timedelta(days=1)
    held = hold(
        by=asked.auditor, person=request_.person, reference="INQ-4", reason="Asked for.",
        review_on=late,
    )  # fmt: skip
    assert actions.empty_expired(service=pack.service, today=late) == 0
    lift(by=asked.auditor, held=held, reason="The inquiry ended.")
    assert actions.empty_expired(service=pack.service, today=late) == 1

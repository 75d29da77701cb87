"""A row that was read may go lawfully: the copy that tells of it is made anew, and then given."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.held.deciding import deciding
from openhiu.web.assurance.models import RightsRequest
from openhiu.web.casework.models import Connection
from openhiu.web.intake.models import Listed, ReceivedList
from support.web import make_service
from support.web_rights import Asked, ask_for, give_all, known, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return people_of(make_service())


@pytest.fixture
def request_(asked: Asked) -> RightsRequest:
    return known(asked, ask_for(asked))


@pytest.fixture
def listed(asked: Asked) -> Any:
    service = asked.case.service
    received = ReceivedList.objects.create(
        service=service, as_of=timezone.localdate(), content_hash="x",
        uploaded_by=asked.lead.membership,
    )  # fmt: skip
    return Listed.objects.create(service=service, received=received, list_id="S1",
                                 why="Often", person=asked.person)  # fmt: skip


def empty(listed: Any) -> None:
    """As the clock of lists does."""
    Listed.objects.filter(pk=listed.pk).update(person=None, why="", nhs_number="")


def test_a_new_copy_is_confirmed_and_given_once_a_row_that_was_read_is_gone(
    asked: Asked, request_: RightsRequest, listed: Any
) -> None:
    give_all(asked, request_)
    assert request_.reviews.filter(model="intake.Listed").exists()
    old = actions.make_pack(by=asked.auditor, request=request_)
    empty(listed)
    with pytest.raises(NotAllowed, match="has changed since"):
        actions.confirm_pack(by=asked.supervisor, pack=old)
    new = actions.make_pack(by=asked.auditor, request=request_)
    actions.confirm_pack(by=asked.supervisor, pack=new)
    actions.give_pack(by=asked.auditor, pack=new, on=timezone.localdate(), how="letter")


def test_a_row_that_was_held_back_and_is_gone_was_in_no_copy(
    asked: Asked, request_: RightsRequest, listed: Any
) -> None:
    actions.review(by=asked.auditor, request=request_, model="intake.Listed", row=str(listed.pk),
                   given=False, why="others", words="x")  # fmt: skip
    give_all(asked, request_)
    pack = actions.make_pack(by=asked.auditor, request=request_)
    empty(listed)
    actions.confirm_pack(by=asked.supervisor, pack=pack)


def test_the_trail_of_what_was_held_back_stays_held_back_when_it_is_gone(
    asked: Asked, request_: RightsRequest
) -> None:
    case = asked.case
    row = Connection.objects.create(
        service=case.service, case=case, name="Night shelter", how="called", items=["name"],
        made_on=timezone.localdate(), made_by=asked.lead.membership,
        state_since=timezone.localdate(),
    )  # fmt: skip
    record(asked.supervisor, Did.LOOKED, person=asked.person, about=row)
    where = ("casework.connection", str(row.pk))
    actions.review(by=asked.auditor, request=request_, model="casework.Connection",
                   row=where[1], given=False, why="others", words="x")  # fmt: skip
    Connection.objects.filter(pk=row.pk).delete()
    trail = [one for part in deciding(request_).sections for one in part.judged
             if where in one.item.of]  # fmt: skip
    assert trail and all(one.withheld for one in trail)

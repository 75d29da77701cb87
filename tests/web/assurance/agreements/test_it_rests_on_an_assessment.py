"""An agreement rests on an impact assessment that is there: signed, in date, of this service."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import actions
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Agreement, AgreementParty, Role
from openhiu.web.access.policies_lawful import unsaid
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.models import Assessment
from support.web import make_member, make_service, sign_in
from support.web_casework import make_agreement
from support.web_lawful import make_assessment, second_person

pytestmark = pytest.mark.django_db
NEEDED = "DPIA-1 has to be registered here, signed and in date"
YESTERDAY: Any = timedelta(days=-1)


@pytest.fixture
def boss() -> Actor:
    return make_member(make_service(), Role.SUPERVISOR)


@pytest.fixture
def ig(boss: Actor) -> Actor:
    return Actor(user=(who := second_person(boss.service)).user, membership=who)


def draft(boss: Actor, **facts: Any) -> Agreement:
    made = make_agreement(
        boss.service, state="drafted", agreed_by=None, signed_on=None, article_6="6_1_e",
        article_9="9_2_h", schedule_1="1_2", confidentiality="explicit", assessment="DPIA-1",
        rights="x", accuracy="x", security="x", retention="x", breach="x",
        review_on=timezone.localdate(), drafted_by=boss.membership, **facts,
    )  # fmt: skip
    AgreementParty.objects.create(service=boss.service, agreement=made, ods_code="ZZ1",
                                  organisation=made.organisation, part="controller")  # fmt: skip
    return made


def agree(ig: Actor, made: Agreement) -> Agreement:
    return actions.agree_agreement(by=ig, agreement=made, version=made.version)


def sign(boss: Actor, made: Agreement) -> None:
    actions.note_signature(by=boss, party=made.parties.get(), signatory="A", post="B", document="C",
                           signed_on=timezone.localdate())  # fmt: skip


@pytest.mark.parametrize("facts", [
    None, {"state": "drafted", "decision": "", "signed_on": None}, {"state": "ended"},
    {"decision": "stop"}, {"review_on": YESTERDAY}, {"kind": "eqia"}, {"reference": "DPIA-10"},
], ids=["none", "unsigned", "ended", "stop", "overdue", "equality", "another"])  # fmt: skip
def test_no_text_is_agreed_on_an_assessment_that_does_not_hold(
    boss: Actor, ig: Actor, facts: dict[str, Any] | None
) -> None:
    if facts is not None:
        days = {name: timezone.localdate() + value for name, value in facts.items()
                if isinstance(value, timedelta)}  # fmt: skip
        make_assessment(boss.service, **{**facts, **days})
    made = draft(boss)
    assert NEEDED in unsaid(made)[0]
    with pytest.raises(NotAllowed, match=NEEDED):
        agree(ig, made)


def test_another_service_s_assessment_is_none(boss: Actor, ig: Actor) -> None:
    other = make_service()
    set_service(other.pk)
    make_assessment(other)
    set_service(boss.service_id)
    with pytest.raises(NotAllowed, match=NEEDED):
        agree(ig, draft(boss))


def test_with_one_that_holds_it_is_agreed_and_signed(boss: Actor, ig: Actor) -> None:
    make_assessment(boss.service)
    made = draft(boss)
    assert unsaid(made) == []
    agree(ig, made)
    sign(boss, made)
    made.refresh_from_db()
    assert made.signed_on == timezone.localdate()


def test_it_does_not_come_into_force_once_the_assessment_has_ended(boss: Actor, ig: Actor) -> None:
    make_assessment(boss.service)
    made = agree(ig, draft(boss))
    Assessment.objects.update(state="ended")
    with pytest.raises(NotAllowed, match=f"It needs .*{NEEDED}"):
        sign(boss, made)


def test_the_page_of_the_draft_says_which_one_is_missing(boss: Actor) -> None:
    made = draft(boss)
    page = sign_in(Client(), boss).get(reverse("assurance:agreement", args=[made.pk]))
    assert NEEDED in page.content.decode()

"""The plan agreed at the meeting goes to the GP as a numbered copy that can be asked back."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Agreement, Organisation
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case
from openhiu.web.letters import actions, composing, gates
from openhiu.web.letters.models import Outgoing
from openhiu.web.letters.sheet import sheet
from openhiu.web.mdt.models import AgreedPlan, Copy, PlanRow
from support.web_letters import make_letter, make_practice

pytestmark = pytest.mark.django_db
ITEMS = ["name", "birth_date", "phase", "agreed_plan"]


@pytest.fixture
def practice(lead: Actor, case: Case) -> Organisation:
    return make_practice(lead, case, items=ITEMS)


@pytest.fixture
def plan(lead: Actor, case: Case) -> AgreedPlan:
    plan: AgreedPlan = AgreedPlan.objects.create(
        service=lead.service, case=case, number=3, state="agreed", signs="Post left unopened",
        helps="A walk", agreed_on=timezone.localdate(), expires_on=date(2027, 5, 2),
        made_by=lead.membership,
    )  # fmt: skip
    PlanRow.objects.create(service=lead.service, plan=plan, who="Night sitters", does="Ring at ten")
    return plan


def shared(lead: Actor, case: Case, practice: Organisation) -> None:
    agreement = Agreement.objects.get(organisation=practice)
    casework.share(by=lead, person=case.person, agreement=agreement, items=ITEMS)


def closed(letter: object) -> set[str]:
    found = gates.stopped(gates.look(sheet(letter, "post")))  # type: ignore[arg-type]
    return {one.gate.key for one in found}


def test_without_a_plan_or_without_sharing_it_the_letter_stays(
    lead: Actor, case: Case, practice: Organisation
) -> None:
    letter = make_letter(lead, case, "gp_plan", to=practice)
    assert closed(letter) == {"agreed"}


def test_a_plan_that_is_not_shared_with_them_is_not_on_the_page(
    lead: Actor, case: Case, practice: Organisation, plan: AgreedPlan
) -> None:
    letter = make_letter(lead, case, "gp_plan", to=practice)
    assert closed(letter) == {"agreed"}
    assert "Post left unopened" not in composing.said(composing.compose(sheet(letter, "post")))


def test_it_is_printed_with_its_version_and_its_copy_is_registered(
    lead: Actor, case: Case, practice: Organisation, plan: AgreedPlan
) -> None:
    shared(lead, case, practice)
    letter = make_letter(lead, case, "gp_plan", to=practice)
    said = composing.said(composing.compose(sheet(letter, "post")))
    for words in ("Post left unopened", "Ring at ten", "Plan version 3", "2 May 2027"):
        assert words in said
    item = actions.put_in(by=lead, letter=letter, way="post")
    copy = Copy.objects.get(organisation=practice)
    assert Outgoing.objects.get(pk=item.pk).plan_copy == copy
    assert copy.confirmed_at is None
    actions.cancel(by=lead, item=item, reason="They moved.")
    copy.refresh_from_db()
    assert copy.confirmed_how == "destroyed"


def test_a_newer_plan_stops_the_older_letter(
    lead: Actor, case: Case, practice: Organisation, plan: AgreedPlan
) -> None:
    shared(lead, case, practice)
    item = actions.put_in(by=lead, letter=make_letter(lead, case, "gp_plan", to=practice),
                          way="post")  # fmt: skip
    AgreedPlan.objects.filter(pk=plan.pk).update(state="replaced")
    AgreedPlan.objects.create(
        service=lead.service, case=case, number=4, state="agreed", signs="Another sign",
        agreed_on=timezone.localdate(), expires_on=date(2027, 5, 2), made_by=lead.membership,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="What may be said changed"):
        actions.posted(by=lead, item=item, on=timezone.localdate())

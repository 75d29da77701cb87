"""Police, courts and bodies like them: no account, no agreement, no share, at no door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import actions, lawful
from openhiu.web.access.actions import invitations
from openhiu.web.access.actor import Actor
from openhiu.web.access.enforcing import PATTERN, enforces
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import (
    Agreement,
    AgreementParty,
    Gateway,
    Invitation,
    Membership,
    Organisation,
    Role,
)
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Consent, Share
from openhiu.web.letters import actions as letters
from support.web import make_member, make_organisation, make_service, make_user, sign_in
from support.web_casework import make_agreement, make_case, yes
from support.web_lawful import make_assessment, make_gateway

pytestmark = pytest.mark.django_db
REFUSED = "no account and no standing share"
THEY = ("Kent Police", "HM Prison Wymott", "Essex Constabulary", "H.M.P. Wymott", "HMP Wymott",
        "National Probation Service", "Northtown Magistrates' Court", "Northtown Crown Court",
        "NORTHTOWN COUNTY COURT", "HM Courts & Tribunals Service", "First-tier Tribunal",
        "The Parole Board", "Swift Bailiffs", "Larkham ASB Team", "Anti-Social Behaviour Unit",
        "Antisocial Behaviour Unit", "Department for Work and Pensions", "DWP Larkham",
        "Department for Work & Pensions", "Larkham Community-Safety Team", "Youth Offending Team",
        "Youth Justice Service", "Home Office", "Immigration Enforcement", "Border Force",
        "Crown Prosecution Service", "The Court of Protection", "Jobcentre Plus")  # fmt: skip
NOT_THEY = ("Harcourt Surgery", "Court Road Surgery", "Earls Court Health Centre", "Courtyard Café",
            "Hampton Court Medical Centre", "Prisoners' Families Helpline", "Law Centre Larkham",
            "Greater Larkham Immigration Aid Unit", "Policy Lab", "Enforced Rest Trust",
            "Larkham Mental Health Trust", "Basbow Lane Surgery", "The Courts Surgery",
            "Housing charity", "Community pharmacy", "High Court Road Surgery")  # fmt: skip


@pytest.fixture
def boss(db: Any) -> Actor:
    return make_member(make_service(), Role.SUPERVISOR)


@pytest.fixture
def police() -> Organisation:
    return make_organisation("Kent Police", Organisation.Kind.PARTNER)


def member(boss: Actor, role: Any) -> Actor:
    return make_member(boss.service, role)


@pytest.mark.parametrize("name", THEY)
def test_they_are_known_by_their_names(name: str) -> None:
    made = make_organisation(name)
    assert enforces(made)
    assert Organisation.objects.filter(name__iregex=PATTERN, pk=made.pk).exists()


@pytest.mark.parametrize("name", NOT_THEY)
def test_nobody_else_is_taken_for_one_of_them(name: str) -> None:
    made = make_organisation(name)
    assert not enforces(made)
    assert not Organisation.objects.filter(name__iregex=PATTERN, pk=made.pk).exists()


# Each door: the actor of the service and the body come in; it is to refuse.


def invited(boss: Actor, body: Organisation) -> None:
    actions.invite(by=member(boss, Role.ADMIN), email="pc@example.org", role=Role.PARTNER,
                   organisation=body)  # fmt: skip


def _open(boss: Actor, body: Organisation, role: Any = Role.PARTNER, **more: Any) -> str:
    """An invitation planted as an older release left it: its token."""
    told = {"email": "pc@example.org", "service": boss.service, "organisation": body, "role": role,
            "expires_at": timezone.now() + timedelta(days=1), "made_by": boss.user}  # fmt: skip
    Invitation.objects.create(token_hash=invitations._hash("token"), **{**told, **more})
    return "token"


def approved(boss: Actor, body: Organisation) -> None:
    _open(boss, body, Role.AUDITOR)
    actions.approve(by=member(boss, Role.ADMIN), invitation=Invitation.objects.get())


def joined(boss: Actor, body: Organisation) -> None:
    actions.accept(token=_open(boss, body), name="Pat Constable", password="four words in a row")


def joined_by_provider(boss: Actor, body: Organisation) -> None:
    _open(boss, body)
    invitations.accept_from_provider("pc@example.org")


def took_a_further_role(boss: Actor, body: Organisation) -> None:
    user = make_user(email="pc@example.org")
    actions.accept_signed_in(token=_open(boss, body), user=user)


def granted(boss: Actor, body: Organisation) -> None:
    actions.grant(by=member(boss, Role.ADMIN), user=make_user(), role=Role.PARTNER,
                  organisation=body)  # fmt: skip


def first_link(boss: Actor, body: Organisation) -> None:
    actions.first_admin_link(service=boss.service, organisation=body)


def drafted(boss: Actor, body: Organisation) -> None:
    today = timezone.localdate()
    actions.draft_agreement(by=boss, organisation=body, purpose="x", items=["name"],
                            starts_on=today, ends_on=today)  # fmt: skip


def named_a_party(boss: Actor, body: Organisation) -> None:
    draft = make_agreement(boss.service, state="drafted", agreed_by=None, signed_on=None)
    actions.name_party(by=boss, agreement=draft, organisation=body, part="processor",
                       register_number="1")  # fmt: skip


def agreed(boss: Actor, body: Organisation) -> None:
    draft = make_agreement(boss.service, body, state="drafted", agreed_by=None, signed_on=None)
    actions.agree_agreement(by=member(boss, Role.AUDITOR), agreement=draft, version=draft.version)


def signed(boss: Actor, body: Organisation, *, party: Organisation | None = None) -> None:
    make_assessment(boss.service)
    text = make_agreement(boss.service, body, signed_on=None, assessment="DPIA-1")
    row = AgreementParty.objects.create(service=boss.service, agreement=text, ods_code="ZZ1",
                                        organisation=party or body, part="controller")  # fmt: skip
    actions.note_signature(by=boss, party=row, signatory="A", post="B", document="C",
                           signed_on=timezone.localdate())  # fmt: skip


def signed_as_a_further_party(boss: Actor, body: Organisation) -> None:
    signed(boss, make_organisation(), party=body)


def renewed(boss: Actor, body: Organisation) -> None:
    actions.new_version(by=boss, agreement=make_agreement(boss.service, body))


def _gateway(boss: Actor, body: Organisation, *data_sets: str) -> Gateway:
    today = timezone.localdate()
    return actions.draft_gateway(
        by=boss, kind="statute", reference="1", organisation=body, data_sets=list(data_sets),
        starts_on=today, expires_on=today, purpose="x", evidence="Folder 2.", article_6="6_1_c",
        article_9="9_2_f", schedule_1="none",
    )  # fmt: skip


def gateway_drafted(boss: Actor, body: Organisation) -> None:
    _gateway(boss, body, "case", "activity")


def gateway_agreed(boss: Actor, body: Organisation) -> None:
    draft = make_gateway(boss.service, body, state="drafted", data_sets=["caseload"])
    actions.agree_gateway(by=member(boss, Role.AUDITOR), gateway=draft)


def _asked(boss: Actor, body: Organisation) -> dict[str, Any]:
    lead = member(boss, Role.LEAD)
    case, agreement = make_case(lead), make_agreement(boss.service, body)
    return {"by": lead, "person": case.person, "agreement": agreement, "items": ["name"]}


def answered(boss: Actor, body: Organisation) -> None:
    casework.answer_share(**_asked(boss, body), **yes())


def shared(boss: Actor, body: Organisation) -> None:
    asked = _asked(boss, body)
    Consent.objects.create(
        service=boss.service, person=asked["person"], kind="share", organisation=body,
        purpose=asked["agreement"].purpose, items=["name"], given=True, route="spoken",
        answered_on=timezone.localdate(), recorded_by=asked["by"].membership,
        review_on=timezone.localdate() + timedelta(days=90), evidence="Yes.", told="Why.",
    )  # fmt: skip
    casework.share(**asked)


def post_goes_there(boss: Actor, body: Organisation) -> None:
    letters.change_place(by=boss, organisation=body, version=0, address="1 High Street")


DOORS = (
    invited, approved, joined, joined_by_provider, took_a_further_role, granted, first_link,
    drafted, named_a_party, agreed, signed, signed_as_a_further_party, renewed, gateway_drafted,
    gateway_agreed, answered, shared, post_goes_there,
)  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=[one.__name__ for one in DOORS])
def test_every_door_refuses_them(
    boss: Actor, police: Organisation, door: Callable[[Actor, Organisation], None]
) -> None:
    with pytest.raises(NotAllowed, match=REFUSED):
        door(boss, police)
    assert not Membership.objects.filter(organisation=police).exists()
    assert not Share.objects.filter(organisation=police).exists()


def test_what_was_agreed_with_them_before_is_not_in_force(
    boss: Actor, police: Organisation
) -> None:
    agreement = make_agreement(boss.service, police, data_sets=["caseload"])
    gateway = make_gateway(boss.service, police)
    for one in (agreement, gateway):
        assert REFUSED in lawful.why_not_in_force(one)
    assert not lawful.agreements_in_force(boss.service_id).exists()
    assert not lawful.gateways_in_force(boss.service_id).exists()
    assert REFUSED in lawful.why_not_cross(boss.service, police.pk, "caseload")


def test_what_one_case_needs_may_still_have_its_ground(boss: Actor, police: Organisation) -> None:
    made = _gateway(boss, police, "case")
    made = actions.agree_gateway(by=member(boss, Role.AUDITOR), gateway=made)
    assert lawful.in_force(made)
    assert list(lawful.gateways_in_force(boss.service_id)) == [made]


def test_the_forms_say_it_and_save_nothing(boss: Actor, police: Organisation) -> None:
    admin = sign_in(Client(), member(boss, Role.ADMIN))
    answer = admin.post(reverse("access:invite"), {
        "email": "pc@example.org", "role": "partner", "organisation": str(police.pk)})  # fmt: skip
    assert answer.status_code == 200 and REFUSED in answer.content.decode()
    today = timezone.localdate()
    boxes = {f"{name}_{box}": str(getattr(today, box))
             for name in ("starts_on", "ends_on") for box in ("day", "month", "year")}  # fmt: skip
    answer = sign_in(Client(), boss).post(reverse("assurance:new_agreement"), {
        "organisation": str(police.pk), "purpose": "x", "items": ["name"], **boxes})  # fmt: skip
    assert answer.status_code == 200 and REFUSED in answer.content.decode()
    assert not Agreement.objects.exists() and not Invitation.objects.exists()

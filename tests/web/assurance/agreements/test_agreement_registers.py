"""Agreements, gateways, assessments: drafted by one, agreed by another, signed, ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import actions
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.lawful import in_force, why_not_in_force
from openhiu.web.access.models import Agreement, Announcement, AuditEntry, Organisation, Role
from openhiu.web.assurance import reminders
from openhiu.web.assurance.actions import agreements as assessing
from openhiu.web.casework.sharing import visible_items
from support.web import make_member, make_organisation, make_service, sign_in
from support.web_casework import make_agreement, make_case, make_partner, share_with
from support.web_lawful import make_assessment, make_gateway

PARTNER: Any = Organisation.Kind.PARTNER
pytestmark = pytest.mark.django_db
TERMS: dict[str, Any] = {
    "article_6": "6_1_e", "article_9": "9_2_h", "schedule_1": "1_2", "confidentiality": "explicit",
    "assessment": "DPIA-1", "rights": "As agreed.", "accuracy": "Live.", "security": "Here only.",
    "retention": "Nothing is kept.", "breach": "By telephone the same day.",
}  # fmt: skip


def day(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def boss(db: Any) -> Actor:
    return make_member(make_service(), Role.SUPERVISOR, name="Sam Supervisor")


@pytest.fixture
def ig(boss: Actor) -> Actor:
    member = make_member(boss.service, Role.AUDITOR, name="Gil Governance")
    make_assessment(boss.service)
    return member


def draft(boss: Actor, **facts: Any) -> Agreement:
    told = {
        "purpose": "keeping a home", "items": ["name", "goals"], "starts_on": day(0),
        "review_on": day(200), "ends_on": day(365), **TERMS, **facts,
    }  # fmt: skip
    if "organisation" not in told:
        told["organisation"] = make_organisation("Housing charity", PARTNER)
    made = actions.draft_agreement(by=boss, **told)
    for nth, party in enumerate(made.parties.select_related("organisation")):
        actions.name_party(by=boss, agreement=made, organisation=party.organisation,
                           part="controller", ods_code=f"ZZ{nth}")  # fmt: skip
    return made


def agree(by: Actor, made: Agreement) -> Agreement:
    read = Agreement.objects.get(pk=made.pk).version
    return actions.agree_agreement(by=by, agreement=made, version=read)


def sign_all(boss: Actor, made: Agreement, on: Any = None) -> Agreement:
    for party in made.parties.order_by("organisation__name"):
        actions.note_signature(by=boss, party=party, signatory="Ines Varga", post="Director",
                               signed_on=on or day(0), document="Contracts, sheet 4")  # fmt: skip
    made.refresh_from_db()
    return made


def signed(boss: Actor, ig: Actor, **facts: Any) -> Agreement:
    made = draft(boss, **facts)
    agree(ig, made)
    return sign_all(boss, made)


def test_it_holds_once_another_person_agreed_and_every_party_signed(boss: Actor, ig: Actor) -> None:
    made = draft(boss)
    assert "draft" in why_not_in_force(made)
    with pytest.raises(NotAllowed, match="agreed first, then signed"):
        sign_all(boss, made)
    agree(ig, made)
    made.refresh_from_db()
    assert "not signed by every party" in why_not_in_force(made)
    first, second = made.parties.order_by("organisation__name")
    told = {"signatory": "I. Varga", "post": "Director", "signed_on": day(0), "document": "4"}
    actions.note_signature(by=boss, party=first, **told)
    made.refresh_from_db()
    assert not in_force(made)
    actions.note_signature(by=ig, party=second, **told)
    made.refresh_from_db()
    assert in_force(made) and made.signed_on == day(0)
    with pytest.raises(NotAllowed, match="signed already"):
        actions.note_signature(by=boss, party=second, **told)


def test_nobody_agrees_their_own_draft_whatever_role_they_act_in(boss: Actor, ig: Actor) -> None:
    made = draft(boss)
    same = make_member(boss.service, Role.AUDITOR, user=boss.user)
    with pytest.raises(NotAllowed, match="A second person agrees it"):
        agree(same, made)
    with pytest.raises(NotAllowed, match="Your role here cannot"):
        agree(boss, made)
    with pytest.raises(IntegrityError), transaction.atomic():  # and the database says so too
        Agreement.objects.filter(pk=made.pk).update(state="agreed", agreed_by=boss.membership)


def test_whoever_wrote_any_of_a_draft_does_not_agree_it(boss: Actor, ig: Actor) -> None:
    made = draft(boss)
    other = make_member(boss.service, Role.SUPERVISOR)
    also = make_member(boss.service, Role.AUDITOR, user=other.user)
    made.refresh_from_db()
    actions.change_draft(by=other, agreement=made, version=made.version, purpose="all of it")
    with pytest.raises(NotAllowed, match="A second person agrees it"):
        agree(also, made)
    agree(ig, made)


def test_what_was_changed_since_it_was_read_is_not_agreed(boss: Actor, ig: Actor) -> None:
    made = draft(boss)
    made.refresh_from_db()
    read = made.version
    third = make_organisation("Ambulance service", Organisation.Kind.PARTNER)
    actions.name_party(by=boss, agreement=made, organisation=third, part="controller",
                       ods_code="ZZ9")  # fmt: skip
    with pytest.raises(NotAllowed, match="changed since you read it"):
        actions.agree_agreement(by=ig, agreement=made, version=read)
    agree(ig, made)


@pytest.mark.parametrize(("lacks", "words"), [
    ({"article_6": ""}, "Article 6"), ({"article_9": ""}, "Article 9"),
    ({"schedule_1": ""}, "Schedule 1"), ({"confidentiality": ""}, "duty of confidence"),
    ({"assessment": ""}, "impact assessment"), ({"review_on": None}, "looked at again"),
    ({"rights": ""}, "rights"), ({"accuracy": ""}, "accurate"), ({"security": ""}, "secure"),
    ({"retention": ""}, "kept"), ({"breach": ""}, "breach"), ({"items": []}, "what may be shared"),
])  # fmt: skip
def test_it_is_not_agreed_before_it_says_everything(
    boss: Actor, ig: Actor, lacks: dict[str, Any], words: str
) -> None:
    with pytest.raises(NotAllowed, match=words):
        agree(ig, draft(boss, **lacks))


def test_every_party_is_known_by_a_code_or_a_register_number(boss: Actor, ig: Actor) -> None:
    made = draft(boss)
    third = make_organisation("Ambulance service", Organisation.Kind.PARTNER)
    with pytest.raises(NotAllowed, match="Give the ODS code"):
        actions.name_party(by=boss, agreement=made, organisation=third, part="processor")
    actions.name_party(by=boss, agreement=made, organisation=third, part="processor",
                       register_number="Charity 1")  # fmt: skip
    agree(ig, made)
    assert made.parties.count() == 3
    with pytest.raises(NotAllowed, match="stays as it is"):
        actions.drop_party(by=boss, party=made.parties.get(organisation=third))
    assert third.ods_code == ""


def test_a_signature_is_not_noted_before_it_is_given(boss: Actor, ig: Actor) -> None:
    made = draft(boss)
    agree(ig, made)
    with pytest.raises(NotAllowed, match="once it is given"):
        sign_all(boss, made, on=day(1))


def test_an_agreed_text_stays_and_a_draft_saved_twice_loses_nothing(boss: Actor, ig: Actor) -> None:
    made = draft(boss)
    made.refresh_from_db()
    actions.change_draft(by=boss, agreement=made, version=made.version, purpose="two homes")
    with pytest.raises(Stale):
        actions.change_draft(by=boss, agreement=made, version=made.version, purpose="no home")
    agree(ig, made)
    made.refresh_from_db()
    with pytest.raises(NotAllowed, match="Begin a new version"):
        actions.change_draft(by=boss, agreement=made, version=made.version, purpose="x")


def test_a_new_version_takes_over_once_signed_and_no_sooner(boss: Actor, ig: Actor) -> None:
    old = signed(boss, ig)
    lead = make_member(boss.service, Role.LEAD)
    case = make_case(lead)
    share_with(lead, case, old, ["name", "goals"])
    partner = make_partner(old)
    new = actions.new_version(by=boss, agreement=old)
    new.refresh_from_db()
    actions.change_draft(by=boss, agreement=new, version=new.version, items=["name"])
    with pytest.raises(NotAllowed, match="begun already"):
        actions.new_version(by=boss, agreement=old)
    agree(ig, new)
    assert visible_items(partner, case.person) == {"name", "goals"}
    sign_all(boss, new)
    old.refresh_from_db()
    assert (old.state, new.number) == ("superseded", 2)
    assert visible_items(partner, case.person) == {"name"}


def test_a_new_version_that_starts_later_lets_the_old_one_run_until_then(
    boss: Actor, ig: Actor
) -> None:
    old = signed(boss, ig)
    new = actions.new_version(by=boss, agreement=old)
    new.refresh_from_db()
    actions.change_draft(by=boss, agreement=new, version=new.version, starts_on=day(30))
    agree(ig, new)
    new = sign_all(boss, new)
    old.refresh_from_db()
    assert old.ends_on == day(29)
    assert [in_force(old), in_force(new)] == [True, False]
    assert [in_force(one, day(30)) for one in (old, new)] == [False, True]


def test_ending_stops_it_at_once(boss: Actor, ig: Actor) -> None:
    made = signed(boss, ig)
    actions.end_agreement(by=boss, agreement=made, because="They moved away.")
    made.refresh_from_db()
    assert why_not_in_force(made) == "It was ended."
    with pytest.raises(NotAllowed, match="over already"):
        actions.end_agreement(by=ig, agreement=made)
    assert AuditEntry.objects.filter(did="ended an agreement or gateway").count() == 1


def test_one_kept_from_before_states_holds_and_can_be_renewed(boss: Actor) -> None:
    old = make_agreement(boss.service, state="standing", agreed_by=None, signed_on=None)
    assert in_force(old)
    new = actions.new_version(by=boss, agreement=old)
    assert new.parties.count() == 2


def test_another_service_s_agreement_is_missing(boss: Actor) -> None:
    other = make_member(make_service(), Role.SUPERVISOR)
    foreign = make_agreement(other.service)
    with pytest.raises(Missing):
        actions.end_agreement(by=boss, agreement=foreign)


def test_reviews_and_ends_are_told_before_they_come(boss: Actor, ig: Actor) -> None:
    signed(boss, ig, review_on=day(30), ends_on=day(200))
    make_gateway(boss.service, expires_on=day(7))
    draft(boss, organisation=make_organisation(), review_on=day(3), ends_on=day(5))  # a draft
    reminders.remind(boss.service)
    told = sorted(Announcement.objects.filter(to=boss.membership).values_list("words", flat=True))
    assert told == [
        "A sharing agreement is to be looked at again in 30 days.",
        "The legal gateway Direct care by the treating provider, IG-7 ends in 7 days.",
    ]


def test_an_assessment_is_signed_by_another_and_holds_until_its_review(
    boss: Actor, ig: Actor
) -> None:
    made = assessing.draft_assessment(by=boss, kind="dpia", reference="DPIA-2", scope="All of it",
                                      risks="Too much is shared")  # fmt: skip
    with pytest.raises(NotAllowed, match="this reference already"):
        assessing.draft_assessment(by=boss, kind="eqia", reference="DPIA-2", scope="x", risks="x")
    said = {"decision": "go", "signatory": "Dr Aziz", "post": "Data protection officer",
            "signed_on": day(-1), "document": "Folder 3", "review_on": day(100)}  # fmt: skip
    same = make_member(boss.service, Role.AUDITOR, user=boss.user)
    with pytest.raises(NotAllowed, match="A second person"):
        assessing.note_signed(by=same, assessment=made, **said)
    assert made.why_not_hold() == "It is not signed."
    made = assessing.note_signed(by=ig, assessment=made, **said)
    assert made.why_not_hold() == ""
    with time_machine.travel(timezone.now() + timedelta(days=101)):
        assert made.why_not_hold() == "Its review is overdue."
    made.decision = "stop"
    assert made.why_not_hold() == "It says not to go ahead."


def test_a_gateway_needs_its_evidence_a_ground_for_lists_and_a_second_person(
    boss: Actor, ig: Actor
) -> None:
    told: dict[str, Any] = {
        "reference": "26/CAG/0001", "organisation": make_organisation(), "data_sets": ["list"],
        "starts_on": day(0), "expires_on": day(100), "purpose": "asking people",
        "evidence": "Letter of approval.", "article_6": "6_1_e", "article_9": "9_2_h",
        "schedule_1": "1_2",
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="under section 251 or with consent first"):
        actions.draft_gateway(by=boss, kind="safeguarding", **told)
    with pytest.raises(NotAllowed, match="where the evidence is kept"):
        actions.draft_gateway(by=boss, kind="section_251", **{**told, "evidence": " "})
    with pytest.raises(NotAllowed, match="Choose the data sets"):
        actions.draft_gateway(by=boss, kind="section_251", **{**told, "data_sets": ["photos"]})
    made = actions.draft_gateway(by=boss, kind="section_251", **told)
    assert not in_force(made)
    made = actions.agree_gateway(by=ig, gateway=made)
    assert in_force(made)
    with pytest.raises(NotAllowed, match="Only a draft"):
        actions.agree_gateway(by=ig, gateway=made)
    made = actions.end_gateway(by=boss, gateway=made)
    assert not in_force(made)


# --- the pages ---


def boxes(name: str, on: Any) -> dict[str, str]:
    return {f"{name}_{box}": str(getattr(on, box)) for box in ("day", "month", "year")}


def test_an_agreement_is_drafted_agreed_and_signed_on_its_pages(boss: Actor, ig: Actor) -> None:
    client = sign_in(Client(), boss)
    client.post(reverse("assurance:new_organisation"),
                {"name": "Housing charity", "kind": "partner", "ods_code": "zh1"})  # fmt: skip
    partner = Organisation.objects.get(name="Housing charity")
    sent = {"organisation": str(partner.pk), "purpose": "Keeping a tenancy",
            "items": ["name", "goals"], **TERMS, **boxes("starts_on", day(0)),
            **boxes("review_on", day(100)), **boxes("ends_on", day(365))}  # fmt: skip
    there = client.post(reverse("assurance:new_agreement"), sent).url
    made = Agreement.objects.get()
    assert there == reverse("assurance:agreement", args=[made.pk])
    assert "register number" in client.get(there).content.decode()
    client.post(reverse("assurance:name_party", args=[made.pk]),
                {"organisation": str(boss.service.provider_id), "part": "controller",
                 "ods_code": "ZP1"})  # fmt: skip
    page = client.get(there).content.decode()
    assert "ZH1" in page and "Agree this text" not in page
    second = sign_in(Client(), ig)
    assert "Agree this text" in second.get(there).content.decode()
    agreeing = reverse("assurance:agree_agreement", args=[made.pk])
    read = Agreement.objects.get().version
    assert f'name="version" value="{read}"' in second.get(there).content.decode()
    second.post(agreeing, {"version": read - 1})
    assert Agreement.objects.get().state == "drafted"
    second.post(agreeing, {"version": read})
    for party in made.parties.all():
        client.post(reverse("assurance:sign", args=[party.pk]),
                    {"signatory": "Ines Varga", "post": "Director", "document": "Sheet 4",
                     **boxes("signed_on", day(0))})  # fmt: skip
    assert "It holds today." in client.get(there).content.decode()
    assert "In force" in client.get(reverse("assurance:agreements")).content.decode()
    assert client.get("/agreements/").url == reverse("assurance:agreements")


def test_a_lead_reads_the_registers_and_changes_nothing(boss: Actor) -> None:
    made = make_agreement(boss.service)
    lead = sign_in(Client(), make_member(boss.service, Role.LEAD))
    page = lead.get(reverse("assurance:agreement", args=[made.pk])).content.decode()
    assert "End it now" not in page and "Begin the next version" not in page
    assert lead.get(reverse("assurance:new_agreement")).status_code == 403
    there = reverse("assurance:end_agreement", args=[made.pk])
    assert "cannot" in lead.post(there, {"because": "No."}).content.decode()
    made.refresh_from_db()
    assert made.state == "agreed"

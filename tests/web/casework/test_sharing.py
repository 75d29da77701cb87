"""Sharing: what a partner sees is agreement and consent and share and role, and nothing beyond."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Agreement, AuditEntry, Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Concern, Consent, Share, Task
from openhiu.web.casework.sharing import ITEMS, PLACES, visible, visible_items
from openhiu.web.people.models import ContactSafety, Person, Phone
from support.web import make_member, make_organisation, make_service, sign_in
from support.web_casework import make_agreement, make_case, make_partner, share_with, yes
from support.web_mdt import make_group, make_plan, put_on_list

pytestmark = pytest.mark.django_db
# Most items, so that three of them overlap and a leak would show; most doors open, for the same.
MOST = st.frozensets(st.sampled_from(sorted(ITEMS)), max_size=4).map(lambda few: set(ITEMS) - few)
CLOSING = ("withdrawn", "ended", "past", "stopped", "other", "quits")


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    agreed=MOST,
    consented=MOST,
    shared=MOST,
    role=st.sampled_from([*[Role.PARTNER] * 12, *Role]),
    true=st.frozensets(st.sampled_from([*CLOSING, "restricted"]), max_size=2),
)
def test_nothing_leaks_outside_the_intersection(
    lead: Actor,
    agreed: set[str],
    consented: set[str],
    shared: set[str],
    role: Role,
    true: frozenset[str],
) -> None:
    facts = {name: name in true for name in (*CLOSING, "restricted")}
    today, now = timezone.localdate(), timezone.now()
    case = make_case(lead, restricted=facts["restricted"])
    agreement = make_agreement(
        lead.service, items=sorted(agreed), ends_on=today - timedelta(days=facts["ended"])
    )
    answer = Consent.objects.create(
        service=lead.service,
        person=case.person,
        kind="share",
        organisation=agreement.organisation,
        purpose=agreement.purpose,
        items=sorted(consented),
        recorded_by=lead.membership,
        review_on=today + timedelta(days=0 if facts["past"] else 1),
        withdrawn_at=now if facts["withdrawn"] else None,
        **yes(),
    )
    Share.objects.create(
        service=lead.service,
        person=case.person,
        organisation=agreement.organisation,
        consent=answer,
        agreement=agreement,
        items=sorted(shared),
        purpose=agreement.purpose,
        by=lead.membership,
        stopped_at=now if facts["stopped"] else None,
    )
    if facts["quits"]:
        Consent.objects.filter(person=case.person, kind="take_part").update(withdrawn_at=now)
    organisation = make_organisation() if facts["other"] else agreement.organisation
    looker = make_member(lead.service, role, organisation=organisation)
    closed = any(facts[name] for name in CLOSING) or role != Role.PARTNER
    expected = set() if closed else agreed & consented & shared
    if facts["restricted"]:
        expected -= PLACES
    assert visible_items(looker, case.person) == expected


def test_a_partner_s_membership_that_ended_sees_nothing(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    partner = make_partner(agreement)
    partner.membership.ended_at = timezone.now()
    assert visible_items(partner, case.person) == frozenset()


def test_of_someone_who_died_only_the_name_stays(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name", "contact", "goals"])
    case.person.died = "informal"
    assert visible_items(make_partner(agreement), case.person) == {"name"}


def test_a_renewed_agreement_carries_the_share_on(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name", "goals"])
    yesterday = timezone.localdate() - timedelta(days=1)
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=yesterday)
    partner = make_partner(agreement)
    assert visible_items(partner, case.person) == frozenset()
    make_agreement(lead.service, agreement.organisation, items=["name"])
    assert visible_items(partner, case.person) == {"name"}


def test_sharing_needs_a_consent_for_each_item(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    with pytest.raises(NotAllowed, match="not agreed"):
        actions.share(by=lead, person=case.person, agreement=agreement, items=["name"])
    share_with(lead, case, agreement, ["name"])
    with pytest.raises(NotAllowed, match="not agreed"):
        actions.share(by=lead, person=case.person, agreement=agreement, items=["name", "gp"])


def test_what_is_shared_now_replaces_what_was(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name", "goals"])
    actions.share(by=lead, person=case.person, agreement=agreement, items=["goals"])
    assert visible_items(make_partner(agreement), case.person) == {"goals"}
    assert Share.objects.filter(stopped_at=None).count() == 1


def test_a_share_that_was_stopped_shows_nothing_from_then_on(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    shared = share_with(lead, case, agreement, ["name"])
    partner = make_partner(agreement)
    assert visible_items(partner, case.person) == {"name"}
    actions.stop_sharing(by=lead, shared=shared)
    assert visible_items(partner, case.person) == frozenset()


def test_many_people_cost_no_more_queries_than_one(
    lead: Actor, django_assert_num_queries: Any
) -> None:
    agreement = make_agreement(lead.service)
    people = []
    for _ in range(5):
        case = make_case(lead)
        share_with(lead, case, agreement, ["name"])
        people.append(case.person)
    with django_assert_num_queries(5):
        seen = visible(agreement.organisation, people)
    assert set(seen.values()) == {frozenset({"name"})}


def _canaries(lead: Actor) -> tuple[Case, dict[str, str]]:
    """A case in which every shareable item says a word that stands nowhere else."""
    marks = {name: f"canary{name.replace('_', '')}" for name in ITEMS}
    case = make_case(
        lead,
        given_name="Robin",
        family_name=marks["name"],
        birth_date=date(1961, 2, 3),
        nhs_number="9990000018",
        address=marks["address"],
        gp_practice=marks["gp"],
    )
    marks |= {"birth_date": "1961", "nhs_number": "0018", "phase": "Working together"}
    marks["activity"] = "The hospital data do not tell of them"
    Phone.objects.create(service=lead.service, person=case.person, number="07700 900001",
                         label=marks["contact"])  # fmt: skip
    ContactSafety.objects.create(
        service=lead.service, person=case.person, safe_times=marks["contact"],
        reviewed_on=timezone.localdate(), reviewed_by=lead.membership,
    )  # fmt: skip
    actions.change_plan(
        by=lead, case=case, version=1, what_matters=marks["what_matters"],
        strengths=marks["strengths"], what_helps=marks["card"], come_if=marks["card"],
    )  # fmt: skip
    actions.note_reasons(by=lead, case=case, certain=["another"], words=marks["reasons"])
    actions.add_goal(by=lead, case=case, words=marks["goals"], first_step=marks["goals"])
    actions.add_network_member(
        by=lead, case=case, kind="person", name=marks["network"], may_contact="yes"
    )
    group = make_group(lead, name=marks["meeting"])
    put_on_list(lead, group, case)
    make_plan(lead, case, group, said={"signs": marks["agreed_plan"]})
    return case, marks


@pytest.mark.parametrize("item", list(ITEMS))
def test_a_partner_s_page_shows_the_shared_item_and_no_other(
    lead: Actor, client: Client, item: str
) -> None:
    case, marks = _canaries(lead)
    agreement = make_agreement(lead.service)
    share_with(lead, case, agreement, [item])
    sign_in(client, make_partner(agreement))
    for name, args in (("casework:shared_list", []), ("casework:shared_page", [case.person_id])):
        page = client.get(reverse(name, args=args))
        assert page.status_code == 200
        text = page.content.decode()
        leaked = [key for key, mark in marks.items() if key != item and mark in text]
        assert leaked == []
    assert marks[item] in text
    assert text.count("not shared</li>") == len(ITEMS) - 1


def test_a_restricted_person_s_whereabouts_never_reach_a_partner(
    lead: Actor, client: Client
) -> None:
    case, marks = _canaries(lead)
    agreement = make_agreement(lead.service)
    share_with(lead, case, agreement, list(ITEMS))
    Person.objects.filter(pk=case.person_id).update(restricted=True)
    sign_in(client, make_partner(agreement))
    text = client.get(reverse("casework:shared_page", args=[case.person_id])).content.decode()
    assert marks["goals"] in text
    assert [name for name in PLACES if marks[name] in text] == []
    assert "900001" not in text


def test_to_another_partner_the_person_does_not_exist(lead: Actor, client: Client) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    stranger = make_partner(make_agreement(lead.service))
    sign_in(client, stranger)
    page = client.get(reverse("casework:shared_page", args=[case.person_id]))
    assert page.status_code == 404
    assert client.get(reverse("casework:client", args=[case.pk])).status_code == 403


def test_a_partner_s_look_is_recorded(lead: Actor, client: Client) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    partner = make_partner(agreement)
    sign_in(client, partner).get(reverse("casework:shared_page", args=[case.person_id]))
    look = AuditEntry.objects.get(did="looked", user=partner.user)
    assert (look.person_id, look.detail["items"]) == (case.person_id, ["name"])


def test_a_partner_s_worry_reaches_the_lead_as_a_task(lead: Actor, client: Client) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["goals"])
    partner = make_partner(agreement)
    sign_in(client, partner)
    url = reverse("casework:shared_concern", args=[case.person_id])
    assert client.post(url, {"words": "Not seen for a week.", "urgent": "yes"}).status_code == 302
    concern, task = Concern.objects.get(), Task.objects.get()
    assert (concern.person, concern.urgent) == (case.person, True)
    assert (task.owner, task.due_on) == (lead.membership, timezone.localdate())
    assert case.person.family_name not in task.words
    answered = reverse("casework:concern", args=[concern.pk])
    page = client.get(answered).content.decode()
    assert case.person.family_name not in page
    assert client.post(answered, {"answer": "Me too"}).status_code == 403
    sign_in(client, lead)
    assert client.post(answered, {"answer": "Rang her today."}).status_code == 302
    concern.refresh_from_db()
    assert concern.answered_by == lead.membership


def test_a_word_to_a_partner_is_read_only_while_its_own_consent_holds(
    lead: Actor, client: Client
) -> None:
    case = make_case(lead)
    home = make_agreement(lead.service, purpose="their home")
    debts = make_agreement(lead.service, home.organisation, purpose="their debts")
    share_with(lead, case, home, ["name"])
    actions.answer_share(by=lead, person=case.person, agreement=debts, items=["name"], **yes())
    actions.share(
        by=lead, person=case.person, agreement=debts, items=["name"], note="Owes 4,000 pounds."
    )
    sign_in(client, make_partner(home))
    page = reverse("casework:shared_page", args=[case.person_id])
    assert b"Owes 4,000" in client.get(page).content
    Consent.objects.filter(purpose="their debts").update(review_on=timezone.localdate())
    answer = client.get(page)
    assert answer.status_code == 200
    assert b"Owes 4,000" not in answer.content

"""The agreed plan: versions that never change, a last day on every page, copies that come back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Consent
from openhiu.web.mdt import actions
from openhiu.web.mdt.models import AgreedPlan, Copy, GroupMember
from openhiu.web.mdt.queries import agreed_plan
from openhiu.web.mdt.queries import plans as found
from openhiu.web.people.models import Person
from support.web import make_member, make_service, sign_in
from support.web_casework import make_agreement, make_case, make_partner, share_with
from support.web_mdt import make_group, make_plan, make_shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


def withdraw(lead: Actor, case: Any, agreement: Any) -> None:
    answer = Consent.objects.get(person=case.person, organisation=agreement.organisation)
    casework.withdraw(by=lead, consent=answer)


def test_a_plan_lasts_six_months_unless_told_and_a_year_at_most(lead: Actor) -> None:
    case, group = make_case(lead), make_group(lead)
    assert make_plan(lead, case, group).expires_on == date(2027, 5, 11)  # agreed 11 November
    with pytest.raises(NotAllowed, match="a year at most"):
        make_plan(lead, case, group, expires_on=date(2027, 11, 12))


def test_every_plan_says_when_to_come_and_who_does_what(lead: Actor) -> None:
    case, group = make_case(lead), make_group(lead)
    plan = actions.begin_plan(by=lead, case=case)
    told: dict[str, Any] = {
        "by": lead, "plan": plan, "there": GroupMember.objects.filter(group=group),
        "agreed_on": timezone.localdate(),
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="when to come"):
        actions.agree_plan(**told)
    actions.change_plan(by=lead, plan=plan, version=plan.version, come_if="In danger")
    with pytest.raises(NotAllowed, match="who does what"):
        actions.agree_plan(**told)
    actions.add_row(by=lead, plan=plan, who="Ward 9", does="Rings us")
    with pytest.raises(NotAllowed, match="who was there"):
        actions.agree_plan(**told | {"there": []})
    assert actions.agree_plan(**told).state == "agreed"


def test_it_begins_with_the_client_s_own_crisis_plan(lead: Actor) -> None:
    case = make_case(lead)
    casework.change_plan(by=lead, case=case, version=1, warning_signs="Drinks", come_if="Hurt")
    case.plan.refresh_from_db()
    plan = actions.begin_plan(by=lead, case=case)
    assert (plan.signs, plan.come_if, plan.number) == ("Drinks", "Hurt", 1)


def test_an_agreed_version_never_changes_and_a_new_one_replaces_it(lead: Actor) -> None:
    case, group = make_case(lead), make_group(lead)
    first = make_plan(lead, case, group)
    with pytest.raises(NotAllowed, match="stays as it is"):
        actions.change_plan(by=lead, plan=first, version=first.version, helps="Else")
    with pytest.raises(NotAllowed, match="stays as it is"):
        actions.add_row(by=lead, plan=first, who="A", does="B")
    draft = actions.begin_plan(by=lead, case=case)
    assert [row.does for row in draft.rows.all()] == ["Ask for the side room"]
    assert agreed_plan(lead, case) == first
    second = make_plan(lead, case, group)
    first.refresh_from_db()
    assert (second.number, first.state, agreed_plan(lead, case)) == (2, "replaced", second)


def test_a_stale_save_of_a_plan_overwrites_nothing(lead: Actor) -> None:
    plan = actions.begin_plan(by=lead, case=make_case(lead))
    actions.change_plan(by=lead, plan=plan, version=1, helps="A walk")
    with pytest.raises(Stale):
        actions.change_plan(by=lead, plan=plan, version=1, helps="Music")
    assert AgreedPlan.objects.get().helps == "A walk"


def test_a_plan_that_expired_is_in_force_for_nobody(lead: Actor, travel: Any) -> None:
    case, partner, _ = make_shared(lead)
    make_plan(lead, case, make_group(lead), expires_on=timezone.localdate() + timedelta(days=10))
    assert agreed_plan(partner, case) is not None
    travel(days=10)
    assert agreed_plan(partner, case) is None
    assert agreed_plan(lead, case) is None


def test_a_hospital_may_have_the_plan_without_being_at_the_table(
    lead: Actor, client: Client
) -> None:
    case, partner, _ = make_shared(lead, ["name", "agreed_plan"])
    plan = make_plan(lead, case, make_group(lead))
    assert agreed_plan(partner, case) == plan
    sign_in(client, partner)
    text = client.get(reverse("mdt:shared_plan", args=[case.pk])).content.decode()
    assert "Version 1, agreed 11 November 2026, good until 11 May 2027." in text
    assert "Ask for the side room" in text


def test_a_partner_sees_the_current_version_only(lead: Actor, client: Client) -> None:
    case, partner, _ = make_shared(lead)
    group = make_group(lead)
    make_plan(lead, case, group, said={"helps": "oldwords"})
    make_plan(lead, case, group, said={"helps": "newwords"})
    sign_in(client, partner)
    text = client.get(reverse("mdt:shared_plan", args=[case.pk])).content.decode()
    assert "newwords" in text
    assert "oldwords" not in text


def test_to_an_organisation_without_the_share_there_is_no_plan(lead: Actor, client: Client) -> None:
    case, partner, _ = make_shared(lead, ["name", "goals", "meeting"])
    plan = make_plan(lead, case, make_group(lead))
    assert agreed_plan(partner, case) is None
    with pytest.raises(Missing):
        found.plan_or_missing(partner, plan.pk)
    sign_in(client, partner)
    assert client.get(reverse("mdt:shared_plan", args=[case.pk])).status_code == 404
    assert client.post(reverse("mdt:take_copy", args=[case.pk])).status_code == 404


def test_of_someone_in_hiding_an_organisation_reads_its_own_row_alone(
    lead: Actor, client: Client
) -> None:
    case, partner, _ = make_shared(lead)
    make_plan(lead, case, make_group(lead), row={"who": "Harbour Hostel"})
    draft = actions.begin_plan(by=lead, case=case)
    actions.add_row(by=lead, plan=draft, organisation=partner.organisation, does="Takes them in")
    actions.agree_plan(
        by=lead, plan=draft, there=GroupMember.objects.all(), agreed_on=timezone.localdate()
    )
    Person.objects.filter(pk=case.person_id).update(restricted=True)
    sign_in(client, partner)
    for name, key in (("mdt:shared_plan", case.pk), ("casework:shared_page", case.person_id)):
        text = client.get(reverse(name, args=[key])).content.decode()
        assert "Harbour Hostel" not in text
    assert "Takes them in" in client.get(
        reverse("mdt:shared_plan", args=[case.pk])
    ).content.decode()  # fmt: skip


def test_what_the_client_says_is_recorded_and_changes_alone(lead: Actor) -> None:
    plan = make_plan(lead, make_case(lead), make_group(lead))
    assert (plan.client_says, plan.client_on) == ("not_yet", None)
    told = actions.note_client(by=lead, plan=plan, client_says="agreed",
                               client_words="That is me.", client_on=None)  # fmt: skip
    assert (told.client_says, told.client_on) == ("agreed", timezone.localdate())


def test_a_copy_is_registered_with_a_reference_that_stands_on_it(
    lead: Actor, client: Client
) -> None:
    case, partner, _ = make_shared(lead)
    make_plan(lead, case, make_group(lead))
    sign_in(client, partner)
    page = client.post(reverse("mdt:take_copy", args=[case.pk]), follow=True)
    copy = Copy.objects.get()
    assert (copy.organisation, copy.given_by) == (partner.organisation, partner.membership)
    text = page.content.decode()
    assert f"Copy {copy.reference} for" in text
    assert "Do not use it after 11 May 2027" in text
    assert AuditEntry.objects.filter(did="printed", person_id=case.person_id).exists()


def test_only_those_who_may_have_it_are_given_a_copy(lead: Actor) -> None:
    case, _, _ = make_shared(lead)
    plan = make_plan(lead, case, make_group(lead))
    stranger = make_partner(make_agreement(lead.service))
    with pytest.raises(NotAllowed, match="have not agreed"):
        actions.give_copy(by=lead, plan=plan, organisation=stranger.organisation)
    colleague = make_member(lead.service, Role.LEAD)
    with pytest.raises(NotAllowed):
        actions.give_copy(by=colleague, plan=plan, organisation=stranger.organisation)


@pytest.mark.parametrize("what", ["newer", "expired", "withdrawn", "ended"])
def test_a_copy_is_asked_back_once_when_it_is_no_longer_good(
    lead: Actor, travel: Any, what: str
) -> None:
    case, partner, agreement = make_shared(lead)
    group = make_group(lead)
    plan = make_plan(lead, case, group)
    actions.give_copy(by=lead, plan=plan, organisation=partner.organisation)
    assert found.copies_back(partner) == []
    if what == "newer":
        make_plan(lead, case, group)
    elif what == "expired":
        Consent.objects.update(review_on=date(2028, 1, 1))
        AgreedPlan.objects.update(expires_on=timezone.localdate())
    elif what == "withdrawn":
        withdraw(lead, case, agreement)
    else:
        actions.end_plan(by=lead, plan=plan)
    actions.ask_back(lead.service)
    actions.ask_back(lead.service)
    (back,) = found.copies_back(partner)
    assert back.copy.asked_at is not None
    asked = Announcement.objects.filter(to=partner.membership, words__contains="a copy")
    assert Announcement.objects.filter(
        to=partner.membership, words="A copy of an agreed plan has to be destroyed or replaced."
    ).count() == 1  # fmt: skip
    assert asked is not None
    assert case.person.family_name not in back.why


def test_a_holder_without_consent_reads_the_reference_and_no_name(
    lead: Actor, client: Client
) -> None:
    case, partner, agreement = make_shared(lead)
    plan = make_plan(lead, case, make_group(lead))
    copy = actions.give_copy(by=lead, plan=plan, organisation=partner.organisation)
    withdraw(lead, case, agreement)
    sign_in(client, partner)
    text = client.get(reverse("mdt:copies")).content.decode()
    assert copy.reference in text
    assert case.person.family_name not in text
    gone = client.get(reverse("mdt:print_copy", args=[copy.pk])).content.decode()
    assert "Do not use this copy" in gone
    assert "Stops answering" not in gone
    client.post(reverse("mdt:confirm_copy", args=[copy.pk]), {"how": "destroyed"})
    copy.refresh_from_db()
    assert (copy.confirmed_how, copy.confirmed_by) == ("destroyed", partner.membership)
    assert found.copies_back(lead) == []


def test_who_cannot_find_a_copy_says_where_they_looked(lead: Actor) -> None:
    case, partner, _ = make_shared(lead)
    plan = make_plan(lead, case, make_group(lead))
    copy = actions.give_copy(by=lead, plan=plan, organisation=partner.organisation)
    with pytest.raises(NotAllowed, match="where you looked"):
        actions.confirm_copy(by=partner, copy=copy, how="not_found")
    other = make_partner(make_agreement(lead.service))
    with pytest.raises(Missing):
        actions.confirm_copy(by=other, copy=copy, how="destroyed")


def test_the_client_s_tab_takes_a_plan_from_nothing_to_agreed(lead: Actor, client: Client) -> None:
    case, group = make_case(lead), make_group(lead)
    sign_in(client, lead)
    tab = reverse("mdt:client", args=[case.pk])
    assert "No plan is agreed yet" in client.get(tab).content.decode()
    client.post(reverse("mdt:write_plan", args=[case.pk]),
                {"signs": "Quiet", "helps": "A walk", "come_if": "In danger"})  # fmt: skip
    plan = AgreedPlan.objects.get()
    client.post(reverse("mdt:add_row", args=[plan.pk]), {"who": "Ward 9", "does": "Rings us"})
    today, later = timezone.localdate(), date(2027, 2, 1)
    said: dict[str, Any] = {"there": [str(one.pk) for one in GroupMember.objects.all()],
                            "client_says": "agreed", "words_agreed": "Fine."}  # fmt: skip
    for name, on in (("agreed_on", today), ("expires_on", later)):
        said |= {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}
    assert client.post(reverse("mdt:agree_plan", args=[plan.pk]), said).status_code == 302
    text = client.get(tab).content.decode()
    assert "Version 1, agreed 11 November 2026, good until 1 February 2027." in text
    assert "They have seen it and agree" in text
    assert group.chair.user.name in text


def test_a_colleague_s_client_s_plan_is_written_by_whoever_works_with_them(lead: Actor) -> None:
    case = make_case(lead)
    group = make_group(lead)
    share_with(lead, case, make_agreement(lead.service), ["name"])
    colleague = make_member(lead.service)
    actions.add_member(by=lead, group=group, membership=colleague.membership, post="Lead")
    with pytest.raises(NotAllowed, match="supported by someone else"):
        actions.begin_plan(by=colleague, case=case)

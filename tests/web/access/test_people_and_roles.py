"""The administrator's pages: inviting, ending, closing; the supervisor's checks and settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import actions, queries
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Invitation, Membership, Role
from openhiu.web.access.permissions import ROLE_MAY, Permission
from support.web import make_member, make_service, make_user, sign_in

pytestmark = pytest.mark.django_db
TOKEN = "0f9c0000-0000-4000-8000-00000000000{}"


@pytest.fixture
def admin() -> Any:
    return make_member(make_service(), Role.ADMIN)


@pytest.fixture
def boss() -> Any:
    return make_member(make_service(), Role.SUPERVISOR)


def test_inviting_shows_the_link_once(client: Client, admin: Any) -> None:
    sign_in(client, admin)
    sent = {
        "email": "new@example.org",
        "role": "lead",
        "organisation": str(admin.service.provider_id),
        "posted": TOKEN.format(1),
    }
    done = client.post(reverse("access:invite"), sent)
    assert done.url == reverse("access:members")
    assert b"/join/" in client.get(done.url).content
    assert b"/join/" not in client.get(done.url).content


def test_inviting_twice_with_one_form_makes_one_invitation(client: Client, admin: Any) -> None:
    sign_in(client, admin)
    sent = {
        "email": "new@example.org",
        "role": "lead",
        "organisation": str(admin.service.provider_id),
        "posted": TOKEN.format(2),
    }
    first = client.post(reverse("access:invite"), sent)
    second = client.post(reverse("access:invite"), sent)
    assert first.url == second.url
    assert Invitation.objects.count() == 1


def test_a_mistake_in_the_form_does_not_use_up_its_token(client: Client, admin: Any) -> None:
    sign_in(client, admin)
    sent = {"email": "", "role": "lead", "organisation": str(admin.service.provider_id)}
    sent["posted"] = TOKEN.format(3)
    assert client.post(reverse("access:invite"), sent).status_code == 200
    client.post(reverse("access:invite"), {**sent, "email": "new@example.org"})
    assert Invitation.objects.count() == 1


def test_an_administrator_sees_only_their_own_service(client: Client, admin: Any) -> None:
    stranger = make_member(make_service(), Role.LEAD, name="Somebody Elsewhere", open_rows=False)
    sign_in(client, admin)
    assert b"Somebody Elsewhere" not in client.get(reverse("access:members")).content
    page = client.get(reverse("access:member", args=[stranger.membership.pk]))
    assert page.status_code == 404


def test_an_administrator_cannot_change_their_own_role(admin: Any) -> None:
    with pytest.raises(NotAllowed, match="Another administrator"):
        actions.end_membership(by=admin, membership=admin.membership)
    with pytest.raises(NotAllowed, match="Another administrator"):
        actions.disable(by=admin, user=admin.user)
    with pytest.raises(NotAllowed, match="themselves"):
        actions.grant(
            by=admin, user=admin.user, role=Role.LEAD, organisation=admin.service.provider
        )


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_one_person_alone_grants_no_powerful_role(admin: Any, role: Role) -> None:
    with pytest.raises(NotAllowed, match="second person"):
        actions.grant(by=admin, user=make_user(), role=role, organisation=admin.service.provider)


def test_an_account_that_another_service_uses_is_not_closed_here(admin: Any) -> None:
    lead = make_member(admin.service, Role.LEAD)
    make_member(make_service(), Role.LEAD, user=lead.user, open_rows=False)
    with pytest.raises(NotAllowed, match="another service"):
        actions.disable(by=admin, user=lead.user)


@pytest.mark.parametrize("role", [r for r in Role if Permission.MANAGE_USERS not in ROLE_MAY[r]])
def test_nobody_else_grants_or_ends_roles_even_past_the_pages(admin: Any, role: Role) -> None:
    other = make_member(admin.service, role)
    lead = make_member(admin.service, Role.LEAD)
    for act in (
        lambda: actions.end_membership(by=other, membership=lead.membership),
        lambda: actions.disable(by=other, user=lead.user),
        lambda: actions.invite(
            by=other, email="a@example.org", role="lead", organisation=admin.service.provider
        ),
        lambda: actions.link_for_new_password(by=other, membership=lead.membership),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_access_not_confirmed_for_ninety_days_is_listed(client: Client, boss: Any) -> None:
    lead = make_member(boss.service, Role.LEAD, name="Lena Lead")
    Membership.objects.filter(pk=lead.membership.pk).update(
        attested_at=timezone.now() - timedelta(days=91)
    )
    assert [one.pk for one in queries.to_attest(boss)] == [lead.membership.pk]
    sign_in(client, boss)
    assert b"Lena Lead" in client.get(reverse("access:attestations")).content
    client.post(reverse("access:attest", args=[lead.membership.pk]))
    assert not queries.to_attest(boss).exists()


def test_nobody_confirms_their_own_access(boss: Any) -> None:
    Membership.objects.filter(pk=boss.membership.pk).update(
        attested_at=timezone.now() - timedelta(days=91)
    )
    assert not queries.to_attest(boss).exists()
    with pytest.raises(NotAllowed, match="own access"):
        actions.attest(by=boss, membership=boss.membership)


def setting(boss: Any, **changed: Any) -> dict[str, Any]:
    names = (
        "new_each_quarter", "together_low", "together_high", "open_at_most", "purge_after_days",
        "consent_review_months", "out_of_hours", "attest_grace_days", "version",
    )  # fmt: skip
    return {name: getattr(boss.service, name) for name in names} | changed


def test_the_supervisor_changes_limits_and_the_audit_says_which(client: Client, boss: Any) -> None:
    sign_in(client, boss)
    done = client.post(reverse("access:settings"), setting(boss, open_at_most=40))
    assert done.status_code == 302
    boss.service.refresh_from_db()
    assert boss.service.open_at_most == 40
    entry = AuditEntry.objects.filter(did="changed").latest("at")
    assert entry.detail == {"fields": ["open_at_most"]}


def test_two_supervisors_do_not_overwrite_each_other(client: Client, boss: Any) -> None:
    drawn = setting(boss, open_at_most=30)
    actions.change_settings(by=boss, version=1, open_at_most=45)
    sign_in(client, boss)
    page = client.post(reverse("access:settings"), drawn)
    assert page.status_code == 409
    assert b"45" in page.content
    assert b"30" in page.content
    boss.service.refresh_from_db()
    assert boss.service.open_at_most == 45


def test_a_stale_save_names_both_texts(boss: Any) -> None:
    actions.change_settings(by=boss, version=1, open_at_most=45)
    with pytest.raises(Stale) as stale:
        actions.change_settings(by=boss, version=1, open_at_most=30)
    assert stale.value.fields == [("open at most", "45", "30")]


@pytest.mark.parametrize(
    "wrong", [{"open_at_most": 0}, {"open_at_most": "many"}, {"together_low": 20}]
)
def test_limits_that_make_no_sense_are_refused(client: Client, boss: Any, wrong: Any) -> None:
    sign_in(client, boss)
    page = client.post(reverse("access:settings"), setting(boss, **wrong))
    assert b"There is a problem" in page.content


def test_only_limits_and_times_can_be_set(boss: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.change_settings(by=boss, version=1, store="/etc")


def test_the_account_page_shows_what_one_did(client: Client, boss: Any) -> None:
    actions.change_settings(by=boss, version=1, open_at_most=45)
    sign_in(client, boss)
    page = client.get(reverse("access:account"))
    assert b"Changed" in page.content
    assert boss.user.email.encode() in page.content


def test_recovery_codes_are_shown_once(client: Client, boss: Any) -> None:
    sign_in(client, boss)
    page = client.post(reverse("access:recovery_codes"))
    codes = [part.split("</code>")[0] for part in page.content.decode().split("<code>")[1:]]
    assert len(codes) == 10
    again = client.get(reverse("access:recovery_codes"))
    assert not any(code in again.content.decode() for code in codes)
    assert b"10 codes left" in again.content


def test_the_last_second_factor_cannot_be_taken_away(client: Client, boss: Any) -> None:
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=boss.user, type="webauthn", data={"name": "Phone"})
    sign_in(client, boss)
    page = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)
    assert b"add another one first" in page.content
    assert Authenticator.objects.filter(pk=key.pk).exists()
    Authenticator.objects.create(user=boss.user, type="webauthn", data={"name": "Laptop"})
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_somebody_elses_passkey_cannot_be_taken_away(client: Client, boss: Any) -> None:
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=make_user(), type="webauthn", data={"name": "Phone"})
    sign_in(client, boss)
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()

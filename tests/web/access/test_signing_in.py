"""Signing in: a password, then a second factor, then a role; and nothing before that."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from openhiu.web.access.models import Role, User
from openhiu.web.access.sign_in import recovery
from support.web import PASSWORD, make_member, make_service, make_user, sign_in, sign_in_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def lead() -> Any:
    return make_member(make_service(), Role.LEAD, user=make_user(password=PASSWORD))


def code(at: float | None = None) -> str:
    counter = int(at or time.time()) // 30
    return format_hotp_value(hotp_value(SECRET, counter))


def give_password(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(
        reverse("account_login"), {"login": user.email, "password": password, **more}
    )


def test_the_sign_in_page_shows_a_form(client: Client) -> None:
    page = client.get(reverse("account_login"))
    assert page.status_code == 200
    assert b"E-mail address" in page.content


def test_after_the_password_someone_without_second_factor_has_to_set_one_up(
    client: Client, lead: Any
) -> None:
    give_password(client, lead.user)
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert answer.url == reverse("access:set_up")
    assert client.get(answer.url).status_code == 200


def test_password_and_code_lead_to_the_page_one_wanted(client: Client, lead: Any) -> None:
    TOTP.activate(lead.user, SECRET)
    first = give_password(client, lead.user, next="/account/")
    assert first.url.startswith(reverse("mfa_authenticate"))
    assert client.get(first.url).status_code == 200
    assert client.get("/account/").status_code == 302
    second = client.post(first.url, {"code": code()})
    assert second.url == "/account/"
    assert client.get("/account/").status_code == 200


def test_a_code_works_once(client: Client, lead: Any) -> None:
    TOTP.activate(lead.user, SECRET)
    used = code()
    give_password(client, lead.user)
    assert client.post(reverse("mfa_authenticate"), {"code": used}).status_code == 302
    other = Client()
    give_password(other, lead.user)
    again = other.post(reverse("mfa_authenticate"), {"code": used})
    assert again.status_code == 200
    assert b"was used before" in again.content
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("steps", [-2, -1, 1, 2])
def test_a_code_of_another_half_minute_is_not_right(client: Client, lead: Any, steps: int) -> None:
    TOTP.activate(lead.user, SECRET)
    give_password(client, lead.user)
    late = code(time.time() + 30 * steps)
    if late == code():
        pytest.skip("two steps happen to have the same code")
    assert client.post(reverse("mfa_authenticate"), {"code": late}).status_code == 200


def test_setting_up_an_app_also_uses_up_its_first_code(client: Client, lead: Any) -> None:
    give_password(client, lead.user)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, page.url
    secret = page.context["form"].secret if page.context else client.session["mfa.totp.secret"]
    first = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post(reverse("mfa_activate_totp"), {"code": first})
    assert done.url == reverse("access:recovery_codes")
    assert client.get(done.url).status_code == 200
    other = Client()
    give_password(other, lead.user)
    assert other.post(reverse("mfa_authenticate"), {"code": first}).status_code == 200


def test_the_apps_secret_is_not_readable_in_the_database(lead: Any) -> None:
    TOTP.activate(lead.user, SECRET)
    kept = Authenticator.objects.get(user=lead.user)
    assert SECRET not in str(kept.data)
    assert kept.wrap().validate_code(code())


def test_a_recovery_code_works_once_and_only_its_hash_is_kept(client: Client, lead: Any) -> None:
    TOTP.activate(lead.user, SECRET)
    codes = recovery.fresh_codes(lead.user)
    assert len(set(codes)) == 10
    from openhiu.web.access.models import RecoveryCode

    kept = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not kept & set(codes)
    give_password(client, lead.user)
    done = client.post(reverse("mfa_authenticate"), {"code": codes[0].upper()})
    assert done.status_code == 302
    assert recovery.left(lead.user) == 9
    other = Client()
    give_password(other, lead.user)
    assert other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert recovery.left(lead.user) == 9


def test_a_recovery_code_of_someone_else_does_not_work(client: Client, lead: Any) -> None:
    TOTP.activate(lead.user, SECRET)
    codes = recovery.fresh_codes(make_user())
    give_password(client, lead.user)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(
    client: Client, lead: Any
) -> None:
    wrong = give_password(client, lead.user, "something quite different")
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": "x" * 20}
    )
    assert wrong.status_code == unknown.status_code == 200
    assert b"e-mail address or the password is not right" in wrong.content
    assert b"e-mail address or the password is not right" in unknown.content


def test_a_closed_account_cannot_sign_in(client: Client, lead: Any) -> None:
    lead.user.is_active = False
    lead.user.save()
    give_password(client, lead.user)
    assert client.get("/account/").url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_administrators_and_auditors_need_a_passkey(client: Client, role: Role) -> None:
    actor = make_member(make_service(), role)
    sign_in(client, actor, factor="totp")
    assert client.get("/account/").url == reverse("access:set_up")
    sign_in(client, actor, factor="webauthn")
    assert client.get("/account/").status_code == 200


def test_someone_with_two_roles_chooses_one(client: Client) -> None:
    user, service = make_user(), make_service()
    make_member(service, Role.LEAD, user=user)
    cover = make_member(service, Role.COVER, user=user)
    sign_in_user(client, user)
    assert client.get("/account/").url == reverse("access:choose_role")
    assert b"Which role" in client.get(reverse("access:choose_role")).content
    key = client.session.session_key
    client.post(reverse("access:choose_role"), {"role": str(cover.membership.pk)})
    assert client.session.session_key != key
    assert b"Cover" in client.get("/account/").content


def test_nobody_takes_a_role_of_someone_else(client: Client) -> None:
    service = make_service()
    boss = make_member(service, Role.SUPERVISOR)
    sign_in_user(client, make_member(service, Role.LEAD).user)
    client.post(reverse("access:choose_role"), {"role": str(boss.membership.pk)})
    assert client.session.get("membership") != str(boss.membership.pk)


def test_the_session_key_is_new_after_signing_in(client: Client, lead: Any) -> None:
    client.get(reverse("account_login"))
    before = client.cookies.get("openhiu")
    TOTP.activate(lead.user, SECRET)
    give_password(client, lead.user)
    first = client.cookies["openhiu"].value
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.cookies["openhiu"].value not in {first, before and before.value}
    assert len(first) >= 32


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(client: Client, lead: Any, where: str) -> None:
    TOTP.activate(lead.user, SECRET)
    first = give_password(client, lead.user, next=where)
    second = client.post(first.url, {"code": code()})
    assert "evil" not in second.url


def test_under_another_secret_key_no_code_fits_and_nothing_breaks(
    client: Client, lead: Any, settings: Any
) -> None:
    TOTP.activate(lead.user, SECRET)
    earlier, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 8
    give_password(client, lead.user)
    answer = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert answer.status_code == 200
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert Authenticator.objects.get(user=lead.user).wrap().validate_code(code())

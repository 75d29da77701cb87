"""Signing in through a real OpenID Connect provider: invited people only, proved well enough."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse
from jwt.algorithms import RSAAlgorithm

from openhiu.web.access import actions, session
from openhiu.web.access.models import Role, User
from openhiu.web.config.identity import identity
from support import identity as loopback
from support.web import make_member, make_service

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(loopback.node() is None, reason="needs Node for the identity provider"),
]
SECRET = "a secret of thirty-two characters and some more"
PERSON = {"sub": "nhs-1", "email": "nia@example.org", "email_verified": True, "name": "Nia N"}


@pytest.fixture
def _an_ordinary_wednesday() -> None:
    """The provider is a process of its own: here the clock shows the same time to both."""


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def provider(key: rsa.RSAPrivateKey) -> Iterator[loopback.IdentityProvider]:
    def client(name: str, **more: Any) -> dict[str, Any]:
        back = f"http://testserver/sign-in/with/{name}/back/"
        return {"client_id": name, "redirect_uris": [back], "response_types": ["code"], **more}

    public = json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": "ours", "use": "sig"}
    clients = [
        client("main", client_secret=SECRET, token_endpoint_auth_method="client_secret_basic"),
        client("lax", client_secret=SECRET, token_endpoint_auth_method="client_secret_basic"),
        client("keyed", token_endpoint_auth_method="private_key_jwt", jwks={"keys": [public]}),
    ]
    with loopback.running(clients) as found:
        yield found


@pytest.fixture(autouse=True)
def configured(
    provider: loopback.IdentityProvider, key: rsa.RSAPrivateKey, tmp_path: Path, settings: Any
) -> None:
    """As an installation configures it: a TOML file and two files of secrets."""
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    secret, floor = f'secret_file = "{tmp_path}/secret"', 'acr_accepted = ["AAL2", "AAL3"]'
    keyed = f'key_file = "{tmp_path}/key.pem"\nkey_id = "ours"\nfetch_userinfo = true'
    parts = {"main": f"{secret}\n{floor}\nfetch_userinfo = true", "keyed": f"{keyed}\n{floor}",
             "lax": f"{secret}\nfetch_userinfo = true"}  # fmt: skip
    file = tmp_path / "identity.toml"
    file.write_text("".join(
        f'[[provider]]\nid = "{name}"\nname = "Care {name}"\nissuer = "{provider.issuer}"\n'
        f'client_id = "{name}"\n{rest}\n' for name, rest in parts.items()
    ))  # fmt: skip
    read = identity(str(file))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": read.apps}}
    settings.PROVIDERS_THAT_PROVE = read.proving
    settings.PROVIDERS_THAT_RESIST_PHISHING = read.strong


@pytest.fixture
def admin() -> Any:
    return make_member(make_service(), Role.ADMIN)


def invite(admin: Any, email: str = "nia@example.org") -> None:
    actions.invite(by=admin, email=email, role=Role.LEAD, organisation=admin.service.provider)


def go(client: Client, name: str = "main", query: str = "") -> str:
    answer = client.post(reverse("openid_connect_login", args=[name]) + query)
    assert answer.status_code == 302, answer.content
    return str(answer.url)


def come_back(client: Client, address: str) -> Any:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def sign_in(client: Client, provider: Any, name: str = "main", **person: Any) -> Any:
    provider.signs_in(**{**PERSON, "acr": "AAL2", **person})
    return come_back(client, provider.follow(go(client, name)))


def test_the_sign_in_page_offers_each_provider(client: Client) -> None:
    page = client.get(reverse("account_login")).content
    assert b"Sign in with Care main" in page
    assert b"Sign in with Care keyed" in page


@pytest.mark.parametrize("name", ["main", "keyed"])
def test_an_invited_person_joins_once_and_is_known_by_sub_afterwards(
    client: Client, provider: Any, admin: Any, name: str
) -> None:
    invite(admin)
    assert sign_in(client, provider, name).status_code == 302
    assert client.get("/account/").status_code == 200
    user = User.objects.get(email="nia@example.org")
    assert user.name == "Nia N"
    assert not user.has_usable_password()
    other = Client()
    again = sign_in(other, provider, name, email="married.name@example.org")
    assert again.status_code == 302
    assert other.get("/account/").status_code == 200
    assert User.objects.filter(name="Nia N").count() == 1


def test_someone_not_invited_is_told_so(client: Client, provider: Any, admin: Any) -> None:
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert b"You are not invited yet" in answer.content
    assert not User.objects.filter(email="nia@example.org").exists()
    assert not SocialAccount.objects.exists()


def test_an_address_the_provider_has_not_proved_finds_no_invitation(
    client: Client, provider: Any, admin: Any
) -> None:
    invite(admin)
    assert sign_in(client, provider, email_verified=False).status_code == 403


def test_another_person_with_a_known_address_is_someone_else(
    client: Client, provider: Any, admin: Any
) -> None:
    invite(admin)
    sign_in(client, provider)
    assert sign_in(Client(), provider, sub="nhs-2").status_code == 403


@pytest.mark.parametrize("acr", ["AAL1", ""])
def test_someone_the_provider_proved_too_weakly_is_refused(
    client: Client, provider: Any, admin: Any, acr: str
) -> None:
    invite(admin)
    answer = sign_in(client, provider, acr=acr)
    assert answer.status_code == 401
    assert b"Signing in did not work" in answer.content
    assert client.get("/account/").status_code == 302


def test_without_a_floor_our_own_second_factor_is_asked_for(
    client: Client, provider: Any, admin: Any
) -> None:
    invite(admin)
    sign_in(client, provider, "lax", acr="")
    assert client.get("/account/").url == reverse("access:set_up")


def test_a_closed_account_stays_closed_whatever_the_provider_says(
    client: Client, provider: Any, admin: Any
) -> None:
    invite(admin)
    sign_in(client, provider)
    User.objects.filter(email="nia@example.org").update(is_active=False)
    other = Client()
    sign_in(other, provider)
    assert other.get("/account/").status_code == 302


def test_what_is_asked_for_cannot_be_changed_from_the_address_bar(client: Client) -> None:
    asked = go(
        client,
        query="?scope=offline_access&auth_params=acr_values%3DAAL1%26prompt%3Dnone&process=connect",
    )
    sent = parse_qs(urlsplit(asked).query)
    assert set(sent["scope"][0].split()) == {"openid", "profile", "email"}
    assert "AAL1" not in asked
    assert "prompt" not in sent
    assert sent["code_challenge_method"] == ["S256"]
    assert len(sent["nonce"][0]) >= 43
    assert sent["response_type"] == ["code"]


def test_going_there_needs_a_form_of_ours(client: Client) -> None:
    assert client.get(reverse("openid_connect_login", args=["main"])).status_code == 405


def test_an_answer_to_another_browsers_sign_in_is_refused(
    client: Client, provider: Any, admin: Any
) -> None:
    invite(admin)
    provider.signs_in(**PERSON, acr="AAL2")
    stolen = provider.follow(go(client))
    victim = Client()
    assert come_back(victim, stolen).status_code == 401
    assert victim.get("/account/").status_code == 302


def test_an_answer_works_once(client: Client, provider: Any, admin: Any) -> None:
    invite(admin)
    provider.signs_in(**PERSON, acr="AAL2")
    answer = provider.follow(go(client))
    assert come_back(client, answer).status_code == 302
    assert come_back(Client(), answer).status_code == 401


def test_a_code_of_another_sign_in_is_refused(client: Client, provider: Any, admin: Any) -> None:
    """The nonce and the code verifier both belong to the other one."""
    invite(admin)
    provider.signs_in(**PERSON, acr="AAL2")
    other = parse_qs(urlsplit(provider.follow(go(Client()))).query)["code"][0]
    mine = parse_qs(urlsplit(go(client)).query)["state"][0]
    back = reverse("openid_connect_callback", args=["main"])
    assert client.get(back, {"code": other, "state": mine}).status_code == 401


def test_no_token_of_the_provider_is_kept(client: Client, provider: Any, admin: Any) -> None:
    invite(admin)
    sign_in(client, provider)
    account = SocialAccount.objects.get()
    assert account.extra_data == {}
    assert not account.socialtoken_set.exists()


def test_where_one_was_going_is_remembered(client: Client, provider: Any, admin: Any) -> None:
    invite(admin)
    provider.signs_in(**PERSON, acr="AAL2")
    there = client.post(reverse("openid_connect_login", args=["main"]), {"next": "/account/"}).url
    assert come_back(client, provider.follow(there)).url == "/account/"
    evil = Client()
    there = evil.post(reverse("openid_connect_login", args=["main"]), {"next": "//evil.example"})
    assert "evil" not in come_back(evil, provider.follow(there.url)).url


def test_a_cancelled_sign_in_is_explained(client: Client) -> None:
    state = parse_qs(urlsplit(go(client)).query)["state"][0]
    back = reverse("openid_connect_callback", args=["main"])
    answer = client.get(back, {"error": "access_denied", "state": state}, follow=True)
    assert b"You did not sign in" in answer.content


def test_an_administrator_needs_a_provider_that_resists_phishing(
    client: Client, provider: Any, admin: Any, settings: Any
) -> None:
    invite(admin)
    sign_in(client, provider)
    user = User.objects.get(email="nia@example.org")
    user.memberships.update(role=Role.ADMIN)
    assert client.get("/account/").url == reverse("access:set_up")
    settings.PROVIDERS_THAT_RESIST_PHISHING = frozenset({"main"})
    assert client.get("/account/").status_code == 200
    assert session.STRONG_PROVIDER


def test_a_provider_that_calls_itself_by_another_name_is_refused(
    client: Client, provider: Any, admin: Any, settings: Any
) -> None:
    invite(admin)
    (app,) = (
        one
        for one in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        if one["provider_id"] == "main"
    )
    app["settings"]["issuer"] = "https://id.elsewhere.example"
    assert sign_in(client, provider).status_code == 401

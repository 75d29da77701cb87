"""What every answer tells the browser, errors included; and what a forged request meets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.models import Role
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
ANSWERS = ["/sign-in/", "/nowhere/at/all/", "/account/", "/audit/", "/session/", "/signed-out/"]


@pytest.fixture
def signed_in(client: Client) -> Client:
    return sign_in(client, make_member(make_service(), Role.LEAD))


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("known", [True, False])
def test_nothing_is_stored_framed_sniffed_or_shared(client: Client, path: str, known: bool) -> None:
    if known:
        sign_in(client, make_member(make_service(), Role.LEAD))
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ANSWERS)
def test_the_content_policy_allows_no_inline_and_no_other_site(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["object-src"] == "'none'"
    assert parts["base-uri"] == "'none'"
    assert parts["frame-ancestors"] == "'none'"
    assert parts["form-action"] == "'self'"
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http:" not in policy


def test_a_refused_form_has_the_same_headers() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"login": "a@example.org", "password": "x"})
    assert answer.status_code == 403
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_each_page_has_its_own_nonce(client: Client) -> None:
    def nonce() -> str:
        return re.findall(r'nonce="([^"]+)"', client.get("/sign-in/").content.decode())[0]

    first = nonce()
    assert first != nonce()
    assert len(first) >= 16


@pytest.mark.parametrize("path", ["/sign-in/", "/account/", "/role/"])
def test_no_page_holds_inline_script_or_style(signed_in: Client, path: str) -> None:
    page = signed_in.get(path, follow=True).content.decode()
    assert not re.search(r"\son\w+=", page)
    assert not re.search(r"\sstyle=", page)
    assert "<style" not in page
    for opening in re.findall(r"<script[^>]*>", page):
        assert "src=" in opening or 'type="application/json"' in opening or "nonce=" in opening


def test_a_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    actor = make_member(make_service(), Role.LEAD)
    sign_in(strict, actor)
    for name in ("access:sign_out", "access:stay", "access:save_draft", "access:choose_role"):
        assert strict.post(reverse(name)).status_code == 403, name
    assert strict.get("/account/").status_code == 200, "and it did not sign anyone out"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_that_another_site_sends_is_refused(signed_in: Client, site: str) -> None:
    answer = signed_in.post(reverse("access:sign_out"), headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert signed_in.get("/account/").status_code == 200


def test_a_form_with_a_foreign_origin_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/sign-in/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    sent = {"login": "a@example.org", "password": "x", "csrfmiddlewaretoken": found[1]}
    assert strict.post("/sign-in/", sent).status_code == 200
    refused = strict.post("/sign-in/", sent, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403


def test_another_host_name_is_refused(client: Client) -> None:
    assert client.get("/sign-in/", headers={"Host": "evil.example"}).status_code == 400


def test_behind_tls_cookies_are_bound_to_the_host_and_https_is_remembered() -> None:
    """Settings are read once, so they are read again in a process of its own."""
    import json
    import os
    import subprocess
    import sys

    code = (
        "import json, django; from django.conf import settings as s; "
        "print(json.dumps([s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS,"
        " s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "OPENHIU_TLS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == [
        "__Host-openhiu", True, "__Host-openhiu-csrf", True, 31_536_000, True, None, "/", False
    ]  # fmt: skip


def test_an_unknown_address_looks_like_a_record_that_is_not_theirs(signed_in: Client) -> None:

    def plain(answer: Any) -> str:
        text = re.sub(
            r'(nonce|value|href|data-lock-url|data-remaining)="[^"]*"', "", answer.content.decode()
        )
        return re.sub(r"[0-9a-f-]{36}", "", text)

    unknown = signed_in.get("/nowhere/at/all/")
    assert unknown.status_code == 404
    assert "Sign out" in unknown.content.decode(), "the frame of someone signed in"
    assert plain(unknown) == plain(signed_in.get("/no/such/thing/"))

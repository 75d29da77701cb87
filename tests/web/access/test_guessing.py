"""Guessing passwords and codes gets slower and slower, for the one who guesses only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.models import Role
from support.web import PASSWORD, make_member, make_service, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def lead() -> Any:
    return make_member(make_service(), Role.LEAD, user=make_user(password=PASSWORD))


def attempt(email: str, password: str = "a wrong guess entirely", at: str = "192.0.2.1") -> Any:
    sent = {"login": email, "password": password}
    return Client(REMOTE_ADDR=at).post(reverse("account_login"), sent)


def guess(email: str, times: int, at: str = "192.0.2.1") -> list[int]:
    return [attempt(email, at=at).status_code for _ in range(times)]


def test_the_fifth_wrong_password_is_the_last_for_a_minute(lead: Any) -> None:
    assert guess(lead.user.email, 4) == [200] * 4
    assert guess(lead.user.email, 1) == [429]
    refused = attempt(lead.user.email, PASSWORD)
    assert refused.status_code == 429, "even the right password waits"
    assert b"Wait 1 minute" in refused.content


def test_the_wait_ends_and_then_doubles(lead: Any) -> None:
    start = timezone.now()
    for failures_before, wait in ((0, 1), (5, 2), (10, 4), (15, 8)):
        with time_machine.travel(start + timedelta(hours=failures_before // 5), tick=False):
            answers = guess(lead.user.email, 5)
            assert answers[-1] == 429
            shown = attempt(lead.user.email, PASSWORD)
            assert f"Wait {wait} minute".encode() in shown.content


def test_after_the_wait_the_right_password_works(lead: Any) -> None:
    guess(lead.user.email, 5)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert attempt(lead.user.email, PASSWORD).status_code == 302


def test_a_stranger_elsewhere_cannot_lock_an_account(lead: Any) -> None:
    assert guess(lead.user.email, 6, at="203.0.113.66")[-1] == 429
    assert attempt(lead.user.email, PASSWORD, at="192.0.2.1").status_code == 302


def test_another_account_from_the_same_office_is_not_slowed(lead: Any) -> None:
    other = make_member(make_service(), Role.LEAD, user=make_user(password=PASSWORD))
    guess(lead.user.email, 5)
    assert attempt(other.user.email, PASSWORD).status_code == 302


def test_many_accounts_from_one_address_are_slowed_together(lead: Any) -> None:
    for number in range(20):
        assert attempt(f"someone{number}@example.org").status_code == 200
    refused = attempt("someone21@example.org")
    assert b"Too many tries" in refused.content
    assert b"Too many tries" in attempt(lead.user.email, PASSWORD).content


def test_an_unknown_address_is_slowed_like_a_known_one(lead: Any) -> None:
    unknown = guess("nobody@example.org", 6, at="192.0.2.8")
    assert unknown == guess(lead.user.email, 6, at="192.0.2.9")


def test_a_forged_forwarding_header_does_not_help(lead: Any) -> None:
    sent = {"login": lead.user.email, "password": "a wrong guess entirely"}
    answers = [
        Client(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")
        .post(reverse("account_login"), sent)
        .status_code
        for n in range(6)
    ]
    assert answers[-1] == 429


def test_ten_thousand_guesses_get_nowhere(lead: Any) -> None:
    """Told by the table of delays, not by trying: after 25 failures one try is an hour.

    Delays after each five failures: 1, 2, 4, 8, 16, 32, 60, 60 ... minutes. In a day:
    1+2+4+8+16+32 = 63 minutes for 30 tries, then 5 tries an hour for 23 hours: at most 145.
    """
    from openhiu.web.access.sign_in.guessing import AFTER, FIRST, LONGEST

    minutes, tries = 0.0, 0
    while minutes < 24 * 60:
        wait = min(FIRST * 2 ** (tries // AFTER), LONGEST)
        tries, minutes = tries + AFTER, minutes + wait.total_seconds() / 60
    assert tries == 145
    assert tries < 10_000


def test_codes_are_limited_too(lead: Any) -> None:
    TOTP.activate(lead.user, SECRET)
    client = Client(REMOTE_ADDR="192.0.2.1")
    client.post(reverse("account_login"), {"login": lead.user.email, "password": PASSWORD})
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert b"Too many tries" in refused.content


def test_the_log_does_not_name_who_was_tried(lead: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        guess(lead.user.email, 6)
        guess("nobody.known@example.org", 2, at="192.0.2.2")
    for name in (lead.user.email, "nobody.known", "a wrong guess"):
        assert name not in caplog.text

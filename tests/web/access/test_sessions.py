"""A session ends when it should, says how long it lasts, and nothing typed is lost with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import actions, drafts
from openhiu.web.access.models import Draft, Membership, Role, User
from openhiu.web.access.row_security import set_service
from openhiu.web.access.sign_in import recovery
from support.web import PASSWORD, make_member, make_service, make_user, sign_in

pytestmark = pytest.mark.django_db
ACCOUNT = "/account/"


class Clock:
    """Time that passes only when told."""

    def __init__(self, traveller: Any) -> None:
        self.traveller = traveller

    def forward(self, **how_long: float) -> None:
        self.traveller.shift(timedelta(**how_long))


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def lead(clock: Clock) -> Any:
    actor = make_member(make_service(), Role.LEAD, user=make_user(password=PASSWORD))
    clock.forward(seconds=1)
    return actor


def left(client: Client) -> int:
    return int(client.get(reverse("access:session_state")).json()["remaining"])


def test_a_page_unused_for_fifteen_minutes_is_locked(
    client: Client, clock: Clock, lead: Any
) -> None:
    sign_in(client, lead)
    clock.forward(minutes=14, seconds=59)
    assert client.get(ACCOUNT).status_code == 200
    clock.forward(minutes=15)
    locked = client.get(ACCOUNT)
    assert locked.url == f"{reverse('account_login')}?next=%2Faccount%2F"
    assert "_auth_user_id" not in client.session


def test_twelve_hours_end_it_however_busy_someone_is(
    client: Client, clock: Clock, lead: Any
) -> None:
    sign_in(client, lead)
    for _ in range(71):
        clock.forward(minutes=10)
        assert client.get(ACCOUNT).status_code == 200
    clock.forward(minutes=10)
    assert client.get(ACCOUNT).status_code == 302


def test_both_limits_are_settings(client: Client, clock: Clock, lead: Any, settings: Any) -> None:
    settings.IDLE_SECONDS = 60
    sign_in(client, lead)
    clock.forward(seconds=61)
    assert client.get(ACCOUNT).status_code == 302


def test_asking_how_long_is_left_does_not_make_it_longer(
    client: Client, clock: Clock, lead: Any
) -> None:
    sign_in(client, lead)
    assert left(client) == 900
    clock.forward(minutes=13)
    assert left(client) == 120
    clock.forward(minutes=1)
    assert left(client) == 60


def test_staying_makes_it_longer_and_says_so(client: Client, clock: Clock, lead: Any) -> None:
    sign_in(client, lead)
    clock.forward(minutes=14)
    stayed = client.post(reverse("access:stay"), HTTP_ACCEPT="application/json")
    assert stayed.json() == {"remaining": 900}
    assert left(client) == 900


def test_near_the_twelve_hours_staying_gives_only_what_is_left(
    client: Client, clock: Clock, lead: Any
) -> None:
    sign_in(client, lead)
    for _ in range(71):
        clock.forward(minutes=10)
        client.get(ACCOUNT)
    clock.forward(minutes=5)
    stayed = client.post(reverse("access:stay"), HTTP_ACCEPT="application/json")
    assert stayed.json() == {"remaining": 300}


def test_someone_unknown_has_nothing_left(client: Client) -> None:
    assert left(client) == 0


def test_locking_ends_the_session_and_leads_back(client: Client, lead: Any) -> None:
    sign_in(client, lead)
    answer = client.get(reverse("access:lock"), {"next": "/account/"})
    assert answer.url == f"{reverse('account_login')}?next=%2Faccount%2F"
    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("where", ["https://evil.example", "//evil.example", "javascript:alert(1)"])
def test_locking_never_leads_elsewhere(client: Client, where: str) -> None:
    assert "evil" not in client.get(reverse("access:lock"), {"next": where}).url
    assert "javascript" not in client.get(reverse("access:lock"), {"next": where}).url


def test_signing_out_makes_the_browser_forget(client: Client, lead: Any) -> None:
    sign_in(client, lead)
    answer = client.post(reverse("access:sign_out"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get(answer.url).status_code == 200
    assert client.get(ACCOUNT).status_code == 302


def test_a_form_sent_too_late_is_kept_and_is_there_after_signing_in(
    client: Client, clock: Clock, lead: Any
) -> None:
    sign_in(client, lead)
    clock.forward(minutes=16)
    sent = {"draft": "contact:1", "what": "She opened the door", "posted": "x", "password": "no"}
    answer = client.post("/settings/", sent)
    assert answer.url.startswith(reverse("account_login"))
    page = client.get(answer.url)
    assert b"What you typed was kept" in page.content
    set_service(lead.service_id)
    assert drafts.draft_for(lead, "contact:1") == {"what": ["She opened the door"]}


def test_the_late_form_itself_does_nothing(client: Client, clock: Clock) -> None:
    boss = make_member(make_service(), Role.SUPERVISOR)
    clock.forward(seconds=1)
    sign_in(client, boss)
    clock.forward(minutes=16)
    client.post("/settings/", {"draft": "settings:1", "open_at_most": "7", "version": "1"})
    boss.service.refresh_from_db()
    assert boss.service.open_at_most == 50


def test_a_draft_is_kept_while_one_types(client: Client, lead: Any) -> None:
    sign_in(client, lead)
    typed = {"key": "contact:2", "fields": {"what": ["Half a sen"], "csrfmiddlewaretoken": ["t"]}}
    answer = client.post(reverse("access:save_draft"), typed, content_type="application/json")
    assert set(answer.json()) == {"saved_at", "remaining"}
    assert drafts.draft_for(lead, "contact:2") == {"what": ["Half a sen"]}
    assert drafts.draft_for(make_member(lead.service, Role.LEAD), "contact:2") is None


@pytest.mark.parametrize("rubbish", [b"", b"[]", b"{}", b'{"key": 1, "fields": 2}', b"\xff"])
def test_rubbish_is_not_a_draft(client: Client, lead: Any, rubbish: bytes) -> None:
    sign_in(client, lead)
    answer = client.post(reverse("access:save_draft"), rubbish, content_type="application/json")
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_more_than_anyone_types_is_not_kept(client: Client, lead: Any) -> None:
    sign_in(client, lead)
    typed = {"key": "contact:2", "fields": {"what": ["x" * 300_000]}}
    answer = client.post(reverse("access:save_draft"), typed, content_type="application/json")
    assert answer.status_code == 413


def test_a_lead_disabled_while_signed_in_is_out_at_the_next_page(
    client: Client, clock: Clock, lead: Any
) -> None:
    admin = make_member(lead.service, Role.ADMIN)
    sign_in(client, lead)
    assert client.get(ACCOUNT).status_code == 200
    clock.forward(seconds=1)
    actions.disable(by=admin, user=User.objects.get(pk=lead.user.pk))
    assert client.get(ACCOUNT).url.startswith(reverse("account_login"))
    actions.enable(by=admin, user=User.objects.get(pk=lead.user.pk))
    assert client.get(ACCOUNT).status_code == 302, "the old session stays dead"


def test_ending_a_role_ends_its_sessions(client: Client, clock: Clock, lead: Any) -> None:
    admin = make_member(lead.service, Role.ADMIN)
    sign_in(client, lead)
    client.get(ACCOUNT)
    clock.forward(seconds=1)
    actions.end_membership(by=admin, membership=Membership.objects.get(pk=lead.membership.pk))
    assert client.get(ACCOUNT).url.startswith(reverse("account_login"))


def test_a_role_that_ended_is_gone_even_from_a_session_that_lives(
    client: Client, lead: Any
) -> None:
    sign_in(client, lead)
    client.get(ACCOUNT)
    Membership.objects.filter(pk=lead.membership.pk).update(ended_at=timezone.now())
    assert client.get(ACCOUNT).url == reverse("access:choose_role")
    assert b"You have no role here now" in client.get(reverse("access:choose_role")).content


def test_signing_out_everywhere_ends_the_other_browser_too(clock: Clock, lead: Any) -> None:
    here, there = sign_in(Client(), lead), sign_in(Client(), lead)
    clock.forward(seconds=1)
    here.post(reverse("access:sign_out_everywhere"))
    assert there.get(ACCOUNT).status_code == 302


def test_a_new_password_ends_other_sessions(clock: Clock, lead: Any) -> None:
    here, there = sign_in(Client(), lead), sign_in(Client(), lead)
    sent = {"oldpassword": PASSWORD, "password1": "eleven quiet herons on the weir"}
    answer = here.post(reverse("account_change_password"), sent)
    assert answer.status_code == 302, answer.content
    assert answer.url == ACCOUNT
    assert here.get(ACCOUNT).status_code == 200
    assert there.get(ACCOUNT).status_code == 302


def test_an_old_session_does_not_stop_someone_from_signing_in(
    client: Client, clock: Clock, lead: Any
) -> None:
    sign_in(client, lead)
    clock.forward(minutes=20)
    assert client.get(reverse("account_login")).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, lead: Any) -> None:
    sign_in(client, lead)
    client.get(ACCOUNT)
    cookie = client.get(reverse("access:choose_role")).client.cookies[settings.SESSION_COOKIE_NAME]
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert len(cookie.value) == 32  # of 36 letters and figures: 165 bits


def test_a_risky_page_asks_for_a_fresh_proof(client: Client, clock: Clock) -> None:
    admin = make_member(make_service(), Role.ADMIN)
    clock.forward(seconds=1)
    sign_in(client, admin)
    assert client.get(reverse("access:invite")).status_code == 200
    clock.forward(minutes=6)
    sent_away = client.get(reverse("access:invite"))
    # Someone whose organisation signs them in has neither password nor passkey here.
    assert sent_away.url == f"{reverse('access:lock')}?next=%2Froles%2Finvite%2F"
    TOTP.activate(admin.user, "JBSWY3DPEHPK3PXP")
    sent_away = client.get(reverse("access:invite"))
    assert sent_away.url == f"{reverse('mfa_reauthenticate')}?next=%2Froles%2Finvite%2F"
    codes = recovery.fresh_codes(admin.user)
    back = client.post(sent_away.url, {"code": codes[0]})
    assert back.url == reverse("access:invite")
    assert client.get(back.url).status_code == 200


def test_what_the_database_cannot_keep_is_left_out_of_a_draft(client: Client, lead: Any) -> None:
    sign_in(client, lead)
    odd = b'{"key": "a\\u0000b", "fields": {"words": ["x\\u0000y\\ud800"]}}'
    answer = client.post(reverse("access:save_draft"), odd, content_type="application/json")
    assert answer.status_code == 200
    assert drafts.draft_for(lead, "ab") == {"words": ["xy?"]}
    assert client.post(reverse("access:drop_draft"), {"draft": "a\x00b"}).status_code == 204
    assert drafts.draft_for(lead, "ab") is None

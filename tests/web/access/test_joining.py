"""Nobody makes an account alone: an invitation, one link, used once, in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import actions
from openhiu.web.access.actions.invitations import open_invitation
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Invitation, Membership, Organisation, Role, Service, User
from support.web import PASSWORD, make_member, make_service, make_user, sign_in

pytestmark = pytest.mark.django_db
SENT = {"name": "Nia Newcomer", "password": "seven green buckets by the door"}


@pytest.fixture
def admin() -> Any:
    return make_member(make_service(), Role.ADMIN)


def invited(admin: Any, email: str = "nia@example.org", role: Role = Role.LEAD) -> Any:
    return actions.invite(
        by=admin, email=email, role=role, organisation=admin.service.provider, team=None
    )


def follow(client: Client, token: str) -> Any:
    first = client.get(reverse("access:join", args=[token]))
    assert first.url == reverse("access:joining")
    return client.get(first.url)


def test_an_invited_person_chooses_a_password_and_has_the_role(client: Client, admin: Any) -> None:
    page = follow(client, invited(admin).token)
    assert b"nia@example.org" in page.content
    done = client.post(reverse("access:joining"), SENT)
    assert done.url == reverse("account_login")
    membership = Membership.objects.get(user__email="nia@example.org")
    assert (membership.role, membership.service_id) == (Role.LEAD, admin.service_id)
    signed = client.post(
        reverse("account_login"), {"login": "nia@example.org", "password": SENT["password"]}
    )
    assert signed.status_code == 302
    assert client.get("/account/").url == reverse("access:set_up")


def test_only_a_hash_of_the_link_is_kept(admin: Any) -> None:
    made = invited(admin)
    kept = Invitation.objects.values().get(pk=made.invitation.pk)
    assert made.token not in str(kept)
    assert len(made.token) >= 43  # 32 random bytes


def test_the_link_leaves_the_address_bar(client: Client, admin: Any) -> None:
    token = invited(admin).token
    page = follow(client, token)
    assert token not in page.content.decode()


def test_a_link_works_once(client: Client, admin: Any) -> None:
    made = invited(admin)
    follow(client, made.token)
    client.post(reverse("access:joining"), SENT)
    again = follow(Client(), made.token)
    assert again.status_code == 404
    assert b"used already, or it is out of date" in again.content


@pytest.mark.parametrize(("days", "works"), [(6.99, True), (7.01, False)])
def test_a_link_works_for_seven_days(admin: Any, days: float, works: bool) -> None:
    token = invited(admin).token
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert bool(open_invitation(token)) is works


def test_a_made_up_link_works_not_at_all(client: Client) -> None:
    assert follow(client, "x" * 43).status_code == 404


def test_a_withdrawn_invitation_is_worthless(client: Client, admin: Any) -> None:
    made = invited(admin)
    actions.withdraw_invitation(by=admin, invitation=made.invitation)
    assert follow(client, made.token).status_code == 404


def test_a_weak_password_is_refused_with_a_reason(client: Client, admin: Any) -> None:
    follow(client, invited(admin).token)
    page = client.post(reverse("access:joining"), {**SENT, "password": "short"})
    assert b"15 characters or more" in page.content
    assert not User.objects.filter(email="nia@example.org").exists()


def test_posted_extras_change_nothing(client: Client, admin: Any) -> None:
    follow(client, invited(admin).token)
    client.post(
        reverse("access:joining"),
        {**SENT, "role": "admin", "email": "else@example.org", "is_staff": "1", "service": "x"},
    )
    user = User.objects.get(email="nia@example.org")
    assert not user.is_staff
    assert user.memberships.get().role == Role.LEAD


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_administrators_and_auditors_wait_for_a_second_person(
    client: Client, admin: Any, role: Role
) -> None:
    made = invited(admin, role=role)
    assert b"waits for a second person" in follow(client, made.token).content
    client.post(reverse("access:joining"), SENT)
    assert not User.objects.filter(email="nia@example.org").exists()
    with pytest.raises(NotAllowed, match="second person"):
        actions.approve(by=admin, invitation=made.invitation)
    second = make_member(admin.service, Role.SUPERVISOR)
    actions.approve(by=second, invitation=made.invitation)
    client.post(reverse("access:joining"), SENT)
    assert User.objects.get(email="nia@example.org").memberships.get().role == role


def test_nobody_approves_themselves(admin: Any) -> None:
    user = make_user(email="boss@example.org")
    boss = make_member(admin.service, Role.SUPERVISOR, user=user)
    made = invited(admin, email="boss@example.org", role=Role.ADMIN)
    with pytest.raises(NotAllowed, match="own invitation"):
        actions.approve(by=boss, invitation=made.invitation)


def test_nobody_invites_themselves(admin: Any) -> None:
    with pytest.raises(NotAllowed, match="themselves"):
        invited(admin, email=admin.user.email.upper())


def test_information_governance_has_no_other_role(admin: Any) -> None:
    user = make_user(email="lead@example.org")
    make_member(admin.service, Role.LEAD, user=user)
    with pytest.raises(NotAllowed, match="Information governance"):
        invited(admin, email="lead@example.org", role=Role.AUDITOR)


def test_an_invitation_to_a_role_never_changes_the_password_of_someone_known(
    client: Client, admin: Any
) -> None:
    """Else the administrator of one service could take over accounts of another."""
    user = make_user(email="known@example.org", password=PASSWORD)
    elsewhere = make_member(make_service(), Role.LEAD, user=user, open_rows=False)
    made = invited(admin, email="known@example.org")
    with pytest.raises(NotAllowed):
        actions.accept(token=made.token, name="x", password=SENT["password"])
    first = client.get(reverse("access:join", args=[made.token]))
    assert client.get(first.url).url.startswith(reverse("account_login"))
    sign_in(client, elsewhere)
    client.get(reverse("access:join", args=[made.token]))
    assert b"Take up a new role" in client.get(reverse("access:joining")).content
    client.post(reverse("access:joining"))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.memberships.filter(ended_at=None).count() == 2


def test_someone_else_who_is_signed_in_cannot_take_the_role(client: Client, admin: Any) -> None:
    known = make_user(email="known@example.org")
    make_member(make_service(), Role.LEAD, user=known, open_rows=False)
    thief = make_member(make_service(), Role.LEAD, open_rows=False)
    made = invited(admin, email="known@example.org")
    sign_in(client, thief)
    client.get(reverse("access:join", args=[made.token]))
    client.post(reverse("access:joining"))
    assert not thief.user.memberships.filter(service=admin.service).exists()


def test_a_link_for_a_new_password_leaves_the_second_factor(client: Client, admin: Any) -> None:
    lead = make_member(admin.service, Role.LEAD, user=make_user(password=PASSWORD))
    made = actions.link_for_new_password(by=admin, membership=lead.membership)
    assert made.invitation.expires_at <= timezone.now() + timedelta(hours=1)
    follow(client, made.token)
    client.post(reverse("access:joining"), {"password": "eleven quiet herons on the weir"})
    lead.user.refresh_from_db()
    assert lead.user.check_password("eleven quiet herons on the weir")
    assert lead.user.memberships.count() == 1
    assert client.get("/account/").status_code == 302


def test_the_first_administrator_comes_by_a_link_of_one_hour(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("first_admin_link", service="Newtown HIU", provider="A charity")
    link = capsys.readouterr().out.strip()
    token = link.rstrip("/").split("/")[-1]
    assert open_invitation(token)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert not open_invitation(token)
    follow(client, token)
    client.post(reverse("access:joining"), {**SENT, "email": "first@example.org"})
    assert User.objects.get(email="first@example.org").memberships.get().role == Role.ADMIN
    with pytest.raises(CommandError, match="has an administrator"):
        call_command("first_admin_link", service="Newtown HIU", provider="A charity")


def test_a_fresh_installation_has_no_account_at_all() -> None:
    assert not User.objects.exists()
    assert not Service.objects.exists()
    assert not Organisation.objects.exists()


def test_there_is_no_page_to_make_an_account(client: Client) -> None:
    for path in ("/signup/", "/sign-up/", "/accounts/signup/", "/register/", "/admin/"):
        assert client.get(path).status_code == 404


def test_of_several_first_links_only_one_makes_an_administrator() -> None:
    """Every start prints one until there is somebody."""
    service = make_service()
    first, second = (actions.first_admin_link(service=service) for _ in range(2))
    actions.accept(token=first.token, name="A", password=PASSWORD, email="a@example.org")
    assert open_invitation(second.token) is None


def test_two_open_invitations_do_not_put_information_governance_beside_a_role(admin: Any) -> None:
    who: Any = {"by": admin, "email": "x@example.org", "organisation": admin.service.provider}
    audits = actions.invite(role=Role.AUDITOR, **who)
    leads = actions.invite(role=Role.LEAD, **who)
    actions.approve(by=make_member(admin.service, Role.ADMIN), invitation=audits.invitation)
    someone = actions.accept(token=leads.token, name="X", password=PASSWORD)
    with pytest.raises(NotAllowed, match="nobody holds it with another role"):
        actions.accept_signed_in(token=audits.token, user=someone)
    assert [one.role for one in Membership.objects.filter(user=someone)] == ["lead"]


def test_nobody_gets_a_password_link_to_an_account_that_an_organisation_signs_in(
    admin: Any,
) -> None:
    # They have no second factor of ours: whoever held the link could set one up and be them.
    lead = make_member(admin.service)
    assert not lead.user.has_usable_password()
    with pytest.raises(NotAllowed, match="Their organisation signs them in"):
        actions.link_for_new_password(by=admin, membership=lead.membership)

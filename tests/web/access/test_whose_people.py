"""Whose people: what each role is answered about a client who stands differently to them.

The rule of the house as one small table, asked of every address about one client:

    role         own client   colleague's   other team's   other service's
    lead         found        not there     not there      not there
                              (found while one covers them)
    supervisor   found        found (team)  not there      not there
    partner, analyst, commissioner, auditor, administrator: never, at any such address but the
    page of what was shared with a partner
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from test_matrix import ALL, kwargs_for

from openhiu.web.access.models import Role
from openhiu.web.access.permissions import ROLE_MAY
from openhiu.web.casework.models import Case
from openhiu.web.team.models import Cover, Leave
from support.samples import ABOUT_PEOPLE, OTHER_SERVICE, OTHER_TEAM, OWN, SAME_TEAM, Situation
from support.web import make_member, make_service, make_team, sign_in

pytestmark = pytest.mark.django_db

FOUND = {200, 302, 405}
# A client's own page leads a colleague to the question why they want to look; it shows nothing.
ASKS_WHY = {"casework:client", "casework:open_outside"}
# Worry is never blocked by whose client someone is; it can be raised, and shows nothing.
NEVER_BLOCKED = {"casework:worried_about"}
# What was shared with a partner is theirs to see; test_sharing.py says just what.
SHARED = {"casework:shared_page", "casework:shared_concern"}
# Sharing is refused, with the reason, until they have agreed to it.
NEEDS_CONSENT = {"casework:share"}
# What the colleague wrote or does themselves stays theirs while somebody covers: their words in a
# contact, their visits (a visit is its visitor's and their buddy's).
THEIR_OWN = {"casework:correct_contact": 403, "casework:visit": 404, "casework:say_safe": 404}
ABOUT_A_CLIENT = sorted(name for name in ABOUT_PEOPLE if name.startswith("casework:"))
STRANGERS = (Role.PARTNER, Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN)


def answer(client: Client, name: str, role: Role, situation: str) -> Any:
    service, other = make_service(), make_service()
    actor = make_member(service, role, team=make_team(service))
    sign_in(client, actor)
    where = other if situation == OTHER_SERVICE else service
    kwargs = kwargs_for(name, Situation(situation, actor, where))
    if kwargs is None:
        pytest.skip("cannot stand like this")
    return client.get(reverse(name, kwargs=kwargs))


@pytest.mark.parametrize("name", ABOUT_A_CLIENT)
def test_a_lead_finds_their_own_client(client: Client, name: str) -> None:
    if ALL[name].callback.gate not in ROLE_MAY[Role.LEAD]:
        pytest.skip("not a lead's page")
    wanted = {403} if name in NEEDS_CONSENT else FOUND
    assert answer(client, name, Role.LEAD, OWN).status_code in wanted


@pytest.mark.parametrize("situation", [SAME_TEAM, OTHER_TEAM, OTHER_SERVICE])
@pytest.mark.parametrize("name", [n for n in ABOUT_A_CLIENT if n not in NEVER_BLOCKED])
def test_a_lead_does_not_find_anyone_elses(client: Client, name: str, situation: str) -> None:
    if ALL[name].callback.gate not in ROLE_MAY[Role.LEAD]:
        pytest.skip("not a lead's page")
    given = answer(client, name, Role.LEAD, situation)
    if name in ASKS_WHY and situation != OTHER_SERVICE:
        assert given.status_code in {200, 302}
        return
    assert given.status_code in {404, 405}


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("name", [n for n in ABOUT_A_CLIENT if n not in SHARED])
def test_nobody_else_finds_a_client_at_all(client: Client, name: str, role: Role) -> None:
    given = answer(client, name, role, SAME_TEAM)
    if ALL[name].callback.gate in ROLE_MAY[role]:
        assert given.status_code in {404, 405}
    else:
        assert given.status_code == 403


@pytest.mark.parametrize("situation", [SAME_TEAM, OTHER_TEAM])
@pytest.mark.parametrize("name", sorted(ABOUT_PEOPLE - NEVER_BLOCKED - {"casework:open_outside"}))
def test_a_lead_sends_nothing_about_anyone_elses(client: Client, name: str, situation: str) -> None:
    """Buttons answer a GET with 405 whoever asks, so that what is sent has to be asked for too."""
    if ALL[name].callback.gate not in ROLE_MAY[Role.LEAD]:
        pytest.skip("not a lead's page")
    service = make_service()
    actor = make_member(service, Role.LEAD, team=make_team(service))
    sign_in(client, actor)
    kwargs = kwargs_for(name, Situation(situation, actor, service))
    if kwargs is None:
        pytest.skip("cannot stand like this")
    there = reverse(name, kwargs=kwargs)
    # 405: a page that is only looked at; what it shows is asked for above.
    wanted = {404, 405} if client.get(there).status_code != 405 else {404}
    assert client.post(there).status_code in wanted


def covered(client: Client, name: str, *, days: int, said: str = "yes") -> Any:
    """The answer to a lead about a colleague's client, whose leave began so many days ago."""
    service = make_service()
    actor = make_member(service, Role.LEAD, team=make_team(service))
    sign_in(client, actor)
    kwargs = kwargs_for(name, Situation(SAME_TEAM, actor, service))
    if kwargs is None:
        pytest.skip("cannot stand like this")
    lead = Case.objects.exclude(lead=actor.membership).get(service=service).lead
    first = timezone.localdate() - timedelta(days=days)
    both = {"service": service, "from_day": first, "until_day": first + timedelta(days=4)}
    leave = Leave.objects.create(member=lead, kind="annual", state="booked", noted_by=lead, **both)
    Cover.objects.create(leave=leave, covering=actor.membership, answer=said, asked_by=lead, **both)
    return client.get(reverse(name, kwargs=kwargs))


@pytest.mark.parametrize("name", [n for n in ABOUT_A_CLIENT if n not in NEVER_BLOCKED])
def test_who_covers_finds_a_client_of_the_colleague_away(client: Client, name: str) -> None:
    if ALL[name].callback.gate not in ROLE_MAY[Role.LEAD]:
        pytest.skip("not a lead's page")
    wanted = {403} if name in NEEDS_CONSENT else {THEIR_OWN.get(name, 0)} & {403, 404} or FOUND
    assert covered(client, name, days=2).status_code in wanted


@pytest.mark.parametrize(("days", "said"), [(5, "yes"), (-1, "yes"), (2, "waiting"), (2, "no")])
@pytest.mark.parametrize("name", ["casework:plan", "casework:record_contact", "casework:consent"])
def test_before_and_after_cover_and_without_a_yes_they_are_not_there(
    client: Client, name: str, days: int, said: str
) -> None:
    assert covered(client, name, days=days, said=said).status_code == 404

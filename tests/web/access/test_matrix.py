"""Every address, asked for by every role and by nobody, about things in every situation.

Made from the URLconf: a new address is in it without being added, and fails until it has a gate
and, when it takes arguments, a sample (tests/support/samples.py).
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from markupsafe import escape

from openhiu.web.access.gate import OwnAccount
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import ROLE_MAY, Permission
from openhiu.web.access.row_security import set_service
from support.addresses import ALL, NAMES, OWN_ONES, PROTECTED, nobodys, rows, someone_who_may
from support.samples import ABOUT_PEOPLE, OTHER_SERVICE, OWN, SAMPLES, SIMPLE, SITUATIONS, Situation
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
# Looked at only after a fresh proof, or answered with a redirect of their own.
FOUND = {200, 301, 302}
WITH_THINGS = [n for n in PROTECTED if ALL[n].pattern.converters]


def by_room(names: list[str]) -> list[Any]:
    """The same names, a list for each room: one test signs in once and goes on after a failure."""
    rooms = groupby(sorted(names), key=lambda name: name.rpartition(":")[0])
    return [pytest.param(list(mine), id=room or "all") for room, mine in rooms]


def kwargs_for(name: str, situation: Situation) -> dict[str, Any] | None:
    if not ALL[name].pattern.converters:
        return {}
    set_service(situation.service.pk)
    made = SAMPLES[name](situation)
    set_service(situation.actor.service_id)
    return made


def like_it(name: str, foreign: dict[str, Any]) -> dict[str, Any]:
    """Arguments that name nothing by key; a name within a thing (a file's) stays as it is."""
    keys = {key: made for key, made in nobodys(name).items() if not isinstance(made, str)}
    return {**foreign, **keys} if keys else nobodys(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_view_says_who_may_call_it(name: str) -> None:
    gate = getattr(ALL[name].callback, "gate", None)
    assert gate, f"{name} has no gate"
    if not isinstance(gate, Permission | OwnAccount):
        assert len(gate.split()) >= 4, f"{name} is public without a reason"


@pytest.mark.parametrize("name", [n for n in NAMES if ALL[n].pattern.converters])
def test_every_address_with_arguments_has_a_sample(name: str) -> None:
    assert name in SAMPLES, f"add {name} to tests/support/samples_<room>.py"


@pytest.mark.parametrize("names", by_room(PROTECTED + OWN_ONES))
def test_nobody_unknown_gets_further_than_the_sign_in_page(
    client: Client, names: list[str], subtests: pytest.Subtests
) -> None:
    for name in names:
        for method in ("get", "post"):
            with subtests.test(name=name, method=method):
                answer = getattr(client, method)(reverse(name, kwargs=nobodys(name)))
                assert answer.status_code == 302
                assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("names", by_room(PROTECTED))
def test_a_password_alone_shows_no_page(
    client: Client, names: list[str], subtests: pytest.Subtests
) -> None:
    sign_in(client, make_member(make_service(), Role.LEAD), factor="")
    for name in names:
        for method in ("get", "post"):
            with subtests.test(name=name, method=method):
                answer = getattr(client, method)(reverse(name, kwargs=nobodys(name)))
                assert answer.status_code == 302
                assert answer.url == reverse("access:set_up")


@pytest.mark.parametrize("name", [n for n in OWN_ONES if ALL[n].callback.gate.proved])
def test_a_password_alone_shows_no_page_of_ones_own_either(client: Client, name: str) -> None:
    sign_in(client, make_member(make_service(), Role.LEAD), factor="")
    answer = client.get(reverse(name, kwargs=nobodys(name)))
    assert answer.status_code == 302
    assert answer.url == reverse("access:set_up")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("names", by_room(PROTECTED))
def test_a_role_gets_what_the_table_says_and_nothing_else(
    client: Client, names: list[str], role: Role, subtests: pytest.Subtests
) -> None:
    sign_in(client, make_member(make_service(), role))
    for name in names:
        with subtests.test(name=name):
            answer = client.get(reverse(name, kwargs=nobodys(name)))
            if ALL[name].callback.gate in ROLE_MAY[role]:
                assert answer.status_code in FOUND | {404, 405}, answer.status_code
            else:
                assert answer.status_code == 403
                assert escape(Permission(ALL[name].callback.gate)).encode() in answer.content
                assert client.post(reverse(name, kwargs=nobodys(name))).status_code == 403


@pytest.mark.parametrize("name", WITH_THINGS)
def test_a_thing_of_another_service_answers_like_one_that_is_not_there(
    client: Client, name: str
) -> None:
    if name not in SAMPLES:
        pytest.fail(f"no sample for {name}")
    service, other = make_service(), make_service()
    actor = someone_who_may(name, service)
    sign_in(client, actor)
    foreign = kwargs_for(name, Situation(OTHER_SERVICE, actor, other))
    if foreign is None:
        pytest.skip("there is no such thing of another service")
    for method in ("get", "post"):
        theirs = getattr(client, method)(reverse(name, kwargs=foreign))
        nothing = getattr(client, method)(reverse(name, kwargs=like_it(name, foreign)))
        assert theirs.status_code == nothing.status_code, method
        assert theirs.status_code in {302, 404, 405}
        assert plain(theirs) == plain(nothing)


@pytest.mark.parametrize("name", WITH_THINGS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_looking_at_a_thing_never_breaks_a_page(client: Client, name: str, situation: str) -> None:
    if situation not in SIMPLE and name not in ABOUT_PEOPLE:
        pytest.skip("stands to everyone in the same way")
    service, other = make_service(), make_service()
    actor = someone_who_may(name, service)
    sign_in(client, actor)
    where = other if situation == OTHER_SERVICE else service
    kwargs = kwargs_for(name, Situation(situation, actor, where))
    if kwargs is None:
        pytest.skip("cannot stand like this")
    answer = client.get(reverse(name, kwargs=kwargs))
    assert answer.status_code in FOUND | {403, 404, 405}
    if situation == OTHER_SERVICE:
        assert answer.status_code in {302, 404, 405}


@pytest.mark.parametrize("name", PROTECTED + OWN_ONES)
def test_looking_changes_nothing(client: Client, name: str) -> None:
    service = make_service()
    actor = someone_who_may(name, service)
    sign_in(client, actor)
    kwargs = kwargs_for(name, Situation(OWN, actor, service)) if name in SAMPLES else nobodys(name)
    client.get("/account/")  # the first page of a session takes up its role
    before = rows()
    client.get(reverse(name, kwargs=kwargs or nobodys(name)))
    client.head(reverse(name, kwargs=kwargs or nobodys(name)))
    assert rows() == before


def plain(answer: Any) -> bytes:
    """A page without what differs each time it is drawn."""
    import re

    body = answer.content + answer.headers.get("Location", "").encode()
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)
    body = re.sub(rb'nonce="[^"]+"', b"", body)
    body = re.sub(rb'data-remaining="\d+"', b"", body)
    body = re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", b"ID", body)
    return re.sub(rb"%2F\d+%2F|/\d+/", b"/N/", body)


# The third row of one's own list of places: a position in what is on the page, and no id; or a
# year and a month.
POSITIONS = {"commissioning:row", "commissioning:remove_row", "assurance:disclosures_month"}


def test_ids_in_addresses_are_random() -> None:
    for name in set(PROTECTED) - POSITIONS:
        assert not any(
            type(kind).__name__ == "IntConverter" for kind in ALL[name].pattern.converters.values()
        ), f"{name} counts"

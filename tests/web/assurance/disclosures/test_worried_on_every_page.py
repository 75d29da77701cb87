"""The link "Worried about someone?" stands on every page, for everybody, whatever went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openhiu.web.access.models import Role
from openhiu.web.access.permissions import ROLE_MAY, Permission
from openhiu.web.casework.forms.safeguarding import WorriedForm
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
LINK = 'href="/worried/"'


def pages(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from pages(entry, inner)
        elif isinstance(entry, URLPattern) and not entry.pattern.converters:
            yield f"{namespace}{entry.name or entry.pattern}", entry


WITHOUT_THINGS = {
    name: entry.callback.gate
    for name, entry in pages()
    if isinstance(getattr(entry.callback, "gate", None), Permission)
}


def is_page(answer: Any) -> bool:
    return not answer.streaming and b"<html" in answer.content


@pytest.mark.parametrize("role", list(Role))
def test_on_every_page_of_every_role_and_on_every_no(client: Client, role: Role) -> None:
    sign_in(client, make_member(make_service(), role))
    seen = 0
    for name, gate in sorted(WITHOUT_THINGS.items()):
        answer = client.get(reverse(name))
        assert (answer.status_code == 403) is (gate not in ROLE_MAY[role]), name
        if is_page(answer):
            assert LINK in answer.content.decode(), f"{name}, {answer.status_code}"
            seen += 1
    assert seen > 40


def test_on_the_pages_that_say_what_went_wrong() -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    sign_in(client, make_member(make_service(), Role.LEAD))
    for answer, status in (
        (client.get("/nothing/here/"), 404),
        (client.get(reverse("casework:client", args=[uuid4()])), 404),
        (client.get(reverse("assurance:openings")), 403),
        (client.post(reverse("casework:worried"), {"why_now": "x"}), 403),  # no token
        (client.get("/worried/"), 200),
    ):
        assert answer.status_code == status
        assert LINK in answer.content.decode(), status


def test_from_any_page_it_is_one_press_one_page_and_four_answers(client: Client) -> None:
    sign_in(client, make_member(make_service(), Role.LEAD))
    page = client.get("/worried/").content.decode()
    needed = [name for name, field in WorriedForm.base_fields.items() if field.required]
    assert len(needed) == 4
    assert page.count('<form method="post"') >= 1
    sent = client.post("/worried/", dict.fromkeys(needed, "A few words"))
    assert sent.status_code == 302  # kept, after one page

"""Two services alike but for the numbers that are hidden: every byte a commissioner is given is the
same, so nothing they are given can tell the one from the other.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.reporting import actions, composing
from support.board_reports import facts
from support.web import sign_in
from support.web_reporting import receive

pytestmark = pytest.mark.django_db
QUARTER = "2026-Q3"
PERIOD = {"from": "2026-07-01", "to_exclusive": "2026-10-01", "name": "July to September 2026"}
# Other numbers wherever a number is hidden: each whole stays, each shown count stays to the
# nearest 5. In the facts: 4 people picked up again, 34 asked, 6 said not now, 2 no, 3 not reached;
# 2 with grief and 5 with alcohol; 3 with less self-harm; 2 died.
OTHERWISE: dict[str, Any] = {
    "did__picked_up_again": 7,
    "did__approached": 33,
    "did__not_now": 3,
    "did__said_no": 5,
    "did__not_reached": 1,
    "needs": [{"need": "Grief", "people": 7}, {"need": "Loneliness", "people": 19},
              {"need": "Housing", "people": 14}, {"need": "Alcohol", "people": 1}],
    "outcomes": [
        {"outcome": "Less self-harm", "people": 7, "events": 31, "direction": "less"},
        {"outcome": "Joined a group", "people": 12, "events": 15, "direction": "more"},
    ],
    "incidents": {"clients_who_died": 6, "worries_raised": 11},
}  # fmt: skip
KEY = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CHANGING = re.compile(
    rb'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"|data-remaining="\d+"|\d\d:\d\d|'
    rb'name="posted" value="[^"]+"'
)


class Undo(Exception):
    """Ends a transaction without keeping what was done in it."""


@pytest.fixture
def given(
    client: Client, lead: Actor, supervisor: Actor, analyst: Actor, commissioner: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:  # fmt: skip
    """Everything a commissioner gets to see of a report made from some facts, by its address."""
    receive(analyst)

    def publish_and_read(**changed: Any) -> dict[str, bytes]:
        told = facts(period=PERIOD, quotes=[], stories=[], **changed)
        monkeypatch.setattr(composing, "facts", lambda _by, _quarter: told)
        try:
            with transaction.atomic():
                report = actions.make_report(by=lead, quarter=QUARTER)
                actions.review(by=supervisor, report=report)
                actions.publish(by=supervisor, report=report)
                found = _everything(sign_in(client, commissioner), report)
                raise Undo
        except Undo:
            return found

    return publish_and_read


def _everything(client: Client, report: Any) -> dict[str, bytes]:
    """Every page and every file, without keys and what differs each time a page is drawn."""
    here = reverse("reporting:report", args=[report.pk])
    pages = ["/", reverse("reporting:library"), here, f"{here}read/"]
    pages += [f"{here}files/{file['name']}" for file in report.files]
    found = {}
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        told = {name: said for name, said in answer.headers.items() if name != "X-Request-ID"}
        headers = repr(sorted(told.items())).encode()
        body = KEY.sub(b"KEY", answer.content + (headers if "/files/" in page else b""))
        found[page.replace(str(report.pk), "KEY")] = CHANGING.sub(b"", body)
    return found


def test_what_is_hidden_makes_no_difference_in_any_byte_a_commissioner_is_given(given: Any) -> None:
    one, other = given(), given(**OTHERWISE)
    assert one.keys() == other.keys()
    assert len(one) > 10
    assert [page for page in one if one[page] != other[page]] == []


def test_what_is_shown_does_make_a_difference(given: Any) -> None:
    """The attack could not fail if the counts did not reach a commissioner at all."""
    one, other = given(), given(did__opened=48)
    different = {page.rpartition(".")[2] for page in one if one[page] != other[page]}
    assert {"pdf", "docx", "html", "xlsx"} <= different

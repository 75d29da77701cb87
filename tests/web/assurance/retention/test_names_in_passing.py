"""Sessions and drafts that name somebody are found, however what was said is kept in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Draft, Role
from openhiu.web.assurance.actions.retention.passing import clear_drafts, end_sessions
from openhiu.web.people.fold import fold
from support.web import make_member, make_service

pytestmark = pytest.mark.django_db
NAMES = {fold("Siân O\u2019Brien"), fold("O\u2019Brien"), "9990000018"}
KEY = "0b1c7a52-5d1e-4c3e-9f0a-5a8a6f1d2c3b"


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


@pytest.mark.parametrize("kept", [
    {"words": ["She called.\nO'Brien was out."]},
    {"words": ["SIAN  O\u2019BRIEN"]},
    {"who": [{"number": 9990000018}]},
    {"O'Brien": ["x"]},
])  # fmt: skip
def test_a_draft_that_names_them_is_deleted(lead: Actor, kept: Any) -> None:
    Draft.objects.create(service=lead.service, user=lead.user, key="k", fields=kept)
    Draft.objects.create(service=lead.service, user=lead.user, key="other",
                         fields={"words": ["The obrienist called.\nNobody was out."]})  # fmt: skip
    assert clear_drafts(lead.service_id, NAMES).startswith("1 draft")
    assert [one.key for one in Draft.objects.all()] == ["other"]
    assert clear_drafts(lead.service_id, set()) == ""


@pytest.mark.parametrize("kept", [
    {"said": "Saved what O\u2019Brien said."},
    {"said": ["First.\nO'Brien said so."]},
    # As Django keeps messages: JSON in a text, in which an accent is letters of its own.
    {"_messages": json.dumps([["__json_message", 0, 25, "Saved.\nSiân O\u2019Brien said so."]])},
    {"back": f"/clients/{KEY.upper()}/"},
])  # fmt: skip
def test_a_session_that_names_them_is_ended(kept: dict[str, Any]) -> None:
    stays = {"_messages": "[not JSON, and nobody's", "at": 7, "none": None}
    for what in (kept, stays):
        session = SessionStore()
        session.update(what)
        session.save()
    assert end_sessions(NAMES, {KEY}).startswith("1 session")
    [left] = Session.objects.all()
    assert left.get_decoded() == stays
    assert end_sessions(set(), {KEY}) == ""

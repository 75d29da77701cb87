"""A morning in April, a lead and an analyst of one service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from support.web import make_member, make_service
from support.web_monitoring import at, make_hospital


@pytest.fixture
def april() -> Iterator[None]:
    """3 April 2026, nine in the morning in London: a Friday."""
    with time_machine.travel(at("2026-04-03 09:00"), tick=False):
        yield


@pytest.fixture
def lead(db: None) -> Actor:
    actor = make_member(make_service())
    make_hospital(actor)
    return actor


@pytest.fixture
def analyst(lead: Actor) -> Actor:
    return make_member(lead.service, Role.ANALYST)

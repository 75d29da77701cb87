"""A lead, her client, and a way out that is only in the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.models import Case
from openhiu.web.letters.channels import CHANNELS
from support.web import make_member, make_service
from support.web_letters import HeldChannel, make_client, make_letterhead


@pytest.fixture
def lead(db: None) -> Actor:
    lead = make_member(make_service(), Role.LEAD, name="Asha Lead")
    make_letterhead(lead)
    return lead


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_client(lead)


@pytest.fixture
def held() -> Iterator[HeldChannel]:
    """The mail channel of these tests, in place of the one that is set up."""
    before = CHANNELS.get("mail")
    channel = HeldChannel()
    CHANNELS["mail"] = channel
    yield channel
    if before is not None:
        CHANNELS["mail"] = before

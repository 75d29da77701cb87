"""A service with its commissioner, its analyst and a lead."""

from __future__ import annotations

import pytest

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Organisation, Role
from openhiu.web.access.row_security import set_service
from support.web import make_member, make_organisation, make_service


@pytest.fixture
def commissioner(db: None) -> Actor:
    board = make_organisation(kind=Organisation.Kind.COMMISSIONER)
    actor = make_member(
        make_service("Larkham HIU"), Role.COMMISSIONER, name="Lena Marsh", organisation=board
    )
    set_service(actor.service_id)
    return actor


@pytest.fixture
def analyst(commissioner: Actor) -> Actor:
    return make_member(commissioner.service, Role.ANALYST, name="Frank Lomax")


@pytest.fixture
def supervisor(commissioner: Actor) -> Actor:
    return make_member(commissioner.service, Role.SUPERVISOR, name="Esther Oyelaran")


@pytest.fixture
def lead(commissioner: Actor) -> Actor:
    return make_member(commissioner.service, Role.LEAD, name="Asha Rahman")

"""A service with one hospital and everybody who has to do with its reports."""

from __future__ import annotations

import pytest

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Organisation, Role
from support.web import make_member, make_organisation, make_service
from support.web_reporting import make_hospital


@pytest.fixture
def supervisor(db: None) -> Actor:
    actor = make_member(make_service("Larkham HIU"), Role.SUPERVISOR, name="Esther Oyelaran")
    make_hospital(actor)
    return actor


@pytest.fixture
def analyst(supervisor: Actor) -> Actor:
    return make_member(supervisor.service, Role.ANALYST, name="Frank Lomax")


@pytest.fixture
def lead(supervisor: Actor) -> Actor:
    return make_member(supervisor.service, Role.LEAD, name="Asha Rahman")


@pytest.fixture
def auditor(supervisor: Actor) -> Actor:
    return make_member(supervisor.service, Role.AUDITOR, name="Joan Whitlock")


@pytest.fixture
def commissioner(supervisor: Actor) -> Actor:
    board = make_organisation(kind=Organisation.Kind.COMMISSIONER)
    return make_member(supervisor.service, Role.COMMISSIONER, name="Lena Marsh", organisation=board)

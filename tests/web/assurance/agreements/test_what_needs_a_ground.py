"""What may not be taken for granted: the roster within one house, and a clock with no hospital."""

from __future__ import annotations

import pytest

from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.lawful import ACTIVITY, CASELOAD, ROSTER, why_not_cross
from openhiu.web.access.models import Role
from openhiu.web.casework.actions.handing_out import hand_over_roster
from openhiu.web.monitoring.actions import hand_over_caseload
from openhiu.web.monitoring.clock import Clock
from support.web import make_member, make_service
from support.web_lawful import make_gateway
from support.web_monitoring import make_client, make_hospital

pytestmark = pytest.mark.django_db


def test_the_roster_needs_a_ground_also_within_the_providers_own_house() -> None:
    service = make_service()
    inside = make_member(service, Role.ANALYST)
    assert inside.organisation.pk == service.provider_id
    for what in (ACTIVITY, CASELOAD):  # nothing leaves the house, and its use is the same
        assert why_not_cross(service, service.provider_id, what) == ""
    with pytest.raises(NotAllowed, match="no legal gateway or agreement"):
        hand_over_roster(by=inside)
    make_gateway(service)
    assert why_not_cross(service, service.provider_id, ROSTER) == ""


def test_the_clock_takes_nothing_where_no_hospital_is_set_up() -> None:
    lead = make_member(make_service(), Role.LEAD)
    make_client(lead, "Robin", "9990000018")
    with pytest.raises(NotAllowed, match="No hospital is set up"):
        hand_over_caseload(by=Clock(lead.service))
    make_hospital(lead)
    assert hand_over_caseload(by=Clock(lead.service))

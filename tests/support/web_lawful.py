"""What lets information cross, for tests: a service and an organisation come in; an agreement or a
gateway that holds goes out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.lawful import CROSSINGS, LIST
from openhiu.web.access.models import Gateway, Membership, Organisation, Role, Service
from openhiu.web.assurance.models import Assessment
from support.web import make_member

EVERYTHING = [name for name in CROSSINGS if name != "case"]


def second_person(service: Service) -> Membership:
    """Information governance of a service: who agrees what others drafted."""
    found = Membership.objects.filter(service=service, role=Role.AUDITOR, ended_at=None).first()
    return found or make_member(service, Role.AUDITOR, name="Gil Governance").membership


def agreed(service: Service) -> dict[str, Any]:
    """The fields of an agreement that a second person agreed and every party signed."""
    today = timezone.localdate()
    return {
        "state": "agreed",
        "agreed_by": second_person(service),
        "agreed_at": timezone.now() - timedelta(days=400),
        "signed_on": today - timedelta(days=400),
    }


def make_assessment(service: Service, reference: str = "DPIA-1", **facts: Any) -> Assessment:
    """A data protection impact assessment that holds for a year either side of today."""
    today = timezone.localdate()
    told = {
        "kind": "dpia", "scope": "The whole service", "risks": "Too much is shared",
        "state": "signed", "decision": "go", "signed_on": today - timedelta(days=365),
        "review_on": today + timedelta(days=365), **facts,
    }  # fmt: skip
    told.setdefault("drafted_by", second_person(service))
    made: Assessment = Assessment.objects.create(service=service, reference=reference, **told)
    return made


def make_gateway(
    service: Service, organisation: Organisation | None = None, **facts: Any
) -> Gateway:
    """A gateway in force for a year either side of today, for every data set."""
    today = timezone.localdate()
    told = {
        "kind": "direct_care",
        "reference": "IG-7",
        "data_sets": EVERYTHING,
        "purpose": "asking people who come to A&E often whether they want support",
        "article_6": "6_1_e",
        "article_9": "9_2_h",
        "schedule_1": "1_2",
        "starts_on": today - timedelta(days=365),
        "expires_on": today + timedelta(days=365),
        "evidence": "Minute of the information governance group, in its folder.",
        "state": "agreed",
        **facts,
    }
    if told["state"] == "agreed":
        told.setdefault("agreed_by", second_person(service))
    if told["kind"] not in ("direct_care", "section_251", "consent_first"):
        told["data_sets"] = [name for name in told["data_sets"] if name != LIST]
    made: Gateway = Gateway.objects.create(
        service=service, organisation=organisation or service.provider, **told
    )
    return made

"""Samples of connections with services and of the people around a client, for the matrix."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openhiu.web.casework.models import Connection
from support.samples import Situation, sample
from support.samples_directory import make_listing
from support.samples_work import case_in

A_CLIENT = ("around", "around_show", "connect", "connect_other")


@sample(*(f"casework:{name}" for name in A_CLIENT), about_people=True)
def around(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}


@sample("casework:connect_to", about_people=True)
def connect_to(situation: Situation) -> dict[str, Any]:
    case = case_in(situation)
    return {"case_id": case.pk, "listing_id": make_listing(case.service).pk}


@sample("casework:connection_news", "casework:connection_missing", about_people=True)
def connection(situation: Situation) -> dict[str, Any]:
    case = case_in(situation)
    made = Connection.objects.create(
        service=case.service, case=case, name="Reeds Advice", how="gave_number",
        made_on=timezone.localdate(), made_by=case.lead, state="no_capacity",
        state_since=timezone.localdate(),
    )  # fmt: skip
    return {"connection_id": made.pk}

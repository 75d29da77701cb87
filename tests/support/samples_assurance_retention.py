"""Samples of retention for the matrix of addresses and roles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.models import Role
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.models.retention import Appraisal, Certificate
from support.samples import Situation, sample
from support.web import make_member
from support.web_casework import make_person

_TODAY = timezone.localdate


def appraisal_in(situation: Situation) -> Appraisal:
    person = make_person(situation.service)
    return Appraisal.objects.create(
        service=situation.service, reference=f"K-{str(person.pk)[:8]}", about=person.pk,
        record_class="client", last_contact_on=_TODAY(), due_on=_TODAY(), records=[person.pk],
    )  # fmt: skip


@sample("assurance:appraisal", "assurance:decide_appraisal", "assurance:confirm_appraisal",
        "assurance:take_back", "assurance:put_in_class")  # fmt: skip
def appraisal(situation: Situation) -> dict[str, Any]:
    return {"appraisal_id": appraisal_in(situation).pk}


@sample("assurance:agree_schedules")
def schedules(situation: Situation) -> dict[str, Any]:
    manager = make_member(situation.service, Role.SUPERVISOR)
    written = retention.write_rules(
        by=manager, periods={"asked": 2}, usual="client", cooling_days=14, reason="Agreed locally."
    )
    return {"rules_id": written.pk}


@sample("assurance:hold", "assurance:lift_hold")
def hold(situation: Situation) -> dict[str, Any]:
    held = retention.hold(
        by=make_member(situation.service, Role.AUDITOR), reference="INQ-1", reason="An inquiry.",
        record_class="client", review_on=_TODAY() + timedelta(days=90),
    )  # fmt: skip
    return {"hold_id": held.pk}


@sample("assurance:certificate", "assurance:take_certificate")
def certificate(situation: Situation) -> dict[str, Any]:
    made = Certificate.objects.create(
        service=situation.service, appraisal=appraisal_in(situation), rows={"casework.Case": 1},
        number=Certificate.objects.filter(service=situation.service).count() + 1,
    )  # fmt: skip
    return {"certificate_id": made.pk}

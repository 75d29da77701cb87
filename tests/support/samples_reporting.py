"""Samples of reports and evaluations, for the matrix of addresses and roles."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.models import Hospital, Role
from openhiu.web.reporting.models import Evaluation, Making, Report
from support.samples import Situation, sample
from support.web import make_member
from support.web_reporting import SITE, make_hospital, make_made_report, receive


def evaluation_in(situation: Situation) -> Evaluation:
    analyst = make_member(situation.service, Role.ANALYST)
    if not Hospital.objects.filter(service=situation.service, site_code=SITE).exists():
        make_hospital(analyst)
    return receive(analyst)


def report_in(situation: Situation) -> Report:
    evaluation = evaluation_in(situation)
    return make_made_report(make_member(situation.service, Role.SUPERVISOR), evaluation)


@sample("reporting:evaluation")
def evaluation(situation: Situation) -> dict[str, Any]:
    return {"evaluation_id": evaluation_in(situation).pk}


@sample("reporting:figure")
def figure(situation: Situation) -> dict[str, Any]:
    return {**evaluation(situation), "name": "figures/the-picture-3-months.svg"}


@sample("reporting:evaluation_file")
def evaluation_file(situation: Situation) -> dict[str, Any]:
    return {**evaluation(situation), "name": "evaluation.pdf"}


@sample("reporting:report", "reporting:read", "reporting:review", "reporting:publish",
        "reporting:set_aside", "reporting:call_back")  # fmt: skip
def report(situation: Situation) -> dict[str, Any]:
    return {"report_id": report_in(situation).pk}


@sample("reporting:file")
def file(situation: Situation) -> dict[str, Any]:
    return {**report(situation), "name": "report.pdf"}


@sample("reporting:progress")
def progress(situation: Situation) -> dict[str, Any]:
    asked = make_member(situation.service, Role.SUPERVISOR).membership
    making = Making.objects.create(service=situation.service, quarter="2026-Q3", asked_by=asked)
    return {"making_id": making.pk}

"""Samples of what is lawful: an agreement and a party, a gateway, an impact assessment."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.models import AgreementParty, Role
from openhiu.web.assurance.models import Assessment
from support.samples import Situation, sample
from support.web import make_member, make_organisation
from support.web_casework import make_agreement
from support.web_lawful import make_assessment, make_gateway


def _supervisor(situation: Situation) -> Any:
    return make_member(situation.service, Role.SUPERVISOR, open_rows=False)


@sample("assurance:agreement", "assurance:end_agreement", "assurance:renew_agreement")
def agreement(situation: Situation) -> dict[str, Any]:
    return {"agreement_id": make_agreement(situation.service).pk}


@sample("assurance:change_agreement", "assurance:name_party", "assurance:agree_agreement")
def draft(situation: Situation) -> dict[str, Any]:
    by = _supervisor(situation).membership
    made = make_agreement(situation.service, state="drafted", agreed_by=None, signed_on=None,
                          drafted_by=by, article_6="6_1_e", article_9="9_2_h", schedule_1="1_2",
                          confidentiality="explicit", assessment="DPIA-1", rights="x",
                          accuracy="x", security="x", retention="x", breach="x")  # fmt: skip
    make_assessment(situation.service)
    made.review_on = made.ends_on
    made.save()
    return {"agreement_id": made.pk}


@sample("assurance:sign")
def party(situation: Situation) -> dict[str, Any]:
    made = make_agreement(situation.service, signed_on=None)
    one = AgreementParty.objects.create(
        service=situation.service, agreement=made, organisation=made.organisation,
        ods_code="ZZ1", part="controller",
    )  # fmt: skip
    return {"party_id": one.pk}


@sample("assurance:drop_party")
def extra_party(situation: Situation) -> dict[str, Any]:
    made = make_agreement(situation.service, state="drafted", agreed_by=None, signed_on=None)
    one = AgreementParty.objects.create(
        service=situation.service, agreement=made, organisation=make_organisation(),
        ods_code="ZZ1", part="processor",
    )  # fmt: skip
    return {"party_id": one.pk}


@sample("assurance:gateway", "assurance:end_gateway")
def gateway(situation: Situation) -> dict[str, Any]:
    return {"gateway_id": make_gateway(situation.service).pk}


@sample("assurance:agree_gateway")
def drafted_gateway(situation: Situation) -> dict[str, Any]:
    by = _supervisor(situation).membership
    return {"gateway_id": make_gateway(situation.service, state="drafted", drafted_by=by).pk}


@sample("assurance:assessment", "assurance:note_signed", "assurance:end_assessment")
def assessment(situation: Situation) -> dict[str, Any]:
    made = Assessment.objects.create(
        service=situation.service, kind="dpia", reference="DPIA-9", scope="The service",
        risks="Too much is shared", drafted_by=_supervisor(situation).membership,
    )  # fmt: skip
    return {"assessment_id": made.pk}

"""Addresses: sharing agreements, legal gateways, impact assessments."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path

from openhiu.web.assurance.views import agreements, gateways

urlpatterns: Final[list[Any]] = [
    path("agreements/", agreements.show_agreements, name="agreements"),
    path("agreements/new/", agreements.new_agreement, name="new_agreement"),
    path("organisations/new/", agreements.new_organisation, name="new_organisation"),
    path("agreements/<uuid:agreement_id>/", agreements.show_agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", agreements.change_draft,
         name="change_agreement"),
    path("agreements/<uuid:agreement_id>/parties/", agreements.name_party, name="name_party"),
    path("agreements/<uuid:agreement_id>/agree", agreements.agree, name="agree_agreement"),
    path("agreements/<uuid:agreement_id>/renew", agreements.renew, name="renew_agreement"),
    path("agreements/<uuid:agreement_id>/end/", agreements.end, name="end_agreement"),
    path("agreements/parties/<uuid:party_id>/drop", agreements.drop_party, name="drop_party"),
    path("agreements/parties/<uuid:party_id>/signature/", agreements.sign, name="sign"),
    path("gateways/", gateways.show_gateways, name="gateways"),
    path("gateways/new/", gateways.new_gateway, name="new_gateway"),
    path("gateways/<uuid:gateway_id>/", gateways.show_gateway, name="gateway"),
    path("gateways/<uuid:gateway_id>/agree", gateways.agree_gateway, name="agree_gateway"),
    path("gateways/<uuid:gateway_id>/end/", gateways.end_gateway, name="end_gateway"),
    path("assessments/", gateways.show_assessments, name="assessments"),
    path("assessments/new/", gateways.new_assessment, name="new_assessment"),
    path("assessments/<uuid:assessment_id>/", gateways.show_assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/signed/", gateways.note_signed, name="note_signed"),
    path("assessments/<uuid:assessment_id>/end", gateways.end_assessment,
         name="end_assessment"),
]  # fmt: skip

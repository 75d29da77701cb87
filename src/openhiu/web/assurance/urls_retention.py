"""Addresses: records whose time has come, schedules, holds, certificates."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path

from openhiu.web.assurance.views.retention import appraising, keeping

urlpatterns: Final[list[Any]] = [
    path("retention/", appraising.queue, name="retention"),
    path("retention/people-to-forget.csv", appraising.to_forget, name="to_forget"),
    path("retention/schedules/", keeping.schedules, name="schedules"),
    path("retention/schedules/change/", keeping.change_schedules, name="change_schedules"),
    path("retention/schedules/<uuid:rules_id>/", keeping.agree_schedules, name="agree_schedules"),
    path("retention/holds/", keeping.holds, name="holds"),
    path("retention/holds/new/", keeping.place_hold, name="place_hold"),
    path("retention/holds/<uuid:hold_id>/", keeping.show_hold, name="hold"),
    path("retention/holds/<uuid:hold_id>/lift/", keeping.lift_hold, name="lift_hold"),
    path("retention/certificates/", keeping.certificates, name="certificates"),
    path(
        "retention/certificates/<uuid:certificate_id>/",
        keeping.show_certificate,
        name="certificate",
    ),
    path(
        "retention/certificates/<uuid:certificate_id>/paper/",
        keeping.take_certificate,
        name="take_certificate",
    ),
    path("retention/<uuid:appraisal_id>/", appraising.show_appraisal, name="appraisal"),
    path("retention/<uuid:appraisal_id>/decide/", appraising.decide, name="decide_appraisal"),
    path("retention/<uuid:appraisal_id>/confirm/", appraising.confirm, name="confirm_appraisal"),
    path("retention/<uuid:appraisal_id>/take-back/", appraising.take_back, name="take_back"),
    path("retention/<uuid:appraisal_id>/class/", appraising.put_in_class, name="put_in_class"),
]

"""Addresses: the national data opt-out, numbers, deaths and restrictions."""

from __future__ import annotations

from django.urls import URLPattern, path

from openhiu.web.assurance.views import identity, optout

urlpatterns: list[URLPattern] = [
    path("opt-outs/", optout.show_opt_outs, name="opt_outs"),
    path("trace/", optout.bring_trace, name="trace"),
    path("identity/", identity.list_questions, name="identity"),
    path("identity/<uuid:question_id>/", identity.settle, name="identity_question"),
]

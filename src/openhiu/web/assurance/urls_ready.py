"""Addresses: readiness, what was confirmed, who answers for what, and the beginning."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path

from openhiu.web.assurance.views import ready

urlpatterns: Final[list[Any]] = [
    path("ready/", ready.show_ready, name="ready"),
    path("ready/readiness.pdf", ready.take_paper, name="take_readiness"),
    path("ready/begin/", ready.begin, name="begin"),
    path("ready/begin/<uuid:beginning_id>/agree", ready.agree_to_begin, name="agree_to_begin"),
    path("ready/begin/<uuid:beginning_id>/drop", ready.drop_beginning, name="drop_beginning"),
    path("ready/lines/<slug:line>/", ready.confirm_line, name="confirm_line"),
    path("ready/confirmed/<uuid:confirmation_id>/", ready.take_back, name="take_back_line"),
    path("officers/", ready.officers, name="officers"),
    path("officers/name/", ready.name_officer, name="name_officer"),
]

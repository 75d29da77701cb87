"""Addresses that anybody may read: the privacy notice, now and as it was."""

from __future__ import annotations

from django.urls import path

from openhiu.web.assurance.views import privacy

app_name = "privacy"
urlpatterns = [
    path("", privacy.choose, name="notices"),
    path("<uuid:service_id>/", privacy.show, name="notice"),
    path("<uuid:service_id>/<uuid:version_id>/", privacy.show_earlier, name="earlier"),
]

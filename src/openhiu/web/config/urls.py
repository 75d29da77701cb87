"""Every address of the application, room by room."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from openhiu.web.config.health import health, ready
from openhiu.web.config.metrics import metrics

urlpatterns = [
    path("health", health, name="health"),
    path("ready", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("", include("openhiu.web.access.urls")),
    path("people/", include("openhiu.web.people.urls")),
    path("lists/", include("openhiu.web.intake.urls")),
    path("", include("openhiu.web.casework.urls")),
    path("activity/", include("openhiu.web.monitoring.urls")),
    path("directory/", include("openhiu.web.directory.urls")),
    path("us/", include("openhiu.web.team.urls")),
    path("mdt/", include("openhiu.web.mdt.urls")),
    path("letters/", include("openhiu.web.letters.urls")),
    path("", include("openhiu.web.reporting.urls")),
    path("area/", include("openhiu.web.commissioning.urls")),
    path("assurance/", include("openhiu.web.assurance.urls")),
    path("privacy/", include("openhiu.web.assurance.urls_privacy")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("openhiu.web.demo.urls")))

handler403 = "openhiu.web.access.views.errors.forbidden"
handler404 = "openhiu.web.access.views.errors.not_found"
handler500 = "openhiu.web.config.trouble.server_error"

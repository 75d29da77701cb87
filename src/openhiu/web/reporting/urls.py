"""The addresses of this room: what the evaluation says, and the quarterly reports."""

from __future__ import annotations

from django.urls import path

from openhiu.web.reporting.views import delivering, library, making, outcomes, wording

app_name = "reporting"
urlpatterns = [
    path("outcomes/", outcomes.latest, name="outcomes"),
    path("outcomes/earlier/", outcomes.earlier, name="earlier"),
    path("outcomes/<uuid:evaluation_id>/", outcomes.one, name="evaluation"),
    path("outcomes/<uuid:evaluation_id>/figures/<path:name>", outcomes.figure, name="figure"),
    path("outcomes/<uuid:evaluation_id>/files/<path:name>", outcomes.file, name="evaluation_file"),
    path("evaluation/", delivering.delivered, name="delivered"),
    path("evaluation/upload/", delivering.upload, name="upload"),
    path("reports/", library.library, name="library"),
    path("reports/make/", making.make, name="make"),
    path("reports/making/<uuid:making_id>/", making.progress, name="progress"),
    path("reports/logic-model/", wording.logic_model, name="logic_model"),
    path("reports/words/", wording.words, name="words"),
    path("reports/<uuid:report_id>/", library.report, name="report"),
    path("reports/<uuid:report_id>/read/", library.read, name="read"),
    path("reports/<uuid:report_id>/files/<path:name>", library.file, name="file"),
    path("reports/<uuid:report_id>/review/", making.review, name="review"),
    path("reports/<uuid:report_id>/publish/", making.publish, name="publish"),
    path("reports/<uuid:report_id>/call-back/", making.call_back, name="call_back"),
    path("reports/<uuid:report_id>/set-aside/", making.set_aside, name="set_aside"),
]

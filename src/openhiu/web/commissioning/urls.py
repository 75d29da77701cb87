"""The addresses of this room: the area, its tiers, staffing and reach, and its documents."""

from __future__ import annotations

from django.urls import path

from openhiu.web.commissioning.views import documents, files, setting, tiers, worked_out

app_name = "commissioning"
urlpatterns = [
    path("", worked_out.overview, name="area"),
    path("settings/", setting.contents, name="settings"),
    path("settings/history/", setting.history, name="history"),
    path("settings/file/", files.download, name="settings_file"),
    path("settings/file/<uuid:area_id>/", files.download, name="settings_version"),
    path("settings/from-file/", files.take, name="take_file"),
    path("settings/take-over/", files.take_over, name="take_over"),
    path("settings/files/add/", files.add, name="add_file"),
    path("settings/files/remove/", files.remove, name="remove_file"),
    path("settings/<slug:key>/", setting.section, name="section"),
    path("settings/<slug:key>/add/", setting.add, name="add_row"),
    path("settings/<slug:key>/<int:number>/", setting.row, name="row"),
    path("settings/<slug:key>/<int:number>/remove/", setting.remove, name="remove_row"),
    path("tiers/", tiers.latest, name="tiers"),
    path("tiers/delivered/", tiers.earlier, name="deliveries"),
    path("tiers/deliver/", tiers.deliver, name="deliver"),
    path("tiers/<uuid:tiers_id>/", tiers.one, name="delivery"),
    path("staffing/", worked_out.staffing, name="staffing"),
    path("reach/", worked_out.reach, name="reach"),
    path("documents/", documents.shelf, name="documents"),
    path("documents/make/<slug:what>/", documents.make, name="make"),
    path("documents/making/<uuid:making_id>/", documents.progress, name="progress"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("documents/<uuid:document_id>/read/<path:name>", documents.read, name="read"),
    path("documents/<uuid:document_id>/files/<path:name>", documents.file, name="file"),
    path("documents/<uuid:document_id>/figures/<path:name>", documents.figure, name="figure"),
    path("documents/<uuid:document_id>/all/", documents.everything, name="everything"),
    path("documents/<uuid:document_id>/again/", documents.again, name="again"),
    path("documents/<uuid:document_id>/set-aside/", documents.set_aside, name="set_aside"),
]

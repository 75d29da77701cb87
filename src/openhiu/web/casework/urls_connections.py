"""Addresses of connections with services and of the people around a client."""

from __future__ import annotations

from django.urls import path

from openhiu.web.casework.views import around, connections

_CLIENT = "clients/<uuid:case_id>/"

urlpatterns = [
    path(f"{_CLIENT}around/", around.show_around, name="around"),
    path(f"{_CLIENT}around/show/", around.show_to_client, name="around_show"),
    path(f"{_CLIENT}connect/", connections.choose_service, name="connect"),
    path(f"{_CLIENT}connect/other/", connections.connect_other, name="connect_other"),
    path(f"{_CLIENT}connect/<uuid:listing_id>/", connections.connect_to, name="connect_to"),
    path("connections/<uuid:connection_id>/", connections.connection_news, name="connection_news"),
    path(
        "connections/<uuid:connection_id>/missing/",
        connections.note_missing,
        name="connection_missing",
    ),
]

"""Addresses: what is kept, why and how long."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path

from openhiu.web.assurance.views import inventory

urlpatterns: Final[list[Any]] = [
    path("inventory/", inventory.show_inventory, name="inventory"),
    path("inventory/take/<slug:form>/", inventory.take_inventory, name="take_inventory"),
    path("inventory/holding/<slug:holding>/", inventory.show_holding, name="holding"),
    path("inventory/text/<slug:kind>/", inventory.show_text, name="text"),
    path("inventory/text/<slug:kind>/publish/", inventory.publish_text, name="publish_text"),
    path(
        "inventory/text/<slug:kind>/<uuid:version_id>/", inventory.show_version, name="text_version"
    ),
]

"""The addresses of this room, one file a topic."""

from __future__ import annotations

from django.urls import path

from openhiu.web.assurance import (
    urls_agreements,
    urls_disclosures,
    urls_evidence,
    urls_inventory,
    urls_optout,
    urls_ready,
    urls_registers,
    urls_retention,
    urls_rights,
    urls_running,
    urls_safety,
)
from openhiu.web.assurance.views import home

app_name = "assurance"
urlpatterns = [
    path("", home.show_home, name="home"),
    *urls_registers.urlpatterns,
    *urls_agreements.urlpatterns,
    *urls_ready.urlpatterns,
    *urls_rights.urlpatterns,
    *urls_inventory.urlpatterns,
    *urls_retention.urlpatterns,
    *urls_optout.urlpatterns,
    *urls_disclosures.urlpatterns,
    *urls_safety.urlpatterns,
    *urls_evidence.urlpatterns,
    *urls_running.urlpatterns,
]

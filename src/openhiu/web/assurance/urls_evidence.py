"""Addresses: packs of evidence for those who assess."""

from __future__ import annotations

from django.urls import path

from openhiu.web.assurance.views import evidence

urlpatterns = [
    path("evidence/", evidence.overview, name="evidence"),
    path("evidence/pack/", evidence.pack, name="evidence_pack"),
    path("evidence/<slug:key>/", evidence.framework, name="framework"),
]

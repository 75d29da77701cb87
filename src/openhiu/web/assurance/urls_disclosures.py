"""Addresses: disclosures to police and courts, and openings to review."""

from __future__ import annotations

from django.urls import URLPattern, path

from openhiu.web.assurance.views import disclosures

urlpatterns: list[URLPattern] = [
    path("disclosures/", disclosures.list_disclosures, name="disclosures"),
    path("disclosures/new/", disclosures.note, name="note_disclosure"),
    path(
        "disclosures/month/<int:year>/<int:month>/",
        disclosures.show_month,
        name="disclosures_month",
    ),
    path("disclosures/<uuid:disclosure_id>/", disclosures.show, name="disclosure"),
    path("disclosures/<uuid:disclosure_id>/review/", disclosures.review, name="review_disclosure"),
    path("openings/", disclosures.show_openings, name="openings"),
]

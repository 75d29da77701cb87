"""Addresses: hazards, the safety case and safety concerns."""

from __future__ import annotations

from django.urls import path

from openhiu.web.assurance.views import safety

urlpatterns = [
    path("safety/", safety.overview, name="safety"),
    path("safety/report/", safety.tell, name="tell_safety"),
    path("safety/decision/", safety.decide, name="safety_decision"),
    path("safety/hazards/<slug:number>/", safety.hazard, name="hazard"),
    path("safety/<uuid:concern_id>/", safety.concern, name="safety_concern"),
    path("safety/<uuid:concern_id>/rate/", safety.rate, name="rate_safety"),
    path("safety/<uuid:concern_id>/close/", safety.close, name="close_safety"),
]

"""Addresses of what happens alongside a client: visits, the day and the week."""

from __future__ import annotations

from django.urls import path

from openhiu.web.casework.views import visits, week

_CLIENT = "clients/<uuid:case_id>/"
_VISIT = "visits/<uuid:visit_id>/"

urlpatterns = [
    path("week/", week.show_week, name="week"),
    path(f"{_CLIENT}visits/", visits.client_visits, name="visits"),
    path(f"{_CLIENT}visits/plan/", visits.plan_client_visit, name="plan_client_visit"),
    path("visits/", visits.my_visits, name="my_visits"),
    path("visits/plan/", visits.plan_visit, name="plan_visit"),
    path("visits/day/", visits.day_sheet, name="day_sheet"),
    path(_VISIT, visits.show_visit, name="visit"),
    path(f"{_VISIT}out/", visits.set_out, name="set_out"),
    path(f"{_VISIT}back/", visits.come_back, name="come_back"),
    path(f"{_VISIT}longer/", visits.stay_longer, name="stay_longer"),
    path(f"{_VISIT}cancel/", visits.cancel, name="cancel_visit"),
    path(f"{_VISIT}safe/", visits.say_safe, name="say_safe"),
]

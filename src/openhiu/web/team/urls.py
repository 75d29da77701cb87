"""The addresses of this room: hours, leave and cover here; looking after people in urls_care."""

from __future__ import annotations

from django.urls import path

from openhiu.web.team import urls_care
from openhiu.web.team.views import hours, leave

app_name = "team"
_LEAVE = "leave/<uuid:leave_id>/"
_COVER = "cover/<uuid:cover_id>/"

urlpatterns = [
    path("", hours.show_own, name="own"),
    path("hours/", hours.change_own, name="change_own"),
    path("hours/service", hours.service_hours, name="service_hours"),
    path("hours/<uuid:membership_id>/", hours.change_of, name="hours_of"),
    path("leave/", leave.show_away, name="away"),
    path("leave/new", leave.ask_leave, name="ask_leave"),
    path("leave/new/<uuid:membership_id>", leave.away_for, name="away_for"),
    path(_LEAVE, leave.show_leave, name="leave"),
    path(f"{_LEAVE}change", leave.change_leave, name="change_leave"),
    path(f"{_LEAVE}cancel", leave.cancel_leave, name="cancel_leave"),
    path(f"{_LEAVE}cover", leave.ask_cover, name="ask_cover"),
    path("cover/", leave.overview, name="overview"),
    path(_COVER, leave.show_cover, name="cover"),
    path(f"{_COVER}answer", leave.answer_cover, name="answer_cover"),
    *urls_care.urlpatterns,
]

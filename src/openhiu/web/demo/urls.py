"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from openhiu.web.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.choose_persona, name="choose_persona"),
    path("step-in", views.step_in, name="step_in"),
]

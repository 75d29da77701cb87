"""Addresses: how the application is running."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from openhiu.web.assurance.views.running import show_running

urlpatterns: Final[list[URLPattern]] = [path("running/", show_running, name="running")]

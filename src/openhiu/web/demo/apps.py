"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Demo: a made-up service."""

    name = "openhiu.web.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Access: who may, and who did."""

    name = "openhiu.web.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Directory: services of the area."""

    name = "openhiu.web.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

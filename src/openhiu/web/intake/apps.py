"""How Django knows this room, and what it tells the rooms below once all are there."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Intake: before consent."""

    name = "openhiu.web.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang this room's doors into the people room, the caseload and the morning page."""
        from openhiu.web.intake.doors import hang

        hang()

"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Reporting: evaluations received, reports made and published."""

    name = "openhiu.web.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang this room's news up on the morning page."""
        from openhiu.web.casework.home import contribute
        from openhiu.web.reporting.morning import sections

        contribute(sections)

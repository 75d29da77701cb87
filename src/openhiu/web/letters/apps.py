"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Letters: what leaves on paper."""

    name = "openhiu.web.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang what waits in the outbox up on the morning page."""
        from openhiu.web.casework.home import contribute
        from openhiu.web.letters.morning import sections

        contribute(sections)

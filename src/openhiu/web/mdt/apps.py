"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """MDT: the multi-disciplinary team."""

    name = "openhiu.web.mdt"
    label = "mdt"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang up what this room tells of people, its lines of the morning, its meetings."""
        from openhiu.web.casework import home
        from openhiu.web.mdt import doors, morning, telling
        from openhiu.web.team import diary

        doors.hang()
        telling.hang()
        home.contribute(morning.sections)
        diary.contribute(morning.entries)

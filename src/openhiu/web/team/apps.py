"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Team: who does the work."""

    name = "openhiu.web.team"
    label = "team"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang up this room's part of the diary and of the signs of overload."""
        from openhiu.web.team import diary, overload
        from openhiu.web.team.presenters.days import entries
        from openhiu.web.team.queries.busy import supervision_signs

        diary.contribute(entries)
        overload.contribute(supervision_signs)

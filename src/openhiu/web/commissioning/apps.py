"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Commissioning: the area as it was set, its tiers, and the documents made from them."""

    name = "openhiu.web.commissioning"
    label = "commissioning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang this room's news up on the morning page."""
        from openhiu.web.casework.home import contribute
        from openhiu.web.commissioning.morning import sections

        contribute(sections)

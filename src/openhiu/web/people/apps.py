"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """People: who someone is."""

    name = "openhiu.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What finds people by telephone is made from a key: it is made anew with the key."""
        from openhiu.web.access.sealed import rotation
        from openhiu.web.people import indexing

        if indexing.renew not in rotation.RENEWED:
            rotation.RENEWED.append(indexing.renew)

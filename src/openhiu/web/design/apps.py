"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Design: the NHS look, form fields and words; no rows."""

    name = "openhiu.web.design"
    label = "design"

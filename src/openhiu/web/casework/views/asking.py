"""The one way to ask and save, as this room has always called it; it lives in the access room."""

from openhiu.web.access.asking import Page, Save, actor_of, ask, press

__all__ = ["Page", "Save", "actor_of", "ask", "press"]

"""This room's entry in the menu."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (Item("Team meetings", "mdt:meetings", Permission.ATTEND_MDT, 230),)

"""This room's entries in the menu."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (Item("The area", "commissioning:area", Permission.SEE_AREA, 280),)

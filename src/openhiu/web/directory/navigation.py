"""What the menu of this room holds."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (
    Item("Services of the area", "directory:services", Permission.SEE_DIRECTORY, 60),
    Item("Out of hours", "directory:out_of_hours", Permission.USE_ACCOUNT, 650),
)

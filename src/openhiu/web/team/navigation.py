"""What the menu of this room holds."""

from __future__ import annotations

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS = (
    Item("My hours and leave", "team:own", Permission.OWN_WORK, 58),
    Item("Leave and cover", "team:overview", Permission.MANAGE_TEAM, 32),
    Item("Looking after yourself", "team:care", Permission.OWN_WORK, 60),
    Item("Looking after the team", "team:looking_after", Permission.MANAGE_TEAM, 31),
)

"""This room's entries in the menu."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (
    Item("Find a person", "people:search", Permission.SEARCH, 300),
    Item("Possible duplicates", "people:possible", Permission.PROPOSE_MERGE, 610),
    Item("Joined records", "people:merges", Permission.APPROVE_MERGE, 620),
    Item("Notices to agree", "people:notices", Permission.AGREE_NOTICE, 630),
)

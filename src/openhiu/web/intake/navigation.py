"""This room's entries in the menu."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (
    Item("Hospital lists", "intake:hospitals", Permission.SEE_LIST, 200),
    Item("People to reach", "intake:approaches", Permission.SEE_LIST, 210),
    Item("Lists sent", "intake:received", Permission.CHECK_LIST, 220),
)

"""This room's entries in the menu."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (
    Item("Outbox", "letters:outbox", Permission.SEE_OUTBOX, 240),
    Item("Letters to us", "letters:received", Permission.SEE_SHARED, 245),
    Item("Words of our letters", "letters:words", Permission.SETTINGS, 735),
    Item("Where letters go", "letters:places", Permission.MANAGE_AGREEMENTS, 728),
)

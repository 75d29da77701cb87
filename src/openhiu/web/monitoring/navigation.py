"""This room's entries in the menu."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (
    Item("Early warnings", "monitoring:signals", Permission.ANSWER_SIGNAL, 15),
    Item("What goes before a return", "monitoring:patterns", Permission.SEE_PATTERNS, 246),
    Item("Services we could not find", "monitoring:gaps", Permission.SEE_GAPS, 247),
    Item("Activity feed", "monitoring:feeds", Permission.DELIVER_ACTIVITY, 320),
)

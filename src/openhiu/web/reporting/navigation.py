"""This room's entries in the menu."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (
    Item("Does it help?", "reporting:outcomes", Permission.SEE_OUTCOMES, 260),
    Item("Reports", "reporting:library", Permission.READ_REPORTS, 270),
    Item("Evaluation", "reporting:delivered", Permission.DELIVER_EVALUATION, 330),
)

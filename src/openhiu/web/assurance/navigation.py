"""This room's entry in the menu; each topic is reached from its first page."""

from __future__ import annotations

from typing import Final

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS: Final = (
    Item("Incidents and complaints", "assurance:told", Permission.TELL_EVENT, 680),
    Item("Trace answers", "assurance:trace", Permission.APPLY_OPT_OUT, 685),
    Item("Readiness", "assurance:ready", Permission.SEE_READINESS, 688),
    Item("Sharing agreements", "assurance:agreements", Permission.SEE_AGREEMENTS, 725),
    Item("Assurance", "assurance:home", Permission.SEE_ASSURANCE, 690),
)

"""The rows of this room: when people work and who covers; what keeps them well."""

from openhiu.web.team.models.care import (
    Buddy,
    BusySpell,
    CalendarKey,
    CareSettings,
    DbsCheck,
    PrivateNote,
    StrainCheck,
    Talk,
    TalkWish,
    Training,
)
from openhiu.web.team.models.work import Cover, Leave, WorkingPattern

__all__ = [
    "Buddy",
    "BusySpell",
    "CalendarKey",
    "CareSettings",
    "Cover",
    "DbsCheck",
    "Leave",
    "PrivateNote",
    "StrainCheck",
    "Talk",
    "TalkWish",
    "Training",
    "WorkingPattern",
]

"""The rows of this room: who belongs, what was done, what is kept for the one at the screen."""

from openhiu.web.access.models.belonging import (
    Hospital,
    Invitation,
    Membership,
    Organisation,
    RecoveryCode,
    Role,
    Service,
    Team,
    User,
    UserBook,
)
from openhiu.web.access.models.kept import Announcement, Draft, Kept, Posted, SavedView
from openhiu.web.access.models.keys import SealKey
from openhiu.web.access.models.lawful import Agreement, AgreementParty, Gateway
from openhiu.web.access.models.record import AuditEntry, BreakGlass

__all__ = [
    "Agreement",
    "AgreementParty",
    "Announcement",
    "AuditEntry",
    "BreakGlass",
    "Draft",
    "Gateway",
    "Hospital",
    "Invitation",
    "Kept",
    "Membership",
    "Organisation",
    "Posted",
    "RecoveryCode",
    "Role",
    "SavedView",
    "SealKey",
    "Service",
    "Team",
    "User",
    "UserBook",
]

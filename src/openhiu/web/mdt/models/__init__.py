"""What the mdt room keeps, as rows and constraints."""

from openhiu.web.mdt.models.group import Group, GroupMember, Listing
from openhiu.web.mdt.models.meeting import Action, Attendance, Meeting, Note, Slot
from openhiu.web.mdt.models.plan import AgreedPlan, Copy, PlanRow

__all__ = [
    "Action",
    "AgreedPlan",
    "Attendance",
    "Copy",
    "Group",
    "GroupMember",
    "Listing",
    "Meeting",
    "Note",
    "PlanRow",
    "Slot",
]

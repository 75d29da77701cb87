"""What the menu of this room holds."""

from __future__ import annotations

from openhiu.web.access.navigation import Item
from openhiu.web.access.permissions import Permission

ITEMS = (
    Item("Today", "casework:home", Permission.USE_ACCOUNT, 1),
    Item("My week", "casework:week", Permission.OWN_WORK, 2),
    Item("Visits", "casework:my_visits", Permission.OWN_WORK, 35),
    Item("Clients", "casework:active_list", Permission.SEE_CASELOAD, 20),
    Item("My tasks", "casework:my_tasks", Permission.WRITE_CLIENT, 30),
    Item("Supervision", "casework:team", Permission.SUPERVISE, 30),
    Item("Shared with us", "casework:shared_list", Permission.SEE_SHARED, 10),
    Item("Consent to ask again", "casework:reviews", Permission.RECORD_CONSENT, 240),
    Item("Stories and quotes", "casework:vault", Permission.READ_STORIES, 245),
    Item("Roster for the evaluation", "casework:roster", Permission.DELIVER_EVALUATION, 330),
    Item("Facts for reports", "casework:facts", Permission.EXPORT_FACTS, 335),
    Item("Keeping people safe", "casework:safety_list", Permission.SHARE_WITHOUT_CONSENT, 250),
    # Information governance reviews what others shared, and shares nothing itself.
    Item("Keeping people safe", "casework:safety_to_review", Permission.READ_AUDIT, 250),
)

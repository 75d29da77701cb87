"""The only writers of this room, one file a topic."""

from openhiu.web.monitoring.actions.dates import add_hard_day, end_hard_day
from openhiu.web.monitoring.actions.feed import OlderThanLast, hand_over_caseload, receive
from openhiu.web.monitoring.actions.health import look_at_health
from openhiu.web.monitoring.actions.picking_up import not_picked_up, pick_up
from openhiu.web.monitoring.actions.raising import raise_for
from openhiu.web.monitoring.actions.rules import set_rules
from openhiu.web.monitoring.actions.signals import acknowledge, open_again
from openhiu.web.monitoring.actions.watching import watch

__all__ = [
    "OlderThanLast",
    "acknowledge",
    "add_hard_day",
    "end_hard_day",
    "hand_over_caseload",
    "look_at_health",
    "not_picked_up",
    "open_again",
    "pick_up",
    "raise_for",
    "receive",
    "set_rules",
    "watch",
]

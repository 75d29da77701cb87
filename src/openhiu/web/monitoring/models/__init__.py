"""What is kept about clients' use of services and what was done about it, one file a topic."""

from openhiu.web.monitoring.models.activity import Activity, Coverage, Feed
from openhiu.web.monitoring.models.dates import Anniversary
from openhiu.web.monitoring.models.health import FeedFault, StoreLook
from openhiu.web.monitoring.models.rules import EarlyWarningRules
from openhiu.web.monitoring.models.signal import Signal, SignalStep

__all__ = [
    "Activity",
    "Anniversary",
    "Coverage",
    "EarlyWarningRules",
    "Feed",
    "FeedFault",
    "Signal",
    "SignalStep",
    "StoreLook",
]

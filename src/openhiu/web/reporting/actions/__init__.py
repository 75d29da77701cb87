"""The only writers of this room; what others call stands here."""

from openhiu.web.reporting.actions.evaluations import OlderThanLast, receive_evaluation
from openhiu.web.reporting.actions.making import ask_for_report, make_report
from openhiu.web.reporting.actions.publishing import call_back, publish, review, set_aside
from openhiu.web.reporting.actions.wording import change_words

__all__ = [
    "OlderThanLast",
    "ask_for_report",
    "call_back",
    "change_words",
    "make_report",
    "publish",
    "receive_evaluation",
    "review",
    "set_aside",
]

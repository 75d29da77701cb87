"""Who may do what with evaluations and reports: sentences that are also a button's reason.

Each `why_not_…` gives an empty text when it may be done.
"""

from __future__ import annotations

from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.reporting.models import Evaluation, Making, Report

State: Any = Report.State
NO_EVALUATION: Final = (
    "There is no evaluation yet. The hospital's analyst delivers one; then a report can be made."
)
UNDER_WAY: Final = "A report is being made already. Wait until it is there."


def must_hold(by: Actor, permission: Permission) -> None:
    """Refuse a role that may not do this kind of thing at all."""
    if not may(by.role, permission):
        raise NotAllowed(f"Your role here cannot {permission}.")


def must(why_not: str) -> None:
    """Refuse with the sentence, when there is one."""
    if why_not:
        raise NotAllowed(why_not)


def sees_drafts(actor: Actor) -> bool:
    """Whether they see reports before these are published."""
    return may(actor.role, Permission.MAKE_REPORT) or may(actor.role, Permission.PUBLISH_REPORT)


def why_not_make(by: Actor, evaluation: Evaluation | None, running: Making | None) -> str:
    """Why no report can be made now."""
    if not may(by.role, Permission.MAKE_REPORT):
        return f"Your role here cannot {Permission.MAKE_REPORT}."
    if evaluation is None:
        return NO_EVALUATION
    return UNDER_WAY if running else ""


def why_not_review(by: Actor, report: Report) -> str:
    """Why this actor cannot say that they have read a draft."""
    if report.state != State.DRAFT:
        return "Only a draft is reviewed."
    return _why_not_second(by, report)


def why_not_publish(by: Actor, report: Report) -> str:
    """Why this actor cannot publish: read by a second person first, and never by who made it."""
    if report.state == State.DRAFT:
        return _why_not_second(by, report) or "Somebody has to read it whole before it goes out."
    if report.state != State.REVIEWED:
        return "This report was decided on already."
    return _why_not_second(by, report)


def why_not_set_aside(by: Actor, report: Report) -> str:
    """Why a draft cannot be put away: published reports stay."""
    if report.state not in (State.DRAFT, State.REVIEWED):
        return "Only a report that is not published yet can be set aside."
    return "" if sees_drafts(by) else f"Your role here cannot {Permission.MAKE_REPORT}."


def why_not_call_back(by: Actor, report: Report) -> str:
    """Why a published report cannot be called back."""
    if not may(by.role, Permission.PUBLISH_REPORT):
        return f"Your role here cannot {Permission.PUBLISH_REPORT}."
    return "" if report.state == State.PUBLISHED else "Only a published report is called back."


def _why_not_second(by: Actor, report: Report) -> str:
    if not may(by.role, Permission.PUBLISH_REPORT):
        return f"Your role here cannot {Permission.PUBLISH_REPORT}."
    if report.made_by.user_id == by.user.pk:
        return "You made this report. A second person reads it and publishes it."
    return ""

"""Who may disclose to police and courts, and when nothing may be given: reasons go out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models import Disclosure

_BASIS: Any = Disclosure.Basis
_ANSWER: Any = Disclosure.Answer
TRAINED_WITHIN: Final = timedelta(days=365)
REVIEWED: Final = "This was reviewed and can no longer be changed."


def note(by: Actor) -> None:
    """Decide on a request and write it down."""
    if not may(by.role, Permission.NOTE_DISCLOSURE):
        raise NotAllowed(f"Your role here cannot {Permission.NOTE_DISCLOSURE}.")


def why_not_give(
    *, answer: str, basis: str, basis_words: str, least: str, given: str, how: str,
    trained_on: date,
) -> str:  # fmt: skip
    """Why this cannot be given, or nothing. Saying no is always possible."""
    if answer == _ANSWER.NOT_GIVEN:
        return "" if not given.strip() else "Nothing was given, so nothing is named as given."
    if basis == _BASIS.NONE:
        return "Without a basis in law nothing is given. Say no, or find out what allows it."
    if not basis_words.strip():
        return "Say which order, which section of which law, or why the public interest overrides."
    if not (least.strip() and given.strip() and how):
        return "Say what the least is that answers the purpose, what was given, and how."
    if trained_on > timezone.localdate() or timezone.localdate() - trained_on > TRAINED_WITHIN:
        return "Somebody trained in disclosure within the last year decides what is given."
    return ""


def why_not_review(by: Actor, one: Disclosure) -> str:
    """Why this member cannot review it now, or nothing."""
    if one.reviewed_at:
        return REVIEWED
    if not may(by.role, Permission.REVIEW_DISCLOSURE):
        return f"Your role here cannot {Permission.REVIEW_DISCLOSURE}."
    return "Someone else reviews what you decided." if one.decided_by.user_id == by.user.pk else ""

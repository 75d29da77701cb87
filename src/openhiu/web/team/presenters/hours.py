"""Working weeks in words: a member and a day come in, sentences go out."""

from __future__ import annotations

from datetime import date

from openhiu.web.access.models import Membership
from openhiu.web.team import hours


def pattern_words(member: Membership, day: date) -> str:
    """The working week of a member on a day, and whether anyone noted it."""
    found = hours.pattern(member, day)
    if found is None:
        return f"{hours.hours_words(member.service)} (the service\u2019s hours; nothing else noted)"
    return week_words(found.week)


def week_words(kept: list[list[str] | None]) -> str:
    """A week as it is kept, in words."""
    return hours.words_of(hours.week_of(kept))

"""Days, months and numbers of people in words: values come in, British English goes out."""

from __future__ import annotations

from datetime import date

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN, disclose
from openhiu.evaluate.months import first_of


def day_words(day: date) -> str:
    """Such as 3 April 2026."""
    return f"{day.day} {day:%B %Y}"


def month_words(month: int) -> str:
    """Such as April 2026, of a month number."""
    return f"{first_of(month):%B %Y}"


def people(count: int) -> str:
    """A number of people as it may be shown: these words stand in results that are handed on."""
    shown = disclose(count)
    return f"fewer than {SMALLEST_SHOWN} people" if shown == HIDDEN else f"about {shown} people"

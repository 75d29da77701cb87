"""Values as the directory keeps them: what a file or a person gave comes in, one plain form out.

Tidying twice changes nothing, so that a row read from its own export is the same row.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from typing import Any, Final

from openhiu.web.directory.hours import tidy

# Characters that PostgreSQL cannot keep or that steer a screen; tab and line ends are kept apart.
_BREAKS: Final = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def text(value: Any, longest: int | None = None) -> str:
    """Text without control characters, at most that long; anything that is no text is nothing."""
    if not isinstance(value, str):
        return ""
    plain = _BREAKS.sub("\n", value)
    kept = "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip()[:longest].strip()


def line(value: Any, longest: int) -> str:
    """The same on one line."""
    return " ".join(text(value).split())[:longest].strip()


def age(value: Any) -> int | None:
    """A whole number of years up to 150."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = int(float(value))
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found <= 150 else None


def day(value: Any) -> date | None:
    """The day of an ISO date or moment."""
    try:
        return date.fromisoformat(text(value)[:10])
    except ValueError:
        return None


def moment(value: Any) -> datetime | None:
    """An ISO moment in UTC; one without a zone is taken for UTC."""
    try:
        found = datetime.fromisoformat(text(value))
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def clock(value: Any) -> str:
    """HH:MM of a time as it stands on the wall: a zone behind it is not moved by."""
    found = re.match(r"([01]?\d|2[0-4]):([0-5]\d)", text(value))
    if not found:
        return ""
    hour, minute = int(found[1]), found[2]
    if hour == 24:
        return "24:00" if minute == "00" else ""
    return time(hour, int(minute)).strftime("%H:%M")


def spell(opens: Any, closes: Any) -> list[str] | None:
    """From when to when, or None where one of both cannot be read."""
    first, last = clock(opens), clock(closes)
    return tidy(first, last) if first and last else None


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; anything else in it is passed over."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

"""Days in a locality file: a TOML date, or one in quotation marks, comes in; a date goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from openhiu.errors import ConfigurationFault


def day(entry: Mapping[str, Any], key: str, file: str, section: str) -> date | None:
    """The day; None where the key was left out. Raises ConfigurationFault naming the key."""
    found = entry.get(key)
    if found is None or found == "":
        return None
    try:
        if isinstance(found, datetime):
            return found.date()
        return found if isinstance(found, date) else date.fromisoformat(found)
    except (TypeError, ValueError):
        raise ConfigurationFault(
            f"[{section}] {key} is not a day", file=file, remedy=f"write {key} = 2027-04-01"
        ) from None


def days(entry: Mapping[str, Any], key: str, file: str, section: str) -> tuple[date, ...]:
    """A list of days, the earliest first. Raises ConfigurationFault naming the key."""
    found = entry.get(key, [])
    if not isinstance(found, list):
        raise ConfigurationFault(
            f"[{section}] {key} is not a list", file=file, remedy=f"write {key} = [2026-12-24]"
        )
    read = (day({key: one}, key, file, section) for one in found)
    return tuple(sorted({one for one in read if one is not None}))

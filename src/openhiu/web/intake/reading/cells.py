"""One cell of a list: a text comes in; a value of the right kind, or what is wrong, goes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number

Read = Callable[[str], Any]
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Wrong(ValueError):
    """A cell that cannot be what its column wants; the words never hold the cell."""


def text(most: int, *, needed: bool = False) -> Read:
    """Text of at most so many characters, without control characters."""

    def read(cell: str) -> str:
        cell = cell.strip()
        if needed and not cell:
            raise Wrong("it is empty")
        if len(cell) > most:
            raise Wrong(f"it is longer than {most} characters")
        if _CONTROL.search(cell):
            raise Wrong("it has characters that cannot be shown")
        return cell

    return read


def whole(least: int, most: int, *, needed: bool = False) -> Read:
    """A whole number between two bounds, or None."""

    def read(cell: str) -> int | None:
        if not cell and not needed:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", cell):
            raise Wrong("it is not a whole number")
        if not least <= int(cell) <= most:
            raise Wrong(f"it is not between {least} and {most}")
        return int(cell)

    return read


def one_of(*allowed: str) -> Read:
    """One of a few words."""

    def read(cell: str) -> str:
        if cell not in allowed:
            raise Wrong("it is none of the values this column can have")
        return cell

    return read


def moment(cell: str) -> str | None:
    """A local date and time, as ISO text, or None."""
    if not cell:
        return None
    try:
        when = datetime.fromisoformat(cell)
    except ValueError:
        raise Wrong("it is not a date and time") from None
    if when.tzinfo is not None or not 1990 <= when.year <= 2100:
        raise Wrong("it is not a local date and time")
    return when.isoformat()


def truth(cell: str) -> bool:
    """True or false."""
    return bool(one_of("true", "false")(cell) == "true")


def nhs_number(cell: str) -> str:
    """Ten digits whose check digit is right, or nothing. Damaged numbers are never repaired."""
    if not cell.strip():
        return ""
    number = read_nhs_number(cell)
    if isinstance(number, IdentifierFault):
        raise Wrong(f"it is not an NHS number: {number.value}")
    return number

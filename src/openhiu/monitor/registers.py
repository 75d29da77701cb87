"""Counts of what went wrong and was praised, as they may leave the service: exact counts by quarter
come in, protected numbers and shares go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openhiu.disclosure import disclose, disclose_table, shown_share

Count = int | str
NONE: Final = "None"


def by_quarter(table: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, Count]]:
    """Rows (registers or kinds) by quarter; a thing belongs to one row and one quarter."""
    return disclose_table(table).cells if table else {}


def of_quarter(counts: Mapping[str, int]) -> dict[str, Count]:
    """The counts of one quarter; no total of them is told."""
    return {name: disclose(count) for name, count in counts.items()}


def in_time(met: int, owed: int) -> str:
    """The share that was met in time, of two numbers as they are shown; "None" where none was
    owed.
    """
    if not owed:
        return NONE
    share = shown_share(disclose(met), disclose(owed))
    return share if isinstance(share, str) else f"{min(share, 100)}%"

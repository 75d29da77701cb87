"""Last quarter's report: its folder, or its files by name, comes in; what it told goes out, so that
this quarter's figures can stand beside it and give nobody away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.errors import InputNotUsable

BOARD: Final = "board.json"
Count = int | str | None


@dataclass(frozen=True)
class Last:
    """What was published. `told` is its board.json; `evaluation` what its numbers stood on."""

    told: Mapping[str, Any]
    data: bytes

    @property
    def evaluation(self) -> Mapping[str, Any]:
        """The evaluation as it was told there."""
        found = self.told.get("evaluation")
        return found if isinstance(found, Mapping) else {}

    @property
    def period(self) -> str:
        """The quarter it was about."""
        return str(self.told.get("period") or "the last report")

    def figure(self, key: str) -> Count:
        """A figure of it, as it was shown."""
        found = self.told.get("figures", {}).get(key)
        return found if isinstance(found, int | str) else None

    @property
    def people(self) -> dict[str, int | str]:
        """The exact counts of people it showed, by the window they belong to."""
        found = self.told.get("people", {})
        return {key: value for key, value in found.items() if isinstance(value, int | str)}


def read_last(given: Path | Mapping[str, bytes]) -> Last:
    """The last report. Raises InputNotUsable where it is none, or cannot be read."""
    try:
        data = (given / BOARD).read_bytes() if isinstance(given, Path) else given[BOARD]
    except (OSError, KeyError):
        raise InputNotUsable(
            "is missing from the last report",
            file=BOARD,
            remedy="name the whole folder that hiu report board wrote",
        ) from None
    return parse_last(data)


def parse_last(data: bytes) -> Last:
    """The last report from the bytes of its board.json."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("what") != "board_report":
        raise InputNotUsable(
            "not a board report that can be read",
            file=BOARD,
            remedy="take the last report from where it is kept",
        )
    return Last(told, data)

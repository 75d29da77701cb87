"""Bars that compare a share of returns with a share of time: rows of a table come in, places on a
sheet go out, for a template to draw. What is hidden has no bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 360
_ROW: Final = 56
_LABEL: Final = 18
_BAR: Final = 12
_ROOM: Final = 60  # right of the longest bar, for its figure


@dataclass(frozen=True)
class Bar:
    """One line: its words, both bars' widths and figures; None where it may not be shown."""

    label: str
    label_y: int
    returns_y: int
    time_y: int
    returns_width: float | None
    time_width: float | None
    returns: str
    time: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws."""

    width: int
    height: int
    bar: int
    bars: tuple[Bar, ...]

    @property
    def drawable(self) -> bool:
        """Whether there is anything to see beyond words."""
        return any(bar.returns_width is not None for bar in self.bars)


def draw(rows: Sequence[Mapping[str, Any]]) -> Chart:
    """A chart of one table of openhiu.monitor.patterns."""
    shares = [
        row[name]
        for row in rows
        for name in ("share_of_returns", "share_of_time")
        if isinstance(row[name], int)
    ]
    scale = (WIDTH - _ROOM) / max([*shares, 1])
    return Chart(WIDTH, len(rows) * _ROW, _BAR, tuple(
        _bar(row, number * _ROW, scale) for number, row in enumerate(rows)
    ))  # fmt: skip


def _bar(row: Mapping[str, Any], top: int, scale: float) -> Bar:
    returns, time = row["share_of_returns"], row["share_of_time"]
    return Bar(
        label=str(row["label"]),
        label_y=top + 13,
        returns_y=top + _LABEL,
        time_y=top + _LABEL + _BAR + 3,
        returns_width=round(returns * scale, 1) if isinstance(returns, int) else None,
        time_width=round(time * scale, 1) if isinstance(time, int) else None,
        returns=_words(returns),
        time=_words(time),
    )


def _words(share: Any) -> str:
    return f"{share}%" if isinstance(share, int) else "too few to show"

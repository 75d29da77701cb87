"""How a column writes its dates: a mapping's words and a sample of cells come in, a `DateStyle`
goes out.

Nothing is guessed per row: whether days or months come first holds for a whole column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

WORDS: Final = ("day-first", "month-first", "two-digit-year", "excel-1900", "excel-1904")
_DIRECTIVES: Final = frozenset("dmyYHIMSfbBpj")
_DIRECTIVE: Final = re.compile(r"%(.)")

# What systems write where they have no date.
PLACEHOLDERS: Final = tuple(
    date.fromisoformat(day)
    for day in (
        "0001-01-01", "1582-10-15", "1600-01-01", "1600-02-01", "1753-01-01", "1800-01-01",
        "1801-01-01", "1802-01-01", "1811-11-11", "1899-12-30", "1899-12-31", "1900-01-01",
        "2999-12-31", "4000-12-31", "9999-12-31",
    )
)  # fmt: skip
EARLIEST: Final = datetime(1900, 1, 2)
LATEST: Final = datetime(2200, 1, 1)

# One pattern reads most files at twice the speed of trying everything; it is chosen by sample.
_FAST: Final = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%f", "%Y%m%d", "%d-%b-%Y", "%d-%b-%Y %H:%M",
    "%d-%b-%Y %H:%M:%S",
)  # fmt: skip
_FAST_SLASH: Final = tuple(
    f"{{}}{mark}{{}}{mark}%Y{time}" for mark in "/-." for time in ("", " %H:%M", " %H:%M:%S")
)
_FAST_CLOCK: Final = ("%H:%M:%S", "%H:%M", "%H%M", "%H:%M:%S.%f")


@dataclass(frozen=True)
class DateStyle:
    """How one column writes its dates. With `patterns`, only those are read."""

    patterns: tuple[str, ...] = ()
    month_first: bool = False
    two_digit: bool = False
    epoch: date = date(1899, 12, 30)
    utc: bool = False
    fast: tuple[str, ...] = ()
    fast_clock: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str]:
        """The first and the second part of a date such as 03/04/2024."""
        return ("%m", "%d") if self.month_first else ("%d", "%m")


def is_format(word: str) -> bool:
    """Whether a mapping may name this as a date format."""
    if word in WORDS:
        return True
    found = _DIRECTIVE.findall(word)
    return bool(found) and set(found) <= _DIRECTIVES


def style_of(words: Sequence[str], *, date1904: bool = False, utc: bool = False) -> DateStyle:
    """The style that a mapping's words describe; a workbook's own epoch gives way to them."""
    from_1904 = "excel-1904" in words or (date1904 and "excel-1900" not in words)
    return DateStyle(
        patterns=tuple(word for word in words if word not in WORDS),
        month_first="month-first" in words,
        two_digit="two-digit-year" in words,
        epoch=date(1904, 1, 1) if from_1904 else date(1899, 12, 30),
        utc=utc,
    )


def fast_patterns(sample: Sequence[str], style: DateStyle) -> tuple[str, ...]:
    """The one or two patterns most of a sample is written in; a matter of speed only."""
    slashes = tuple(pattern.format(*style.order) for pattern in _FAST_SLASH)
    marks = ("Z", "+00:00") if style.utc else ("Z", "+00:00", "+01:00")
    zones = tuple(f"{pattern}{mark}" for pattern in _FAST[:2] for mark in marks)
    return _most_fitting(sample, (*_FAST, *slashes, *zones))


def fast_clocks(sample: Sequence[str]) -> tuple[str, ...]:
    """The same for a column of times of day."""
    return _most_fitting(sample, _FAST_CLOCK)


def _most_fitting(sample: Sequence[str], patterns: Sequence[str]) -> tuple[str, ...]:
    left = list(sample)
    chosen: list[str] = []
    while left and len(chosen) < 2:
        best = max(patterns, key=lambda pattern: sum(_fits(text, pattern) for text in left))
        remaining = [text for text in left if not _fits(text, best)]
        if len(remaining) == len(left):
            break
        chosen.append(best)
        left = remaining
    return tuple(chosen)


def _fits(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)
    except ValueError:
        return False
    return True

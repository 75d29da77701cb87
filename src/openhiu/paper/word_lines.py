"""What a line of a Word file keeps together: words and shares of a width come in; the same words
with breaks that cannot fall within a number, and columns as wide as their longest word, go out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from openhiu.paper.blocks import MINUS

_JOINED: Final = "\N{ZERO WIDTH JOINER}"
_KEPT: Final = "\N{NO-BREAK SPACE}"
# A line may end between a minus and a pound: nothing else in a number can be torn.
_SIGNED: Final = re.compile(rf"(?<={MINUS})(?=[£$€]\d)")
_WITH_A_UNIT: Final = re.compile(r"(?<=\d) (?=(?:million|billion|thousand|pages?|km|miles)\b)")
_BREAKS: Final = re.compile(r"[ \t\n-]")
_LETTER: Final = 0.56  # of the size of type: the usual width of a letter, in bold
_POINTS_TO_A_CM: Final = 28.35
_PADDING_CM: Final = 0.42


def kept(text: str) -> str:
    """The words, with numbers that stay in one piece with their sign and their unit."""
    return _WITH_A_UNIT.sub(_KEPT, _SIGNED.sub(_JOINED, text))


def least_cm(cells: Sequence[str], points: float) -> float:
    """How wide a column must be for its longest word."""
    longest = max((len(word) for cell in cells for word in _BREAKS.split(cell)), default=0)
    return longest * _LETTER * points / _POINTS_TO_A_CM + _PADDING_CM


def widths_cm(shares: Sequence[float], least: Sequence[float], whole: float) -> list[float]:
    """Columns by their shares, none narrower than its longest word where the page has the room."""
    if sum(least) >= whole:
        return [one * whole / sum(least) for one in least]
    fixed: set[int] = set()
    while True:
        free = whole - sum(least[n] for n in fixed)
        share = sum(shares[n] for n in range(len(shares)) if n not in fixed)
        found = [least[n] if n in fixed else free * one / share for n, one in enumerate(shares)]
        narrow = {n for n, width in enumerate(found) if n not in fixed and width < least[n]}
        if not narrow:
            return found
        fixed |= narrow

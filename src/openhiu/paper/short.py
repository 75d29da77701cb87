"""Whether a table stays on one page: its rows come in; yes for a few of them goes out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

_ROWS: Final = 12  # Table One of a hospital has as many
_LETTERS: Final = 1000


def short(rows: Sequence[Sequence[str]]) -> bool:
    """Few rows with few words: more than that may go on overleaf."""
    return len(rows) <= _ROWS and sum(map(len, chain(*rows))) <= _LETTERS

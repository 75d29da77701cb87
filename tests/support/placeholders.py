"""What a finished document may not have in it: its words come in; every piece that reads as a gap
somebody forgot to fill goes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_GAPS: Final = (
    re.compile(r"<<|>>|\{\{|\}\}|\{%|%\}"),
    re.compile(r"£?\bX{2,}\b|£X"),
    re.compile(r"\b(TBC|TBD|TODO|FIXME)\b"),
    re.compile(r"\binsert\b", re.IGNORECASE),
    re.compile(r"\blorem ipsum\b", re.IGNORECASE),
    re.compile(r"\b(nan|NaN|NaT|inf)\b"),
    re.compile(r"\[(date|name|area|place|amount|number|organisation)\]", re.IGNORECASE),
    # Python's None, and not the word at the beginning of a sentence or of a cell.
    re.compile(r"(?<=[a-z0-9,:(£] )None\b|(?<=[£(\['\"=])None\b|\bNone(?=[%,)\]'])"),
    re.compile(r"\b(True|False)\b(?=[,)\]]|$)|<\w+ object at|datetime\.date\("),
)  # fmt: skip


def gaps_in(words: Iterable[str]) -> list[str]:
    """Each gap with the words around it."""
    return [
        text[max(0, found.start() - 40) : found.end() + 40]
        for text in words
        for pattern in _GAPS
        for found in pattern.finditer(text)
    ]

"""rejects.csv: rejected rows come in; lines with file, row, column, rule and remedy go out.

A cell's value never stands in it, and no text in it can be taken for a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa

COLUMNS: Final = ("file", "row", "column", "rule", "remedy")
# What starts a formula in a spreadsheet, in ASCII and in full width.
_FORMULA: Final = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20|%")
_BREAKING: Final = str.maketrans(dict.fromkeys("\r\n\t\0\x0b\x0c\x85\u2028\u2029", " "))


class RejectsWriter:
    """Adds the rejects of batch after batch to one open file."""

    def __init__(self, file: str, lines: object) -> None:
        self._file = harmless(file)
        self._write = csv.writer(lines, lineterminator="\r\n").writerow  # type: ignore[arg-type]
        self._write(COLUMNS)
        self.rows = 0

    def add(self, rejects: pa.Table) -> None:
        """Write rejects as `validate.REJECTS` describes them."""
        for row in rejects.to_pylist():
            column, rule, remedy = (harmless(row[name] or "") for name in COLUMNS[2:])
            self._write((self._file, row["row"], column, rule, remedy))
        self.rows += rejects.num_rows


@contextmanager
def rejects_file(path: Path, file: str) -> Iterator[RejectsWriter]:
    """A new rejects.csv at `path` for the input called `file`; an older one is replaced."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        yield RejectsWriter(file, lines)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula and that stays on one line."""
    flat = text.translate(_BREAKING)
    return f"'{flat}" if flat.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else flat

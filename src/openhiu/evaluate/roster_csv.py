"""The roster as a CSV file: its bytes come in; rows by column name go out, or what stops a file
from being read and where.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from openhiu.errors import InputNotUsable

# The limit of Python's own reader is one for the whole process, and others move it.
_LONGEST_CELL: Final = 10_000
_OTHER_SEPARATORS: Final = {";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}


def csv_rows(content: bytes, name: str) -> list[dict[str, Any]]:
    """The rows below the header. Raises InputNotUsable naming the row, and UnicodeDecodeError."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows: list[dict[str, Any]] = []
    try:
        header = reader.fieldnames or ()
        refuse_header(header, name)
        for row in reader:
            if any(len(str(cell)) > _LONGEST_CELL for cell in row.values()):
                raise csv.Error
            rows.append(row)
    except csv.Error:
        raise InputNotUsable(
            "a cell is too long to be read, or a line is broken", file=name, row=len(rows) + 2,
            remedy="look for a quotation mark that is opened and not closed",
        ) from None  # fmt: skip
    return rows


def refuse_header(header: Sequence[str], name: str) -> None:
    """Raises InputNotUsable for columns that stand twice and for other marks between columns."""
    if len(header) == 1:
        for mark, words in _OTHER_SEPARATORS.items():
            if mark in header[0]:
                raise InputNotUsable(
                    f"the columns have {words} between them", file=name, row=1,
                    remedy="save it as a CSV file with commas between the columns",
                )  # fmt: skip
    refuse_repeated(header, name)


def refuse_repeated(names: Iterable[str], file: str) -> None:
    """Raises InputNotUsable where two columns have one name: nobody can say which counts."""
    seen: set[str] = set()
    for name in (str(each).strip().lower() for each in names if each is not None):
        if name and name in seen:
            raise InputNotUsable(
                "a column stands twice in the roster", file=file, row=1,
                column=name[:40], remedy="take out or rename one of the two",
            )  # fmt: skip
        seen.add(name)

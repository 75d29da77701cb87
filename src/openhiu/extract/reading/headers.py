"""The header of any format: names as they stand come in; the columns to read go out, or a refusal.

A first row of data must never pass for a header: its cells would end up in messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.limits import Facts, Limits

RESERVED: Final = ("_row", "_fault")
_LONGEST_NAME: Final = 300
_NHS_NUMBER: Final = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}(\.0*)?|\d(\.\d+)?[eE]\+\d+")
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}([ T].*)?")
_SET_ROW: Final = "set header_row in the mapping to the row that has the column names"


@dataclass(frozen=True)
class Header:
    """`names` of the columns that are read and the `places` (from 0) where they stand."""

    names: tuple[str, ...]
    places: tuple[int, ...]


def check_header(cells: Sequence[str], row: int | None, limits: Limits, facts: Facts) -> Header:
    """The columns named in a header row.

    Unnamed columns are left out with a warning. Raises InputNotUsable where the row is no header,
    names a column twice (case and spaces apart), or has more columns than `Limits` allows.
    """
    if len(cells) > limits.max_columns:
        raise InputNotUsable(
            f"there are {len(cells):,} columns; at most {limits.max_columns:,} are read",
            remedy="check the delimiter, or send only the columns that are needed",
            row=row,
        )
    names = [tidy_name(cell) for cell in cells]
    _refuse_data(names, row)
    _refuse_twice(names, row)
    places = tuple(place for place, name in enumerate(names) if name)
    for place in sorted(set(range(len(names))) - set(places)):
        facts.warn(f"column {place + 1} has no name and was not read")
    return Header(tuple(names[place] for place in places), places)


def tidy_name(cell: str) -> str:
    """A column name without control characters, marks nobody sees and doubled spaces."""
    seen = (" " if letter.isspace() else letter for letter in cell)
    kept = "".join(letter for letter in seen if unicodedata.category(letter) not in ("Cc", "Cf"))
    return " ".join(kept.split())


def looks_like_data(names: Sequence[str]) -> bool:
    """True where a cell is a date or has the digits of an NHS number: no column is called that."""
    return any(_NHS_NUMBER.fullmatch(name) or _DATE.fullmatch(name) for name in names)


def _refuse_data(names: Sequence[str], row: int | None) -> None:
    named = sum(1 for name in names if name)
    if named == 0 or (len(names) > 2 and named * 2 < len(names)):
        raise not_a_header(row, "most of its cells are empty", None)
    if looks_like_data(names):
        raise not_a_header(row, "it holds dates or ten-digit numbers", None)
    if any(len(name) > _LONGEST_NAME for name in names):
        raise not_a_header(row, f"a cell is longer than {_LONGEST_NAME} characters", None)


def not_a_header(row: int | None, why: str, suggested: int | None) -> InputNotUsable:
    """The refusal of a row that cannot be the header."""
    remedy = _SET_ROW if suggested is None else f"{_SET_ROW}, perhaps header_row = {suggested}"
    return InputNotUsable(
        f"row {row or 1} does not look like a header: {why}", remedy=remedy, row=row
    )


def _refuse_twice(names: Sequence[str], row: int | None) -> None:
    seen = set(RESERVED)
    for name in filter(None, names):
        key = "".join(name.casefold().split())
        if key in seen:
            raise InputNotUsable(
                "this column name stands twice, so it is not clear which to read"
                if key not in RESERVED
                else "this column name is kept for the row number or fault of a row",
                remedy="rename or remove one of them where the file is made",
                row=row,
                column=name,
            )
        seen.add(key)

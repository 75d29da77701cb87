"""How a CSV file is laid out: its first megabyte as text comes in; delimiter and header go out."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.headers import Header, check_header, looks_like_data, not_a_header
from openhiu.extract.reading.limits import Facts, Limits, Reading

DELIMITERS: Final = ",;\t|"
_SAMPLE_ROWS: Final = 50


@dataclass(frozen=True)
class Form:
    """What the parser needs: `width` columns, and data from byte `data_at` after row `row`."""

    delimiter: str
    header: Header
    width: int
    row: int
    data_at: int


def csv_form(head: bytes, whole: bool, reading: Reading, limits: Limits, facts: Facts) -> Form:
    """The form of a CSV file from its beginning (UTF-8; `whole` when the file ends there).

    Raises InputNotUsable where there is no header, or the header row is not one.
    """
    text = head.decode("utf-8", errors="ignore")
    ends = _record_ends(text, reading.header_row + _SAMPLE_ROWS, whole)
    facts.line_ending = _line_ending(text[: ends[-1]] if ends else text)
    records = [text[a:b].strip("\r\n") for a, b in zip([0, *ends], ends, strict=False)]
    row, declared = _excel_hint(records, reading)
    if len(records) < row:
        raise _no_header(row, whole, bool(text.strip()))
    below = [record for record in records[row:] if record]
    delimiter = declared or _delimiter([records[row - 1], *below], facts)
    facts.delimiter = delimiter
    rows = _split([records[row - 1], *below], delimiter)
    cells = _fit(rows, row, [*_split(records, delimiter)])
    header = check_header(cells, row, limits, facts)
    return Form(delimiter, header, len(cells), row, len(text[: ends[row - 1]].encode("utf-8")))


def _excel_hint(records: Sequence[str], reading: Reading) -> tuple[int, str | None]:
    """Excel's own first line `sep=;` names the delimiter and moves the header down by one."""
    first = records[0] if records else ""
    if first.lower().startswith("sep=") and len(first) == 5 and reading.header_row == 1:
        return 2, reading.delimiter or first[4]
    return reading.header_row, reading.delimiter


def _no_header(row: int, whole: bool, has_text: bool) -> InputNotUsable:
    if whole and not has_text:
        return InputNotUsable("the file is empty", remedy="ask for it to be sent again")
    if whole:
        return InputNotUsable(
            "the file ends before the header row, or a quote in it is never closed",
            remedy="check header_row in the mapping and the quotes around the column names",
            row=row,
        )
    return not_a_header(row, "no line ends in the first million characters", None)


def _record_ends(text: str, most: int, whole: bool) -> list[int]:
    """Where the first records end (after their line break), quotes respected."""
    ends: list[int] = []
    quoted, at, start, size = False, 0, True, len(text)
    while at < size and len(ends) < most:
        letter = text[at]
        if quoted:
            if letter == '"' and text[at + 1 : at + 2] == '"':
                at += 1
            elif letter == '"':
                quoted = False
        elif letter == '"' and start:
            quoted = True
        elif letter in "\r\n":
            at += letter == "\r" and text[at + 1 : at + 2] == "\n"
            ends.append(at + 1)
        start = not quoted and letter in ",;\t|\r\n"
        at += 1
    if whole and not quoted and len(ends) < most and (not ends or ends[-1] < size):
        ends.append(size)
    return ends


def _line_ending(text: str) -> str:
    both = text.count("\r\n")
    found = {"CRLF": both, "LF": text.count("\n") - both, "CR": text.count("\r") - both}
    present = [name for name, count in found.items() if count]
    return present[0] if len(present) == 1 else "mixed" if present else "none"


def _delimiter(records: Sequence[str], facts: Facts) -> str:
    """The delimiter that cuts most records into as many cells as the first."""
    best = max(DELIMITERS, key=lambda delimiter: _fitness(records, delimiter))
    if max(map(len, _split(records, best))) == 1:
        facts.warn("only one column was found; set the delimiter in the mapping if there are more")
        return ","
    return best


def _fitness(records: Sequence[str], delimiter: str) -> tuple[bool, float, int]:
    widths = [len(row) for row in _split(records, delimiter)]
    width, rows = Counter(widths).most_common(1)[0]
    if width == 1 and len(records) <= 2:
        width = max(widths)
    agreeing = rows / len(widths)
    return width > 1, round(agreeing, 1) if width > 1 else 0.0, width


def _split(records: Sequence[str], delimiter: str) -> list[list[str]]:
    csv.field_size_limit(1 << 30)
    return [_cells(record, delimiter) for record in records]


def _cells(record: str, delimiter: str) -> list[str]:
    try:
        # Line breaks are left only inside quotes; csv.reader knows them as "\n".
        return next(csv.reader([record.replace("\r", "\n")], delimiter=delimiter), [])
    except csv.Error:
        return [record]


def _fit(rows: list[list[str]], row: int, everything: list[list[str]]) -> list[str]:
    """The header's cells, brought to the width of the rows where only empty cells differ."""
    header, below = rows[0], rows[1:]
    width = Counter(map(len, below)).most_common(1)[0][0] if below else len(header)
    if len(header) < width and all(not any(r[len(header) :]) for r in below):
        return header + [""] * (width - len(header))
    if len(header) > width > 1 and not any(cell.strip() for cell in header[width:]):
        return header[:width]
    if len(header) < width:
        suggested = _first_full_row(everything, width)
        raise not_a_header(
            row, f"it has {len(header)} cells, the rows below have {width}", suggested
        )
    return header


def _first_full_row(rows: Sequence[Sequence[str]], width: int) -> int | None:
    for number, cells in enumerate(rows, start=1):
        if len(cells) == width and all(cell.strip() for cell in cells):
            return None if looks_like_data([cell.strip() for cell in cells]) else number
    return None

"""Writing what leaves the analyst's half: rows come in; CSV files that no spreadsheet can take for
formulas, and a folder that is replaced whole or not at all, go out.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from openhiu.errors import WrongUsage

# A spreadsheet takes these for a formula; the last four are their full-width twins.
_FORMULA_STARTS: Final = (*"=+-@\t\r\n\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_folder(
    out: Path, what: str, known: Collection[str], fill: Callable[[Path], None]
) -> list[Path]:
    """Let `fill` write into a new folder beside `out`, then put that folder in its place.

    `what` names the contents ("a list") and `known` its files: a folder that holds anything else
    is refused with WrongUsage. Whatever goes wrong, `out` is the old one or the new one, whole.
    """
    out = out.resolve()
    _refuse_foreign_folder(out, what, known)
    out.parent.mkdir(parents=True, exist_ok=True)
    building = out.parent / f".{out.name}-{os.getpid()}.tmp"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        fill(building)
        put_in_place(building, out)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return sorted(out.iterdir())


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """A CSV with CRLF line ends (RFC 4180) in which no cell can be taken for a formula."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return value.isoformat()
        case str() if value.startswith(_FORMULA_STARTS):
            return f"'{value}"
        case _:
            return str(value)


def as_given(cell: str) -> str:
    """A cell of such a file as it was before an apostrophe kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell


def _refuse_foreign_folder(out: Path, what: str, known: Collection[str]) -> None:
    """Only an earlier folder of the same kind, and nothing beside it, is ever replaced."""
    if out.exists() and not out.is_dir():
        raise WrongUsage("the output is a file, not a folder", remedy="name a folder for --out")
    if not out.is_dir():
        return
    strange = sorted(entry.name for entry in out.iterdir() if entry.name not in known)
    if strange:
        raise WrongUsage(
            f"the output folder holds files that are not of {what}",
            file=out.name,
            remedy="name a new or empty folder for --out, or move the other files elsewhere",
        )


def put_in_place(building: Path, out: Path) -> None:
    """Swap folders by renaming; where the second renaming fails, the old one comes back."""
    old = out.parent / f".{out.name}-{os.getpid()}.old"
    if out.exists():
        out.rename(old)
    try:
        building.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)

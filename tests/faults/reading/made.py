"""Files made for a test, and two ways of reading them: in this process (quick) and as users do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import xlsxwriter

from openhiu.errors import InputNotUsable
from openhiu.extract.reading import Facts, Limits, Reading, open_text_file
from openhiu.extract.reading.child import deliver
from openhiu.extract.reading.kinds import recognise

SECRET = "Zebedee-Quillfeather"  # stands in cells; must stand in no message


@dataclass
class Read:
    """What came out of a file: rows as tuples of `_row`, `_fault` and the cells."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    facts: Facts
    types: list[str]

    @property
    def cells(self) -> list[tuple[object, ...]]:
        """The rows without number and fault."""
        return [row[2:] for row in self.rows]


def here(path: Path, limits: Limits | None = None, **options: object) -> Read:
    """Read a file in this process, through everything but the child."""
    limits = limits or Limits()
    form, found = recognise(path, limits)
    facts, output = Facts(), io.BytesIO()
    job = {
        "path": str(path), "format": form, "size": found.st_size,
        "options": asdict(Reading(**options)),
    }  # fmt: skip
    deliver(job, limits, facts, output)
    stream = pa.ipc.open_stream(output.getvalue())
    table = stream.read_all()
    rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return Read(tuple(table.column_names[2:]), rows, facts, [])


def refused(path: Path, limits: Limits | None = None, **options: object) -> InputNotUsable:
    """The refusal of a file; fails where it is read."""
    try:
        read = here(path, limits, **options)
    except InputNotUsable as refusal:
        told = f"{refusal} {refusal.remedy} {refusal.column}"
        assert SECRET not in told, told
        assert refusal.remedy
        return refusal
    raise AssertionError(f"it was read: {len(read.rows)} rows")


def by_child(path: Path, limits: Limits | None = None, **options: object) -> list[tuple]:
    """All rows of a file as a user gets them."""
    with open_text_file(path, limits=limits or Limits(), options=Reading(**options)) as file:
        return [tuple(row.values()) for batch in file.batches() for row in batch.to_pylist()]


def workbook(path: Path, fill: Callable[[xlsxwriter.Workbook], None], **options: object) -> Path:
    """A workbook as Excel would write it."""
    with xlsxwriter.Workbook(str(path), options) as book:
        fill(book)
    return path


def table_workbook(path: Path, rows: list[list[object]]) -> Path:
    """A workbook with one sheet that holds these rows."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(path, fill)


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same workbook with some of its parts changed, added or taken out."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path

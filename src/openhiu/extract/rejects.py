"""rejects.csv: rejected rows come in; lines with file, row, column, rule and remedy go out.

A cell's value never stands in it, and no text in it can be taken for a formula. It takes its name
only when it is whole and on the disk.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pyarrow as pa

from openhiu.extract.store import durable
from openhiu.extract.store.lock import create_locked

COLUMNS: Final = ("file", "row", "column", "rule", "remedy")
# What starts a formula in a spreadsheet, in ASCII and in full width.
_FORMULA: Final = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20|%")
_BREAKING: Final = str.maketrans(dict.fromkeys("\r\n\t\0\x0b\x0c\x85\u2028\u2029", " "))


class RejectsWriter:
    """Adds the rejects of batch after batch to a file of its own, which `keep` names `target`.

    Until then it stands under a temporary name beside the target's folder, with its writer's lock.
    """

    def __init__(self, target: Path, file: str) -> None:
        self.rows = 0
        self._target = target
        self._file = harmless(file)
        with durable.disk_faults():
            self._temporary, self._bytes = create_locked(target.parent.parent / target.name)
        self._lines = io.TextIOWrapper(self._bytes, encoding="utf-8", newline="")
        self._write = csv.writer(self._lines, lineterminator="\r\n").writerow
        self._write(COLUMNS)

    def add(self, rejects: pa.Table) -> None:
        """Write rejects as `validate.REJECTS` describes them.

        Raises ConfigurationFault when the disk refuses, as `keep` does.
        """
        with durable.disk_faults():
            for row in rejects.to_pylist():
                column, rule, remedy = (harmless(row[name] or "") for name in COLUMNS[2:])
                self._write((self._file, row["row"], column, rule, remedy))
        self.rows += rejects.num_rows

    def keep(self) -> Path | None:
        """Put the file on the disk under its name; without rejects there is none."""
        if not self.rows:
            return None
        with durable.disk_faults():
            self._lines.flush()
            durable.sync_file(self._bytes)
            self._lines.close()
            durable.ensure_folder(self._target.parent)
            durable.publish(self._temporary, self._target)
        return self._target

    def withdraw(self) -> None:
        """Take a kept file away again."""
        with suppress(OSError):
            self._target.unlink()
        self.drop()

    def drop(self) -> None:
        """Leave nothing that is not kept, no empty folder either."""
        with suppress(OSError):
            self._lines.close()
        with suppress(OSError):
            self._temporary.unlink()
        for folder in (self._target.parent, self._target.parent.parent):
            with suppress(OSError):  # not empty, or never made
                folder.rmdir()


@contextmanager
def rejects_file(target: Path, file: str) -> Iterator[RejectsWriter]:
    """A rejects.csv for the input called `file`, dropped at the end unless it was kept."""
    writer = RejectsWriter(target, file)
    try:
        yield writer
    finally:
        writer.drop()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula and that stays on one line."""
    flat = text.translate(_BREAKING)
    return f"'{flat}" if flat.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else flat

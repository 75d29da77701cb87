"""What a file may cost to read, how to read it, and what was found out about it.

Plain data: the parent process and the child that parses agree on these three.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_MIB: Final = 1024**2
_GIB: Final = 1024**3
_100_MB: Final = 100_000_000

# Below this much unpacked text a high ratio says nothing: a short, repetitive file packs well.
RATIO_COUNTS_FROM: Final = 10 * _MIB


@dataclass(frozen=True)
class Limits:
    """The most one file may take: bytes, cells, memory and time.

    The child gets `child_cpu_seconds` plus, in proportion, `child_cpu_seconds_per_100_mb` for the
    file as it lies on disk, and three times that of waiting by the clock.
    """

    max_file_bytes: int = 4 * _GIB
    max_workbook_bytes: int = 200 * _MIB
    max_unpacked_bytes: int = 8 * _GIB
    max_ratio: int = 100
    max_entries: int = 1000
    max_cell_bytes: int = 1 * _MIB
    max_columns: int = 2000
    child_memory_bytes: int = 2 * _GIB
    child_cpu_seconds: int = 60
    child_cpu_seconds_per_100_mb: int = 60
    batch_rows: int = 100_000

    def cpu_seconds(self, size: int) -> int:
        """Processor seconds the child may use for a file of `size` bytes."""
        return self.child_cpu_seconds + self.child_cpu_seconds_per_100_mb * size // _100_MB

    def wall_seconds(self, size: int) -> float:
        """Seconds the parent will wait for the child in all; time the caller takes is not counted.

        A busy or network-mounted disk is slow without being wrong, hence three times the processor.
        """
        return 3.0 * self.cpu_seconds(size)

    def file_bytes(self, form: str) -> int:
        """The largest file of this form, in bytes; a workbook is unpacked whole in memory."""
        return self.max_workbook_bytes if form == "xlsx" else self.max_file_bytes


@dataclass(frozen=True)
class Reading:
    """How to read a file, where a mapping says so; `None` means find out."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header_row: int = 1


@dataclass
class Facts:
    """What reading has shown so far; it fills up until the last batch has been taken.

    `confined` names the walls that stand around the child (memory, cpu, files, network and so on).
    `empty_rows` counts rows without a single value, which are passed over.
    """

    encoding: str | None = None
    delimiter: str | None = None
    line_ending: str | None = None
    sheet: str | None = None
    date1904: bool = False
    empty_rows: int = 0
    confined: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def warn(self, warning: str) -> None:
        """Note something a person should know, once; names from the file cannot play tricks."""
        warning = "".join(letter if letter.isprintable() else " " for letter in warning)
        if warning not in self.warnings:
            self.warnings.append(warning)

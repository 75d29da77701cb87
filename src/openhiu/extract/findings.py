"""What a file turned out to hold: counts per batch come in; the verdict on the whole file and what
the summary says go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.extract.layout import Layout, Source
from openhiu.tables.schema import Type

# Below this many cells a column of bad dates is bad rows, not a bad column.
ENOUGH: Final = 10


@dataclass
class Tally:
    """How the cells of one column were written, over the whole file."""

    written: int = 0
    read: int = 0
    empties: int = 0
    placeholders: int = 0
    month_first: int = 0
    day_first: int = 0
    either: int = 0
    two_digit: int = 0
    undated_times: int = 0

    @property
    def unreadable(self) -> int:
        """Cells with something in them that became nothing."""
        return self.written - self.read - self.placeholders - self.empties


@dataclass(frozen=True)
class Findings:
    """The account of one file. `months` counts accepted rows by month ("2024-01"), `filled` the
    accepted rows with something in each key column, `blanked` the cells left empty because they
    could not be read, `reasons` the rejected rows by column and rule.
    """

    dataset: str
    dialect: str
    rows: int
    accepted: int
    rejected: int
    deletions: int = 0
    reasons: Mapping[tuple[str, str], int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    filled: Mapping[str, int] = field(default_factory=dict)
    blanked: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def rejected_share(self) -> float:
        """Rejected rows as a part of all rows, 0 to 1."""
        return self.rejected / self.rows if self.rows else 0.0


def refuse_whole_file(
    layout: Layout,
    tallies: Mapping[str, Tally],
    reasons: Counter[tuple[str, str]],
    file: str | None,
) -> None:
    """Raise InputNotUsable where the fault lies in how the file was made, not in single rows."""
    for source in layout.sources:
        tally = tallies.get(source.column.name)
        if tally is None:
            continue
        if source.column.type in (Type.DATE, Type.TIMESTAMP):
            _refuse_dates(layout, source, tally, file)
        if source.column.type is Type.PERSON and source.column.name == "person_id":
            _refuse_identifiers(source, tally, reasons, file)
        if tally.unreadable >= ENOUGH and tally.unreadable == tally.written:
            raise InputNotUsable(
                f"none of its {tally.written} cells can be read as {source.column.type.value}",
                remedy="say in a mapping which header this column has, or how it is written; "
                "`hiu extract --explain FILE` drafts one",
                file=file,
                column=source.label,
            )


def _refuse_dates(layout: Layout, source: Source, tally: Tally, file: str | None) -> None:
    words = layout.mapping.date_words(source.column.name)
    if tally.month_first and not tally.day_first and "month-first" not in words:
        raise InputNotUsable(
            "the month stands before the day: in some rows the second part of the date is above "
            "12, in no row the first",
            remedy="export dates day first or as 2024-01-31, or say "
            'date_format = "month-first" in a mapping',
            file=file,
            column=source.label,
        )
    if 2 * tally.two_digit > tally.written and "two-digit-year" not in words:
        raise InputNotUsable(
            "its years have two digits",
            remedy="export years with four digits, or say "
            'date_format = "two-digit-year" in a mapping',
            file=file,
            column=source.label,
        )


def _refuse_identifiers(
    source: Source, tally: Tally, reasons: Counter[tuple[str, str]], file: str | None
) -> None:
    if tally.read:
        return
    damaged = [rule for (column, rule), _ in reasons.most_common() if column == source.label]
    if damaged and tally.written < ENOUGH:
        return
    raise InputNotUsable(
        damaged[0] + ", in every row" if damaged else "nobody is identified: every cell is empty",
        remedy="export it again with the identifier as text, or name the column that holds it in a "
        "mapping",
        file=file,
        column=source.label,
    )


def date_warnings(layout: Layout, tallies: Mapping[str, Tally]) -> list[str]:
    """Sentences about dates that were read, but might mean something else."""
    told = []
    for source in layout.sources:
        tally = tallies.get(source.column.name, Tally())
        words = layout.mapping.date_words(source.column.name)
        settled = tally.month_first or tally.day_first or {"month-first", "day-first"} & set(words)
        if tally.either and not settled:
            told.append(
                f"{source.label}: every date can be read day first or month first; it was read day "
                "first"
            )
        if tally.undated_times:
            told.append(
                f"{source.label}: {tally.undated_times} rows have a date but no time; they are "
                "kept at midnight"
            )
        if tally.placeholders:
            told.append(
                f"{source.label}: {tally.placeholders} cells hold a placeholder and count as empty"
            )
    return told


def code_warnings(counts: Mapping[str, int]) -> list[str]:
    """Sentences about codes that mean something else than one may think."""
    told = []
    if counts["same_day_care"]:
        told.append(
            f"{counts['same_day_care']} rows are same day emergency care (department type 05); "
            "lists leave them out unless asked"
        )
    if counts["planned_follow_up"] and 2 * counts["planned_follow_up"] >= counts["follow_up"]:
        told.append(
            f"{counts['planned_follow_up']} rows with attendance category 2 are marked as planned: "
            "these look like HES A&E codes, where 2 is a planned follow-up; read the file with the "
            "dialect hes-ae, or translate the codes in a mapping"
        )
    return told

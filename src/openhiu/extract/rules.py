"""Why a row is not accepted: the table's declared rules come in; conditions in SQL with the words
for the person who has to act go out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openhiu.extract import cells, date_sql
from openhiu.extract.layout import Source
from openhiu.extract.literals import Literals
from openhiu.extract.profile import Profile
from openhiu.tables.identifiers import IdentifierFault, IdentifierKind
from openhiu.tables.schema import Column, InOrder, OnFault, Table, Type


@dataclass(frozen=True)
class Rule:
    """One reason to reject a row: where `quick` and `full` both hold.

    `usual` tells that `quick` can be asked of a usual reading too; `deletions` that a row which
    only takes a record out has to keep the rule as well.
    """

    column: str
    rule: str
    remedy: str
    quick: str
    full: str = "true"
    usual: bool = True
    deletions: bool = False


@dataclass(frozen=True)
class Cell:
    """The SQL names of one column on its way: as written, as first parsed, as accepted, and
    whether it was `hollow`: empty, a word for empty, or a placeholder for a date.
    """

    source: Source
    text: str
    parsed: str
    value: str
    hollow: str
    empty: str

    @property
    def column(self) -> Column:
        """The column of the table this becomes."""
        return self.source.column


_DATED: Final = (Type.DATE, Type.TIMESTAMP)
_DAMAGED: Final = (
    "export it again with the column as text; a damaged number cannot be repaired, because the "
    "digits that are left may be another person's"
)
_IDENTIFIER_REMEDIES: Final[Mapping[IdentifierFault, str]] = {
    IdentifierFault.SCIENTIFIC: _DAMAGED,
    IdentifierFault.DECIMAL: f"{_DAMAGED}. Where a workbook really keeps whole NHS numbers in "
    'number cells, a mapping may say numeric_cells = "accept"',
    IdentifierFault.LENGTH: "look for a lost leading zero or a digit too many and correct it at "
    "source",
    IdentifierFault.CHECK_DIGIT: "correct the number at source; if the column holds pseudonyms, "
    'say identifier = "pseudonym" in a mapping',
    IdentifierFault.CHARACTERS: "correct the number at source; if the column holds pseudonyms, "
    'say identifier = "pseudonym" in a mapping',
}


def rules(
    lit: Literals, table: Table, given: list[Cell], profile: Profile, today_end: datetime
) -> list[Rule]:
    """Every rule that can reject a row of this file, in the order in which they are asked."""
    found: list[Rule] = []
    for cell in given:
        found.extend(_of_column(lit, cell, profile, today_end))
    if table.happened is None:
        found.append(_nobody(given))
    by_name = {cell.column.name: cell for cell in given}
    if table.name == "attendances" and "site_code" in by_name:
        found.append(_all_sites(by_name["site_code"]))
    found.extend(_deletion(table, by_name))
    for order in table.in_order:
        if order.earlier in by_name and order.later in by_name:
            found.append(_in_order(order, by_name[order.earlier], by_name[order.later]))
    return found


def _of_column(lit: Literals, cell: Cell, profile: Profile, today_end: datetime) -> Iterator[Rule]:
    column = cell.column
    if column.type is Type.PERSON:
        yield from _person(lit, cell, profile)
    elif column.on_fault is OnFault.REJECT:
        yield from _dated(lit, cell) if column.type in _DATED else _readable(cell)
    if column.past and column.type in _DATED:
        yield _future(lit, cell, today_end)
    if column.range is not None and column.on_fault is OnFault.REJECT:
        low, high = column.range.least, column.range.most
        yield Rule(
            cell.source.label,
            f"outside {low} to {high}",
            "correct it at source and send the record again",
            f"({cell.value} < {low} or {cell.value} > {high})",
        )


def _person(lit: Literals, cell: Cell, profile: Profile) -> Iterator[Rule]:
    kind = kind_of(cell.column, profile)
    digits = f"n_{cell.column.name}"
    for fault, condition in cells.person_faults(lit, cell.text, digits, kind).items():
        yield Rule(
            cell.source.label,
            f"not usable as an identifier: {fault.value}",
            _IDENTIFIER_REMEDIES[fault],
            f"({cell.value} is null and not {cell.hollow})",
            condition,
            usual=False,
        )


def kind_of(column: Column, profile: Profile) -> IdentifierKind:
    """How a person column of this file is read; an NHS number is always one."""
    if column.name == "nhs_number":
        return IdentifierKind.NHS_NUMBER
    return profile.identifier


def _readable(cell: Cell) -> Iterator[Rule]:
    column, label = cell.column, cell.source.label
    if column.required:
        yield Rule(
            label, "empty, and no row can do without it",
            "fill it at source, or give it as a constant in a mapping",
            f"{cell.value} is null", cell.hollow,
        )  # fmt: skip
    wanted = "one of its codes" if column.closed else f"a {column.type.value}"
    yield Rule(
        label, f"not {wanted}",
        "correct it at source, or translate it with a code map in a mapping",
        f"({cell.value} is null and not {cell.hollow})", usual=False,
    )  # fmt: skip


def _dated(lit: Literals, cell: Cell) -> Iterator[Rule]:
    label = cell.source.label
    unread = f"({cell.value} is null and not {cell.hollow})"
    correct = "correct it at source and send the record again"
    if cell.column.required:
        nothing = f"{cell.value} is null"
        yield Rule(label, "empty, and no row can do without it", correct, nothing, cell.empty)
        yield Rule(label, "a placeholder stands for the date", correct, nothing, cell.hollow)
    signs = date_sql.evidence(lit, cell.text)
    yield Rule(
        label, "a year of two digits",
        'export years with four digits, or say date_format = "two-digit-year" in a mapping',
        unread, signs["two_digit"], usual=False,
    )  # fmt: skip
    yield Rule(
        label, "the month seems to stand before the day", "export dates day first or as 2024-01-31",
        unread, signs["month_first"], usual=False,
    )  # fmt: skip
    yield Rule(
        label, f"not a {cell.column.type.value}",
        "export dates as 2024-01-31 10:15 or 31/01/2024 10:15, or give the pattern in a mapping",
        unread, usual=False,
    )  # fmt: skip


def _future(lit: Literals, cell: Cell, today_end: datetime) -> Rule:
    edge = lit(today_end)
    return Rule(
        cell.source.label,
        "in the future",
        "correct it at source; if all dates are, the month may stand before the day",
        f"{cell.value} >= {edge}",
    )


def _nobody(given: list[Cell]) -> Rule:
    people = [cell for cell in given if cell.column.type is Type.PERSON]
    return Rule(
        people[0].source.label,
        "nobody is named: neither a key nor an NHS number",
        "fill it at source, or leave the row out",
        " and ".join(f"{cell.value} is null" for cell in people),
        deletions=True,
    )


def _all_sites(cell: Cell) -> Rule:
    return Rule(
        cell.source.label,
        "ALL is the name of the list across all sites",
        "map it to the real site code",
        f"upper({cell.value}) = 'ALL'",
    )


def _deletion(table: Table, by_name: Mapping[str, Cell]) -> Iterator[Rule]:
    if "record_action" not in by_name:
        return
    for name in table.record_key:
        cell = by_name.get(name)
        if name == "provider_code" or (cell and cell.column.type is Type.PERSON):
            continue
        yield Rule(
            cell.source.label if cell else name,
            "a deletion has to name its record",
            "send the identifier of the record to be taken out",
            f"deletion and {cell.text} is null" if cell else "deletion",
            usual=False,
            deletions=True,
        )


def _in_order(order: InOrder, earlier: Cell, later: Cell) -> Rule:
    # Midnight on the same day means that only the day is known.
    day = f"date_trunc('day', {later.value})"
    return Rule(
        later.source.label,
        order.rule,
        order.remedy,
        f"{later.value} < {earlier.value}",
        f"not ({later.value} = {day} and {day} = date_trunc('day', {earlier.value}))",
    )

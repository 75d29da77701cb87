"""A mapping drafted from a file nobody has described yet: an open file comes in, TOML goes out.

A person finishes it. Of the cells it shows nothing but the frequent labels of coded columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

import pyarrow as pa

from openhiu.extract import dialects
from openhiu.extract.layout import fit
from openhiu.extract.resemblance import (
    Look,
    Proposal,
    clock_beside,
    first_pattern,
    likeliest_table,
    look,
    propose,
)
from openhiu.tables.schema import Column, Table, Type

# A label is shown only where it stands for a group, never for a person.
_MOST_LABELS: Final = 30
_LEAST_ROWS: Final = 5
_LONGEST_LABEL: Final = 60
_DATED: Final = (Type.DATE, Type.TIMESTAMP)


class Readable(Protocol):
    """An open file of text batches."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The header as written."""
        ...

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows: `_row`, `_fault`, then one text column per header."""
        ...


def explain(file: Readable) -> str:
    """A mapping for this file as TOML with comments: what was found, what is missing, what has no
    place. It can be read as it is, but a person should check every line.
    """
    batch = next(iter(file.batches()))
    looks = {header: look(batch.column(header)) for header in file.columns}
    return "\n".join(_Draft(batch, looks).lines()) + "\n"


class _Draft:
    def __init__(self, batch: pa.RecordBatch, looks: Mapping[str, Look]) -> None:
        self.batch = batch
        self.looks = looks
        self.table: Table = likeliest_table(looks)
        self.found: dict[str, Proposal] = {
            proposal.column.name: proposal for proposal in propose(self.table, looks)
        }
        self.used: set[str] = {proposal.header for proposal in self.found.values()}

    def lines(self) -> list[str]:
        columns = self.columns()
        return [
            "# Drafted from the first rows of a file. Check every line, then read it with:",
            "#   hiu extract FILE --store DIR --dialect THIS_FILE.toml",
            "# docs/reference/mapping.md explains what may stand here.",
            *self.known_dialect(),
            f"dataset = {_quoted(self.table.name)}  # {self.table.meaning}",
            *self.identifier(),
            "",
            *columns,
            *self.missing(),
            *self.codes(),
            *self.without_place(),
        ]

    def known_dialect(self) -> Iterator[str]:
        for mapping in dialects.known():
            layout = fit(mapping, tuple(self.looks))
            if not layout.missing:
                yield (
                    f"# The dialect {mapping.name} ({mapping.dataset}) has a place for "
                    f"{layout.found} of the {len(self.looks)} columns."
                )

    def identifier(self) -> list[str]:
        person = self.found.get("person_id")
        if person is None:
            return ['identifier = "auto"']
        share = self.looks[person.header].nhs_numbers
        kind = "nhs_number" if share >= 0.5 else "pseudonym"
        why = f"{share:.0%} of {_quoted(person.header)} pass the check digit of NHS numbers"
        return [f"identifier = {_quoted(kind)}  # {why}"]

    def columns(self) -> list[str]:
        lines = ["[columns]"]
        for column in self.table.columns:
            if proposal := self.found.get(column.name):
                lines.append(self.column(column, proposal.header))
        return lines

    def column(self, column: Column, header: str) -> str:
        said = "" if self.found[column.name].score >= 0.88 else "  # a guess"
        headers = [header]
        if column.type in _DATED:
            clock = clock_beside(header, self.looks) if column.type is Type.TIMESTAMP else None
            headers += [clock] if clock else []
            self.used.update(headers)
            pattern = first_pattern(self.batch.column(header))
            said = f"{said or '  #'} written as {pattern}" if pattern else said
        return f"{column.name} = {_listed(headers)}{said}"

    def missing(self) -> list[str]:
        absent = [column for column in self.table.columns if column.name not in self.found]
        needed = [column for column in absent if column.required or column.name == "person_id"]
        lines = []
        for column in needed:
            lines += ["", f"# Needed, and not found: {column.meaning}.", f'# {column.name} = "…"']
        constant = next((column for column in needed if column.name == "site_code"), None)
        if constant:
            lines += [
                "", "# Where every row is of one hospital, say which:",
                "# [constants]", '# site_code = "RXX01"',
            ]  # fmt: skip
        others = ", ".join(column.name for column in absent if column not in needed)
        return [*lines, "", f"# Not found, and not needed: {others}"] if others else lines

    def codes(self) -> Iterator[str]:
        for name, proposal in self.found.items():
            column = self.table[name]
            if not column.codes:
                continue
            labels = _labels(column, self.batch.column(proposal.header))
            if labels:
                meanings = "; ".join(f"{code} {meaning}" for code, meaning in column.codes.items())
                yield from ("", f"# {name} knows: {meanings}")
                yield f"[codes.{name}]"
                yield from (f'# {_quoted(label)} = "…"' for label in labels)

    def without_place(self) -> list[str]:
        left = [header for header in self.looks if header not in self.used]
        return ["", "# Nothing is taken from:", *(f"#   {_quoted(each)}" for each in left)] \
            if left else []  # fmt: skip


def _labels(column: Column, cells: pa.Array) -> list[str]:
    """The labels of a coded column that need a code, if it is a column of labels at all."""
    counts = {each["values"].as_py(): each["counts"].as_py()
              for each in cells.drop_null().value_counts()}  # fmt: skip
    looks_like_people = len(counts) > _MOST_LABELS or any(
        len(text) > _LONGEST_LABEL for text in counts
    )
    if looks_like_people:
        return []
    known = {*column.codes, *column.spellings}
    return sorted(
        text
        for text, count in counts.items()
        if count >= _LEAST_ROWS and text not in known and text.upper() not in known
    )


def _listed(headers: Sequence[str]) -> str:
    quoted = [_quoted(header) for header in headers]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes, and the one control character JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

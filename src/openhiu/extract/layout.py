"""A mapping laid over one file's headers: which of its columns becomes which column of the table.

A `Mapping` and header names come in; a `Layout`, or the names of what is missing, goes out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.extract.mapping import Headers, Mapping
from openhiu.tables.schema import Column, Table

_NOISE: Final = re.compile(r"[^a-z0-9]+")


def plain(header: str) -> str:
    """A header without case, spaces, underscores and punctuation, for comparing."""
    return _NOISE.sub("", header.lower())


@dataclass(frozen=True)
class Source:
    """Where one column of the table comes from: headers of the file, or one constant value.

    Several `headers` are alternatives, the next one used where a cell of the one before is empty.
    """

    column: Column
    headers: tuple[Headers, ...] = ()
    constant: str | None = None

    @property
    def label(self) -> str:
        """The name the file's owner knows the column by."""
        return " + ".join(self.headers[0]) if self.headers else self.column.name

    @property
    def all_headers(self) -> tuple[str, ...]:
        """Every header this column reads."""
        return tuple(name for headers in self.headers for name in headers)


@dataclass(frozen=True)
class Layout:
    """A mapping that has met a file. `unused` are the headers nothing was taken from."""

    mapping: Mapping
    sources: tuple[Source, ...]
    unused: tuple[str, ...]

    @property
    def table(self) -> Table:
        """The table the file becomes."""
        return self.mapping.table

    @property
    def found(self) -> int:
        """How many headers of the file have a place."""
        return len({name for source in self.sources for name in source.all_headers})

    def source(self, column: str) -> Source | None:
        """Where a column of the table comes from, None where the file has nothing for it."""
        return next((each for each in self.sources if each.column.name == column), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns without which no row can be accepted, and for which the file has nothing."""
        absent = [name for name in self.table.required if self.source(name) is None]
        if self.source("person_id") is None and self.source("nhs_number") is None:
            absent.insert(0, "person_id")
        return tuple(absent)


def fit(mapping: Mapping, columns: Sequence[str], *, file: str | None = None) -> Layout:
    """Lay a mapping over a file's headers.

    Raises InputNotUsable where a header that a trust's own mapping names is not in the file.
    """
    present: dict[str, str] = {}
    for header in columns:
        present.setdefault(plain(header), header)
    sources = [
        source
        for column in mapping.table.columns
        if (source := _find(mapping, column, present, file)) is not None
    ]
    used = {name for source in sources for name in source.all_headers}
    unused = tuple(header for header in columns if header not in used)
    return Layout(mapping, tuple(sources), unused)


def require(layout: Layout, *, file: str | None = None) -> Layout:
    """The same layout, or InputNotUsable naming the columns it lacks."""
    if layout.missing:
        aliases = "; ".join(
            f"{name} ({_examples(layout.mapping, name)})" for name in layout.missing
        )
        raise InputNotUsable(
            f"as {layout.mapping.dataset} ({layout.mapping.name}) it lacks {aliases}",
            remedy="add the column to the extract, or say where it is in a mapping; "
            f"`hiu extract --explain {file or 'FILE'}` drafts one",
            file=file,
        )
    return layout


def _examples(mapping: Mapping, column: str) -> str:
    known = mapping.columns.get(column, ((column,),))
    return " or ".join(" + ".join(headers) for headers in known[:3])


def _find(
    mapping: Mapping, column: Column, present: dict[str, str], file: str | None
) -> Source | None:
    if column.name in mapping.constants:
        return Source(column, constant=mapping.constants[column.name])
    alternatives = mapping.columns.get(column.name, ())
    found = [_present(headers, present) for headers in alternatives]
    chosen = [headers for headers in found if headers]
    if not chosen:
        _refuse_if_exact(mapping, column, alternatives, present, file)
        return None
    return Source(column, tuple(chosen) if column.name in mapping.fill else (chosen[0],))


def _present(headers: Headers, present: dict[str, str]) -> Headers:
    names = tuple(present[plain(name)] for name in headers if plain(name) in present)
    return names if len(names) == len(headers) else ()


def _refuse_if_exact(
    mapping: Mapping,
    column: Column,
    alternatives: tuple[Headers, ...],
    present: dict[str, str],
    file: str | None,
) -> None:
    if column.name not in mapping.exact:
        return
    absent = [name for name in alternatives[0] if plain(name) not in present]
    raise InputNotUsable(
        f"the mapping {mapping.name} takes {column.name} from a column the file does not have",
        remedy="correct the header in the mapping, or export the column again",
        file=file,
        column=absent[0],
    )

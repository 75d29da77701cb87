"""How one kind of file is to be read: a TOML text comes in, a checked `Mapping` goes out.

Dialects (shipped) and a trust's own mappings are the same format; see docs/reference/mapping.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from openhiu.errors import ConfigurationFault
from openhiu.extract import dates
from openhiu.extract.reading import Reading
from openhiu.tables.activity import TABLES
from openhiu.tables.schema import Table, Type

T = TypeVar("T")
# What a mapping says of the file itself goes straight to the reader of the bytes.
# One header, or several whose cells are read together (a date and a time; the parts of a name).
Headers = tuple[str, ...]
Identifier = Literal["nhs_number", "pseudonym", "auto"]

_TABLE_KEYS: Final = ("columns", "aliases", "constants", "codes", "date_formats", "endings", "file")
_WORD_KEYS: Final = (
    "name", "meaning", "extends", "dataset", "identifier", "numeric_cells", "timezone",
    "date_format", "fill",
)  # fmt: skip
_SEE: Final = "see docs/reference/mapping.md"
_READING: Final = Reading()
_FILE_KEYS: Final = ("delimiter", "encoding", "sheet", "header_row", "decimal")


@dataclass(frozen=True)
class Mapping:
    """Where each canonical column is found in a file and how its cells are to be read.

    `columns` holds, per canonical column, the alternatives in order of preference; those named in
    `exact` must be in the file. Columns in `fill` take the next alternative where a cell is empty.
    `codes` are upper-case local labels and what they mean ("" means: leave empty). `file` is what
    the reader of the bytes has to know.
    """

    name: str
    dataset: str
    meaning: str = ""
    columns: Dict[str, tuple[Headers, ...]] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    constants: Dict[str, str] = field(default_factory=dict)
    codes: Dict[str, Dict[str, str]] = field(default_factory=dict)
    date_format: tuple[str, ...] = ()
    date_formats: Dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: Dict[str, tuple[str, ...]] = field(default_factory=dict)
    fill: frozenset[str] = frozenset()
    identifier: Identifier = "auto"
    numeric_cells: bool = False
    utc: bool = False
    decimal: str = "."
    file: Reading = _READING

    @property
    def table(self) -> Table:
        """The table the file becomes."""
        return TABLES[self.dataset]

    def date_words(self, column: str) -> tuple[str, ...]:
        """The date formats that hold for a canonical column."""
        return self.date_formats.get(column, self.date_format)


def load_mapping(path: Path, dialect: Callable[[str], Mapping]) -> Mapping:
    """The mapping in a TOML file. Raises ConfigurationFault, naming the file and the key."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationFault(
            "the mapping cannot be read",
            remedy="name a readable text file in UTF-8",
            file=path.name,
        ) from error
    return parse_mapping(text, dialect, name=path.stem, file=path.name)


def parse_mapping(
    text: str,
    dialect: Callable[[str], Mapping],
    *,
    name: str = "mapping",
    file: str | None = None,
) -> Mapping:
    """The mapping in a TOML text; `dialect` finds what it extends.

    Raises ConfigurationFault for a key or a canonical column nobody knows.
    """
    return _Parser(file).read(text, dialect, name)


class _Parser:
    """Checks a TOML text key by key, so that each refusal can name its key and file."""

    def __init__(self, file: str | None) -> None:
        self.file = file

    def refuse(self, cause: str, remedy: str) -> ConfigurationFault:
        return ConfigurationFault(cause, remedy=remedy, file=self.file)

    def read(self, text: str, dialect: Callable[[str], Mapping], name: str) -> Mapping:
        try:
            given = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            cause = f"this is not TOML: {error}"
            raise self.refuse(cause, _SEE) from None
        self.known(given, (*_TABLE_KEYS, *_WORD_KEYS), "mapping")
        base = dialect(self.word(given, "extends")) if "extends" in given else None
        dataset = self.dataset(given, base)
        start = base or Mapping(name=name, dataset=dataset)
        read = replace(start, name=given.get("name", name), dataset=dataset)
        return self.with_words(self.with_columns(read, given), given)

    def dataset(self, given: Dict[str, Any], base: Mapping | None) -> str:
        dataset = given.get("dataset", base.dataset if base else None)
        if dataset not in TABLES:
            known = ", ".join(TABLES)
            raise self.refuse("`dataset` is missing or unknown", f"write one of: {known}")
        if base and dataset != base.dataset:
            raise self.refuse(
                f"`dataset` differs from that of the dialect {base.name}", "leave `dataset` out"
            )
        return str(dataset)

    def with_columns(self, start: Mapping, given: Dict[str, Any]) -> Mapping:
        exact = self.of_columns(start, given, "columns", self.together)
        aliases = self.of_columns(start, given, "aliases", self.alternatives)
        constants = self.of_columns(start, given, "constants", self.constant)
        for column in constants:
            if column in exact:
                raise self.refuse(
                    f"`{column}` stands under both columns and constants", "keep one of the two"
                )
        found = {**start.columns, **aliases, **{name: (own,) for name, own in exact.items()}}
        return replace(
            start,
            columns={name: found[name] for name in found if name not in constants},
            exact=(start.exact | set(exact)) - set(constants),
            constants={
                **{name: value for name, value in start.constants.items() if name not in exact},
                **constants,
            },
            codes={**start.codes, **self.code_maps(start, given)},
            date_formats={
                **start.date_formats,
                **self.of_columns(start, given, "date_formats", self.formats),
            },
            endings={**start.endings, **self.of_columns(start, given, "endings", self.words)},
        )

    def with_words(self, start: Mapping, given: Dict[str, Any]) -> Mapping:
        choose = self.choice
        changes: dict[str, Any] = {
            "meaning": given.get("meaning", start.meaning),
            "identifier": choose(
                given, "identifier", ("nhs_number", "pseudonym", "auto"), start.identifier
            ),
            "numeric_cells": choose(given, "numeric_cells", ("accept", "refuse"), "") == "accept"
            or (start.numeric_cells and "numeric_cells" not in given),
            "utc": choose(given, "timezone", ("UTC", "local"), "UTC" if start.utc else "local")
            == "UTC",
            **self.file_options(given.get("file", {}), start),
        }
        if "date_format" in given:
            changes["date_format"] = self.formats("date_format", given["date_format"])
        if "fill" in given:
            changes["fill"] = frozenset(self.words("fill", given["fill"]))
        return replace(start, **changes)

    def of_columns(
        self, start: Mapping, given: Dict[str, Any], key: str, read: Callable[[str, Any], T]
    ) -> dict[str, T]:
        section = given.get(key, {})
        if not isinstance(section, dict):
            raise self.refuse(f"`{key}` is not a table", f"write [{key}] on a line of its own")
        self.known(section, start.table.names, key)
        return {name: read(f"{key}.{name}", value) for name, value in section.items()}

    def known(self, given: Dict[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in given:
            if key not in known:
                raise self.refuse(
                    f"`{key}` is not known under {where}", f"use one of: {', '.join(known)}"
                )

    def word(self, given: Dict[str, Any], key: str) -> str:
        return self.constant(key, given[key])

    def constant(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.refuse(f"`{key}` is not text", "write it in quotation marks")
        return value

    def words(self, key: str, value: Any) -> tuple[str, ...]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not listed:
            raise self.refuse(f"`{key}` is not text or a list of texts", 'write ["one", "two"]')
        return tuple(self.constant(key, each) for each in listed)

    def together(self, key: str, value: Any) -> Headers:
        column = key.split(".")[1]
        headers = self.words(key, value)
        if len(headers) > 1 and self.kind(column) not in (Type.TEXT, Type.TIMESTAMP):
            raise self.refuse(f"`{key}` names several headers", "name the one header it is in")
        if len(headers) > 2 and self.kind(column) is Type.TIMESTAMP:
            raise self.refuse(f"`{key}` names more than two headers", "name the date and the time")
        return headers

    def alternatives(self, key: str, value: Any) -> tuple[Headers, ...]:
        if not isinstance(value, list):
            raise self.refuse(f"`{key}` is not a list", 'write ["one header", "another"]')
        return tuple(self.together(key, each) for each in value)

    def kind(self, column: str) -> Type:
        return next(table[column].type for table in TABLES.values() if column in table)

    def code_maps(self, start: Mapping, given: Dict[str, Any]) -> dict[str, dict[str, str]]:
        """The code maps that say something: a draft leaves some empty, to be filled in."""
        found = self.of_columns(start, given, "codes", self.code_map)
        return {name: labels for name, labels in found.items() if labels}

    def code_map(self, key: str, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.refuse(f"`{key}` is not a table", f"write [{key}] on a line of its own")
        return {
            label.strip().upper(): self.constant(f"{key}.{label}", code)
            for label, code in value.items()
        }

    def formats(self, key: str, value: Any) -> tuple[str, ...]:
        listed = self.words(key, value)
        for each in listed:
            if not dates.is_format(each):
                known = ", ".join(dates.WORDS)
                raise self.refuse(
                    f"`{key}` has a date format nobody knows",
                    f"use {known}, or a pattern such as %d.%m.%Y %H:%M",
                )
        return listed

    def choice(
        self, given: Dict[str, Any], key: str, allowed: tuple[str, ...], default: str
    ) -> str:
        value = given.get(key, default)
        if key in given and value not in allowed:
            raise self.refuse(f"`{key}` has a value nobody knows", f"use {' or '.join(allowed)}")
        return str(value)

    def file_options(self, given: Any, start: Mapping) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise self.refuse("`file` is not a table", "write [file] on a line of its own")
        self.known(given, _FILE_KEYS, "file")
        for key, value in given.items():
            wanted = int if key == "header_row" else str
            if not isinstance(value, wanted) or value in (0, ""):
                raise self.refuse(f"`file.{key}` has the wrong kind of value", _SEE)
        decimal = given.get("decimal", start.decimal)
        if decimal not in (".", ","):
            raise self.refuse("`file.decimal` is neither a point nor a comma", 'write "." or ","')
        options = {key: value for key, value in given.items() if key != "decimal"}
        return {"decimal": decimal, "file": replace(start.file, **options)}

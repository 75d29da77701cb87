"""The header names that are known already: one TOML file per kind of extract, `Mapping`s go out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from openhiu.errors import ConfigurationFault
from openhiu.extract.mapping import Headers, Mapping, parse_mapping
from openhiu.tables.activity import TABLES

CANONICAL = "canonical"


@cache
def shipped() -> tuple[Mapping, ...]:
    """Every dialect with headers of its own, by name; the canonical names are apart."""
    folder = files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        parse_mapping((folder / name).read_text(encoding="utf-8"), dialect, name=name[:-5])
        for name in names
    )


@cache
def canonical(dataset: str) -> Mapping:
    """The dialect whose headers are the column names of the table itself."""
    columns: dict[str, tuple[Headers, ...]] = {name: ((name,),) for name in TABLES[dataset].names}
    if dataset != "people":
        columns["person_id"] = (("person_id",), ("nhs_number",))
    return Mapping(
        name=CANONICAL,
        dataset=dataset,
        meaning="the column names of docs/reference/tables.md",
        columns=columns,
    )


def known() -> tuple[Mapping, ...]:
    """Everything `auto` tries."""
    return (*shipped(), *(canonical(dataset) for dataset in TABLES))


def names() -> tuple[str, ...]:
    """What may be written after `--dialect`."""
    return (*(each.name for each in shipped()), CANONICAL)


def dialect(name: str) -> Mapping:
    """The dialect of that name (`canonical-admissions` for the canonical names of a dataset).

    Raises ConfigurationFault for a name nobody knows.
    """
    for each in known():
        if name in (each.name, f"{each.name}-{each.dataset}"):
            return each
    raise ConfigurationFault(
        f"there is no dialect called {name}", remedy=f"use one of: {', '.join(names())}"
    )

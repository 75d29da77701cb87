"""Laying out what a list is made from: the store's files or the user's frames become named tables.

Files or frames come in; the engine then knows `attendances`, `admissions`, `people`, `persons`,
`exclusions` and the footprint, each with its declared columns, empty where nothing was given.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.engines.declared import identifier, view_as_declared, view_empty
from openhiu.errors import InputNotUsable
from openhiu.locality import Locality
from openhiu.tables.activity import ADMISSIONS, ATTENDANCES, PEOPLE
from openhiu.tables.handover import ALL_SITES, Activity
from openhiu.tables.identifiers import (
    IdentifierFault,
    read_nhs_number,
    spreadsheet_fault,
)
from openhiu.tables.schema import Table

_EXCLUSION_SCHEMA: Final = pa.schema(
    [
        pa.field("person_id", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("until", pa.date32()),
    ]
)


@dataclass(frozen=True)
class Exclusion:
    """Someone set aside: with another service, on a clinical pathway, or by name."""

    person_id: str
    reason: str
    until: date | None


def read_exclusions(path: Path) -> list[Exclusion]:
    """Exclusions from a CSV with the columns person_id, reason and, if wanted, until.

    Raises InputNotUsable naming the row; never the person.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise InputNotUsable(
            "the exclusions file cannot be read", file=path.name, remedy="give a UTF-8 CSV file"
        ) from None
    missing = {"person_id", "reason"} - set(rows[0] if rows else ("person_id", "reason"))
    if missing:
        raise InputNotUsable(
            f"the exclusions file has no column {sorted(missing)[0]}",
            file=path.name,
            row=1,
            remedy="write person_id,reason,until in its first line",
        )
    return [_exclusion(row, path.name, number) for number, row in enumerate(rows, start=2)]


def _exclusion(row: Mapping[str, str | None], file: str, number: int) -> Exclusion:
    person, reason = (row.get("person_id") or "").strip(), (row.get("reason") or "").strip()
    if not person or not reason:
        raise InputNotUsable(
            "an exclusion needs a person and a reason", file=file, row=number,
            remedy="fill in the columns person_id and reason",
        )  # fmt: skip
    until = (row.get("until") or "").strip()
    if spreadsheet_fault(person):
        raise InputNotUsable(
            "a spreadsheet has damaged the identifier", file=file, row=number,
            column="person_id", remedy="write it anew, in a column formatted as text",
        )  # fmt: skip
    number_read = read_nhs_number(person)
    person = person if isinstance(number_read, IdentifierFault) else number_read
    try:
        return Exclusion(person, reason, date.fromisoformat(until) if until else None)
    except ValueError:
        raise InputNotUsable(
            "until is not a date", file=file, row=number, column="until",
            remedy="write it as YYYY-MM-DD",
        ) from None  # fmt: skip


def lay_out_store(
    engine: Engine, activity: Activity, locality: Locality, exclusions: list[Exclusion]
) -> None:
    """Register the files of a store. The person key is the store's number."""
    if not activity.files.get("attendances") or activity.persons is None:
        raise InputNotUsable(
            "the store holds no attendances", remedy="run hiu extract on an attendance file first"
        )
    for table in (ATTENDANCES, ADMISSIONS):
        paths = activity.files.get(table.name, ())
        if paths:
            engine.register(f"{table.name}_given", paths)
            view_as_declared(engine, table, key="person_no")
        else:
            view_empty(engine, table, key="cast(null as bigint)")
    people = activity.files.get("people", ())
    if people:
        engine.register("people", people)
    else:
        engine.register("people", PEOPLE.arrow_schema().empty_table())
    engine.register("persons_given", (activity.persons,))
    engine.view("persons", "select person_no as person_key, person_id from persons_given")
    _register_rest(engine, locality, exclusions)


def lay_out_frames(
    engine: Engine,
    attendances: object,
    *,
    admissions: object | None = None,
    people: object | None = None,
    locality: Locality,
    exclusions: list[Exclusion],
) -> None:
    """Register the user's own frames. The person key is the identifier itself."""
    engine.register("attendances_given", attendances)
    _refuse_missing(engine, ATTENDANCES, {"person_id", "site_code", "arrival_datetime"})
    _refuse_the_name_of_the_list(engine)
    view_as_declared(engine, ATTENDANCES, key=identifier("person_id"))
    if admissions is None:
        view_empty(engine, ADMISSIONS, key="cast(null as varchar)")
    else:
        engine.register("admissions_given", admissions)
        _refuse_missing(engine, ADMISSIONS, {"person_id", "admission_datetime"})
        view_as_declared(engine, ADMISSIONS, key=identifier("person_id"))
    known = _people(engine, people)
    engine.register("people", known)
    ids = {*known["person_id"].to_pylist(), *(entry.person_id for entry in exclusions)}
    names = sorted(str(person) for person in ids if person is not None)
    keys = pa.table({"person_key": pa.array(names, pa.string()),
                     "person_id": pa.array(names, pa.string())})  # fmt: skip
    engine.register("persons", keys)
    _register_rest(engine, locality, exclusions)


def _register_rest(engine: Engine, locality: Locality, exclusions: list[Exclusion]) -> None:
    rows = [vars(entry) for entry in exclusions]
    engine.register("exclusions", pa.Table.from_pylist(rows, schema=_EXCLUSION_SCHEMA))
    footprint = locality.footprint
    for name, codes in (("lsoas", footprint.lsoas), ("practices", footprint.gp_practices)):
        column = pa.array(sorted(codes), pa.string())
        engine.register(f"footprint_{name}", pa.table({"code": column}))


def _refuse_the_name_of_the_list(engine: Engine) -> None:
    named_all = "upper(cast(site_code as varchar)) = :all"
    sql = f"select count(*) as found from attendances_given where {named_all}"
    if engine.run(sql, {"all": ALL_SITES})["found"][0].as_py():
        raise InputNotUsable(
            "a site has the code ALL, which is the list across sites",
            column="site_code",
            remedy="give its ODS site code",
        )


def _refuse_missing(engine: Engine, table: Table, needed: set[str]) -> None:
    given = {name.lower() for name in engine.columns(f"{table.name}_given")}
    missing = sorted(needed - given)
    if missing:
        raise InputNotUsable(
            f"the {table.name} have no column {missing[0]}",
            column=missing[0],
            remedy="rename your columns as docs/reference/tables.md has them",
        )


def _people(engine: Engine, people: object | None) -> pa.Table:
    """The user's people table with every declared column, those it lacks null."""
    schema = PEOPLE.arrow_schema()
    if people is None:
        return schema.empty_table()
    engine.register("people_given", people)
    given = engine.run("select * from people_given")
    columns = [
        given[field.name].cast(field.type)
        if field.name in given.column_names
        else pa.nulls(given.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)

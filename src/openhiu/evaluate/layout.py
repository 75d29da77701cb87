"""Laying out what an evaluation is made from: the store's files or the user's frames come in; the
engine then knows every activity table, `people` and `persons`, empty where nothing was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.engines.declared import (
    identifier,
    view_as_declared,
    view_empty,
    view_with_every_column,
)
from openhiu.errors import InputNotUsable
from openhiu.evaluate import steps
from openhiu.locality import Locality
from openhiu.tables.activity import PEOPLE, TABLES
from openhiu.tables.handover import ACTIVITY_KINDS, Activity

# What a frame of each kind cannot do without.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "attendances": ("person_id", "site_code", "arrival_datetime"),
    "admissions": ("person_id", "admission_datetime"),
    "ambulance": ("person_id", "call_datetime"),
    "calls_111": ("person_id", "call_datetime"),
}


def lay_out_store(engine: Engine, activity: Activity) -> frozenset[str]:
    """Name the files of a store; the datasets it holds. The person key is the store's number."""
    if not activity.files.get("attendances") or activity.persons is None:
        raise InputNotUsable(
            "the store holds no attendances", remedy="run hiu extract on an attendance file first"
        )
    given = frozenset(name for name in (*ACTIVITY_KINDS.values(), "people")
                      if activity.files.get(name))  # fmt: skip
    for dataset in ACTIVITY_KINDS.values():
        if dataset in given:
            engine.register(f"{dataset}_given", activity.files[dataset])
            view_as_declared(engine, TABLES[dataset], key="person_no")
        else:
            view_empty(engine, TABLES[dataset], key="cast(null as bigint)")
    people = activity.files["people"] if "people" in given else None
    engine.register("people_given", people or PEOPLE.arrow_schema().empty_table())
    view_with_every_column(engine, PEOPLE)
    engine.register("persons_given", (activity.persons,))
    engine.view("persons", "select person_no as person_key, person_id from persons_given")
    return given


def lay_out_frames(engine: Engine, frames: Mapping[str, Any]) -> frozenset[str]:
    """Name the user's own frames, by dataset. The person key is the identifier itself."""
    for dataset in ACTIVITY_KINDS.values():
        if frames.get(dataset) is None:
            view_empty(engine, TABLES[dataset], key="cast(null as varchar)")
            continue
        engine.register(f"{dataset}_given", frames[dataset])
        _refuse_missing(engine, dataset)
        view_as_declared(engine, TABLES[dataset], key=identifier("person_id"))
    people = frames.get("people")
    empty = PEOPLE.arrow_schema().empty_table()
    engine.register("people_given", empty if people is None else people)
    view_with_every_column(engine, PEOPLE)
    engine.persist("persons", steps.text("persons_of_frames"))
    return frozenset(name for name, frame in frames.items() if frame is not None)


def lay_out_footprint(engine: Engine, locality: Locality) -> None:
    """The codes of the commissioned area."""
    footprint = locality.footprint
    for name, codes in (("lsoas", footprint.lsoas), ("practices", footprint.gp_practices)):
        column = pa.array(sorted(codes), pa.string())
        engine.register(f"footprint_{name}", pa.table({"code": column}))


def _refuse_missing(engine: Engine, dataset: str) -> None:
    given = {name.lower() for name in engine.columns(f"{dataset}_given")}
    for column in _NEEDED[dataset]:
        if column not in given:
            raise InputNotUsable(
                f"the {dataset} have no column {column}", column=column,
                remedy="rename your columns as docs/reference/tables.md has them",
            )  # fmt: skip

"""The steps of an evaluation's data, in order: registered tables come in, named tables go out.

Each file in `sql/` is one named table in the portable subset of docs/adr/0001; this module only
says which run, in which order, with which parameters.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import Final

from openhiu.engines import Engine, Parameters
from openhiu.evaluate.rows import day_number
from openhiu.locality import Footprint
from openhiu.tables import codes

# The counting rules of the list's presets (identify/presets/spec-top-250.toml): a rebuilt list must
# be the list that the service would have had.
DEPARTMENTS: Final = ("01",)
CATEGORIES: Final = ("1", "2", "3", "")
LEFT_OUT: Final = (*codes.STREAMED_AWAY, *codes.DEAD_ON_ARRIVAL)
YOUNGEST: Final = 18
_LONGEST_OPEN_STAY: Final = 365
_HOUSING_UNKNOWN: Final = ("1064831000000106", "1064841000000102", "1066881000000100")


@cache
def text(step: str) -> str:
    """The SQL of one step, without its file number."""
    folder = resources.files("openhiu.evaluate") / "sql"
    for entry in folder.iterdir():
        if entry.name.partition("_")[2] == f"{step}.sql":
            return entry.read_text("utf-8")
    raise KeyError(step)


def parameters(as_of: date, cut: date, list_size: int, footprint: Footprint) -> Parameters:
    """Every value the steps need, but whether any age is known (`any_age`)."""
    return {
        "as_of": datetime.combine(as_of, time()),
        "cut": datetime.combine(cut, time()),
        "cut_day": day_number(cut),
        "oldest_open_stay": day_number(cut) - _LONGEST_OPEN_STAY,
        "list_size": list_size,
        "youngest": YOUNGEST,
        "any_age": False,
        "departments": DEPARTMENTS,
        "categories": CATEGORIES,
        "left_out_statuses": LEFT_OUT,
        "ambulance_modes": (*codes.AMBULANCE_ARRIVAL, "1", "Ambulance", "AMBULANCE"),
        "emergency_methods": tuple(m for m in codes.COUNTED_EMERGENCY_METHODS if m != "2B"),
        "mortuary": codes.MORTUARY,
        "dead_on_arrival": tuple(codes.DEAD_ON_ARRIVAL),
        "not_housed": codes.NOT_HOUSED_ACCOMMODATION,
        "housing_unknown": _HOUSING_UNKNOWN,
        "self_inflicted": codes.SELF_INFLICTED_INTENT,
        "mental_health_complaints": tuple(codes.MENTAL_HEALTH_COMPLAINTS),
        "mental_health_diagnoses": tuple(codes.MENTAL_HEALTH_DIAGNOSES),
        "either_is_enough": footprint.combine == "or",
        "no_lsoas": not footprint.lsoas,
        "no_practices": not footprint.gp_practices,
    }


def contenders(engine: Engine, values: Parameters, *, footprint: bool) -> None:
    """From attendances to everyone who could stand on a list, and what is known of them."""
    for name in ("moments", "monthly", "contenders", "asked", "births", "deaths", "moves"):
        engine.persist(name, text(name), values)
    nobody = "select person_key from asked where 1 = 0"
    engine.persist("out_of_area", text("out_of_area") if footprint else nobody, values)


def lists(engine: Engine, values: Parameters) -> None:
    """From those to the rebuilt lists, in the table `list_rows`."""
    for name in ("eligible", "list_levels", "list_cut", "at_or_above"):
        engine.persist(name, text(name), values)
    engine.view("placed", text("placed"), values)
    engine.persist("list_rows", text("list_rows"), values)


def follow(engine: Engine, values: Parameters) -> None:
    """From the lists to what happened to everybody on them afterwards, day by day."""
    for name in (
        "followed", "followed_people", "visit_days", "stays", "nights", "calls", "calls_to_111",
        "sexes", "flags",
    ):  # fmt: skip
        engine.persist(name, text(name), values)
    engine.view("event_days", text("event_days"), values)

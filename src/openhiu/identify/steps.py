"""The steps of a list, in order: criteria and registered tables come in, its tables go out.

Each file in `sql/` is one named table in the portable subset of docs/adr/0001; this module only
says which run, in which order, with which parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

import pyarrow as pa

from openhiu.engines import Engine, Parameters
from openhiu.identify.criteria import NO_AGE_LIMIT, Criteria, Kind, OnePer
from openhiu.identify.windows import Window, born_on_or_before, midnight
from openhiu.tables import codes

# A count nobody reaches: it switches off a rule that the criteria do not have.
NEVER: Final = 2_000_000_000


@cache
def text(step: str) -> str:
    """The SQL of one step, without its file number."""
    folder = resources.files("openhiu.identify") / "sql"
    for entry in folder.iterdir():
        if entry.name.partition("_")[2] == f"{step}.sql":
            return entry.read_text("utf-8")
    raise KeyError(step)


def parameters(
    criteria: Criteria,
    window: Window,
    *,
    sites: tuple[str, ...],
    listed: tuple[str, ...],
    footprint_combine: str,
    has_lsoas: bool,
    has_practices: bool,
) -> Parameters:
    """Every value the steps need. `sites` and `listed` empty: every site."""
    top = criteria.rule(Kind.TOP)
    return {
        "as_of": midnight(window.as_of),
        "as_of_date": window.as_of,
        "as_of_number": window.as_of.year * 10000 + window.as_of.month * 100 + window.as_of.day,
        "window_start": midnight(window.start),
        "year_start": midnight(window.year_start),
        "earliest": midnight(window.earliest),
        "period_start": midnight(
            window.start if criteria.year_at_least is None else window.earliest
        ),
        "any_site": not sites,
        "sites": sites,
        "any_listed_site": not listed,
        "listed_sites": listed,
        "by_minute": criteria.one_per is OnePer.MINUTE,
        "has_top": top is not None,
        "top_n": top.at_least if top else 0,
        **_thresholds(criteria),
        **_ages(criteria, window.as_of),
        **_counted(criteria),
        **_codes(),
        "either_is_enough": footprint_combine == "or",
        "no_lsoas": not has_lsoas,
        "no_practices": not has_practices,
    }


def prepare(
    engine: Engine, values: Parameters, *, footprint: bool, dead: str | None = None
) -> None:
    """Who is out before anything is counted, and the first filter each attendance meets.

    `dead` is the SQL of who has died, where that is not to be everyone of whom it is known today.
    """
    engine.persist("dead", dead or text("dead"), values)
    for name in ("excluded", "known_ages", "crossing"):
        engine.persist(name, text(name), values)
    outside = text("outside") if footprint else "select person_key from excluded where 1 = 0"
    engine.persist("outside", outside, values)
    engine.view("steps", text("steps"), values)


def count(engine: Engine, criteria: Criteria, values: Parameters) -> None:
    """From attendances to exact counts per person and site, in the table `counts`."""
    engine.view("visits", text("visits"), values)
    engine.persist("tally", text("tally"), values)
    every_row = criteria.one_per is OnePer.ROW
    engine.persist("counts", text("counts_every_row" if every_row else "counts"), values)


def order(engine: Engine, values: Parameters) -> None:
    """From counts to what each list ranks and where it is cut: tables `attenders` and `cut`."""
    engine.persist("attenders", text("attenders"), values)
    engine.persist("cut", text("cut"), values)


def choose(engine: Engine, criteria: Criteria, values: Parameters, *, keyed: bool) -> None:
    """From what is ranked to who is listed, in the table `listed`.

    `keyed`: the person key is a number of the store and `persons` holds the identifier.
    """
    every_row = criteria.one_per is OnePer.ROW
    engine.persist("candidates", text("candidates"), values)
    engine.persist("of_candidates", text("of_candidates"), values)
    engine.persist("moments", text("moments_every_row" if every_row else "moments"), values)
    engine.persist("listed_moments", text("listed_moments"), values)
    for name in ("busiest", "rolling", "details"):
        engine.persist(name, text(name), values)
    engine.persist("visited", text("sites"), values)
    engine.persist("spells", text("spells"), values)
    engine.persist("qualifiers", text("qualifiers"), values)
    engine.persist("floor_of_list", text("floor"), values)
    engine.persist("contenders", text("contenders" if keyed else "contenders_of_frame"), values)
    engine.view("ranked", text("ranked"), values)
    engine.persist("listed", text("listed"), values)


def identifiers(engine: Engine, keys: Sequence[Any], *, keyed: bool) -> dict[Any, str]:
    """The person identifiers behind some person keys; in a frame the key is the identifier."""
    if not keyed or not keys:
        return {key: str(key) for key in keys}
    engine.register("asked_keys", pa.table({"person_key": pa.array(sorted(set(keys)), pa.int64())}))
    rows = engine.run(text("identifiers")).to_pylist()
    return {row["person_key"]: row["person_id"] for row in rows}


def _thresholds(criteria: Criteria) -> dict[str, int | bool]:
    month = criteria.rule(Kind.MONTH)
    rolling = criteria.rule(Kind.MONTH, rolling=True)
    by_window = criteria.rule(Kind.WINDOW)
    in_window = [rule.at_least for rule in (month, rolling, by_window) if rule]
    return {
        "least_in_month": month.at_least if month else NEVER,
        "least_rolling": rolling.at_least if rolling else NEVER,
        "has_rolling": rolling is not None,
        "least_by_window": by_window.at_least if by_window else NEVER,
        "least_in_window": min(in_window) if in_window else NEVER,
        "least_in_year": criteria.year_at_least or NEVER,
    }


def _ages(criteria: Criteria, as_of: date) -> dict[str, date | int | bool]:
    oldest = criteria.oldest
    too_old = date(1, 1, 1) if oldest >= NO_AGE_LIMIT else born_on_or_before(oldest + 1, as_of)
    return {
        "any_age": criteria.any_age,
        "youngest": criteria.youngest,
        "oldest": oldest,
        "born_by": born_on_or_before(criteria.youngest, as_of),
        "born_after": too_old,
    }


def _counted(criteria: Criteria) -> dict[str, bool | tuple[str, ...]]:
    return {
        "any_department": criteria.department_types is None,
        "departments": criteria.department_types or (),
        "any_category": criteria.categories is None,
        "categories": criteria.categories or (),
        "left_out_statuses": criteria.leave_out_statuses,
    }


def _codes() -> dict[str, str | tuple[str, ...]]:
    return {
        "ambulance_modes": (*codes.AMBULANCE_ARRIVAL, "1", "Ambulance", "AMBULANCE"),
        "admitted_destinations": tuple(codes.ADMITTED_DESTINATIONS),
        "emergency_methods": tuple(m for m in codes.COUNTED_EMERGENCY_METHODS if m != "2B"),
        "mortuary": codes.MORTUARY,
        "dead_on_arrival": tuple(codes.DEAD_ON_ARRIVAL),
        "self_harm": codes.SELF_HARM_COMPLAINT,
        "self_inflicted": codes.SELF_INFLICTED_INTENT,
        "not_housed": codes.NOT_HOUSED_ACCOMMODATION,
        "mental_health_complaints": tuple(codes.MENTAL_HEALTH_COMPLAINTS),
        "mental_health_diagnoses": tuple(codes.MENTAL_HEALTH_DIAGNOSES),
    }

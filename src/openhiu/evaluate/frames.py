"""The library's door: the user's own dataframes and a roster come in, an evaluation goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openhiu.engines import Engine
from openhiu.engines.frames import adopt
from openhiu.errors import InputNotUsable
from openhiu.evaluate.prepare import from_frames
from openhiu.evaluate.roster import Roster, read_roster, roster_of
from openhiu.evaluate.rows import Prepared
from openhiu.evaluate.service import LIST_SIZE, Service, flags_of, volumes_of
from openhiu.locality import Locality

Starts = date | str | Mapping[str, date | str] | None


def evaluate_frame(
    attendances: Any, roster: Any, *, as_of: date | str | None, people: Any | None,
    admissions: Any | None, ambulance: Any | None, calls_111: Any | None,
    service_start: Starts, cut: date | str | None, volumes: Any | None,
    social_flag: Any | None, locality: Locality | None, list_size: int = LIST_SIZE,
) -> dict[str, Any]:  # fmt: skip
    """See `openhiu.evaluate`."""
    from openhiu.evaluate.make import evaluate

    frames = {"attendances": attendances, "admissions": admissions, "ambulance": ambulance,
              "calls_111": calls_111, "people": people}  # fmt: skip
    place = locality or Locality()
    day, prepared = prepare_frames(
        frames, roster, as_of=as_of, service_start=service_start, cut=cut, volumes=volumes,
        social_flag=social_flag, locality=place, list_size=list_size,
    )  # fmt: skip
    return evaluate(prepared, locality=place, as_of=day)


def prepare_frames(
    frames: Mapping[str, Any], roster: Any, *, as_of: date | str | None = None,
    service_start: Starts = None, cut: date | str | None = None,
    volumes: Any | None = None, social_flag: Any | None = None,
    locality: Locality | None = None, list_size: int = LIST_SIZE,
) -> tuple[date, Prepared]:  # fmt: skip
    """The as-of date (the day after the newest attendance, where none is given) and `Prepared`.

    `roster` is a frame of any kind, a path or a `Roster`; `volumes` and `social_flag` are frames
    with the columns of the service file's CSV files. A day is a date or text as YYYY-MM-DD; raises
    InputNotUsable for any other.
    """
    starts, asked, end = _starts(service_start), _day("as_of", as_of), _day("cut", cut)
    engine, _ = adopt(frames["attendances"])
    with engine:
        service = Service(
            service_start=starts, cut=end, list_size=list_size,
            volumes=volumes_of(_rows(engine, volumes)) if volumes is not None else {},
            social_flag=None if social_flag is None
            else flags_of(_rows(engine, social_flag)),
        )  # fmt: skip
        read = _roster(engine, roster)
        day = asked or _day_after_last(engine, frames["attendances"])
        return day, from_frames(engine, frames, read, service, day, locality or Locality())


def _starts(given: Starts) -> dict[str, date]:
    by_site = given if isinstance(given, Mapping) else {"": given}
    read = {str(site): _day("service_start", day) for site, day in by_site.items()}
    return {site: day for site, day in read.items() if day is not None}


def _day(name: str, given: Any) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise InputNotUsable(
            f"{name} is not a day", remedy=f"give a date, or text such as {name}='2024-01-01'"
        ) from None


def _roster(engine: Engine, roster: Any) -> Roster:
    if isinstance(roster, Roster):
        return roster
    if isinstance(roster, str | Path):
        return read_roster(Path(roster))
    return roster_of(_rows(engine, roster))


def _rows(engine: Engine, frame: Any) -> list[dict[str, Any]]:
    engine.register("small_frame", frame)
    rows: list[dict[str, Any]] = engine.run("select * from small_frame").to_pylist()
    return rows


def _day_after_last(engine: Engine, attendances: Any) -> date:
    engine.register("attendances_given", attendances)
    if "arrival_datetime" not in {name.lower() for name in engine.columns("attendances_given")}:
        raise InputNotUsable(
            "the attendances have no column arrival_datetime", column="arrival_datetime",
            remedy="rename your columns as docs/reference/tables.md has them",
        )  # fmt: skip
    newest = engine.run("select max(arrival_datetime) as newest from attendances_given")
    last = newest["newest"][0].as_py()
    return date(1, 1, 2) if last is None else last.date() + timedelta(days=1)

"""The library: make a High Intensity Use list from the frames you already have, and see whether
support changed anything.

>>> openhiu.identify(attendances, "spec-top-250", as_of=date(2026, 4, 1))
>>> openhiu.evaluate(attendances, roster, as_of=date(2026, 4, 1))
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Loaded before the functions of the same names are defined: importing them later would put the
# rooms in the functions' places.
import openhiu.evaluate as _evaluate_room
import openhiu.identify as _identify_room

if TYPE_CHECKING:
    from openhiu.identify.criteria import Criteria
    from openhiu.locality import Locality

__all__ = ["evaluate", "identify"]
del _evaluate_room, _identify_room


def identify(
    attendances: Any,
    criteria: Criteria | str | Path = "spec-top-250",
    *,
    as_of: date | None = None,
    sites: tuple[str, ...] = (),
    admissions: Any | None = None,
    people: Any | None = None,
    locality: Locality | None = None,
) -> Any:
    """Make the list from a pandas, Polars, Arrow, DuckDB or PySpark frame, in the same kind.

    `attendances` has at least the columns person_id, site_code and arrival_datetime (naive local
    time) and as many of the others in docs/reference/tables.md as there are. `criteria` is the name
    of a preset, the path of a TOML file or a `Criteria`. `as_of` is the first day that does not
    count any more; without it, the day after the newest attendance. `sites` restricts the lists.

    Returns one row per person and list, ordered by list_id and rank, with the columns of
    docs/reference/list.md. Raises the errors of `openhiu.errors`.
    """
    from openhiu.identify.frames import identify_frame

    return identify_frame(
        attendances,
        criteria,
        as_of=as_of,
        sites=sites,
        admissions=admissions,
        people=people,
        locality=locality,
    )


def evaluate(
    attendances: Any,
    roster: Any,
    *,
    as_of: date | None = None,
    people: Any | None = None,
    admissions: Any | None = None,
    ambulance: Any | None = None,
    calls_111: Any | None = None,
    service_start: date | str | Mapping[str, date | str] | None = None,
    cut: date | str | None = None,
    volumes: Any | None = None,
    social_flag: Any | None = None,
    locality: Locality | None = None,
) -> dict[str, Any]:
    """What changed for the people of a service, against what would have changed anyway.

    `attendances`, `people`, `admissions`, `ambulance` and `calls_111` are frames of one kind
    (pandas, Polars, Arrow, DuckDB or PySpark) with the columns of docs/reference/tables.md, of
    everybody and not of clients alone; `roster` is a frame or the path of a file with the columns
    of docs/reference/roster.md. `service_start` is the first day of support, for every site or by
    site code; without it, the first offer of the roster. `cut` is the first day not yet wholly
    received; without it, it is found. `volumes` (site, month, ed_attendances) and `social_flag`
    (person_id, flag) are frames too. A day is a date, or text as YYYY-MM-DD.

    Returns what `hiu evaluate` writes as evaluation.json. Raises the errors of `openhiu.errors`.
    """
    from openhiu.evaluate.frames import evaluate_frame

    return evaluate_frame(
        attendances,
        roster,
        as_of=as_of,
        people=people,
        admissions=admissions,
        ambulance=ambulance,
        calls_111=calls_111,
        service_start=service_start,
        cut=cut,
        volumes=volumes,
        social_flag=social_flag,
        locality=locality,
    )

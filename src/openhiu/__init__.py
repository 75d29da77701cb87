"""The library: make a High Intensity Use list from the frames you already have.

>>> openhiu.identify(attendances, "spec-top-250", as_of=date(2026, 4, 1))
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Loaded before the function of the same name is defined: importing it later would put the room in
# the function's place.
import openhiu.identify as _room

if TYPE_CHECKING:
    from openhiu.identify.criteria import Criteria
    from openhiu.locality import Locality

__all__ = ["identify"]
del _room


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

"""The library's door: the user's own dataframe comes in, the list in the same kind goes out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from openhiu.engines.frames import adopt
from openhiu.identify import inputs
from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import load_preset, preset_names, read_criteria
from openhiu.identify.files import list_table
from openhiu.identify.rank import rank
from openhiu.locality import Locality


def criteria_of(given: Criteria | str | Path) -> Criteria:
    """Criteria from an object, a preset's name or a TOML file's path."""
    if isinstance(given, Criteria):
        return given
    if isinstance(given, str) and given in preset_names():
        return load_preset(given)
    if isinstance(given, str) and not given.endswith(".toml"):
        return load_preset(given)  # refuses it, naming the presets there are
    return read_criteria(Path(given))


def identify_frame(
    attendances: Any,
    criteria: Criteria | str | Path,
    *,
    as_of: date | None,
    sites: tuple[str, ...],
    admissions: Any | None,
    people: Any | None,
    locality: Locality | None,
) -> Any:
    """See `openhiu.identify`."""
    chosen = criteria_of(criteria)
    place = locality or Locality()
    path = chosen.exclusions_file
    exclusions = inputs.read_exclusions(path) if path else []
    engine, give = adopt(attendances)
    with engine:
        inputs.lay_out_frames(
            engine,
            attendances,
            admissions=admissions,
            people=people,
            locality=place,
            exclusions=exclusions,
        )
        day = as_of or _day_after_last(engine.run("select max(arrival_datetime) from attendances"))
        ranked = rank(
            engine, chosen, day, locality=place, sites=sites, keyed=False,
            has_admissions=admissions is not None,
        )  # fmt: skip
        return give(list_table(ranked.listed, None))


def _day_after_last(newest: pa.Table) -> date:
    last = newest.column(0)[0].as_py()
    return date(1, 1, 2) if last is None else last.date() + timedelta(days=1)

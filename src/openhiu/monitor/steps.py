"""The steps of a client-activity feed: registered tables come in, its named tables go out.

Each file in `sql/` is one named table in the portable subset of docs/adr/0001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Final

import pyarrow as pa

from openhiu.engines import Engine, Parameters
from openhiu.engines.declared import view_as_declared, view_empty
from openhiu.monitor.caseload import Row
from openhiu.tables import codes
from openhiu.tables.activity import TABLES
from openhiu.tables.handover import ACTIVITY_KINDS, CASELOAD_COLUMNS, NHS_ISSUER

# The counting rules of the list's presets (identify/presets/spec-top-250.toml), so that a lead who
# reads "31 attendances" on the list finds 31 in the picture.
DEPARTMENTS: Final = ("01",)
CATEGORIES: Final = ("1", "2", "3", "")
LEFT_OUT: Final = (*codes.STREAMED_AWAY, *codes.DEAD_ON_ARRIVAL)
# Six months to learn from, the last whole one, and the one that is under way.
_MONTHS_OF_HEALTH: Final = 8
_LONGEST_OPEN_STAY: Final = timedelta(days=365)


@dataclass(frozen=True)
class Period:
    """From the first day that counts to the first that no longer does."""

    since: date
    as_of: date

    def parameters(self) -> Parameters:
        """Every value the steps need."""
        since = datetime.combine(self.since, time())
        return {
            "since": since,
            "as_of": datetime.combine(self.as_of, time()),
            "health_since": datetime.combine(_months_before(self.as_of, _MONTHS_OF_HEALTH), time()),
            "longest_stay": since - _LONGEST_OPEN_STAY,
            "nhs": NHS_ISSUER,
            "departments": DEPARTMENTS,
            "categories": CATEGORIES,
            "left_out_statuses": LEFT_OUT,
            "ambulance_modes": (*codes.AMBULANCE_ARRIVAL, "1", "Ambulance", "AMBULANCE"),
            "admitted_destinations": tuple(codes.ADMITTED_DESTINATIONS),
            "emergency_methods": tuple(m for m in codes.COUNTED_EMERGENCY_METHODS if m != "2B"),
        }


@cache
def text(step: str) -> str:
    """The SQL of one step, without its file number."""
    folder = resources.files("openhiu.monitor") / "sql"
    for entry in folder.iterdir():
        if entry.name.partition("_")[2] == f"{step}.sql":
            return entry.read_text("utf-8")
    raise KeyError(step)


def lay_out(engine: Engine, given: Sequence[str], *, key: str, no_key: str) -> None:
    """Name the activity tables with their declared columns.

    `given` says which are registered as `<dataset>_given`; the others are laid out empty. `key` is
    the SQL of the person key in those that are, `no_key` an empty one of the same type.
    """
    for dataset in ACTIVITY_KINDS.values():
        table = TABLES[dataset]
        if dataset in given:
            view_as_declared(engine, table, key=key)
        else:
            view_empty(engine, table, key=no_key)


def link(engine: Engine, caseload: Sequence[Row], values: Parameters) -> None:
    """Whom the store knows: tables `caseload_keys` and `clients`."""
    columns = {
        name: pa.array([getattr(row, name) for row in caseload], pa.string())
        for name in CASELOAD_COLUMNS
    }
    engine.register("caseload", pa.table(columns))
    for name in ("caseload_keys", "clients"):
        engine.persist(name, text(name), values)


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many before that of a day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)

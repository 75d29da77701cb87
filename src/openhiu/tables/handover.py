"""The doors between rooms: the only shapes that cross from one half of the house to the other.

`Activity` is what extract hands to every later verb; `LIST_COLUMNS` are the list as everyone after
identify receives it. Column names and their order are a contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

LIST_COLUMNS: Final = (
    "list_id", "rank", "person_id", "attendances", "max_in_month", "attendances_12m",
    "by_ambulance", "admissions", "sites_attended", "first_arrival", "last_arrival", "age", "sex",
    "imd_decile", "rules", "tied", "change", "why",
)  # fmt: skip
PEOPLE_COLUMNS: Final = ("name", "nhs_number", "phone", "warning_flags")
ALL_SITES: Final = "ALL"


@dataclass(frozen=True)
class Source:
    """One file that stands behind a result: what it was called and what its bytes hash to."""

    file: str
    sha256: str
    dataset: str
    rows: int


@dataclass(frozen=True)
class Activity:
    """What is true now, as Parquet files by dataset.

    `files["attendances"]` and the other activity tables hold the declared columns with `person_no`
    (BIGINT, null where nobody could be linked) in place of `person_id`; `persons` maps `person_no`
    to `person_id`; `files["people"]` keeps `person_id` and stands in a folder of its own.
    `cut_off` is the latest arrival the store knows of.
    """

    files: Mapping[str, tuple[Path, ...]]
    persons: Path | None
    cut_off: datetime | None
    sources: tuple[Source, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    months: tuple[date, ...] = ()

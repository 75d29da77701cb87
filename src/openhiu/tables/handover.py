"""The doors between rooms: the only shapes that cross from one half of the house to the other.

`Activity` is what extract hands to every later verb; `LIST_COLUMNS` are the list as everyone after
identify receives it; `CASELOAD_COLUMNS` and `ROSTER_COLUMNS` go from service to analyst, and
`CLIENT_ACTIVITY_COLUMNS` with `COVERAGE_COLUMNS` come back. Column names and their order are a
contract.
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

# Who is a client, and nothing else: the service's own reference, and the identifiers by which the
# store may know them, one a row. `issuer` is "nhs" or the site code whose identifier it is.
CASELOAD_COLUMNS: Final = ("person_ref", "issuer", "person_id")
NHS_ISSUER: Final = "nhs"
# What the early-warning rules may know besides; every row of a client says the same. Dates are
# YYYY-MM-DD.
CASELOAD_OPTIONAL_COLUMNS: Final = ("phase", "supported_since", "last_contact_on")
SUPPORT_PHASES: Final = (
    "working_together", "walking_backwards", "at_a_distance", "picked_up_again",
)  # fmt: skip
# What comes back: the service's reference, never an identifier.
CLIENT_ACTIVITY_COLUMNS: Final = (
    "person_ref", "kind", "source_ref", "began_at", "ended_at", "site_code", "by_ambulance",
    "admitted", "complaint", "outcome",
)  # fmt: skip
# Of whom the store can say anything: `found`, `not_found`, or `shared` where an identifier of
# theirs stands beside somebody else's reference too.
COVERAGE_COLUMNS: Final = ("person_ref", "standing")
STANDINGS: Final = ("found", "not_found", "shared")
# What each client has done since their last contact (or in four weeks), early warnings, and what is
# wrong with the data themselves.
CLIENTS_COLUMNS: Final = (
    "person_ref", "standing", "since", "attendances", "admissions", "came_home", "in_hospital",
    "ambulances", "calls_111", "last_attended_on",
)  # fmt: skip
SIGNAL_COLUMNS: Final = ("person_ref", "rule", "level", "day", "why", "key")
HEALTH_COLUMNS: Final = ("kind", "dataset", "site_code", "since", "words")
# The kinds of activity, each with the dataset of the store that it comes from.
ACTIVITY_KINDS: Final[Mapping[str, str]] = {
    "attendance": "attendances",
    "admission": "admissions",
    "ambulance": "ambulance",
    "call_111": "calls_111",
}
# Who was listed, asked and supported: the service to the analyst (docs/reference/roster.md).
ROSTER_COLUMNS: Final = (
    "site", "person_id", "list_date", "list_rank", "offer_date", "consent", "start_date",
    "step_down_date",
)  # fmt: skip
ROSTER_OPTIONAL_COLUMNS: Final = (
    "return_date", "death_date", "moved_date", "person_ref", "housing", "mental_health",
)  # fmt: skip
ACTIVITY_FILES: Final = (
    "client_activity.csv", "client_activity.parquet", "coverage.csv", "manifest.json",
    "clients.csv", "signals.csv", "signals.parquet", "health.csv",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One file that stands behind a result: what it was called and what its bytes hash to."""

    file: str
    sha256: str
    dataset: str
    rows: int


@dataclass(frozen=True)
class Delivery:
    """One file of a dataset: the day it was received, its rows, and how many of them were new."""

    day: date
    read: int
    new: int


@dataclass(frozen=True)
class Activity:
    """What is true now, as Parquet files by dataset.

    `files["attendances"]` and the other activity tables hold the declared columns with `person_no`
    (BIGINT, null where nobody could be linked) in place of `person_id`; `persons` maps `person_no`
    to `person_id`; `files["people"]` keeps `person_id` and stands in a folder of its own.
    `cut_off` is the latest arrival the store knows of; `deliveries` are the files received, by
    dataset.
    """

    files: Mapping[str, tuple[Path, ...]]
    persons: Path | None
    cut_off: datetime | None
    sources: tuple[Source, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    months: tuple[date, ...] = ()
    deliveries: Mapping[str, tuple[Delivery, ...]] = field(default_factory=dict)

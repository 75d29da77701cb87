"""What `hiu monitor` wrote, as uploaded files, comes in; a checked delivery, or what is wrong with
it by file, row and column, goes out. Cells are never quoted.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from openhiu.tables.handover import (
    ACTIVITY_KINDS,
    CLIENT_ACTIVITY_COLUMNS,
    COVERAGE_COLUMNS,
    STANDINGS,
)
from openhiu.web.design.words import LONDON
from openhiu.web.monitoring.faults import Fault, NotUsable

MOST_ROWS: Final = 200_000
MOST_FAULTS: Final = 20
ACTIVITY, COVERAGE, MANIFEST = "client_activity.csv", "coverage.csv", "manifest.json"
_AGAIN: Final = "Send the folder of hiu monitor again, whole"
_LENGTHS: Final = {"source_ref": 80, "site_code": 10, "complaint": 120, "outcome": 120}


@dataclass(frozen=True)
class Delivery:
    """One feed, checked: every event of every reference, and up to when it knows."""

    as_of: date
    since: date
    cut_offs: dict[str, str | None]
    site_cut_offs: dict[str, str]
    warnings: list[str]
    standings: dict[UUID, str]
    events: list[dict[str, Any]]
    content_hash: str
    health: list[dict[str, Any]] = field(default_factory=list)

    @property
    def data_cut_off(self) -> datetime | None:
        """Up to when A&E attendances are known."""
        newest = self.cut_offs.get("attendances")
        return datetime.fromisoformat(newest).replace(tzinfo=LONDON) if newest else None


def read_delivery(files: Mapping[str, bytes]) -> Delivery:
    """Check the three files against each other and every cell.

    Raises:
        NotUsable: a file is missing, half arrived, of something else, or has a wrong cell.
    """
    for name in (MANIFEST, ACTIVITY, COVERAGE):
        if name not in files:
            raise NotUsable(Fault(f"{name} is missing", _AGAIN))
    manifest = _manifest(files[MANIFEST])
    for name in (ACTIVITY, COVERAGE):
        if sha256(files[name]).hexdigest() != manifest["sha256"].get(name):
            raise NotUsable(
                Fault("the file is not as it was made: it arrived in part, or was changed",
                      "Do not open it in a spreadsheet. " + _AGAIN, file=name)
            )  # fmt: skip
    standings = dict(_rows(COVERAGE, files[COVERAGE], COVERAGE_COLUMNS, _standing))
    events = list(_rows(ACTIVITY, files[ACTIVITY], CLIENT_ACTIVITY_COLUMNS, _event))
    if len(events) != manifest["rows"] or len(standings) != manifest["people"]:
        raise NotUsable(Fault("the files do not belong to this manifest", _AGAIN, file=MANIFEST))
    strangers = [n for n, event in enumerate(events, 2) if event["person_ref"] not in standings]
    if strangers:
        words = "the person is not in coverage.csv"
        raise NotUsable(Fault(words, _AGAIN, file=ACTIVITY, row=strangers[0], column="person_ref"))
    told = (manifest["as_of"], manifest["sha256"], manifest["cut_offs"])
    return Delivery(
        as_of=date.fromisoformat(manifest["as_of"]),
        since=date.fromisoformat(manifest["since"]),
        cut_offs=manifest["cut_offs"],
        site_cut_offs=manifest["site_cut_offs"],
        warnings=[str(line)[:300] for line in manifest["warnings"]][:20],
        standings=standings,
        events=events,
        health=_health(manifest.get("health", [])),
        content_hash=sha256(json.dumps(told, sort_keys=True).encode()).hexdigest(),
    )


_SHAPES: Final[dict[str, type]] = {
    "as_of": str, "since": str, "cut_offs": dict, "site_cut_offs": dict, "warnings": list,
    "sha256": dict, "rows": int, "people": int,
}  # fmt: skip


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
        if found.get("what") != "client_activity":
            words = "this is not an activity feed"
            raise NotUsable(Fault(words, "Send what hiu monitor wrote", file=MANIFEST))
        for key, shape in _SHAPES.items():
            if not isinstance(found.get(key), shape):
                words = f"{key} is missing or is not what it should be"
                raise NotUsable(Fault(words, _AGAIN, file=MANIFEST))
        for text in (found["as_of"], found["since"]):
            date.fromisoformat(text)
        for text in (*found["cut_offs"].values(), *found["site_cut_offs"].values()):
            datetime.fromisoformat(text) if text is not None else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise NotUsable(Fault("it cannot be read", _AGAIN, file=MANIFEST)) from None
    return dict(found)


def _health(told: Any) -> list[dict[str, Any]]:
    """What was wrong at the source; one of an older `hiu monitor`, or none at all, says nothing."""
    found = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return [
        {name: str(one.get(name) or "")[:300] for name in ("kind", "dataset", "site", "words",
                                                           "since")}
        for one in found[:100]
    ]  # fmt: skip


def _rows(
    file: str, data: bytes, columns: tuple[str, ...], read: Callable[[dict[str, str]], Any]
) -> Iterator[Any]:
    """Each row through `read`; every fault up to a limit is told at once."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise NotUsable(Fault("it cannot be read as CSV", _AGAIN, file=file)) from None
    if not lines or tuple(lines[0]) != columns:
        words = "its columns are not those of this version"
        raise NotUsable(Fault(words, "Its first line is " + ",".join(columns), file=file, row=1))
    if len(lines) - 1 > MOST_ROWS:
        raise NotUsable(Fault(f"it has more than {MOST_ROWS:,} rows", file=file))
    faults: list[Fault] = []
    for number, cells in enumerate(lines[1:], start=2):
        try:
            if len(cells) != len(columns):
                raise _Wrong("it has too many or too few cells", "")
            yield read(dict(zip(columns, cells, strict=True)))
        except _Wrong as wrong:
            faults.append(Fault(wrong.words, file=file, row=number, column=wrong.column))
            if len(faults) == MOST_FAULTS:
                break
    if faults:
        raise NotUsable(*faults)


class _Wrong(ValueError):
    def __init__(self, words: str, column: str) -> None:
        self.words, self.column = words, column
        super().__init__(words)


def _standing(cells: dict[str, str]) -> tuple[UUID, str]:
    if cells["standing"] not in STANDINGS:
        raise _Wrong("it is none of the words this column can have", "standing")
    return _reference(cells), cells["standing"]


def _event(cells: dict[str, str]) -> dict[str, Any]:
    if cells["kind"] not in ACTIVITY_KINDS:
        raise _Wrong("it is none of the words this column can have", "kind")
    if not cells["source_ref"]:
        raise _Wrong("it is empty", "source_ref")
    for column, most in _LENGTHS.items():
        if len(cells[column]) > most or not cells[column].isprintable():
            raise _Wrong(f"it is longer than {most} characters or cannot be shown", column)
    began, ended = _moment(cells, "began_at"), _moment(cells, "ended_at")
    if began is None:
        raise _Wrong("it is empty", "began_at")
    if ended is not None and ended < began:
        raise _Wrong("it ends before it begins", "ended_at")
    return {
        **cells,
        "person_ref": _reference(cells),
        "began_at": began,
        "ended_at": ended,
        "by_ambulance": _truth(cells, "by_ambulance"),
        "admitted": _truth(cells, "admitted"),
    }


def _reference(cells: dict[str, str]) -> UUID:
    try:
        return UUID(cells["person_ref"])
    except ValueError:
        raise _Wrong("it is not a reference of the caseload file", "person_ref") from None


def _moment(cells: dict[str, str], column: str) -> datetime | None:
    """A time in London as recorded; the hour that the clocks show twice is taken as the first."""
    if not cells[column]:
        return None
    try:
        return datetime.fromisoformat(cells[column]).replace(tzinfo=LONDON)
    except ValueError:
        raise _Wrong("it is not a date and time", column) from None


def _truth(cells: dict[str, str], column: str) -> bool | None:
    if cells[column] not in ("", "true", "false"):
        raise _Wrong("it is neither true nor false", column)
    return {"true": True, "false": False}.get(cells[column])

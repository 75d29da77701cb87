"""The named files of a list's folder become one checked list as plain data, or every fault."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import date
from typing import Any, Final

from openhiu.tables.handover import ALL_SITES, LIST_COLUMNS, PEOPLE_COLUMNS
from openhiu.web.intake.reading import cells
from openhiu.web.intake.reading.faults import Fault, Faults, NotUsable
from openhiu.web.intake.reading.manifest import read_manifest
from openhiu.web.intake.reading.tabular import Row, rows_of_csv, rows_of_parquet

CHANGES: Final = ("list_id", "person_id", "change", "reason")
SUGGESTIONS: Final = ("site_code", "person_id", "attendances", "reason", "on_list")
FLOW: Final = ("step", "attendances", "people")
FAIRNESS: Final = ("dimension", "group", "listed", "listed_share", "attenders", "attenders_share")
_MOST: Final = 100_000
_count = cells.whole(0, _MOST)
_LIST: Final[dict[str, cells.Read]] = {
    "list_id": cells.text(20, needed=True), "rank": cells.whole(1, 10_000_000, needed=True),
    "person_id": cells.text(64, needed=True), "attendances": cells.whole(0, _MOST, needed=True),
    "max_in_month": _count, "attendances_12m": _count, "by_ambulance": _count,
    "admissions": _count, "sites_attended": _count, "first_arrival": cells.moment,
    "last_arrival": cells.moment, "age": cells.whole(0, 130),
    "sex": cells.one_of("", "0", "1", "2", "9"), "imd_decile": cells.whole(1, 10),
    "rules": cells.text(300), "tied": cells.truth,
    "change": cells.one_of("", "new", "again", "returned"), "why": cells.text(2000, needed=True),
    "name": cells.text(200), "nhs_number": cells.nhs_number, "phone": cells.text(60),
    "warning_flags": cells.text(300),
}  # fmt: skip
_SUGGESTED: Final[dict[str, cells.Read]] = {
    "site_code": cells.text(20, needed=True), "person_id": cells.text(64, needed=True),
    "attendances": cells.whole(0, _MOST, needed=True), "reason": cells.text(2000, needed=True),
    "on_list": cells.truth,
}  # fmt: skip
_CHANGED: Final[dict[str, cells.Read]] = {
    "list_id": cells.text(20, needed=True), "person_id": cells.text(64, needed=True),
    "change": cells.one_of("came", "returned", "stayed", "left"), "reason": cells.text(2000),
}  # fmt: skip
_FLOW: Final[dict[str, cells.Read]] = {
    "step": cells.text(200, needed=True), "attendances": cells.whole(0, 999_999_999),
    "people": cells.whole(0, 999_999_999),
}  # fmt: skip
_FAIRNESS: Final[dict[str, cells.Read]] = {name: cells.text(100) for name in FAIRNESS}


def read_listing(
    files: dict[str, bytes], *, sites: frozenset[str], ours: str, today: date
) -> dict[str, Any]:
    """One list, checked: `manifest`, `rows`, `suggested`, `left`, `flow`, `fairness`, `hash`.

    Args:
        files: the files by name, as unpacking.unpack gives them.
        sites: the site codes of this service's hospitals.
        ours: the version of OpenHIU that reads.
        today: the day of the upload.

    Raises:
        NotUsable: with up to MOST_FAULTS faults, each naming file, row and column.
    """
    _check_whole(files)
    manifest = read_manifest(files["manifest.json"], ours, today)
    _check_hashes(files, manifest)
    rows = _list_rows(files)
    _check_rows(rows, manifest, sites)
    suggested = _checked("suggestions.csv", files, SUGGESTIONS, _SUGGESTED)
    changed = _checked("changes.csv", files, CHANGES, _CHANGED)
    _check_places("suggestions.csv", "site_code", suggested, sites)
    _check_places("changes.csv", "list_id", changed, sites)
    listing = {
        "manifest": manifest,
        "rows": rows,
        "suggested": suggested,
        "left": [row for row in changed if row["change"] == "left"],
        "compared": bool(changed),
        "flow": _checked("flow.csv", files, FLOW, _FLOW),
        "fairness": _checked("fairness.csv", files, FAIRNESS, _FAIRNESS),
    }
    told = json.dumps(listing, sort_keys=True, ensure_ascii=False).encode()
    return {**listing, "hash": hashlib.sha256(told).hexdigest()}


def _check_whole(files: dict[str, bytes]) -> None:
    """Every file that hiu identify writes and the service reads must be there."""
    wanted = ("manifest.json", "flow.csv", "changes.csv", "suggestions.csv", "fairness.csv")
    missing = [name for name in wanted if name not in files]
    if "list.csv" not in files and "list.parquet" not in files:
        missing.insert(0, "list.csv (or list.parquet)")
    if missing:
        told = ", ".join(missing)
        raise NotUsable(Fault(f"The upload is not whole: {told} did not arrive", "Upload it again"))


def _check_hashes(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    """Where the manifest says what its files hash to, they must."""
    said = manifest["files"] if isinstance(manifest.get("files"), dict) else {}
    for name, wanted in said.items():
        if name in files and hashlib.sha256(files[name]).hexdigest() != wanted:
            words = "it is not the file that the manifest speaks of"
            raise NotUsable(Fault(words, "Upload the folder as it was written", file=name))


def _list_rows(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """The rows of the list; of two forms both are read, and must say the same."""
    wanted = ((*LIST_COLUMNS, *PEOPLE_COLUMNS), LIST_COLUMNS)
    found = []
    if "list.csv" in files:
        raw = rows_of_csv("list.csv", files["list.csv"], *wanted)
        found.append(_values("list.csv", raw, _LIST))
    if "list.parquet" in files:
        raw = rows_of_parquet("list.parquet", files["list.parquet"], *wanted)
        found.append(_values("list.parquet", raw, _LIST))
    if len(found) == 2 and found[0] != found[1]:
        words = "list.csv and list.parquet do not say the same: one of them was changed"
        raise NotUsable(Fault(words, "Upload the folder as hiu identify wrote it"))
    return found[0]


def _checked(
    file: str, files: dict[str, bytes], columns: tuple[str, ...], reads: dict[str, cells.Read]
) -> list[dict[str, Any]]:
    return _values(file, rows_of_csv(file, files[file], columns), reads)


def _values(file: str, raw: list[Row], reads: dict[str, cells.Read]) -> list[dict[str, Any]]:
    """Each row's cells as values; everything wrong is collected before refusing."""
    faults, rows = Faults(file), []
    for number, row in enumerate(raw, start=2):
        values = {}
        for column, cell in row.items():
            try:
                values[column] = reads[column](cell)
            except cells.Wrong as wrong:
                faults.add(str(wrong), row=number, column=column)
        rows.append(values)
    faults.end()
    return rows


def _check_rows(
    rows: list[dict[str, Any]], manifest: dict[str, Any], sites: frozenset[str]
) -> None:
    faults = Faults(_file := "list.csv")
    _check_places(_file, "list_id", rows, sites)
    ranks: set[tuple[str, int]] = set()
    people: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=2):
        rank, person = (row["list_id"], row["rank"]), (row["list_id"], row["person_id"])
        if rank in ranks:
            faults.add("another row of the same list has this rank", row=number, column="rank")
        if person in people:
            faults.add("the same person is on the list twice", row=number, column="person_id")
        if row["age"] is None:
            faults.add("the age is not known: they may be a child", row=number, column="age")
        elif row["age"] < manifest["youngest"]:
            faults.add("the person is too young for this list", row=number, column="age")
        ranks.add(rank)
        people.add(person)
    faults.end()
    _check_counts(rows, manifest)


def _check_places(
    file: str, column: str, rows: list[dict[str, Any]], sites: frozenset[str]
) -> None:
    """A list of another service names hospitals that are not of this one."""
    for number, row in enumerate(rows, start=2):
        if row[column] not in sites | {ALL_SITES}:
            words = "the hospital is not one of this service"
            remedy = "Make the list for this service's hospitals, with hiu identify --site"
            raise NotUsable(Fault(words, remedy, file, number, column))


def _check_counts(rows: list[dict[str, Any]], manifest: dict[str, Any]) -> None:
    """The manifest knows how many rows each list has: fewer have not all arrived."""
    here = Counter(row["list_id"] for row in rows)
    said = {place["list_id"]: place["listed"] for place in manifest["lists"]}
    for list_id in sorted(here | said):
        if here[list_id] != said.get(list_id, 0):
            raise NotUsable(
                Fault(
                    f"a list has {here[list_id]} rows where the manifest says "
                    f"{said.get(list_id, 0)}: the list and the manifest do not belong together, "
                    "or a part did not arrive",
                    "Upload the folder as hiu identify wrote it",
                    file="list.csv",
                )
            )
    if not rows:
        raise NotUsable(Fault("nobody is on the list", "Look at flow.csv to see why"))

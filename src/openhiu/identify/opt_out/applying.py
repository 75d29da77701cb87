"""Applying a reply to a list: whoever it names stays; everybody else leaves every file.

Fails closed: no reply, an old one, one of another list or one that cannot be read lets nobody out.
Whoever has no NHS number cannot be asked about, and leaves too.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.disclosure import HIDDEN, disclose
from openhiu.errors import InputNotUsable, RefusedByPolicy
from openhiu.identify.opt_out import asking, numbers
from openhiu.identify.opt_out.folder import ListFolder
from openhiu.identify.workbook import write_workbook
from openhiu.tables.delivery import write_csv, write_folder
from openhiu.tables.handover import ALL_SITES
from openhiu.tables.opt_out import ANSWERED_WITHIN, ENTRY, WORKFLOW

FILES: Final = frozenset({
    "list.csv", "list.parquet", "list.xlsx", "flow.csv", "changes.csv", "suggestions.csv",
    "fairness.csv", "manifest.json",
})  # fmt: skip
# `history.parquet` names everybody who was ever listed: it stays with whoever made the list.
_TAKEN_OUT: Final = "opted out, or no NHS number to ask by (few are not shown)"
_NOTED: Final = (
    "People who opted out, and people without an NHS number to ask by, were taken out. Their "
    "places are not filled. The fairness sheet counts the list as it was before."
)
_AGAIN: Final = "ask again with hiu opt-out request; nothing may leave before the new reply"


@dataclass(frozen=True)
class Applied:
    """A list without those who opted out, and what its manifest says of it."""

    table: pa.Table
    changes: list[dict[str, str]]
    suggestions: list[dict[str, str]]
    flow: list[dict[str, Any]]
    fairness: list[dict[str, str]]
    manifest: dict[str, Any]


def may_stay(asked: Path, reply: Path, *, now: datetime, days: int, of_list: str) -> set[str]:
    """The numbers a reply leaves in.

    Raises:
        RefusedByPolicy: no reply yet, none within 24 hours, or asked too long ago.
        InputNotUsable: a reply, or a note of asking, that cannot be trusted.
    """
    note = asking.read_asked(asked)
    if note.list_sha256 != of_list:
        raise InputNotUsable("this was asked about another list, or the list was changed since",
                             file=asked.name, remedy=_AGAIN)  # fmt: skip
    since = now - note.at
    if since < timedelta(0) or since > timedelta(days=days):
        raise RefusedByPolicy(f"this was asked more than {days} days ago, or in the future",
                              file=asked.name, remedy=_AGAIN)  # fmt: skip
    if not reply.is_file():
        _not_there(since)
    stay = set(numbers.read(reply.read_bytes(), reply.name))
    if stay - asking.asked_about(asked):
        raise InputNotUsable("it names people nobody asked about", file=reply.name,
                             remedy="find the reply to this very file")  # fmt: skip
    return stay


def _not_there(since: timedelta) -> None:
    if since > ANSWERED_WITHIN:
        raise RefusedByPolicy("no reply came within 24 hours: nothing is disclosed", remedy=_AGAIN)
    raise RefusedByPolicy("there is no reply yet: nothing is disclosed without it",
                          remedy="wait for it; it comes within the hour as a rule")  # fmt: skip


def apply(
    listing: ListFolder, stay: set[str], *, asked: asking.Asked, reply: bytes, now: datetime,
    days: int,
) -> Applied:  # fmt: skip
    """The list with those alone whose number stays."""
    known = listing.numbers()
    kept = {person for person, number in known.items() if number in stay}
    table = _ranked_anew(listing.table, kept)
    gone = set(listing.table.column("person_id").to_pylist()) - kept
    manifest = {
        **listing.manifest,
        "lists": _places(listing.manifest["lists"], table),
        "warnings": [*listing.manifest["warnings"], _NOTED],
        ENTRY: {
            "workflow": WORKFLOW,
            "asked_at": asked.asked_at,
            "request_sha256": asked.request_sha256,
            "reply_sha256": hashlib.sha256(reply).hexdigest(),
            "applied_at": now.isoformat(timespec="seconds"),
            "valid_days": days,
        },
    }
    return Applied(
        table=table,
        changes=[row for row in listing.changes if row["person_id"] in kept],
        suggestions=[row for row in listing.suggestions if row["person_id"] in kept],
        flow=_flow(listing.flow, table, len(gone)),
        fairness=listing.fairness,
        manifest=manifest,
    )


def write(out: Path, applied: Applied) -> list[Path]:
    """Write the folder whole; its manifest says what every other file hashes to."""
    return write_folder(out, "a list after opt-outs", FILES, lambda to: _write_all(to, applied))


def _ranked_anew(table: pa.Table, kept: set[str]) -> pa.Table:
    """Rows of those who stay; ranks close up, so that no gap tells that somebody was there."""
    rows, last = [], Counter[str]()
    for row in table.to_pylist():
        if row["person_id"] in kept:
            last[row["list_id"]] += 1
            rows.append({**row, "rank": last[row["list_id"]]})
    return pa.Table.from_pylist(rows, schema=table.schema)


def _places(lists: Sequence[Mapping[str, Any]], table: pa.Table) -> list[dict[str, Any]]:
    """Counts at the cut would tell how many were taken out, so they are not told any more."""
    listed = Counter(table.column("list_id").to_pylist())
    unsaid = {"people_at_cut": None, "people_above_cut": None}
    return [{**place, "listed": listed[place["list_id"]], **unsaid} for place in lists]


def _flow(flow: Sequence[Mapping[str, Any]], table: pa.Table, gone: int) -> list[dict[str, Any]]:
    """The account of everyone, with one step more; the last row counts who is left."""
    shown = disclose(gone)
    step = {"step": _TAKEN_OUT, "attendances": "", "people": "" if shown == HIDDEN else shown}
    # A definition over 12 months says so in its second step (identify.flow).
    counted = "attendances_12m" if "12 months" in flow[1]["step"] else "attendances"
    rows = table.select(["list_id", "person_id", counted]).to_pylist()
    across = {row["person_id"] for row in rows if row["list_id"] == ALL_SITES}
    left = sum(
        row[counted] or 0
        for row in rows
        if (row["list_id"] == ALL_SITES) == (row["person_id"] in across)
    )
    listed = {
        "step": "listed",
        "attendances": left,
        "people": len({row["person_id"] for row in rows}),
    }
    return [*map(dict, flow[:-1]), step, listed]


def _write_all(folder: Path, applied: Applied) -> None:
    table = applied.table
    pq.write_table(table, folder / "list.parquet", compression="zstd")
    write_csv(folder / "list.csv", table.column_names, (row.values() for row in table.to_pylist()))
    beside = {name: getattr(applied, name) for name in _COLUMNS}
    for name, rows in beside.items():
        write_csv(folder / f"{name}.csv", _COLUMNS[name],
                  ([row[column] for column in _COLUMNS[name]] for row in rows))  # fmt: skip
    write_workbook(folder / "list.xlsx", table, cover=_cover(applied.manifest), **beside)
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }
    text = json.dumps({**applied.manifest, "files": files}, indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


_COLUMNS: Final = {
    "flow": ("step", "attendances", "people"),
    "changes": ("list_id", "person_id", "change", "reason"),
    "suggestions": ("site_code", "person_id", "attendances", "reason", "on_list"),
    "fairness": ("dimension", "group", "listed", "listed_share", "attenders", "attenders_share"),
}


def _cover(manifest: Mapping[str, Any]) -> list[str]:
    said = manifest[ENTRY]
    return [
        f"{manifest.get('locality') or 'This place'}, as of {manifest['as_of']}",
        f"Opt-outs: asked on {said['asked_at'][:10]}, applied on {said['applied_at'][:10]}.",
        "",
        *manifest["criteria_in_words"],
        str(manifest.get("footprint") or ""),
        "",
        *manifest["warnings"],
    ]

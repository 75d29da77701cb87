"""What the hospitals' analysts send: a list and a feed, as `hiu identify` and `monitor` write.

The ranking is counted here by hand, from the simulated visits: it is the oracle of the list.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from bench.service.soul import SITES, Event, Soul, as_recorded
from openhiu.tables.handover import (
    CLIENT_ACTIVITY_COLUMNS,
    COVERAGE_COLUMNS,
    LIST_COLUMNS,
    PEOPLE_COLUMNS,
)

LENGTH: Final = 12  # people on each hospital's list
_EMPTY: Final = {
    "changes.csv": ("list_id", "person_id", "change", "reason"),
    "suggestions.csv": ("site_code", "person_id", "attendances", "reason", "on_list"),
    "fairness.csv": (
        "dimension", "group", "listed", "listed_share", "attenders", "attenders_share",
    ),
}  # fmt: skip


def ranking(souls: Iterable[Soul], site: str, since: datetime, until: datetime) -> list[Any]:
    """Who came most often to one hospital: soul, visits, first, last; ties by the later visit."""
    found = []
    for soul in souls:
        visits = sorted(
            one.began_at for one in soul.events
            if one.kind == "attendance" and one.site_code == site and since <= one.began_at < until
        )  # fmt: skip
        if visits:
            found.append((soul, len(visits), visits[0], visits[-1]))
    found.sort(key=lambda one: (-one[1], -one[3].timestamp(), one[0].number))
    return found[:LENGTH]


def list_rows(souls: Sequence[Soul], as_of: date, since: datetime, until: datetime) -> list[Any]:
    """Every row of list.csv."""
    return [
        {
            "list_id": site, "rank": rank, "person_id": soul.number, "attendances": visits,
            "max_in_month": visits, "attendances_12m": visits, "by_ambulance": 0, "admissions": 0,
            "sites_attended": 1, "first_arrival": as_recorded(first),
            "last_arrival": as_recorded(last), "age": _age(soul, as_of), "sex": soul.sex,
            "imd_decile": 2, "rules": "top 12", "tied": "false", "change": "",
            "why": f"Came {visits} times in three months.", "name": soul.name,
            "nhs_number": soul.number, "phone": soul.phone, "warning_flags": "",
        }
        for site in SITES
        for rank, (soul, visits, first, last) in enumerate(ranking(souls, site, since, until), 1)
    ]  # fmt: skip


def list_files(rows: list[dict[str, Any]], as_of: date, since: datetime) -> dict[str, bytes]:
    """The files of a list's folder, by name."""
    columns = (*LIST_COLUMNS, *PEOPLE_COLUMNS)
    counts = {site: sum(row["list_id"] == site for row in rows) for site in SITES}
    manifest = {
        "openhiu": "0.1.0", "preset": "spec-top-250", "as_of": as_of.isoformat(),
        "criteria": {"title": "Most attendances", "youngest": 18}, "criteria_in_words": [],
        "locality": "Larkham", "footprint": "",
        "data_cut_off": f"{as_of - timedelta(days=1)}T20:00",
        "window": {"start": since.date().isoformat(), "end_excluded": as_of.isoformat()},
        "inputs": [], "warnings": [],
        "lists": [{"list_id": site, "listed": count, "tied": False}
                  for site, count in counts.items() if count],
    }  # fmt: skip
    files = {name: _sheet(columns_, []) for name, columns_ in _EMPTY.items()}
    return files | {
        "list.csv": _sheet(columns, [[row[name] for name in columns] for row in rows]),
        "flow.csv": _sheet(("step", "attendances", "people"), [["listed", 90, len(rows)]]),
        "manifest.json": json.dumps(manifest).encode(),
    }


def feed_files(
    events: dict[str, list[Event]], standings: dict[str, str], as_of: date, cut_off: datetime | None
) -> dict[str, bytes]:
    """The three files of a feed: events by reference, and how the store knows each reference."""
    rows = [[*_event(ref, one).values()] for ref, theirs in events.items() for one in theirs]
    activity = _sheet(CLIENT_ACTIVITY_COLUMNS, rows)
    coverage = _sheet(COVERAGE_COLUMNS, [[ref, word] for ref, word in standings.items()])
    told = as_recorded(cut_off) if cut_off else None
    manifest = {
        "what": "client_activity", "as_of": as_of.isoformat(),
        "since": since_of(as_of).isoformat(), "warnings": [], "rows": len(rows),
        "cut_offs": dict.fromkeys(("attendances", "admissions", "ambulance", "calls_111"), told),
        "site_cut_offs": dict.fromkeys(SITES, told) if told else {},
        "people": len(standings),
        "sha256": {"client_activity.csv": sha256(activity).hexdigest(),
                   "coverage.csv": sha256(coverage).hexdigest()},
    }  # fmt: skip
    return {"manifest.json": json.dumps(manifest).encode(), "client_activity.csv": activity,
            "coverage.csv": coverage}  # fmt: skip


def since_of(as_of: date) -> date:
    """From when a feed tells: two years."""
    return as_of - timedelta(days=730)


def _event(ref: str, event: Event) -> dict[str, Any]:
    row = dict.fromkeys(CLIENT_ACTIVITY_COLUMNS, "")
    return row | {
        "person_ref": ref, "kind": event.kind, "source_ref": event.ref,
        "began_at": as_recorded(event.began_at),
        "ended_at": as_recorded(event.ended_at) if event.ended_at else "",
        "site_code": event.site_code, "by_ambulance": _truth(event.by_ambulance),
        "admitted": _truth(event.admitted), "complaint": event.complaint,
        "outcome": event.outcome,
    }  # fmt: skip


def _truth(value: bool | None) -> str:
    return {None: "", True: "true", False: "false"}[value]


def _age(soul: Soul, day: date) -> int:
    had = (day.month, day.day) >= (soul.born.month, soul.born.day)
    return day.year - soul.born.year - (not had)


def _sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()

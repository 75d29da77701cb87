"""Making a client-activity feed in a test: drawn tables and a caseload in, the feed out."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.engines.declared import view_with_every_column
from openhiu.locality import Locality
from openhiu.monitor import make, steps
from openhiu.monitor.caseload import Row
from openhiu.tables.activity import PEOPLE, TABLES
from support.drawn import cells, drawn


def make_feed(
    engine: Engine,
    caseload: str,
    as_of: str = "2026-04-01",
    *,
    since: str = "2024-04-01",
    people: str | None = None,
    locality: Locality | None = None,
    **tables: str,
) -> make.Feed:
    """A feed from drawn tables, by dataset. The person key is the identifier itself."""
    known = [drawn(text, TABLES[dataset]) for dataset, text in tables.items()]
    for dataset, table in zip(tables, known, strict=True):
        engine.register(f"{dataset}_given", table)
    steps.lay_out(engine, list(tables), key="person_id", no_key="cast(null as varchar)")
    ids = sorted({i for table in known for i in table["person_id"].to_pylist() if i})
    keys = pa.array(ids, pa.string())
    engine.register("persons", pa.table({"person_key": keys, "person_id": keys}))
    named = drawn(people, PEOPLE) if people else PEOPLE.arrow_schema().empty_table()
    engine.register("people_given", named)
    view_with_every_column(engine, PEOPLE)
    period = steps.Period(date.fromisoformat(since), date.fromisoformat(as_of))
    rows = _caseload(caseload)
    return make.count(engine, rows, period, locality or Locality())


def _caseload(text: str) -> list[Row]:
    """A drawn caseload; the columns about support may be left out."""
    header, rows = cells(text)
    named = [dict(zip(header, row, strict=True)) for row in rows]
    return [
        Row(
            row["person_ref"], row["issuer"], row["person_id"], row.get("phase") or None,
            *(date.fromisoformat(row[name]) if row.get(name) else None
              for name in ("supported_since", "last_contact_on")),
        )
        for row in named
    ]  # fmt: skip


def told(feed: make.Feed, *columns: str) -> list[tuple[str, ...]]:
    """The events as text, in the columns asked for."""
    return [tuple(_text(getattr(event, name)) for name in columns) for event in feed.events]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)

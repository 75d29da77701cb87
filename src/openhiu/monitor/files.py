"""Writing a feed: its contents come in; client_activity, coverage and the manifest go out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.monitor.make import Feed
from openhiu.tables.delivery import write_csv, write_folder
from openhiu.tables.handover import (
    ACTIVITY_FILES,
    CLIENT_ACTIVITY_COLUMNS,
    CLIENTS_COLUMNS,
    COVERAGE_COLUMNS,
    HEALTH_COLUMNS,
    SIGNAL_COLUMNS,
)

SCHEMA: Final = pa.schema(
    [
        pa.field("person_ref", pa.string()), pa.field("kind", pa.string()),
        pa.field("source_ref", pa.string()), pa.field("began_at", pa.timestamp("us")),
        pa.field("ended_at", pa.timestamp("us")), pa.field("site_code", pa.string()),
        pa.field("by_ambulance", pa.bool_()), pa.field("admitted", pa.bool_()),
        pa.field("complaint", pa.string()), pa.field("outcome", pa.string()),
    ]
)  # fmt: skip

SIGNAL_SCHEMA: Final = pa.schema(
    [(name, pa.date32() if name == "day" else pa.string()) for name in SIGNAL_COLUMNS]
)


def write(out: Path, feed: Feed, manifest: Mapping[str, Any]) -> list[Path]:
    """Write every file into a new folder and put it in the place of `out`.

    The manifest gets the SHA-256 of every CSV, so that a delivery that arrived half is known.
    """
    return write_folder(
        out, "a feed", ACTIVITY_FILES, lambda folder: _write_all(folder, feed, manifest)
    )


def _write_all(folder: Path, feed: Feed, manifest: Mapping[str, Any]) -> None:
    rows = [astuple(event) for event in feed.events]
    activity, coverage = folder / "client_activity.csv", folder / "coverage.csv"
    write_csv(activity, CLIENT_ACTIVITY_COLUMNS, rows)
    write_csv(coverage, COVERAGE_COLUMNS, sorted(feed.coverage.items()))
    write_csv(folder / "clients.csv", CLIENTS_COLUMNS, map(astuple, feed.clients))
    raised = [(s.ref, s.rule, s.level, s.day, s.why, s.key) for s in feed.signals]
    write_csv(folder / "signals.csv", SIGNAL_COLUMNS, raised)
    faults = [(f.kind, f.dataset, f.site, f.since, f.words) for f in feed.health]
    write_csv(folder / "health.csv", HEALTH_COLUMNS, faults)
    _write_parquet(folder / "client_activity.parquet", rows, SCHEMA)
    _write_parquet(folder / "signals.parquet", raised, SIGNAL_SCHEMA)
    hashes = {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(folder.glob("*.csv"))}
    text = json.dumps({**manifest, "sha256": hashes}, indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _write_parquet(path: Path, rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> None:
    named = [dict(zip(schema.names, row, strict=True)) for row in rows]
    pq.write_table(pa.Table.from_pylist(named, schema=schema), path, compression="zstd")

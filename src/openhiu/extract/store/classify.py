"""Which version of each record wins: arriving submissions come in; what changes goes out.

Only key columns are read, one part of the keys at a time, so that memory does not grow with the
store. docs/adr/0003-how-corrections-win.md has the rules; sql/ has them as queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.extract.store.facts import Manifest
from openhiu.extract.store.shape import GONE, Shape

_ROWS_PER_PART: Final = 4_000_000
_STEPS: Final = (
    "fresh", "standing", "contested", "ranked", "winners", "replacing", "replaced", "verdict",
    "swept",
)  # fmt: skip
_ROW: Final = [pa.field("_submission", pa.string()), pa.field("_row", pa.int64())]
_SPANS: Final = pa.schema(
    [
        pa.field("_submission", pa.string()),
        pa.field("owner", pa.string()),
        pa.field("period_start", pa.timestamp("us")),
        pa.field("period_end", pa.timestamp("us")),
        pa.field("moment", pa.timestamp("us")),
    ]
)
_RECEIPTS: Final = pa.schema([_ROW[0], pa.field("received_at", pa.timestamp("us"))])
_RESULTS: Final = {
    "dropped": pa.schema(_ROW),
    "outgoing": pa.schema([*_ROW, pa.field("month", pa.string())]),
    "newly_gone": GONE,
    "outlived": pa.schema(list(GONE)[:2]),
}


@dataclass
class Change:
    """What arriving rows do to the store.

    `outcomes` counts rows by outcome, `arriving` winning rows by month. `dropped` are arriving
    rows that are not true, `outgoing` rows of the store that are not true any more.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    arriving: Counter[str] = field(default_factory=Counter)
    results: dict[str, list[pa.Table]] = field(
        default_factory=lambda: {name: [] for name in _RESULTS}
    )

    def result(self, name: str) -> pa.Table:
        """One of `dropped`, `outgoing`, `newly_gone`, `outlived`, from all parts."""
        return pa.concat_tables([_RESULTS[name].empty_table(), *self.results[name]])

    def touched(self) -> set[str]:
        """The months that must be written again."""
        return set(self.arriving) | set(self.result("outgoing")["month"].to_pylist())


def register(engine: Engine, name: str, paths: Sequence[Path], otherwise: pa.Schema) -> None:
    """Name some Parquet files, or an empty table where there are none.

    Columns that were declared after the files had been written are null.
    """
    engine.register(name, paths or otherwise.empty_table())
    there = set(engine.columns(name))
    if any(field.name not in there for field in otherwise):
        engine.register(f"{name}_as_written", paths)
        engine.register(f"{name}_as_declared", otherwise.empty_table())
        both = f"{name}_as_declared union all by name from {name}_as_written"
        engine.view(name, f"from {both}")


def register_submissions(
    engine: Engine,
    shape: Shape,
    arriving: Sequence[tuple[Manifest, Path]],
    replacements: Sequence[tuple[Manifest, Path]],
) -> None:
    """Name the arriving rows and the bulk replacements that may bear on them."""
    register(engine, "incoming", [path for _, path in arriving], shape.submission_schema())
    register(engine, "replacements", [path for _, path in replacements], shape.submission_schema())
    engine.register("receipts", _receipts(manifest for manifest, _ in arriving))
    engine.register("spans", _spans(manifest for manifest, _ in replacements))


def classify(engine: Engine, shape: Shape, rows: int) -> Change:
    """Decide every arriving row.

    The engine knows `incoming`, `receipts`, `replacements`, `spans`, `prepared` and `gone`;
    `rows` is how many arrive.
    """
    change = Change()
    parts = 1 + rows // _ROWS_PER_PART
    for part in range(parts):
        for step in _STEPS:
            engine.persist(step, shape.sql(step), {"parts": parts, "part": part})
        _collect(engine, shape, change)
    return change


def _collect(engine: Engine, shape: Shape, change: Change) -> None:
    for row in engine.run(shape.sql("outcomes")).to_pylist():
        change.outcomes[row["outcome"]] += row["rows"]
    for row in engine.run(shape.sql("arriving")).to_pylist():
        change.arriving[row["month"]] += row["rows"]
    for name, schema in _RESULTS.items():
        change.results[name].append(engine.run(shape.sql(name)).cast(schema))


def _receipts(manifests: Iterable[Manifest]) -> pa.Table:
    rows = [
        {"_submission": manifest.id, "received_at": manifest.facts.received_at}
        for manifest in manifests
    ]
    return pa.Table.from_pylist(rows, schema=_RECEIPTS)


def _spans(manifests: Iterable[Manifest]) -> pa.Table:
    rows = [
        {
            "_submission": manifest.id,
            "owner": owner,
            "period_start": _midnight(manifest.facts.replaces.start),
            "period_end": _midnight(manifest.facts.replaces.end),
            "moment": manifest.facts.received_at,
        }
        for manifest in manifests
        if manifest.facts.replaces
        for owner in manifest.owners
    ]
    return pa.Table.from_pylist(rows, schema=_SPANS)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)

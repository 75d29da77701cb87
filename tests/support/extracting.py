"""Files drawn in a test: text with columns between bars comes in; checked rows go out.

Stands in for the reader of bytes: numbered batches of text, empty cells null.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from openhiu.engines import open_engine
from openhiu.extract import dialects
from openhiu.extract.findings import Findings
from openhiu.extract.layout import Layout, fit
from openhiu.extract.mapping import Mapping, parse_mapping
from openhiu.extract.recognise import recognise
from openhiu.extract.validate import Validator
from support.drawn import cells

TODAY = date(2026, 6, 30)
RECEIVED = datetime(2026, 6, 30, 12, 0)


@dataclass(frozen=True)
class Outcome:
    """What became of a drawn file."""

    accepted: pa.Table
    rejects: list[dict[str, Any]]
    findings: Findings

    def column(self, name: str) -> list[Any]:
        return self.accepted.column(name).to_pylist()

    @property
    def rules(self) -> list[tuple[int, str, str]]:
        return [(each["row"], each["column"], each["rule"]) for each in self.rejects]


def batch(columns: dict[str, list[str | None]], first_row: int = 2) -> pa.RecordBatch:
    """Columns of text as the reader hands them over."""
    rows = len(next(iter(columns.values())))
    numbers = pa.array(range(first_row, first_row + rows), pa.int64())
    texts = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.RecordBatch.from_pydict(
        {"_row": numbers, "_fault": pa.nulls(rows, pa.string()), **texts}
    )


def drawn_batch(text: str) -> pa.RecordBatch:
    """A drawn file as one batch."""
    header, rows = cells(text)
    return batch({name: [row[i] or None for row in rows] for i, name in enumerate(header)})


def mapping(text: str) -> Mapping:
    """A trust's own mapping."""
    return parse_mapping(text, dialects.dialect, file="ours.toml")


def check(
    given: str | pa.RecordBatch | Sequence[pa.RecordBatch],
    how: Mapping | str | None = None,
    *,
    date1904: bool = False,
) -> Outcome:
    """Check a drawn file, recognised by its header or read by a mapping or a dialect's name."""
    batches = [drawn_batch(given)] if isinstance(given, str) else given
    batches = [batches] if isinstance(batches, pa.RecordBatch) else batches
    layout = _layout(batches[0].schema.names[2:], how)
    with open_engine() as engine:
        validator = Validator(
            layout, engine=engine, today=TODAY, received_at=RECEIVED, date1904=date1904,
            file="drawn.csv",
        )  # fmt: skip
        checked = [validator.check(each) for each in batches]
        findings = validator.close()
    accepted = pa.concat_tables([each.accepted for each in checked])
    rejects = pa.concat_tables([each.rejects for each in checked]).to_pylist()
    return Outcome(accepted, rejects, findings)


def _layout(columns: Sequence[str], how: Mapping | str | None) -> Layout:
    if how is None:
        return recognise(columns, file="drawn.csv")
    return fit(dialects.dialect(how) if isinstance(how, str) else how, columns, file="drawn.csv")

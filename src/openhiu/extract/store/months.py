"""Writing what is true, month by month: the change comes in; new month files go out.

A few months are read at once, never more rows than fit in memory; a month that is too big by
itself is read site by site. Rows are sorted by site, person and time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from openhiu.engines import Engine
from openhiu.extract.store import layout
from openhiu.extract.store.classify import register
from openhiu.extract.store.commits import Written
from openhiu.extract.store.derived import ParquetFile
from openhiu.extract.store.shape import Shape

_ROWS_AT_ONCE: Final = 500_000
# Sites are compared as "s" and their code: nothing sorts before all of them, "t" after.
_FIRST: Final = ""
_LAST: Final = "t"
_ALWAYS: Final = (datetime(1, 1, 1), datetime(9999, 1, 1))
Sites = tuple[str, str]
_EVERYWHERE: Final[Sites] = (_FIRST, _LAST)


def write_months(
    engine: Engine,
    shape: Shape,
    root: Path,
    generation: int,
    old: Mapping[str, Written],
    arriving: Mapping[str, int],
    touched: Iterable[str],
) -> list[Written]:
    """Write the touched months again; a month that holds nothing any more gets no file.

    The engine knows `incoming`, `receipts`, `persons`, `dropped` and `outgoing`.
    """
    sizes = Counter(arriving)
    sizes.update({month: old[month].rows for month in touched if month in old})
    written: list[Written] = []
    for months in _groups(sorted(touched), sizes):
        paths = [root / old[month].path for month in months if month in old]
        register(engine, "rebuilt", paths, shape.prepared_schema())
        tables = _read(engine, shape, months, sum(sizes[month] for month in months))
        written += _write(tables, shape, root, generation, months)
    return written


def _groups(months: Sequence[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Months in order, as many together as may be in memory at once."""
    group: list[str] = []
    for month in months:
        if group and sum(sizes[name] for name in [*group, month]) > _ROWS_AT_ONCE:
            yield group
            group = []
        group.append(month)
    if group:
        yield group


def _read(engine: Engine, shape: Shape, months: Sequence[str], rows: int) -> Iterator[pa.Table]:
    """The sorted rows of some months, in pieces by site when there are too many."""
    first, after = _bounds(shape, months)
    between = {"first": first, "after": after}
    engine.persist("known", shape.sql("known"), between)
    pieces = [_EVERYWHERE]
    if rows > _ROWS_AT_ONCE:
        pieces = list(_pieces(engine.run(shape.sql("sites"), between).to_pylist()))
    for low, high in pieces:
        yield engine.run(shape.sql("month"), {**between, "low": low, "high": high})


def _bounds(shape: Shape, months: Sequence[str]) -> tuple[datetime, datetime]:
    if not shape.numbered:
        return _ALWAYS
    year, month = map(int, months[-1].split("-"))
    after = datetime(year + month // 12, month % 12 + 1, 1)
    return datetime.strptime(months[0], "%Y-%m"), after


def _pieces(sites: Sequence[Mapping[str, object]]) -> Iterator[Sites]:
    """Ranges of sites that hold about as many rows as may be in memory at once."""
    low, rows = _FIRST, 0
    for site in sites:
        rows += int(str(site["rows"]))
        if rows >= _ROWS_AT_ONCE:
            yield low, f"s{site['site']}"
            low, rows = f"s{site['site']}", 0
    if rows:
        yield low, _LAST


def _write(
    tables: Iterable[pa.Table], shape: Shape, root: Path, generation: int, months: Sequence[str]
) -> Iterator[Written]:
    if len(months) == 1:
        yield from _month_file(tables, shape, root, generation, months[0])
        return
    for table in tables:
        for month in months:
            rows = table.filter(pc.equal(table["month"], month))
            yield from _month_file([rows], shape, root, generation, month)


def _month_file(
    tables: Iterable[pa.Table], shape: Shape, root: Path, generation: int, month: str
) -> Iterator[Written]:
    path = layout.prepared(shape.table.name, month, generation)
    owners: Counter[str] = Counter()
    latest: datetime | None = None
    with ParquetFile(root, path, shape.prepared_schema()) as file:
        for table in tables:
            file.write(table)
            owners.update(_counts(table["owner"]))
            latest = _later(latest, table, shape)
    if file.rows:
        yield file.written(month, owners, latest)


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    return {pair["values"]: pair["counts"] for pair in pc.value_counts(column).to_pylist()}


def _later(latest: datetime | None, table: pa.Table, shape: Shape) -> datetime | None:
    if not shape.table.happened:
        return None
    found: datetime | None = pc.max(table[shape.table.happened]).as_py()
    return max(filter(None, (latest, found)), default=None)

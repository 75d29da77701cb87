"""Numbers for persons: identifiers that arrive come in; a file that gives each a number goes out.

A number, once given, stays: the file is only ever written again with more at its end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.engines import Engine
from openhiu.extract.store import layout
from openhiu.extract.store.classify import register
from openhiu.extract.store.commits import Written
from openhiu.extract.store.derived import ParquetFile, whole
from openhiu.extract.store.shape import PERSONS, Shape

_ROWS_PER_PART: Final = 8_000_000


def number_persons(
    engine: Engine, shape: Shape, root: Path, generation: int, old: Written | None, rows: int
) -> Written | None:
    """Give every arriving person a number and name the file `persons` in the engine.

    The engine knows `incoming`; `rows` is how many arrive.
    """
    register(engine, "persons", [whole(root, old)] if old else [], PERSONS)
    if not shape.numbered:
        return old
    newcomers = _newcomers(engine, shape, rows)
    if not newcomers.num_rows:
        return old
    written = _append(root, generation, old, newcomers)
    register(engine, "persons", [root / written.path], PERSONS)
    return written


def _newcomers(engine: Engine, shape: Shape, rows: int) -> pa.Table:
    parts = 1 + rows // _ROWS_PER_PART
    text = shape.sql("newcomers")
    return pa.concat_tables(
        [engine.run(text, {"parts": parts, "part": part}) for part in range(parts)]
    )


def _append(root: Path, generation: int, old: Written | None, newcomers: pa.Table) -> Written:
    with ParquetFile(root, layout.persons(generation), PERSONS) as file:
        if old:
            with pq.ParquetFile(root / old.path) as known:
                for batch in known.iter_batches(batch_size=1 << 17):
                    file.write(pa.Table.from_batches([batch]))
        numbers = pa.array(range(file.rows + 1, file.rows + 1 + newcomers.num_rows), pa.int64())
        file.write(pa.table({"person_no": numbers, "person_id": newcomers["person_id"]}))
    return file.written()

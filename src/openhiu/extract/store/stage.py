"""Taking rows in before they count: typed Arrow tables come in; an unnamed Parquet file goes out.

A staged file has a temporary name and its writer's lock. Nobody reads it until `Store.commit`
gives it its name; if its writer dies, the next writer removes it.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openhiu.engines import Engine, open_engine
from openhiu.extract.store import durable
from openhiu.extract.store.lock import create_locked
from openhiu.extract.store.shape import Shape
from openhiu.tables.schema import Table

# Rows are sorted by date in runs of this many, so that a month can be read without the others.
_RUN: Final = 1 << 18
_ROW_GROUP: Final = 1 << 16


class Stage:
    """Accepted rows on their way into the store. Leaving its block by an exception drops them.

    `rows` have been written so far; `known` tells after a commit that another writer had committed
    the same submission before; once finished, `weak` of them have no record identifier and
    `owners` sent them.
    """

    def __init__(self, shape: Shape, identifier: str, target: Path) -> None:
        """Open the temporary file beside `target`; `Store.stage` calls this."""
        self.dataset = shape.table.name
        self.id = identifier
        self.rows = 0
        self.weak = 0
        self.owners: set[str] = set()
        self.known = False
        self.target = target
        self._shape = shape
        self._waiting: list[pa.Table] = []
        self._resources = ExitStack()
        self._schema = pa.schema([*shape.table.arrow_schema(), pa.field("_row", pa.int64())])
        with durable.disk_faults():
            self.path, self._file = create_locked(target)
        self._resources.enter_context(self._file)
        self._engine = self._open_engine()
        self._writer: Any = pq.ParquetWriter(
            self._file, shape.submission_schema(), compression="zstd"
        )

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is not None:
            self.abort()

    def write(self, table: pa.Table) -> None:
        """Take accepted rows: the declared columns in any order, and `_row` (int64).

        Raises ConfigurationFault when the disk refuses; the store is as it was.
        """
        rows = table.select(self._schema.names).cast(self._schema)
        _refuse_undated(rows, self._shape.table)
        self._waiting.append(rows)
        self.rows += table.num_rows
        if sum(waiting.num_rows for waiting in self._waiting) >= _RUN:
            self._flush()

    def finish(self) -> None:
        """Put everything on the disk. `Store.commit` calls it; nothing can be written after it."""
        if self._file.closed:
            return
        self._flush()
        with durable.disk_faults():
            self._writer.close()
            durable.sync_file(self._file)

    def release(self) -> None:
        """Close the file and let go of its lock."""
        self._resources.close()

    def abort(self) -> None:
        """Drop the rows. Safe to call twice, and after a commit, when it changes nothing."""
        with suppress(OSError, ValueError, pa.ArrowException):
            self._writer.close()
        with suppress(OSError):
            self._resources.close()
        with suppress(OSError):
            self.path.unlink()

    def _open_engine(self) -> Engine:
        """The engine may need a place on the disk; where there is none, nothing is left behind."""
        try:
            with durable.disk_faults():
                return self._resources.enter_context(open_engine())
        except BaseException:
            self._resources.close()
            self.path.unlink(missing_ok=True)
            raise

    def _flush(self) -> None:
        if not self._waiting:
            return
        schema = self._shape.submission_schema()
        self._engine.register("batch", pa.concat_tables(self._waiting))
        self._waiting = []
        sorted_run = self._engine.run(self._shape.sql("stage"), {"submission": self.id})
        self.weak += sorted_run.num_rows - sorted_run["_weak"].null_count
        self.owners.update(pc.unique(sorted_run["owner"]).to_pylist())
        with durable.disk_faults():
            self._writer.write_table(
                sorted_run.select(schema.names).cast(schema), row_group_size=_ROW_GROUP
            )


def _refuse_undated(rows: pa.Table, table: Table) -> None:
    """A record without its moment belongs to no month; a deletion needs none."""
    if table.happened and rows[table.happened].null_count:
        undated = rows.filter(pc.is_null(rows[table.happened]))
        kept = pc.fill_null(pc.not_equal(undated["record_action"], "delete"), True)
        if pc.any(kept).as_py():
            raise ValueError(f"a row without {table.happened} cannot be stored")

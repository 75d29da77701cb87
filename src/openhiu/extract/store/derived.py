"""Derived files: Arrow tables come in, piece by piece; one sorted Parquet file goes out, or none.

A file without rows is never made.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.errors import InputNotUsable
from openhiu.extract.store import durable
from openhiu.extract.store.commits import Written

_ROW_GROUP: Final = 1 << 17


def whole(root: Path, written: Written) -> Path:
    """The path of a derived file, when it is there in full length; otherwise InputNotUsable."""
    path = root / written.path
    if path.is_file() and path.stat().st_size == written.bytes:
        return path
    raise InputNotUsable(
        "this file of the store is missing or is not as it was written",
        remedy="rebuild the store from its submissions, or restore it from a backup",
        file=written.path,
    )


class ParquetFile:
    """A Parquet file that takes its name when its block ends well and it has rows."""

    def __init__(self, root: Path, path: str, schema: pa.Schema) -> None:
        self.rows = 0
        self._root = root
        self._path = path
        self._schema = schema
        self._resources = ExitStack()
        self._writer: Any = None

    def __enter__(self) -> ParquetFile:
        self._resources.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._resources.__exit__(*exception)

    def write(self, table: pa.Table) -> None:
        """Add rows, in the order in which they shall stand; other columns are left out."""
        if not table.num_rows:
            return
        rows = table.select(self._schema.names).cast(self._schema)
        self._open().write_table(rows, row_group_size=_ROW_GROUP)
        self.rows += table.num_rows

    def written(
        self, month: str = "", owners: Mapping[str, int] | None = None,
        latest: datetime | None = None,
    ) -> Written:  # fmt: skip
        """What a commit says of the file, once it has its name."""
        size = (self._root / self._path).stat().st_size
        return Written(self._path, self.rows, size, month, dict(owners or {}), latest)

    def _open(self) -> Any:
        if self._writer is None:
            file = self._resources.enter_context(durable.new_file(self._root / self._path))
            writer = pq.ParquetWriter(file, self._schema, compression="zstd")
            self._writer = self._resources.enter_context(writer)
        return self._writer

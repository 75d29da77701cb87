"""What a store holds about somebody: keys come in; every row that names them, as it was received,
goes out by dataset. For a copy of their data; nothing in the store changes.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openhiu.extract.store import submissions
from openhiu.extract.store.commits import newest
from openhiu.extract.store.forgetting import all_keys

_KEYS: Final = ("person_id", "nhs_number")
_OURS: Final = "_"  # what the store keeps for itself begins so


def copy_of(root: Path, wanted: Collection[str]) -> dict[str, pa.Table]:
    """Rows about these people by dataset: those taken back or replaced since stand there too.

    Who gives one number is found by the other. A dataset that names nobody of them is left out.
    """
    commit = newest(root)
    keys = pa.array(sorted(all_keys(root, commit, wanted)), pa.string())
    found: dict[str, list[pa.Table]] = {}
    for entry in commit.submissions:
        ((_, path),) = submissions.load(root, [entry])
        for batch in pq.ParquetFile(path).iter_batches():
            rows = _about(pa.Table.from_batches([batch]), keys)
            if rows.num_rows:
                found.setdefault(entry.dataset, []).append(rows)
    return {name: pa.concat_tables(tables) for name, tables in sorted(found.items())}


def _about(table: pa.Table, keys: pa.Array) -> pa.Table:
    named = pa.chunked_array([pa.array([False] * table.num_rows, pa.bool_())])
    for name in _KEYS:
        if name in table.column_names:
            is_one = pc.is_in(table[name].cast(pa.string()), keys)
            named = pc.or_(named, pc.fill_null(is_one, False))
    shown = [name for name in table.column_names if not name.startswith(_OURS)]
    return table.filter(named).select(shown)

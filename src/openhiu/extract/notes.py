"""Lines of an export that are not records: rejected rows come in; those that are a total or a note
at the foot of the file go out with a rule that says so.
"""

from __future__ import annotations

from functools import reduce
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from openhiu.extract.layout import Layout

RULE: Final = "a total or a note, not a record"
REMEDY: Final = "leave totals and notes out of the export"
_TOTAL: Final = r"(?i)^\s*(grand|sub)?[ -]?total|^sum$|^count$|rows? (affected|selected)"


def mark(layout: Layout, lost: pa.RecordBatch, rejects: pa.Table) -> pa.Table:
    """The same rejects, with the rule changed for rows that say "Total" or hold one cell only.

    `lost` are the rejected rows as read, in the order of `rejects`.
    """
    texts = [lost.column(name) for name in lost.schema.names if name not in ("_row", "_fault")]
    keys = [
        lost.column(header)
        for name in ("person_id", layout.table.happened)
        if name and (source := layout.source(name))
        for header in source.all_headers
    ]
    if not keys or len(texts) < 2:
        return rejects
    nobody = reduce(pc.and_, (pc.is_null(key) for key in _unlabelled(keys)))
    if not pc.any(nobody).as_py():
        return rejects
    filled = reduce(pc.add, (pc.is_valid(text).cast(pa.int32()) for text in texts))
    total = reduce(pc.or_, map(_says_total, texts))
    # A row without a column is one the reader could not read; it has said why.
    read = pc.is_valid(rejects.column("column"))
    note = pc.and_(read, pc.or_(pc.and_(nobody, total), pc.equal(filled, 1)))
    names = {"column": pa.scalar(None, pa.string()), "rule": RULE, "remedy": REMEDY}
    changed = {
        name: pc.if_else(note, names[name], rejects.column(name)) if name in names
        else rejects.column(name)
        for name in rejects.column_names
    }  # fmt: skip
    return pa.table(changed, schema=rejects.schema)


def _unlabelled(keys: list[pa.Array]) -> list[pa.Array]:
    """The key cells, where the word Total itself may stand in one of them."""
    return [pc.if_else(_says_total(key), pa.scalar(None, pa.string()), key) for key in keys]


def _says_total(cells: pa.Array) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(cells, _TOTAL), False)

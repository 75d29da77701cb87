"""Taking people out of submissions: keys come in; submissions without them, newly named, go out.

Rows about a person are left out; rows of activity stay and lead to nobody. What was written before
is removed once the commit that names the new files is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openhiu.extract.store import durable, layout, submissions
from openhiu.extract.store.commits import Commit, Entry
from openhiu.extract.store.facts import Manifest
from openhiu.extract.store.whom import Whom, columns

# What comes after it counts how often a submission was written without somebody.
MARK: Final = "~"
_KEYS: Final = ("person_id", "nhs_number")


@dataclass(frozen=True)
class Forgotten:
    """Rows about people that went, rows of activity that lead to nobody now, files written anew.

    `not_followed` counts NHS numbers that only somebody else has in the store.
    """

    people: int = 0
    activity: int = 0
    submissions: int = 0
    not_followed: int = 0

    def and_(self, other: Forgotten) -> Forgotten:
        """Both together."""
        return Forgotten(
            self.people + other.people,
            self.activity + other.activity,
            self.submissions + other.submissions,
            self.not_followed + other.not_followed,
        )


def received_as(identifier: str) -> str:
    """The name a submission was received under, however often it was written since."""
    return identifier.partition(MARK)[0]


def all_keys(root: Path, commit: Commit, wanted: Collection[str]) -> set[str]:
    """Every key under which these people stand: who gives one number is found by the other too."""
    keys, before = set(wanted), -1
    while len(keys) != before:
        before = len(keys)
        for _, path in submissions.load(root, commit.of(layout.PEOPLE)):
            table = pq.read_table(path, columns=list(_KEYS))
            named = table.filter(_of(table, keys))
            found = {cell for name in _KEYS for cell in named[name].to_pylist()}
            keys.update(key for key in found if key)
    return keys


def without(root: Path, commit: Commit, whom: Whom) -> tuple[list[Entry], Forgotten]:
    """The commit's submissions, those that name somebody written anew without them."""
    entries, told = [], Forgotten()
    for entry in commit.submissions:
        ((manifest, path),) = submissions.load(root, [entry])
        rows = _touched(path, whom)
        if not rows:
            entries.append(entry)
            continue
        entries.append(_write(root, entry, manifest, path, whom))
        mine = Forgotten(rows, 0, 1) if entry.dataset == layout.PEOPLE else Forgotten(0, rows, 1)
        told = told.and_(mine)
    return entries, told


def _touched(path: Path, whom: Whom) -> int:
    return sum(
        int(pc.sum(whom.rows(pa.Table.from_batches([batch]))).as_py() or 0)
        for batch in pq.ParquetFile(path).iter_batches(columns=columns(path))
    )


def _of(table: pa.Table, keys: Collection[str]) -> Any:
    """Which rows name one of these keys."""
    values = pa.array(sorted(keys), pa.string())
    found = pa.chunked_array([pa.array([False] * table.num_rows, pa.bool_())])
    for name in _KEYS:
        if name in table.column_names:
            column = table[name].cast(pa.string())
            found = pc.or_(found, pc.fill_null(pc.is_in(column, values), False))
    return found


def _write(root: Path, entry: Entry, manifest: Manifest, path: Path, whom: Whom) -> Entry:
    base, _, count = entry.id.partition(MARK)
    name = f"{base}{MARK}{int(count or 0) + 1}"
    target = root / layout.submission(entry.dataset, name)
    rows = 0
    with durable.new_file(target) as file:
        schema = pq.ParquetFile(path).schema_arrow
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for table in _rewritten(path, entry.dataset, name, whom):
                rows += table.num_rows
                writer.write_table(table.cast(schema))
    return _publish(root, entry, replace(
        manifest, id=name, rows=rows, stored_sha256=durable.sha256_of(target),
        stored_bytes=target.stat().st_size, forgotten=manifest.forgotten + 1,
    ))  # fmt: skip


def _rewritten(path: Path, dataset: str, name: str, whom: Whom) -> Iterator[pa.Table]:
    for batch in pq.ParquetFile(path).iter_batches():
        table = pa.Table.from_batches([batch])
        named = whom.rows(table)
        if dataset == layout.PEOPLE:
            table = table.filter(pc.invert(named))
        else:
            table = _unlinked(table, named, name)
        yield _with(table, "_submission", pa.array([name] * table.num_rows, pa.string()))


def _unlinked(table: pa.Table, named: Any, name: str) -> pa.Table:
    """The same rows with nobody in them: neither their key nor a hash it could be told from."""
    fresh = [sha256(f"{name} {row}".encode()).hexdigest() for row in table["_row"].to_pylist()]
    person = table["person_id"]
    table = _with(table, "person_id", pc.if_else(named, pa.scalar(None, person.type), person))
    content = pa.array([int(text[:15], 16) for text in fresh], pa.int64())
    table = _with(table, "_content", pc.if_else(named, content, table["_content"]))
    weak = pc.and_(named, pc.is_valid(table["_weak"]))
    key = pa.array([f"f{text[:32]}" for text in fresh], pa.string())
    return _with(table, "_weak", pc.if_else(weak, key, table["_weak"]))


def _with(table: pa.Table, name: str, values: Any) -> pa.Table:
    place = table.column_names.index(name)
    return table.set_column(
        place, table.schema.field(place), values.cast(table.schema.types[place])
    )


def _publish(root: Path, entry: Entry, manifest: Manifest) -> Entry:
    data = manifest.to_json()
    durable.write_bytes(root / layout.manifest(manifest.dataset, manifest.id), data)
    return replace(entry, id=manifest.id, manifest_sha256=sha256(data).hexdigest())

"""A copy for somebody of what an analyst's store holds about them: a store and keys come in, a
folder with one file a dataset goes out.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.extract.store.copying import copy_of
from openhiu.extract.store.store import Store
from openhiu.tables.activity import TABLES
from openhiu.tables.delivery import write_csv, write_folder

MANIFEST: Final = "about-this-copy.json"


@dataclass(frozen=True)
class PersonCopy:
    """How many rows were found in each dataset, and where they were written."""

    rows: dict[str, int]
    out: Path

    def as_dict(self) -> dict[str, Any]:
        """As plain data, without anything about the person."""
        return {"rows": self.rows, "out": str(self.out)}


def copy_person(store: Path, keys: Collection[str], out: Path) -> PersonCopy:
    """Write every row about the people of these keys; an earlier copy in `out` is replaced.

    Raises InputNotUsable where the folder is no store, or a submission is not as it was written.
    """
    Store.open(store)
    found = copy_of(store, set(keys))

    def fill(folder: Path) -> None:
        for name, table in found.items():
            rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
            write_csv(folder / f"{name}.csv", table.column_names, rows)
        told = {name: _meanings(name, table.column_names) for name, table in found.items()}
        text = json.dumps({"what": "copy_of_personal_data", "columns": told}, indent=2)
        (folder / MANIFEST).write_text(text + "\n", "utf-8")

    known = {MANIFEST, *(f"{name}.csv" for name in TABLES)}
    write_folder(out, "a copy of what is held about somebody", known, fill)
    return PersonCopy({name: table.num_rows for name, table in found.items()}, out)


def _meanings(dataset: str, columns: list[str]) -> dict[str, str]:
    """What each column means, for whoever reads the copy."""
    declared = {column.name: column.meaning for column in TABLES[dataset].columns}
    return {name: declared.get(name, "") for name in columns}

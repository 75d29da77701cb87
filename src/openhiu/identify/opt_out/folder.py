"""The folder of a list as it was written: its files come in; rows and numbers to ask by go out."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.errors import InputNotUsable
from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.tables.opt_out import ENTRY

_READ: Final = ("list.parquet", "changes.csv", "suggestions.csv", "flow.csv", "fairness.csv",
                "manifest.json")  # fmt: skip


@dataclass(frozen=True)
class ListFolder:
    """A list before opt-outs. `changes` and `suggestions` name people beyond the list itself."""

    table: pa.Table
    changes: list[dict[str, str]]
    suggestions: list[dict[str, str]]
    flow: list[dict[str, str]]
    fairness: list[dict[str, str]]
    manifest: dict[str, Any]
    fingerprint: str

    def people(self) -> set[str]:
        """The hospital's key of everyone whom any file names."""
        listed = self.table.column("person_id").to_pylist()
        beside = [row["person_id"] for row in (*self.changes, *self.suggestions)]
        return {str(person) for person in (*listed, *beside)}

    def numbers(self) -> Mapping[str, str]:
        """The NHS number of everyone who has one, by the hospital's key."""
        found = {person: _number(person) for person in self.people()}
        if "nhs_number" in self.table.column_names:
            for row in self.table.select(["person_id", "nhs_number"]).to_pylist():
                found[row["person_id"]] = (
                    _number(row["nhs_number"] or "") or found[row["person_id"]]
                )
        return {person: number for person, number in found.items() if number}


def read_folder(folder: Path) -> ListFolder:
    """The list in a folder of `hiu identify`.

    Raises:
        InputNotUsable: not such a folder, or one to which opt-outs were applied already.
    """
    try:
        data = {name: (folder / name).read_bytes() for name in _READ}
        table = pq.read_table(folder / "list.parquet")
        manifest = json.loads(data["manifest.json"])
        listing = ListFolder(
            table=table,
            **{name: _rows(data[f"{name}.csv"])
               for name in ("changes", "suggestions", "flow", "fairness")},
            manifest=manifest,
            fingerprint=hashlib.sha256(b"".join(data[name] for name in _READ)).hexdigest(),
        )  # fmt: skip
        listing.people()
    except (OSError, ValueError, KeyError, pa.ArrowInvalid):
        raise InputNotUsable(
            "this is not the folder of a list, or a part of it is missing",
            file=folder.name,
            remedy="name the folder that hiu identify wrote, whole",
        ) from None
    if ENTRY in manifest:
        raise InputNotUsable(
            "opt-outs were applied to this list already",
            file=folder.name,
            remedy="name the folder that hiu identify wrote, before opt-outs",
        )
    return listing


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(data.decode("utf-8").splitlines()))


def _number(text: str) -> str:
    found = read_nhs_number(text)
    return "" if isinstance(found, IdentifierFault) else found
